answer = flights.dropna()

answer
