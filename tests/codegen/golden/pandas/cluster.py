from sklearn.cluster import KMeans

CLUSTERS = 2
SEED = 42

rows = birds.dropna(subset=["flipper", "mass"])
points = rows[["flipper", "mass"]]
kmeans = KMeans(n_clusters=CLUSTERS, n_init=10, random_state=SEED).fit(points)
answer = rows.assign(cluster=kmeans.labels_)

answer
