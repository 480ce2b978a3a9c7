answer = flights.assign(d=flights["when"].dt.to_period("Q").dt.to_timestamp())

answer
