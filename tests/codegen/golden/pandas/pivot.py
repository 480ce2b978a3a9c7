answer = (
    flights
    .pivot_table(index="carrier", columns="origin", values="dist", aggfunc="sum", fill_value=0)
    .rename_axis(columns=None)
    .reset_index()
)

answer
