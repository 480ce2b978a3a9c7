Z_LIMIT = 2

z = (birds["mass"] - birds["mass"].mean()) / birds["mass"].std()
answer = birds.assign(outlier=z.abs() > Z_LIMIT)

answer
