answer = birds.assign(d=birds["chicks"].astype(float))

answer
