answer = (
    birds
    .assign(w=birds.groupby("species")["mass"].rank(method="dense", ascending=False).astype(int))
)

answer
