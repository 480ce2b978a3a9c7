from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler

CLUSTERS = 3
SEED = 42

rows = birds.dropna(subset=["flipper", "bill"])
points = rows[["flipper", "bill"]]
points = StandardScaler().fit_transform(points)
kmeans = KMeans(n_clusters=CLUSTERS, n_init=10, random_state=SEED).fit(points)
answer = rows.assign(group=kmeans.labels_)

answer
