MIN_DEP_DELAY = 10

answer = len(flights[(flights["origin"] == "JFK") & (flights["dep_delay"] > MIN_DEP_DELAY)])

answer
