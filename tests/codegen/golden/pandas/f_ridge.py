import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.preprocessing import MinMaxScaler

rows = birds[["flipper", "bill", "mass"]].dropna()
x = rows[["flipper", "bill"]].astype(float)
y = rows["mass"]
scaler = MinMaxScaler().set_output(transform="pandas").fit(x)
x = scaler.transform(x)
model = Ridge(alpha=0.5).fit(x, y)
answer = pd.DataFrame({"term": ["intercept", *x], "coefficient": [model.intercept_, *model.coef_]})

answer
