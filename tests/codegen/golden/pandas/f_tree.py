import pandas as pd
from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

SEED = 42
TEST_SIZE = 0.3

rows = birds[["flipper", "bill", "sex", "species"]].dropna()
x = rows[["flipper", "bill", "sex"]]
x = pd.get_dummies(x, drop_first=True).astype(float)
y = rows["species"]
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=TEST_SIZE, stratify=y, random_state=SEED)
model = DecisionTreeClassifier(max_depth=2, random_state=SEED).fit(x_train, y_train)
predicted = model.predict(x_test)
answer = pd.DataFrame({
    "accuracy": [accuracy_score(y_test, predicted)],
    "precision": [precision_score(y_test, predicted, average="weighted", zero_division=0)],
    "recall": [recall_score(y_test, predicted, average="weighted", zero_division=0)],
    "f1": [f1_score(y_test, predicted, average="weighted", zero_division=0)],
    "n": [len(rows)],
    "n_train": [len(x_train)],
    "n_test": [len(x_test)],
})

answer
