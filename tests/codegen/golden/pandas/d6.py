answer = flights.assign(d=flights["carrier"].str.upper())

answer
