import numpy as np
import pandas as pd
import statsmodels.api as sm
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score, root_mean_squared_error
from sklearn.model_selection import train_test_split

SEED = 3
TEST_SIZE = 0.25

rows = birds[["flipper", "bill", "mass"]].dropna()
x = rows[["flipper", "bill"]].astype(float)
y = rows["mass"]
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=TEST_SIZE, random_state=SEED)
model = LinearRegression().fit(x_train, y_train)
predicted = model.predict(x_test)
coefficients = dict(zip(x_train, model.coef_))
inference = sm.OLS(y_train, sm.add_constant(x_train)).fit()
answer = pd.DataFrame({
    "r2": [r2_score(y_test, predicted)],
    "mse": [mean_squared_error(y_test, predicted)],
    "rmse": [root_mean_squared_error(y_test, predicted)],
    "mae": [mean_absolute_error(y_test, predicted)],
    "n": [len(rows)],
    "n_train": [len(x_train)],
    "n_test": [len(x_test)],
    "intercept": [model.intercept_],
    "coefficient_flipper": [coefficients["flipper"]],
    "coefficient_bill": [coefficients["bill"]],
    "adjusted_r2": [inference.rsquared_adj],
    "f_statistic": [inference.fvalue],
    "p_value": [inference.f_pvalue],
    "p_value_flipper": [inference.pvalues["flipper"]],
    "p_value_bill": [inference.pvalues["bill"]],
})

answer
