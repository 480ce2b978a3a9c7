ordered = flights.sort_values("dist", ascending=False, kind="stable")
answer = ordered.assign(w=ordered.groupby("origin").cumcount() + 1)

answer
