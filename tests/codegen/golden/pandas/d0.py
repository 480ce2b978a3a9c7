answer = flights.assign(d=flights["dist"] / (flights["dep_delay"] + 3))

answer
