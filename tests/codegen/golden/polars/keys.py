import polars as pl

KEYS = [("carrier", "carrier")]

left = flights.lazy().collect()
right = airlines.lazy().collect()
answer = pl.DataFrame(
    [
        (
            "flights." + a,
            "airlines." + b,
            left[a].drop_nulls().unique().is_in(right[b].drop_nulls().unique().implode()).mean(),
            right[b].drop_nulls().unique().is_in(left[a].drop_nulls().unique().implode()).mean(),
        )
        for a, b in KEYS
    ],
    schema=["left", "right", "left_found", "right_found"],
    orient="row",
)

answer
