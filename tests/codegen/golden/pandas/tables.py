import pandas as pd

answer = pd.DataFrame(
    [
        ("flights", len(flights), 7),
        ("airlines", len(airlines), 3),
    ],
    columns=["table", "rows", "columns"],
)

answer
