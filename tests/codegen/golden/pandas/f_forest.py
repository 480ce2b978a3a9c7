import pandas as pd
from sklearn.ensemble import RandomForestRegressor
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score, root_mean_squared_error
from sklearn.model_selection import train_test_split

SEED = 42
TEST_SIZE = 0.2

rows = birds[["flipper", "bill", "mass"]].dropna()
x = rows[["flipper", "bill"]].astype(float)
y = rows["mass"]
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=TEST_SIZE, random_state=SEED)
model = RandomForestRegressor(n_estimators=5, random_state=SEED).fit(x_train, y_train)
predicted = model.predict(x_test)
answer = pd.DataFrame({
    "r2": [r2_score(y_test, predicted)],
    "mse": [mean_squared_error(y_test, predicted)],
    "rmse": [root_mean_squared_error(y_test, predicted)],
    "mae": [mean_absolute_error(y_test, predicted)],
    "n": [len(rows)],
    "n_train": [len(x_train)],
    "n_test": [len(x_test)],
})

answer
