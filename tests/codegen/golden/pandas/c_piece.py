answer = birds.assign(d=birds["name"].str.split(",", regex=False).str[1].str.strip())

answer
