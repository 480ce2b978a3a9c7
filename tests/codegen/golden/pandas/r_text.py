import pandas as pd

TEXT_PATTERN = r"^([^\n]+)"

answer = films.assign(d=films["title"].str.extract(TEXT_PATTERN, expand=False))

answer
