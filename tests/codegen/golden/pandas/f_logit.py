import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (accuracy_score, f1_score, precision_score, recall_score, roc_auc_score)
from sklearn.preprocessing import StandardScaler

rows = birds[["flipper", "mass", "sex"]].dropna()
x = rows[["flipper", "mass"]].astype(float)
y = rows["sex"]
scaler = StandardScaler().set_output(transform="pandas").fit(x)
x = scaler.transform(x)
model = LogisticRegression(max_iter=1000).fit(x, y)
predicted = model.predict(x)
chance = model.predict_proba(x)[:, list(model.classes_).index("male")]
answer = pd.DataFrame({
    "accuracy": [accuracy_score(y, predicted)],
    "precision": [precision_score(y, predicted, pos_label="male", zero_division=0)],
    "recall": [recall_score(y, predicted, pos_label="male", zero_division=0)],
    "f1": [f1_score(y, predicted, pos_label="male", zero_division=0)],
    "auc": [roc_auc_score(y == "male", chance)],
    "n": [len(rows)],
    "n_train": [len(x)],
    "n_test": [0],
})

answer
