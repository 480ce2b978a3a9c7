import numpy as np
import pandas as pd
import statsmodels.api as sm

rows = birds[["flipper", "species", "tagged", "mass"]].dropna()
x = rows[["flipper", "species", "tagged"]]
x = pd.get_dummies(x, drop_first=True).astype(float)
y = rows["mass"]
model = sm.OLS(y, sm.add_constant(x)).fit()
answer = pd.DataFrame({
    "r2": [model.rsquared],
    "mse": [(model.resid**2).mean()],
    "rmse": [np.sqrt((model.resid**2).mean())],
    "mae": [model.resid.abs().mean()],
    "n": [len(rows)],
    "n_train": [len(x)],
    "n_test": [0],
    "intercept": [model.params["const"]],
    "coefficient_flipper": [model.params["flipper"]],
    "coefficient_tagged": [model.params["tagged"]],
    "adjusted_r2": [model.rsquared_adj],
    "f_statistic": [model.fvalue],
    "p_value": [model.f_pvalue],
    "p_value_flipper": [model.pvalues["flipper"]],
    "p_value_tagged": [model.pvalues["tagged"]],
})

answer
