import pandas as pd

answer = (
    birds
    .assign(d=pd.to_numeric(birds["name"].str.extract(r"(\d+)", expand=False), errors="coerce"))
)

answer
