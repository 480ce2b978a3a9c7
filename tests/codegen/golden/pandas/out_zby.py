Z_LIMIT = 1.5

z = (birds["flipper"] - birds.groupby("species")["flipper"].transform("mean")) / birds.groupby("species")["flipper"].transform("std", ddof=0)
answer = birds.assign(outlier=z > Z_LIMIT)

answer
