answer = (
    flights.lazy().select("carrier")
    .unique(keep="first", maintain_order=True)
    .join(
        airlines.lazy().select("carrier"),
        on=["carrier"],
        how="semi",
        nulls_equal=True,
        maintain_order="left",
    )
    .collect()
)

answer
