answer = (
    birds
    .assign(
        mass=(birds["mass"] - birds["mass"].mean()) / birds["mass"].std(),
        flipper=(birds["flipper"] - birds["flipper"].mean()) / birds["flipper"].std(),
    )
)

answer
