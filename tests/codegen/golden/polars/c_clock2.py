import polars as pl

parts = pl.col("swim").str.extract_groups(r"^\+?(\d+):(\d+)(?::(\d+(?:\.\d+)?))?$")
answer = (
    birds.lazy()
    .with_columns(d=((parts.struct.field("1").cast(pl.Float64, strict=False) * 3600 + parts.struct.field("2").cast(pl.Float64, strict=False) * 60 + parts.struct.field("3").cast(pl.Float64, strict=False).fill_null(0)) / 60))
    .collect()
)

answer
