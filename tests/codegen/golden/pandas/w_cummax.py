answer = birds.assign(w=birds["bill"].cummax())

answer
