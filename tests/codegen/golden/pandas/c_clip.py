answer = birds.assign(d=birds["mass"].clip(lower=3500, upper=4500.5))

answer
