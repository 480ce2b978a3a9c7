import polars as pl

answer = (
    flights.lazy()
    .with_columns(price=pl.col("price").cast(pl.String).str.replace_all(r"[^\d.\-eE]", "").cast(pl.Float64, strict=False))
    .select(sum_price=pl.col("price").sum())
    .collect()
    .item()
)

answer
