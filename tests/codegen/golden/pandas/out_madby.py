MAD_LIMIT = 2

distance = birds["flipper"] - birds.groupby("species")["flipper"].transform("median")
z = 0.6745 * distance / distance.abs().groupby(birds["species"]).transform("median")
answer = birds.assign(outlier=z.abs() > MAD_LIMIT)

answer
