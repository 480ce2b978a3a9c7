import pandas as pd

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]

answer = (
    flights
    .assign(d=pd.Categorical(flights["when"].dt.month_name(), categories=MONTHS, ordered=True))
)

answer
