import polars as pl

answer = (
    flights.lazy()
    .filter(
        ~pl.col("carrier").str.to_lowercase().str.starts_with("a"),
        pl.col("origin").str.to_lowercase().str.ends_with("k"),
        pl.col("origin").str.to_lowercase().eq("jfk"),
    )
    .collect()
)

answer
