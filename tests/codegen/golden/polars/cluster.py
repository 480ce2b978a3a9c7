import polars as pl
from sklearn.cluster import KMeans

CLUSTERS = 2
SEED = 42

rows = birds.lazy().drop_nulls(["flipper", "mass"]).collect()
points = rows.select("flipper", "mass").to_numpy()
kmeans = KMeans(n_clusters=CLUSTERS, n_init=10, random_state=SEED).fit(points)
answer = rows.with_columns(cluster=pl.Series(kmeans.labels_).cast(pl.Int64))

answer
