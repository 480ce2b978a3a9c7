answer = birds.assign(d=birds["name"].str.replace(".", "$", regex=False))

answer
