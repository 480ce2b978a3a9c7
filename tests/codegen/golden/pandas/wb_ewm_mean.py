answer = (
    birds
    .assign(w=birds.groupby("species")["mass"].transform(lambda values: values.ewm(span=2).mean()))
)

answer
