TOP_N = 5

answer = flights.lazy().head(TOP_N).collect()

answer
