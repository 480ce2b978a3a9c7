answer = flights[flights["carrier"].str.lower().str.contains("a", regex=False, na=False)]

answer
