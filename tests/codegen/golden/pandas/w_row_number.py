ordered = flights.sort_values("when", kind="stable")
answer = ordered.assign(w=range(1, len(ordered) + 1))

answer
