TOP_N = 3

answer = (
    flights.lazy()
    .sort(["dist", "origin"], descending=[False, True], nulls_last=True, maintain_order=True)
    .slice(2, TOP_N)
    .collect()
)

answer
