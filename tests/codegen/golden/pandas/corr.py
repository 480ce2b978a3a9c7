answer = flights["dep_delay"].corr(flights["dist"])

answer
