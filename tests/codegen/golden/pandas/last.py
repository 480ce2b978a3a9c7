TOP_N = 2

answer = films.tail(TOP_N)

answer
