TOP_N = 2

answer = (
    flights.sort_values(["origin", "carrier", "dist"], ascending=[True, True, False])
    .groupby(["origin", "carrier"])
    .head(TOP_N)
)

answer
