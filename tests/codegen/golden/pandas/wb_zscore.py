answer = (
    flights
    .assign(w=(flights["dist"] - flights.groupby("origin")["dist"].transform("mean")) / flights.groupby("origin")["dist"].transform("std"))
)

answer
