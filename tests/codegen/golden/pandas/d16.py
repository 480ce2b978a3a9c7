MIN_DEP_DELAY = 5

answer = flights.assign(d=~(flights["dep_delay"] > MIN_DEP_DELAY))

answer
