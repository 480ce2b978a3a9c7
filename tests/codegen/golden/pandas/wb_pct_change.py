answer = flights.assign(w=flights.groupby("origin")["dist"].pct_change(2))

answer
