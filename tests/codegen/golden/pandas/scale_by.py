answer = (
    birds
    .assign(
        m=(birds["mass"] - birds.groupby("species")["mass"].transform("median")) / (birds.groupby("species")["mass"].transform("quantile", 0.75) - birds.groupby("species")["mass"].transform("quantile", 0.25)),
        b=(birds["bill"] - birds.groupby("species")["bill"].transform("median")) / (birds.groupby("species")["bill"].transform("quantile", 0.75) - birds.groupby("species")["bill"].transform("quantile", 0.25)),
    )
)

answer
