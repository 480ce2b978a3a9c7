import pandas as pd

NUMBER_PATTERN = r"^\W*?([-+]?\d+,\d+|[-+]?\d+)(?:$|[^\d:.,/–—-])"

answer = (
    films
    .assign(d=pd.to_numeric(films["share"].str.extract(NUMBER_PATTERN, expand=False).str.replace(r"[^\d,-]", "", regex=True).str.replace(",", "."), errors="coerce"))
)

answer
