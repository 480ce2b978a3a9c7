import numpy as np
import pandas as pd

EDGES = [190, 205.5]

answer = (
    birds
    .assign(size=pd.cut(birds["flipper"], [-np.inf, *EDGES, np.inf], labels=["small", "middle", "big"]))
)

answer
