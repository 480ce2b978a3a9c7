answer = flights.assign(d=flights["dist"] - (flights["dist"] - (-3)))

answer
