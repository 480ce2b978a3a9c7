import numpy as np

answer = birds.assign(d=np.log1p(birds["chicks"]))

answer
