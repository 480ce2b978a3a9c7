import pandas as pd

answer = (
    birds
    .assign(d=pd.to_numeric(birds["paid"].str.replace(",", "", regex=False).str.extract(r"(-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)", expand=False)))
)

answer
