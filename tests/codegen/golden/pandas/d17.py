answer = flights.assign(d=flights["when"].dt.floor("h"))

answer
