answer = flights[["origin", "dist"]].rename(columns={"origin": "from", "dist": "km"})

answer
