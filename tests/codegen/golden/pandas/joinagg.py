answer = (
    flights.merge(airlines[["carrier", "name"]].dropna(subset="carrier"), on="carrier")
    .groupby("name", as_index=False)
    .agg(mean_dist=("dist", "mean"))
)

answer
