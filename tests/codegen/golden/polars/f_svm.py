import polars as pl
from sklearn.metrics import (accuracy_score, f1_score, precision_score, recall_score, roc_auc_score)
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

rows = (
    birds.lazy().select("flipper", "bill", "sex")
    .drop_nulls()
    .collect()
    .to_pandas()
)
x = rows[["flipper", "bill"]].astype(float)
y = rows["sex"]
scaler = StandardScaler().set_output(transform="pandas").fit(x)
x = scaler.transform(x)
model = SVC().fit(x, y)
predicted = model.predict(x)
answer = pl.DataFrame({
    "accuracy": [accuracy_score(y, predicted)],
    "precision": [precision_score(y, predicted, pos_label="female", zero_division=0)],
    "recall": [recall_score(y, predicted, pos_label="female", zero_division=0)],
    "f1": [f1_score(y, predicted, pos_label="female", zero_division=0)],
    "auc": [roc_auc_score(y == "female", model.decision_function(x))],
    "n": [len(rows)],
    "n_train": [len(x)],
    "n_test": [0],
})

answer
