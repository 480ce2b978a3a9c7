answer = birds.assign(d=birds["species"].replace({"Gentoo": "G"}))

answer
