MIN_DEP_DELAY = 0

answer = flights[~(flights["dep_delay"] > MIN_DEP_DELAY)]

answer
