import pandas as pd
import statsmodels.api as sm

rows = birds[["flipper", "species", "tagged", "mass"]].dropna()
x = pd.get_dummies(rows[["flipper", "species", "tagged"]], drop_first=True).astype(float)
y = rows["mass"]
model = sm.OLS(y, sm.add_constant(x)).fit()
answer = (
    pd.DataFrame({"coefficient": model.params, "std_error": model.bse, "statistic": model.tvalues, "p_value": model.pvalues})
    .join(model.conf_int().set_axis(["low", "high"], axis=1))
    .rename(index={"const": "intercept"})
    .rename_axis("term")
    .reset_index()
)

answer
