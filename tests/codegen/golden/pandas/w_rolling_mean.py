WINDOW = 3

ordered = flights.sort_values("when", kind="stable")
answer = ordered.assign(w=ordered["dist"].rolling(WINDOW).mean())

answer
