BIN_WIDTH = 10

answer = (
    flights.assign(bin=flights["dep_delay"] // BIN_WIDTH * BIN_WIDTH)
    .groupby("bin", as_index=False)
    .agg(size=("bin", "size"))
)

answer
