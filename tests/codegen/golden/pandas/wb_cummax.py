answer = birds.assign(w=birds.groupby("species")["mass"].cummax())

answer
