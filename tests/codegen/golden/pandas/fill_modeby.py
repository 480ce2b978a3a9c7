answer = (
    birds
    .fillna({"sex": birds.groupby("species")["sex"].transform(lambda values: values.mode().min())})
)

answer
