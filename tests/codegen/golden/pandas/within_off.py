TOP_N = 2

answer = (
    flights.sort_values(["origin", "dist"], ascending=[True, False])
    .groupby("origin")
    .nth(slice(1, 1 + TOP_N))
)

answer
