import polars as pl

answer = pl.DataFrame(
    [
        ("flights", flights.lazy().collect().height, 7),
        ("airlines", airlines.lazy().collect().height, 3),
    ],
    schema=["table", "rows", "columns"],
    orient="row",
)

answer
