answer = birds.assign(w=birds.groupby("species")["mass"].shift(-2))

answer
