answer = flights.assign(d=(flights["when"].dt.month * 100) + flights["when"].dt.day)

answer
