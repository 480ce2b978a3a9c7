import pandas as pd

DATE_PATTERN = r"(\d{1,2} [A-Z][a-z]+ \d{4})"

answer = (
    films
    .assign(d=pd.to_datetime(films["shown"].str.extract(DATE_PATTERN, expand=False), format="%d %B %Y", errors="coerce"))
)

answer
