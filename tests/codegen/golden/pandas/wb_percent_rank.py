answer = birds.assign(w=birds.groupby("species")["mass"].rank(pct=True, ascending=False))

answer
