import polars as pl

NUMBER_PATTERN = r"^\W*?([-+−]?(?:\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?|\d*\.\d+|\d+))(?:\.?$|[^\d:.,/'’–—-])"

answer = (
    films.lazy()
    .with_columns(d=pl.col("change").str.extract(NUMBER_PATTERN, 1).str.replace("−", "-").str.replace_all(r"[^\d.-]", "").cast(pl.Float64, strict=False))
    .collect()
)

answer
