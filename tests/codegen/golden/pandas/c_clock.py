parts = birds["swim"].str.extract(r"^\+?(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)$").astype(float)
answer = birds.assign(d=parts[0].fillna(0) * 3600 + parts[1].fillna(0) * 60 + parts[2])

answer
