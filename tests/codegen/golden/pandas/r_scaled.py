import pandas as pd

NUMBER_PATTERN = r"^\W*?([-+]?(?:\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?|\d*\.\d+|\d+))(?:\.?$|[^\d:.,/'’–—-])"
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}

answer = (
    films
    .assign(d=pd.to_numeric(films["budget"].str.extract(NUMBER_PATTERN, expand=False).str.replace(r"[^\d.-]", "", regex=True), errors="coerce") * films["budget"].str.lower().str.extract(r"(thousand|million|billion)", expand=False).map(SCALES).fillna(1))
)

answer
