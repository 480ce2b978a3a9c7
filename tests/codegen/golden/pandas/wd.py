import pandas as pd

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

answer = (
    flights
    .assign(day=pd.Categorical(flights["when"].dt.day_name(), categories=WEEKDAYS, ordered=True))
    .groupby("day", as_index=False)
    .agg(size=("day", "size"))
)

answer
