answer = flights.lazy().unique(keep="first", maintain_order=True).collect()

answer
