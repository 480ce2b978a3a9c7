import pandas as pd

correlations = flights[["dep_delay", "dist", "late"]].corr()
answer = pd.DataFrame(
    [(a, b, correlations.loc[a, b]) for a, b in [("dist", other) for other in correlations if other != "dist"]],
    columns=["first", "second", "correlation"],
).sort_values("correlation", key=abs, ascending=False, kind="stable")

answer
