import pandas as pd
import polars as pl
from sklearn.linear_model import Ridge
from sklearn.preprocessing import MinMaxScaler

rows = (
    birds.lazy().select("flipper", "bill", "mass")
    .drop_nulls()
    .collect()
    .to_pandas()
)
x = rows[["flipper", "bill"]].astype(float)
y = rows["mass"]
scaler = MinMaxScaler().set_output(transform="pandas").fit(x)
x = scaler.transform(x)
model = Ridge(alpha=0.5).fit(x, y)
terms = pd.DataFrame({"term": ["intercept", *x], "coefficient": [model.intercept_, *model.coef_]})
answer = pl.from_pandas(terms)

answer
