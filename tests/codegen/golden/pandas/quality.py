import pandas as pd

REACH = 1.5

numbers = flights[["dep_delay", "dist"]].astype(float)
low, high = numbers.quantile(0.25), numbers.quantile(0.75)
texts = flights[["carrier", "price"]].astype("str").where(flights[["carrier", "price"]].notna())
bare = texts.apply(lambda column: column.str.strip().str.lower())
numeric = texts.apply(lambda column: pd.to_numeric(column.str.strip(), errors="coerce")).notna().sum()
found = pd.concat(
    {
        "missing": flights.isna().sum(),
        "one value only": ((flights.nunique() == 1) & (len(flights) > 1)) * flights.count(),
        "far from the others": ((numbers < low - REACH * (high - low)) | (numbers > high + REACH * (high - low))).sum(),
        "blanks around": texts.apply(lambda column: (column != column.str.strip()) & column.notna()).sum(),
        "other spelling of a value": texts.nunique() - bare.nunique(),
        "numbers among words": numeric.where(numeric < texts.count(), 0),
    },
    names=["issue", "column"],
).reset_index(name="cells")
found.loc[len(found)] = {"issue": "row occurs before", "column": "all columns", "cells": flights.duplicated().sum()}
answer = (
    found[found["cells"] > 0]
    .assign(percent=100 * found["cells"] / len(flights))[["column", "issue", "cells", "percent"]]
    .astype({"cells": "int64"})
)

answer
