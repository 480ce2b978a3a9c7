answer = (
    flights
    .assign(w=flights.groupby("origin")["dep_delay"].transform(lambda values: values.expanding().mean()))
)

answer
