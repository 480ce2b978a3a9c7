import polars as pl

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]

answer = (
    flights.lazy().with_columns(d=pl.col("when").dt.strftime("%B").cast(pl.Enum(MONTHS)))
    .collect()
)

answer
