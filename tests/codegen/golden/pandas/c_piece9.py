answer = birds.assign(d=birds["name"].str.split(" ", regex=False).str[2].str.strip())

answer
