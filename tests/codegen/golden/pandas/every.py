import pandas as pd

MIN_DEP_DELAY = 15

answer = pd.DataFrame({
    "sum_dist": [flights["dist"].sum()],
    "mean_dist": [flights["dist"].mean()],
    "median_dist": [flights["dist"].median()],
    "min_dist": [flights["dist"].min()],
    "max_dist": [flights["dist"].max()],
    "count_dist": [flights["dist"].count()],
    "count_distinct_dist": [flights["dist"].nunique()],
    "std_dist": [flights["dist"].std()],
    "var_dist": [flights["dist"].var()],
    "std_pop_dist": [flights["dist"].std(ddof=0)],
    "var_pop_dist": [flights["dist"].var(ddof=0)],
    "first_dist": [flights["dist"].dropna().iloc[0]],
    "last_dist": [flights["dist"].dropna().iloc[-1]],
    "mode_dist": [flights["dist"].mode().min()],
    "range_dist": [flights["dist"].max() - flights["dist"].min()],
    "skew_dist": [flights["dist"].skew()],
    "kurtosis_dist": [flights["dist"].kurt()],
    "any_late": [flights["late"].any()],
    "all_late": [flights["late"].all()],
    "quantile_dep_delay": [flights["dep_delay"].quantile(0.9)],
    "share": [(flights["dep_delay"] > MIN_DEP_DELAY).mean()],
    "sz": [len(flights[flights["origin"] == "JFK"])],
    "sw": [flights.loc[flights["origin"] == "JFK", "dist"].sum()],
    "mw": [flights.loc[flights["origin"] == "JFK", "dist"].mean()],
})

answer
