answer = birds.assign(bill=birds["bill"] - birds.groupby("species")["bill"].transform("mean"))

answer
