answer = flights["dep_delay"].mean()

answer
