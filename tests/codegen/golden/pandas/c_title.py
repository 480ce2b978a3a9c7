answer = birds.assign(d=birds["sex"].str.title())

answer
