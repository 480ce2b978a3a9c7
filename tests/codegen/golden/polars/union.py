import polars as pl

answer = (
    pl.concat([flights.lazy().select("carrier"), airlines.lazy().select("name").select(pl.col("name").alias("carrier"))])
    .unique(keep="first", maintain_order=True)
    .collect()
)

answer
