import pandas as pd

answer = pd.DataFrame(
    {"type": flights.dtypes.astype(str), "missing": flights.isna().sum(), "distinct": flights.nunique()}
).rename_axis("column").reset_index()

answer
