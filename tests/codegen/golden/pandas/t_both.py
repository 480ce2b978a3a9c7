from scipy import stats

adelie = birds.loc[birds["species"] == "Adelie", "flipper"].dropna()
gentoo = birds.loc[birds["species"] == "Gentoo", "flipper"].dropna()
test = stats.ttest_ind(adelie, gentoo, equal_var=False)
statistic = test.statistic
p_value = test.pvalue

p_value
