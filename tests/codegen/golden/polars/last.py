TOP_N = 2

answer = films.lazy().tail(TOP_N).collect()

answer
