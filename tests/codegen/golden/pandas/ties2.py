import pandas as pd

TOP_N = 3

ordered = flights.sort_values(["origin", "dist"], ascending=[True, False])
place = pd.Series(range(len(ordered)), index=ordered.index)
place = place.groupby([ordered["origin"], ordered["dist"]], dropna=False).transform("min")
answer = ordered[(place >= 1) & (place < 1 + TOP_N)]

answer
