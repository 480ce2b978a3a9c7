TOP_N = 3

answer = flights.nsmallest(TOP_N, "dist", keep="all")

answer
