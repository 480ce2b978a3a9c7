import polars as pl

answer = (
    birds.lazy().group_by("species")
    .agg(
        missing=pl.col("flipper").null_count(),
        skew_pop=pl.col("flipper").skew(),
        kurtosis_pop=pl.col("flipper").kurtosis(),
        iqr=pl.col("flipper").quantile(0.75, interpolation="linear") - pl.col("flipper").quantile(0.25, interpolation="linear"),
        mad=(pl.col("flipper") - pl.col("flipper").median()).abs().median(),
        sem=pl.col("flipper").std() / pl.col("flipper").count().sqrt(),
        weighted=(pl.col("flipper") * pl.col("chicks")).sum() / pl.col("chicks").filter(pl.col("flipper").is_not_null()).sum(),
    )
    .sort("species")
    .collect()
)

answer
