import pandas as pd
from scipy import stats

groups = birds.groupby("species")
answer = pd.DataFrame({
    "missing": groups["flipper"].agg(lambda values: values.isna().sum()),
    "skew_pop": groups["flipper"].agg(lambda values: stats.skew(values.dropna())),
    "kurtosis_pop": groups["flipper"].agg(lambda values: stats.kurtosis(values.dropna())),
    "iqr": groups["flipper"].quantile(0.75) - groups["flipper"].quantile(0.25),
    "mad": groups["flipper"].agg(lambda values: (values - values.median()).abs().median()),
    "sem": groups["flipper"].sem(),
    "weighted": groups.apply(lambda rows: (rows["flipper"] * rows["chicks"]).sum() / rows["chicks"].where(rows["flipper"].notna()).sum()),
}).reset_index()

answer
