MIN_DEP_DELAY = 15

answer = flights.assign(d=flights["dist"].where(flights["dep_delay"] > MIN_DEP_DELAY, 0))

answer
