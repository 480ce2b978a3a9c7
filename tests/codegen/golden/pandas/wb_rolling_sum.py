WINDOW = 2

answer = (
    flights
    .assign(w=flights.groupby("origin")["dist"].transform(lambda values: values.rolling(WINDOW).sum()))
)

answer
