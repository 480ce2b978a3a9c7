import polars as pl

answer = (
    flights.lazy()
    .join(
        airlines.lazy().select("carrier", "name"),
        on="carrier",
        how="inner",
        maintain_order="left_right",
    )
    .group_by("name")
    .agg(mean_dist=pl.col("dist").mean())
    .sort("name")
    .collect()
)

answer
