answer = birds.assign(d=birds["name"].str.replace(r"\s", "", regex=True).str.len())

answer
