WINDOW = 3

answer = birds.assign(w=birds["bill"].rolling(WINDOW).max())

answer
