import polars as pl
from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

TEST_SIZE = 0.2

rows = (
    birds.lazy().select("flipper", "bill", "species")
    .drop_nulls()
    .collect()
    .to_pandas()
)
x = rows[["flipper", "bill"]].astype(float)
y = rows["species"]
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=TEST_SIZE, shuffle=False)
model = KNeighborsClassifier().fit(x_train, y_train)
predicted = model.predict(x_test)
answer = pl.DataFrame({
    "accuracy": [accuracy_score(y_test, predicted)],
    "precision": [precision_score(y_test, predicted, average="macro", zero_division=0)],
    "recall": [recall_score(y_test, predicted, average="macro", zero_division=0)],
    "f1": [f1_score(y_test, predicted, average="macro", zero_division=0)],
    "n": [len(rows)],
    "n_train": [len(x_train)],
    "n_test": [len(x_test)],
})

answer
