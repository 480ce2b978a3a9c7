TOP_N = 2

ordered = flights.sort_values(["origin", "dist"], ascending=[True, False])
place = ordered.groupby("origin").cumcount()
place = place.groupby([ordered["origin"], ordered["dist"]], dropna=False).transform("min")
answer = ordered[place < TOP_N]

answer
