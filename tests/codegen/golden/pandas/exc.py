answer = (
    airlines[["carrier"]]
    .drop_duplicates()
    .merge(
        flights[flights["carrier"] == "AA"][["carrier"]].drop_duplicates(),
        on=["carrier"],
        how="left_anti",
    )
)

answer
