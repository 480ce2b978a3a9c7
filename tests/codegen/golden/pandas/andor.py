answer = flights[
    ((flights["carrier"] == "AA") | (flights["carrier"] == "DL"))
    & flights["carrier"].notna() & (flights["carrier"] != "DL")
    & ~(flights["dep_delay"].isna())
]

answer
