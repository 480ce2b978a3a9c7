answer = flights[["carrier", "origin"]].drop_duplicates()

answer
