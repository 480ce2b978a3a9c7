answer = flights.lazy().drop_nulls().collect()

answer
