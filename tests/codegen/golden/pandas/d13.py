answer = flights.assign(d=flights["when"].dt.isocalendar().week)

answer
