import polars as pl

answer = (
    flights.lazy()
    .filter(
        (pl.col("carrier") == "AA") | (pl.col("carrier") == "DL"),
        pl.col("carrier") != "DL",
        ~(pl.col("dep_delay").is_null()).fill_null(False),
    )
    .collect()
)

answer
