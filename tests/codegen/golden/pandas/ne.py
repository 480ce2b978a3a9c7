answer = flights[flights["carrier"].notna() & (flights["carrier"] != "AA")]

answer
