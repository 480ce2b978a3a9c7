import pandas as pd

answer = (
    birds
    .assign(d=pd.concat([birds["flipper"], birds["bill"] * 2], axis=1).sum(axis=1, min_count=1))
)

answer
