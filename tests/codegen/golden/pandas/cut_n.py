import pandas as pd

answer = birds.assign(c=pd.cut(birds["mass"], 3, labels=["low", "medium", "high"]))

answer
