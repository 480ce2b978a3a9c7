answer = (
    birds.assign(code=(birds["sex"].astype("category").cat.codes + 1).where(birds["sex"].notna()))
)

answer
