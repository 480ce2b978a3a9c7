answer = flights.assign(w=flights.groupby("origin")["dist"].cumsum())

answer
