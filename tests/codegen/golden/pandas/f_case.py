import pandas as pd
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
new_case = pd.get_dummies(pd.DataFrame([{"flipper": 215.0, "bill": 47, "sex": "male"}])).reindex(columns=x_train.columns, fill_value=0).astype(float)
answer = model.predict(new_case)[0]

answer
