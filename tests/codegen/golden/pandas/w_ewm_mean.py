answer = birds.assign(w=birds["bill"].ewm(span=3).mean())

answer
