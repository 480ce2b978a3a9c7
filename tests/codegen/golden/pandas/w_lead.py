answer = birds.assign(w=birds["bill"].shift(-3))

answer
