answer = birds.assign(d=birds[["flipper", "bill"]].mean(axis=1))

answer
