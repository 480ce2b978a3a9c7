import pandas as pd

MIN_DEP_DELAY = 15

groups = (
    flights
    .assign(
        share=flights["dep_delay"] > MIN_DEP_DELAY,
        sz=flights["origin"] == "JFK",
        sw=flights["dist"].where(flights["origin"] == "JFK", 0),
        mw=flights["dist"].where(flights["origin"] == "JFK"),
    )
    .groupby("carrier")
)
answer = pd.DataFrame({
    "sum_dist": groups["dist"].sum(),
    "mean_dist": groups["dist"].mean(),
    "median_dist": groups["dist"].median(),
    "min_dist": groups["dist"].min(),
    "max_dist": groups["dist"].max(),
    "count_dist": groups["dist"].count(),
    "count_distinct_dist": groups["dist"].nunique(),
    "std_dist": groups["dist"].std(),
    "var_dist": groups["dist"].var(),
    "std_pop_dist": groups["dist"].std(ddof=0),
    "var_pop_dist": groups["dist"].var(ddof=0),
    "first_dist": groups["dist"].first(),
    "last_dist": groups["dist"].last(),
    "mode_dist": groups["dist"].agg(lambda values: values.mode().min()),
    "range_dist": groups["dist"].max() - groups["dist"].min(),
    "skew_dist": groups["dist"].skew(),
    "kurtosis_dist": groups["dist"].kurt(),
    "any_late": groups["late"].any(),
    "all_late": groups["late"].all(),
    "quantile_dep_delay": groups["dep_delay"].quantile(0.9),
    "share": groups["share"].mean(),
    "sz": groups["sz"].sum(),
    "sw": groups["sw"].sum(),
    "mw": groups["mw"].mean(),
}).reset_index()

answer
