answer = birds.assign(flipper=birds.groupby("species")["flipper"].bfill())

answer
