answer = birds.assign(w=birds.groupby("species")["mass"].cummin())

answer
