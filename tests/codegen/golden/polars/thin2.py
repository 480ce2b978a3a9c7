import polars as pl

POINTS = 5000

answer = (
    flights.lazy().select("when", "dist")
    .drop_nulls()
    .sort("when", maintain_order=True)
    .filter(((pl.int_range(pl.len()) == pl.col("dist").arg_min()) | (pl.int_range(pl.len()) == pl.col("dist").arg_max())).over(pl.int_range(pl.len()) * (POINTS // 2) // pl.max_horizontal(pl.len(), POINTS // 2)))
    .collect()
)

answer
