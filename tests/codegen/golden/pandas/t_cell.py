from scipy import stats

adelie = birds.loc[birds["species"] == "Adelie", "flipper"].dropna()
gentoo = birds.loc[birds["species"] == "Gentoo", "flipper"].dropna()
test = stats.ttest_ind(adelie, gentoo, equal_var=False)
mean_1 = adelie.mean()
answer = birds[birds["flipper"] < mean_1]

answer
