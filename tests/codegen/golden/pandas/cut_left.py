import numpy as np
import pandas as pd

EDGES = [1, 3]

answer = (
    birds
    .assign(c=pd.cut(
    birds["chicks"],
    [-np.inf, *EDGES, np.inf],
    labels=["below 1", "1 to 3", "3 and above"],
    right=False,
))
)

answer
