IQR_FACTOR = 1

q1, q3 = birds["bill"].quantile([0.25, 0.75])
reach = IQR_FACTOR * (q3 - q1)
q1_2, q3_2 = birds["bill"].quantile([0.25, 0.75])
reach_2 = IQR_FACTOR * (q3_2 - q1_2)
with_outlier = (
    birds.assign(outlier=(birds["bill"] < q1_2 - reach_2) | (birds["bill"] > q3_2 + reach_2))
)
answer = with_outlier[~(with_outlier["outlier"])]

answer
