import polars as pl

lazy_flights = flights.lazy()
answer = pl.concat(
    [
        lazy_flights.select(
            column=pl.lit(name),
            count=pl.col(name).cast(pl.Float64).count().cast(pl.Int64),
            mean=pl.col(name).cast(pl.Float64).mean(),
            std=pl.col(name).cast(pl.Float64).std(),
            min=pl.col(name).cast(pl.Float64).min(),
            **{"25%": pl.col(name).cast(pl.Float64).quantile(0.25, interpolation="linear"), "50%": pl.col(name).cast(pl.Float64).quantile(0.5, interpolation="linear"), "75%": pl.col(name).cast(pl.Float64).quantile(0.75, interpolation="linear"), "max": pl.col(name).cast(pl.Float64).max()},
        )
        for name in ["dep_delay", "dist", "late"]
    ]
).collect()

answer
