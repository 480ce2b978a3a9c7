import pandas as pd

NUMBER_PATTERN = r"^\W*?([-+−]?(?:\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?|\d*\.\d+|\d+))(?:\.?$|[^\d:.,/'’–—-])"

answer = (
    films
    .assign(d=pd.to_numeric(films["change"].str.extract(NUMBER_PATTERN, expand=False).str.replace("−", "-").str.replace(r"[^\d.-]", "", regex=True), errors="coerce"))
)

answer
