import numpy as np

answer = birds.assign(d=np.log2(birds["bill"]))

answer
