ordered = flights.sort_values("when", kind="stable")
answer = ordered.assign(w=(ordered["dist"] - ordered["dist"].mean()) / ordered["dist"].std())

answer
