import numpy as np
import pandas as pd

MIN_DEP_DELAY = 15

answer = (
    flights
    .assign(d=pd.Series(np.where(flights["dep_delay"] > MIN_DEP_DELAY, "late", "ok"), index=flights.index))
)

answer
