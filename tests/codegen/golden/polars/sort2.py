answer = (
    flights.lazy()
    .sort(["origin", "dep_delay"], descending=[False, True], nulls_last=True, maintain_order=True)
    .collect()
)

answer
