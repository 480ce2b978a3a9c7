import polars as pl

answer = (
    films.lazy()
    .filter(pl.col("title") == "a title that is long enough for a line of its owna title that is long enough for a line of its own")
    .select("people")
    .collect()
)

answer
