answer = (
    flights[["dep_delay", "dist"]]
    .corr()
    .rename_axis("column")
    .reset_index()
)

answer
