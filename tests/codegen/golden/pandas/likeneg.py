answer = flights[
    flights["carrier"].notna() & ~flights["carrier"].str.lower().str.startswith("a", na=False)
    & flights["origin"].str.lower().str.endswith("k")
    & flights["origin"].str.lower().eq("jfk")
]

answer
