import polars as pl
from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler

CLUSTERS = 3
SEED = 42

rows = birds.lazy().drop_nulls(["flipper", "bill"]).collect()
points = rows.select("flipper", "bill").to_numpy()
points = StandardScaler().fit_transform(points)
kmeans = KMeans(n_clusters=CLUSTERS, n_init=10, random_state=SEED).fit(points)
answer = rows.with_columns(group=pl.Series(kmeans.labels_).cast(pl.Int64))

answer
