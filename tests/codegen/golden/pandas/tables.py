import pandas as pd

answer = pd.DataFrame(
    [
        ("flights", "flights", len(flights), 7),
        ("airlines", "airlines", len(airlines), 3),
    ],
    columns=["table", "of", "rows", "columns"],
)

answer
