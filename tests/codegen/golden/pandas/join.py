answer = flights.merge(airlines.dropna(subset="carrier"), on="carrier", suffixes=("", "_right"))

answer
