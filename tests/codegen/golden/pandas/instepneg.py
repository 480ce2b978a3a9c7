selected = airlines[airlines["name"] == "United"]
answer = flights[
    flights["carrier"].notna() & ~flights["carrier"].isin(selected["carrier"].dropna().unique())
]

answer
