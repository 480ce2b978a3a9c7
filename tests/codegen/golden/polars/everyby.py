import polars as pl

MIN_DEP_DELAY = 15

answer = (
    flights.lazy().drop_nulls("carrier")
    .group_by("carrier")
    .agg(
        sum_dist=pl.col("dist").sum(),
        mean_dist=pl.col("dist").mean(),
        median_dist=pl.col("dist").median(),
        min_dist=pl.col("dist").min(),
        max_dist=pl.col("dist").max(),
        count_dist=pl.col("dist").count(),
        count_distinct_dist=pl.col("dist").drop_nulls().n_unique(),
        std_dist=pl.col("dist").std(),
        var_dist=pl.col("dist").var(),
        std_pop_dist=pl.col("dist").std(ddof=0),
        var_pop_dist=pl.col("dist").var(ddof=0),
        first_dist=pl.col("dist").drop_nulls().first(),
        last_dist=pl.col("dist").drop_nulls().last(),
        mode_dist=pl.col("dist").drop_nulls().mode().min(),
        range_dist=pl.col("dist").max() - pl.col("dist").min(),
        skew_dist=pl.col("dist").skew(bias=False),
        kurtosis_dist=pl.col("dist").kurtosis(bias=False),
        any_late=pl.col("late").cast(pl.Boolean).any(),
        all_late=pl.col("late").cast(pl.Boolean).all(),
        quantile_dep_delay=pl.col("dep_delay").quantile(0.9, interpolation="linear"),
        share=(pl.col("dep_delay") > MIN_DEP_DELAY).fill_null(False).mean(),
        sz=(pl.col("origin") == "JFK").sum(),
        sw=pl.col("dist").filter(pl.col("origin") == "JFK").sum(),
        mw=pl.col("dist").filter(pl.col("origin") == "JFK").mean(),
    )
    .sort("carrier")
    .collect()
)

answer
