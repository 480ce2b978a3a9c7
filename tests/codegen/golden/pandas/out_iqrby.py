IQR_FACTOR = 0.5

q1 = birds.groupby(["species", "tagged"])["flipper"].transform("quantile", 0.25)
q3 = birds.groupby(["species", "tagged"])["flipper"].transform("quantile", 0.75)
reach = IQR_FACTOR * (q3 - q1)
answer = birds.assign(short=birds["flipper"] < q1 - reach)

answer
