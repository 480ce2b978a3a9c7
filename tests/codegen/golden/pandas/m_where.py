answer = birds.loc[birds["species"] == "Adelie", "flipper"].sem()

answer
