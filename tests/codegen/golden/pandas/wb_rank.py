answer = (
    flights
    .assign(w=flights.groupby("origin")["dist"].rank(method="min", ascending=False).astype(int))
)

answer
