answer = flights.assign(w=flights.groupby("origin")["dist"].diff(2))

answer
