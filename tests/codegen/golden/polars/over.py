import polars as pl

rows = flights.lazy().collect()
answer = pl.concat(
    [
        rows.select(
            column=pl.lit(name),
            type=pl.lit(str(rows.schema[name])),
            missing=pl.col(name).null_count().cast(pl.Int64),
            distinct=pl.col(name).drop_nulls().n_unique().cast(pl.Int64),
        )
        for name in ["carrier", "origin", "dep_delay", "dist", "when", "late", "price"]
    ]
)

answer
