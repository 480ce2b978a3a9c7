TOP_N = 3

answer = (
    flights.sort_values(["dist", "origin"], ascending=[True, False])
    .head(2 + TOP_N)
    .tail(-2)
)

answer
