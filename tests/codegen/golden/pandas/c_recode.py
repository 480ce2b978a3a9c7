answer = birds.assign(d=birds["sex"].map({"female": 1, "male": 0}))

answer
