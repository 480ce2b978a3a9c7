import pandas as pd

answer = flights.assign(d=(flights["when"] - pd.Timestamp("2012-01-01")) / pd.Timedelta(days=1))

answer
