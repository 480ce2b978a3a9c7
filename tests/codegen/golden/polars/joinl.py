import polars as pl

answer = (
    flights.lazy().join(airlines.lazy(), on="carrier", how="left", maintain_order="left_right")
    .collect()
)

answer
