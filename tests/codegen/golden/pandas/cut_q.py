import pandas as pd

answer = (
    birds.assign(q=pd.qcut(birds["flipper"], 4, labels=["Q1", "Q2", "Q3", "Q4"]))
    .groupby("q", as_index=False)
    .agg(n=("q", "size"))
)

answer
