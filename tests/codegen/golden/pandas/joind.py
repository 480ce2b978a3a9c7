answer = (
    flights.merge(airlines, left_on="origin", right_on="name", how="left", suffixes=("", "_right"))
)

answer
