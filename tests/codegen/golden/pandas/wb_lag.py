answer = flights.assign(w=flights.groupby("origin")["dist"].shift(2))

answer
