import polars as pl

answer = pl.DataFrame(
    [
        ("flights", "flights", flights.lazy().collect().height, 7),
        ("airlines", "airlines", airlines.lazy().collect().height, 3),
    ],
    schema=["table", "of", "rows", "columns"],
    orient="row",
)

answer
