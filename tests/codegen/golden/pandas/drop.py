answer = flights.dropna(subset=["dep_delay"])

answer
