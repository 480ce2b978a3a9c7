import pandas as pd

KEYS = ["about", "flights"]

answer = pd.DataFrame({"key": KEYS, "rows": [len(flights) if key == "flights" else None for key in KEYS]}).astype({"rows": "float"})

answer
