answer = flights[["dep_delay", "dist"]].corr(method="spearman").iloc[0, 1]

answer
