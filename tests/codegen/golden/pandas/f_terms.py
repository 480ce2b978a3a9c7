import pandas as pd
import statsmodels.api as sm

rows = birds[["flipper", "species", "tagged", "mass"]].dropna()
x = rows[["flipper", "species", "tagged"]]
x = pd.get_dummies(x, drop_first=True).astype(float)
y = rows["mass"]
model = sm.OLS(y, sm.add_constant(x)).fit()
terms = pd.DataFrame({
    "coefficient": model.params,
    "std_error": model.bse,
    "statistic": model.tvalues,
    "p_value": model.pvalues,
})
answer = (
    terms.join(model.conf_int().set_axis(["low", "high"], axis=1))
    .rename(index={"const": "intercept"})
    .rename_axis("term")
    .reset_index()
)

answer
