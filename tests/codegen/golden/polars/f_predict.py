import pandas as pd
import statsmodels.api as sm

rows = (
    birds.lazy().select("flipper", "species", "tagged", "mass")
    .drop_nulls()
    .collect()
    .to_pandas()
)
x = rows[["flipper", "species", "tagged"]]
x = pd.get_dummies(x, drop_first=True).astype(float)
y = rows["mass"]
model = sm.OLS(y, sm.add_constant(x)).fit()
new_case = pd.get_dummies(pd.DataFrame([{"flipper": 200, "species": "Gentoo", "tagged": True}])).reindex(columns=x.columns, fill_value=0).astype(float)
answer = model.predict(sm.add_constant(new_case, has_constant="add")).iloc[0]

answer
