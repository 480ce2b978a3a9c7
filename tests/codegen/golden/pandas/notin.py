answer = flights[flights["carrier"].notna() & ~flights["carrier"].isin(["AA", "UA"])]

answer
