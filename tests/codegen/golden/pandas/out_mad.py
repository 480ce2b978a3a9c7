MAD_LIMIT = 1.2

distance = birds["flipper"] - birds["flipper"].median()
z = 0.6745 * distance / distance.abs().median()
answer = birds.assign(outlier=z.abs() > MAD_LIMIT)

answer
