answer = birds.assign(species=birds["species"].astype("category").cat.codes)

answer
