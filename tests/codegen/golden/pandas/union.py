import pandas as pd

answer = (
    pd.concat([flights[["carrier"]], airlines[["name"]].set_axis(["carrier"], axis="columns")])
    .drop_duplicates()
)

answer
