answer = birds.assign(d=birds["name"].str.count(r"\S+"))

answer
