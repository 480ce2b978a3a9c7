answer = flights.fillna({"dep_delay": flights["dep_delay"].mean()})

answer
