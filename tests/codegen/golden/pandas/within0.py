TOP_N = 2

answer = flights.groupby("origin").head(TOP_N)

answer
