import polars as pl

lazy_flights = flights.lazy()
answer = pl.concat(
    [
        lazy_flights.select(
            column=pl.lit(name),
            missing=pl.col(name).null_count().cast(pl.Int64),
            percent=100 * pl.col(name).null_count() / pl.len(),
        )
        for name in ["carrier", "origin", "dep_delay", "dist", "when", "late", "price"]
    ]
).sort("missing", descending=True, maintain_order=True).filter(pl.col("missing") > 0).collect()

answer
