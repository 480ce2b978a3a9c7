answer = birds.assign(d=birds["chicks"].replace({3: 2.5}))

answer
