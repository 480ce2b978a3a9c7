ordered = flights.sort_values("when", kind="stable")
answer = ordered.assign(w=ordered["dist"].rank(method="min", ascending=True).astype(int))

answer
