answer = flights.assign(w=flights["dist"] / flights.groupby("origin")["dist"].transform("sum"))

answer
