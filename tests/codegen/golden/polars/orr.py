import polars as pl

MAX_DIST = 200

answer = (
    flights.lazy()
    .filter((pl.col("carrier") == "AA") | ((pl.col("dist") < MAX_DIST) & pl.col("dep_delay").is_null()))
    .collect()
)

answer
