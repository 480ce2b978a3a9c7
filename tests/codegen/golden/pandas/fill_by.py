answer = birds.fillna({"flipper": birds.groupby("species")["flipper"].transform("median")})

answer
