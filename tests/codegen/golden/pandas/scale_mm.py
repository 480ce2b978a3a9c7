answer = (
    birds
    .assign(scaled=(birds["mass"] - birds["mass"].min()) / (birds["mass"].max() - birds["mass"].min()))
)

answer
