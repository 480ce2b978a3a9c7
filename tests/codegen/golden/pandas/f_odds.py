import pandas as pd
import statsmodels.api as sm
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

rows = birds[["flipper", "mass", "sex"]].dropna()
x = rows[["flipper", "mass"]].astype(float)
y = rows["sex"]
scaler = StandardScaler().set_output(transform="pandas").fit(x)
x = scaler.transform(x)
model = LogisticRegression(max_iter=1000).fit(x, y)
inference = sm.Logit((y == "male").astype(int), sm.add_constant(x)).fit(disp=False)
terms = pd.DataFrame({
    "coefficient": inference.params,
    "std_error": inference.bse,
    "statistic": inference.tvalues,
    "p_value": inference.pvalues,
})
answer = (
    terms.join(inference.conf_int().set_axis(["low", "high"], axis=1))
    .rename(index={"const": "intercept"})
    .rename_axis("term")
    .reset_index()
)

answer
