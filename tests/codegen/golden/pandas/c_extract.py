answer = birds.assign(d=birds["name"].str.extract(r"^(\w+)\.", expand=False))

answer
