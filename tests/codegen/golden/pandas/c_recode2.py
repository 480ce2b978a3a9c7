answer = birds.assign(d=birds["species"].map({"Gentoo": "big"}).fillna("small"))

answer
