import polars as pl

rows = flights.lazy().select(pl.col(["dep_delay", "dist"]).cast(pl.Float64))
answer = (
    pl.concat([rows.select(pl.lit(a).alias("column"), **{b: pl.corr(pl.when(pl.col(a).is_not_null() & pl.col(b).is_not_null()).then(pl.col(a)), pl.when(pl.col(a).is_not_null() & pl.col(b).is_not_null()).then(pl.col(b))).fill_nan(None) for b in rows.collect_schema().names()}) for a in ["dep_delay", "dist"]])
    .collect()
)

answer
