answer = birds.assign(sex=birds["sex"].map({"male": 0, "female": 1}))

answer
