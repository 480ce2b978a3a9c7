answer = flights.assign(d=flights["when"].dt.normalize())

answer
