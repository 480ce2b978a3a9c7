import pandas as pd

typed_flights = (
    flights
    .assign(price=pd.to_numeric(flights["price"].astype("str").str.replace(r"[^\d.\-eE]", "", regex=True), errors="coerce"))
)
answer = typed_flights["price"].sum()

answer
