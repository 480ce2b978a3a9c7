from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from nexus_jupyter.pipeline import Session


@pytest.fixture(scope="module")
def wells() -> Any:
    """Wells: depths with gaps by district, an owner's title in a text, flows with a wide range."""
    import numpy as np
    import pandas as pd

    n = 60
    depth = np.round(40 + 25 * np.cos(np.arange(n)), 1)
    depth[[4, 11, 25]] = np.nan
    titles = ("Dr", "Mr", "Mrs")
    return pd.DataFrame(
        {
            "owner": [f"Name{i}, {titles[i % 3]}. First" + (' ("Mr Q")' if i % 9 == 0 else "") for i in range(n)],
            "district": [("Hill", "Lake", "Town")[i % 3] for i in range(n)],
            "county_abbr": [("AA", "BB")[i % 4 == 0] for i in range(n)],
            "depth": depth,
            "flow": np.round(3 + 2 * np.sin(np.arange(n) * 1.7) + 0.02 * np.nan_to_num(depth, nan=40.0), 3),
            "drilled": pd.date_range("2019-01-01", periods=n, freq="11D"),
            "tested": pd.date_range("2019-01-01", periods=n, freq="11D") + pd.to_timedelta([5 + i % 13 for i in range(n)], unit="D"),
        }
    )


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    made = Session()
    yield made
    made.close()


CASES = {
    "Bin the 'depth' column into three classes and report how many wells fall in each.\n\nUse the classes 'flat' (less than 30), 'usual' (30 to 50) and 'deep' (more than 50).\n\n"
    "@flat_count[a]\n@usual_count[b]\n@deep_count[c]": lambda w: [
        (w.depth < 30).sum(),
        w.depth.between(30, 50).sum(),
        (w.depth > 50).sum(),
    ],
    "Create a new column 'class' that categorizes wells by depth: 'flat' (less than 30) and 'deep' (more than 30). What is the average flow (flow) of each class?\n\nRound to 6 decimals.\n\n"
    "@flat_flow[a]\n@deep_flow[b]": lambda w: [w.flow[w.depth < 30].mean(), w.flow[w.depth > 30].mean()],
    "Impute the missing values in the depth column using the mean of each district and report the overall mean and standard deviation.\n\n@mean_depth[m]\n@std_depth[s]": lambda w: [
        (filled := w.depth.fillna(w.groupby("district").depth.transform("mean"))).mean(),
        filled.std(),
    ],
    "Apply a log transformation (natural log of 1 + x) to the flow column. What is the mean of the transformed column?\n\nRound to 6 decimals.\n\n@mean_log_flow[m]\n@skew_log_flow[s]": lambda w: [
        __import__("numpy").log1p(w.flow).mean(),
        __import__("numpy").log1p(w.flow).skew(),
    ],
    "Which district has the highest average flow, and what is that average?\n\nRound to 6 decimals.\n\n@best_district[name]\n@avg_flow[avg]": lambda w: [
        (by := w.groupby("district").flow.mean()).idxmax(),
        by.max(),
    ],
    "Create a binary column 'deep' that is 1 if depth is greater than 45 and 0 otherwise. What fraction of the wells is deep?\n\n@deep_fraction[f]": lambda w: [
        (w.depth > 45).mean()
    ],
    "Is there a correlation between depth and flow for the wells with flow above and below the median?\n\nCalculate the Pearson correlation of each. Round to 6 decimals.\n\n"
    "@high_flow_correlation[r]\n@low_flow_correlation[r]": lambda w: [
        (up := w[w.flow > w.flow.median()]).depth.corr(up.flow),
        (down := w[w.flow < w.flow.median()]).depth.corr(down.flow),
    ],
    'Extract the title (Dr, Mr, Mrs) from the owner column into a new column \'Title\'. What is the average flow for each title?\n\nOnly consider "Dr", "Mr" and "Mrs". Round to 6 decimals.\n\n'
    "@dr_avg_flow[a]\n@mr_avg_flow[b]\n@mrs_avg_flow[c]": lambda w: list(w.flow.groupby(w.owner.str.extract(r", (\w+)\.")[0]).mean()),
    "Create a feature 'wait' as the number of days between drilled and tested. What is its mean and maximum?\n\n@mean_wait[m]\n@max_wait[x]": lambda w: [
        (days := (w.tested - w.drilled).dt.days).mean(),
        days.max(),
    ],
}


@pytest.mark.parametrize("text", CASES)
def test_slots_are_filled_from_rows_that_the_request_prepares(session: Session, wells: Any, text: str) -> None:
    answer = session.ask(text, data={"wells": wells}, engine="rules")
    assert answer.status == "answered", answer.text
    got = list(answer.value.values()) if isinstance(answer.value, dict) else [answer.value]
    for one, gold in zip(got, CASES[text](wells), strict=True):
        assert one == gold if isinstance(gold, str) else one == pytest.approx(float(gold), abs=2e-6)


def test_a_slot_named_like_the_column_that_is_ranked_holds_its_value(session: Session, wells: Any) -> None:
    named = wells.rename(columns={"district": "peak_zone"})
    answer = session.ask(
        "Which peak zone has the highest average flow? Round the mean to 3 decimals.\n\n@peak_zone[name]\n@mean_flow[m]",
        data={"wells": named},
        engine="rules",
    )
    by = wells.groupby("district").flow.mean()
    assert answer.value == {"peak_zone": by.idxmax(), "mean_flow": pytest.approx(round(by.max(), 3))}
