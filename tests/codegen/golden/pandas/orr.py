MAX_DIST = 200

answer = flights[(flights["carrier"] == "AA") | ((flights["dist"] < MAX_DIST) & flights["dep_delay"].isna())]

answer
