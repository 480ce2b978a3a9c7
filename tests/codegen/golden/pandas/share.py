MIN_DEP_DELAY = 10

selected = flights[flights["origin"] == "JFK"]
answer = (selected["dep_delay"] > MIN_DEP_DELAY).mean()

answer
