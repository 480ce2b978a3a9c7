answer = round(flights.loc[flights["origin"] == "JFK", "dep_delay"].max(), 2)

answer
