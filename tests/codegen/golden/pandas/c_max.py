answer = birds.assign(d=birds[["flipper", "bill"]].max(axis=1))

answer
