import numpy as np

answer = birds.assign(d=np.sign(birds["bill"] - 45))

answer
