import polars as pl

DATE_PATTERN = r"(\d{1,2} [A-Z][a-z]+ \d{4})"

answer = (
    films.lazy()
    .with_columns(d=pl.col("shown").str.extract(DATE_PATTERN, 1).str.to_datetime("%d %B %Y", strict=False))
    .collect()
)

answer
