import pandas as pd
import polars as pl
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

SEED = 42
TEST_SIZE = 0.3

rows = (
    birds.lazy().select("flipper", "bill", "sex", "species")
    .drop_nulls()
    .collect()
    .to_pandas()
)
x = rows[["flipper", "bill", "sex"]]
x = pd.get_dummies(x, drop_first=True).astype(float)
y = rows["species"]
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=TEST_SIZE, stratify=y, random_state=SEED)
model = DecisionTreeClassifier(max_depth=2, random_state=SEED).fit(x_train, y_train)
terms = (
    pd.DataFrame({"term": list(x_train), "importance": model.feature_importances_})
    .sort_values("importance", ascending=False, kind="stable", ignore_index=True)
    .head(2)
)
answer = pl.from_pandas(terms)

answer
