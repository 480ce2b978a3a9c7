import polars as pl

categories = (
    birds.lazy().select("species")
    .drop_nulls()
    .unique()
    .sort("species")
    .collect()
    .to_series()
)
answer = (
    birds.lazy()
    .with_columns((pl.col("species") == value).fill_null(False).cast(pl.Int64).alias("species_" + str(value)) for value in categories)
    .collect()
)

answer
