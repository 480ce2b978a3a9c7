mean_dep_delay = flights["dep_delay"].mean()
answer = flights[flights["dep_delay"] > mean_dep_delay]

answer
