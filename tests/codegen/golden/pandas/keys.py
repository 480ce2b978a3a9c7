import pandas as pd

KEYS = [("carrier", "carrier")]

answer = pd.DataFrame(
    [
        (
            "flights." + a,
            "airlines." + b,
            flights[a].dropna().drop_duplicates().isin(airlines[b].dropna()).mean(),
            airlines[b].dropna().drop_duplicates().isin(flights[a].dropna()).mean(),
        )
        for a, b in KEYS
    ],
    columns=["left", "right", "left_found", "right_found"],
)

answer
