import pandas as pd

MIN_DEP_DELAY = 15

answer = (
    flights
    .assign(d=pd.Series("ok", index=flights.index).mask(flights["dep_delay"] > MIN_DEP_DELAY, "late"))
)

answer
