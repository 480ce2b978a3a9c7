answer = birds.assign(w=birds["bill"].rank(method="dense", ascending=True).astype(int))

answer
