answer = flights.assign(d=flights["carrier"].str.len())

answer
