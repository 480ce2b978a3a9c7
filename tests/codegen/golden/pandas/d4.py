answer = flights.assign(d=(flights["dist"] / 7).round(2))

answer
