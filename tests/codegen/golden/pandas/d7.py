import numpy as np

answer = flights.assign(d=np.sqrt(flights["dist"]))

answer
