import polars as pl

NUMBER_PATTERN = r"^\W*?([-+]?\d+,\d+|[-+]?\d+)(?:$|[^\d:.,/–—-])"

answer = (
    films.lazy()
    .with_columns(d=pl.col("share").str.extract(NUMBER_PATTERN, 1).str.replace_all(r"[^\d,-]", "").str.replace(",", ".").cast(pl.Float64, strict=False))
    .collect()
)

answer
