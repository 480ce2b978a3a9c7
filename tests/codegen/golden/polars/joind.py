import polars as pl

answer = (
    flights.lazy()
    .join(
        airlines.lazy(),
        left_on="origin",
        right_on="name",
        coalesce=False,
        how="left",
        maintain_order="left_right",
    )
    .collect()
)

answer
