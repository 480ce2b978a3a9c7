MIN_DEP_DELAY = 15

answer = (
    flights
    .assign(
        share=flights["dep_delay"] > MIN_DEP_DELAY,
        sz=flights["origin"] == "JFK",
        sw=flights["dist"].where(flights["origin"] == "JFK", 0),
        mw=flights["dist"].where(flights["origin"] == "JFK"),
    )
    .groupby(["origin", "carrier"], as_index=False)
    .agg(
        sum_dist=("dist", "sum"),
        mean_dist=("dist", "mean"),
        median_dist=("dist", "median"),
        min_dist=("dist", "min"),
        max_dist=("dist", "max"),
        count_dist=("dist", "count"),
        count_distinct_dist=("dist", "nunique"),
        std_dist=("dist", "std"),
        var_dist=("dist", "var"),
        first_dist=("dist", "first"),
        last_dist=("dist", "last"),
        skew_dist=("dist", "skew"),
        any_late=("late", "any"),
        all_late=("late", "all"),
        share=("share", "mean"),
        sz=("sz", "sum"),
        sw=("sw", "sum"),
        mw=("mw", "mean"),
    )
)

answer
