import numpy as np
import polars as pl
from scipy import stats

values = (
    birds.lazy().select(pl.col("flipper", "mass", "bill").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_numpy()
)
known = np.column_stack([np.ones(len(values)), values[:, 2:]])
rest = values[:, :2] - known @ np.linalg.lstsq(known, values[:, :2])[0]
r = stats.pearsonr(rest[:, 0], rest[:, 1]).statistic
df = len(values) - 2 - 1
t = r * np.sqrt(df / (1 - r**2))
answer = pl.DataFrame({
    "statistic": [r],
    "p_value": [2 * stats.t.sf(abs(t), df)],
    "n": [len(values)],
    "df": [df],
})

answer
