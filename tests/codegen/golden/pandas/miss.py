counts = (
    flights[["carrier", "origin", "dep_delay", "dist", "when", "late", "price"]]
    .isna()
    .sum()
    .rename_axis("column")
    .reset_index(name="missing")
)
answer = (
    counts.assign(percent=100 * counts["missing"] / len(flights))
    .sort_values("missing", ascending=False, kind="stable")
)

answer
