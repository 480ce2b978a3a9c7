answer = flights.sort_values("dep_delay", ascending=False, kind="stable")

answer
