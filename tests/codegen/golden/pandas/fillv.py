answer = flights.fillna({"carrier": "?"})

answer
