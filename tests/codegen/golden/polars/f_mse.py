from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_squared_error
from sklearn.model_selection import train_test_split

SEED = 3
TEST_SIZE = 0.25

rows = (
    birds.lazy().select("flipper", "bill", "mass")
    .drop_nulls()
    .collect()
    .to_pandas()
)
x = rows[["flipper", "bill"]].astype(float)
y = rows["mass"]
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=TEST_SIZE, random_state=SEED)
model = LinearRegression().fit(x_train, y_train)
predicted = model.predict(x_test)
answer = round(mean_squared_error(y_test, predicted), 2)

answer
