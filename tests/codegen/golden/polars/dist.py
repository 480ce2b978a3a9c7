answer = (
    flights.lazy().select("carrier", "origin")
    .unique(keep="first", maintain_order=True)
    .collect()
)

answer
