answer = (
    flights
    .merge(airlines.dropna(subset="carrier"), on="carrier", how="left", suffixes=("", "_right"))
)

answer
