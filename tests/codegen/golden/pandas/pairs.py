from itertools import combinations
import pandas as pd

correlations = flights[["dep_delay", "dist", "late"]].corr()
answer = pd.DataFrame(
    [(a, b, correlations.loc[a, b]) for a, b in combinations(correlations, 2)],
    columns=["first", "second", "correlation"],
).sort_values("correlation", key=abs, ascending=False, kind="stable")

answer
