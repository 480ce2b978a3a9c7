answer = birds.assign(w=birds["bill"].rank(pct=True))

answer
