answer = flights.assign(d=flights["dep_delay"].mask(flights["dep_delay"].isna(), 0.0))

answer
