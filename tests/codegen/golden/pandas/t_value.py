from scipy import stats

adelie = birds.loc[birds["species"] == "Adelie", "flipper"].dropna()
gentoo = birds.loc[birds["species"] == "Gentoo", "flipper"].dropna()
test = stats.ttest_ind(adelie, gentoo, equal_var=False)
answer = round(test.pvalue, 4)

answer
