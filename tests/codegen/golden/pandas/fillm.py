answer = flights.fillna({"carrier": flights["carrier"].mode().min()})

answer
