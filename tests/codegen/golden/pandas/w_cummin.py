answer = birds.assign(w=birds["bill"].cummin())

answer
