import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score

SEED = 42

rows = birds[["flipper", "bill", "species"]].dropna()
x = rows[["flipper", "bill"]].astype(float)
y = rows["species"]
model = GradientBoostingClassifier(n_estimators=5, random_state=SEED).fit(x, y)
predicted = model.predict(x)
answer = pd.DataFrame({
    "accuracy": [accuracy_score(y, predicted)],
    "precision": [precision_score(y, predicted, average="weighted", zero_division=0)],
    "recall": [recall_score(y, predicted, average="weighted", zero_division=0)],
    "f1": [f1_score(y, predicted, average="weighted", zero_division=0)],
    "n": [len(rows)],
    "n_train": [len(x)],
    "n_test": [0],
})

answer
