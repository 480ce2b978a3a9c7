answer = flights.lazy().drop_nulls(["dep_delay"]).collect()

answer
