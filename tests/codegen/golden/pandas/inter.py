answer = (
    flights[["carrier"]]
    .drop_duplicates()
    .merge(airlines[["carrier"]].drop_duplicates(), on=["carrier"], how="inner")
)

answer
