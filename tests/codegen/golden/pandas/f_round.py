import pandas as pd
import statsmodels.api as sm
from sklearn.linear_model import LinearRegression
from sklearn.metrics import (accuracy_score, f1_score, precision_score, recall_score, roc_auc_score)
from sklearn.model_selection import train_test_split

SEED = 42
TEST_SIZE = 0.2

rows = birds[["flipper", "mass", "tagged"]].dropna()
x = rows[["flipper", "mass"]].astype(float)
y = rows["tagged"].astype(int)
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=TEST_SIZE, random_state=SEED)
model = LinearRegression().fit(x_train, y_train)
predicted = (model.predict(x_test) >= 0.5).astype(int)
coefficients = dict(zip(x_train, model.coef_))
inference = sm.OLS(y_train, sm.add_constant(x_train)).fit()
answer = pd.DataFrame({
    "accuracy": [accuracy_score(y_test, predicted)],
    "precision": [precision_score(y_test, predicted, pos_label=True, zero_division=0)],
    "recall": [recall_score(y_test, predicted, pos_label=True, zero_division=0)],
    "f1": [f1_score(y_test, predicted, pos_label=True, zero_division=0)],
    "auc": [roc_auc_score(y_test == True, model.predict(x_test))],
    "n": [len(rows)],
    "n_train": [len(x_train)],
    "n_test": [len(x_test)],
    "intercept": [model.intercept_],
    "coefficient_flipper": [coefficients["flipper"]],
    "coefficient_mass": [coefficients["mass"]],
    "adjusted_r2": [inference.rsquared_adj],
    "f_statistic": [inference.fvalue],
    "p_value": [inference.f_pvalue],
    "p_value_flipper": [inference.pvalues["flipper"]],
    "p_value_mass": [inference.pvalues["mass"]],
})

answer
