import pandas as pd

EDGES = [0, 1, 3]

answer = (
    birds.assign(c=pd.cut(birds["chicks"], EDGES, labels=["0 to 1", "1 to 3"], include_lowest=True))
)

answer
