import polars as pl

answer = (
    airlines.lazy().select("carrier")
    .unique(keep="first", maintain_order=True)
    .join(
        flights.lazy().filter(pl.col("carrier") == "AA").select("carrier"),
        on=["carrier"],
        how="anti",
        nulls_equal=True,
        maintain_order="left",
    )
    .collect()
)

answer
