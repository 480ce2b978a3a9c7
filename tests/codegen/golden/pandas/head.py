TOP_N = 5

answer = flights.head(TOP_N)

answer
