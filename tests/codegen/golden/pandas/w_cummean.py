ordered = flights.sort_values("when", kind="stable")
answer = ordered.assign(w=ordered["dep_delay"].expanding().mean())

answer
