START = "2013-02-01"
END = "2013-05-01"

answer = flights[flights["when"].between(START, END, inclusive="left")]

answer
