import polars as pl

REACH = 1.5

rows = flights.lazy().collect()
def far(c):
    low, high = (c.quantile(q, interpolation="linear") for q in (0.25, 0.75))
    return ((c < low - REACH * (high - low)) | (c > high + REACH * (high - low))).sum()
checks = {
    "missing": (["carrier", "origin", "dep_delay", "dist", "when", "late", "price"], lambda c: c.null_count()),
    "one value only": (["carrier", "origin", "dep_delay", "dist", "when", "late", "price"], lambda c: c.count() * ((c.drop_nulls().n_unique() == 1) & (pl.len() > 1))),
    "far from the others": (["dep_delay", "dist"], lambda c: far(c)),
    "blanks around": (["carrier", "price"], lambda c: (c != c.str.strip_chars()).sum()),
    "other spelling of a value": (["carrier", "price"], lambda c: c.drop_nulls().n_unique() - c.str.strip_chars().str.to_lowercase().drop_nulls().n_unique()),
    "numbers among words": (["carrier", "price"], lambda c: c.str.strip_chars().cast(pl.Float64, strict=False).count() * (c.str.strip_chars().cast(pl.Float64, strict=False).count() < c.count())),
}
found = pl.concat(
    rows.select(
        column=pl.lit(name), issue=pl.lit(issue), cells=check(pl.col(name)).cast(pl.Int64)
    )
    for issue, (columns, check) in checks.items()
    for name in columns
)
again = pl.DataFrame({"column": ["all columns"], "issue": ["row occurs before"], "cells": [rows.height - rows.unique().height]})
found = pl.concat([found, again])
answer = found.filter(pl.col("cells") > 0).with_columns(percent=100 * pl.col("cells") / rows.height)

answer
