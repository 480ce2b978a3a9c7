answer = flights.sort_values(["origin", "dep_delay"], ascending=[True, False])

answer
