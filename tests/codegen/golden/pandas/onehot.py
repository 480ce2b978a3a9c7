import pandas as pd

answer = birds.join(pd.get_dummies(birds["species"], prefix="species", dtype=int))

answer
