import pandas as pd
from scipy import stats

answer = pd.DataFrame({
    "missing": [birds["flipper"].isna().sum()],
    "skew_pop": [stats.skew(birds["flipper"].dropna())],
    "kurtosis_pop": [stats.kurtosis(birds["flipper"].dropna())],
    "iqr": [birds["flipper"].quantile(0.75) - birds["flipper"].quantile(0.25)],
    "mad": [(birds["flipper"] - birds["flipper"].median()).abs().median()],
    "sem": [birds["flipper"].sem()],
    "weighted": [(birds["flipper"] * birds["chicks"]).sum() / birds["chicks"].where(birds["flipper"].notna()).sum()],
})

answer
