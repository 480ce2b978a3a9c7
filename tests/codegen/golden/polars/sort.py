answer = (
    flights.lazy().sort("dep_delay", descending=True, nulls_last=True, maintain_order=True)
    .collect()
)

answer
