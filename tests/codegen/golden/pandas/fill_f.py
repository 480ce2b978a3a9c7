answer = birds.assign(sex=birds["sex"].ffill())

answer
