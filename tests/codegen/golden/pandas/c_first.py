answer = birds.assign(d=birds["flipper"].fillna(birds["bill"]))

answer
