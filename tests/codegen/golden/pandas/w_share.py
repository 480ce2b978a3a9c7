ordered = flights.sort_values("when", kind="stable")
answer = ordered.assign(w=ordered["dist"] / ordered["dist"].sum())

answer
