answer = flights.drop_duplicates()

answer
