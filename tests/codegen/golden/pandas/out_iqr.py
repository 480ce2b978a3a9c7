IQR_FACTOR = 1.5

q1, q3 = birds["flipper"].quantile([0.25, 0.75])
reach = IQR_FACTOR * (q3 - q1)
q1_2, q3_2 = birds["flipper"].quantile([0.25, 0.75])
reach_2 = IQR_FACTOR * (q3_2 - q1_2)
with_outlier = (
    birds.assign(outlier=(birds["flipper"] < q1_2 - reach_2) | (birds["flipper"] > q3_2 + reach_2))
)
answer = len(with_outlier[with_outlier["outlier"]])

answer
