answer = (
    flights[["dep_delay", "dist", "late"]]
    .astype(float)
    .describe()
    .transpose()
    .rename_axis("column")
    .reset_index()
    .astype({"count": int})
)

answer
