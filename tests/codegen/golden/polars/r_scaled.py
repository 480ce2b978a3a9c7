import polars as pl

NUMBER_PATTERN = r"^\W*?([-+]?(?:\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?|\d*\.\d+|\d+))(?:\.?$|[^\d:.,/'’–—-])"
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}

answer = (
    films.lazy()
    .with_columns(d=pl.col("budget").str.extract(NUMBER_PATTERN, 1).str.replace_all(r"[^\d.-]", "").cast(pl.Float64, strict=False) * pl.col("budget").str.to_lowercase().str.extract(r"(thousand|million|billion)", 1).replace_strict(SCALES, default=None, return_dtype=pl.Float64).fill_null(1))
    .collect()
)

answer
