ordered = flights.sort_values("when", kind="stable")
answer = ordered.assign(w=ordered["dist"].pct_change(3))

answer
