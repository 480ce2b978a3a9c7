answer = birds.assign(sex_male=(birds["sex"] == "male").astype(int))

answer
