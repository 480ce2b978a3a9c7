from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from nexus_jupyter.answer import Answer
from nexus_jupyter.pipeline import Session


@pytest.fixture(scope="module")
def sales() -> Any:
    """Sales of a shop: gaps in the price, two outliers, words in the product, a day each."""
    import numpy as np
    import pandas as pd

    n = 40
    price = np.round(20 + 5 * np.sin(np.arange(n)), 2)
    price[[3, 17]] = [300.0, 410.0]
    price[[5, 9, 30]] = np.nan
    return pd.DataFrame(
        {
            "sale_id": range(1, n + 1),
            "shop": [("North", "South", "East")[i % 3] for i in range(n)],
            "product": [("Oak Table", "Steel Lamp XL", "Vase")[i % 3] for i in range(n)],
            "price": price,
            "quantity": [1 + i % 6 for i in range(n)],
            "sold_on": pd.date_range("2023-01-01", periods=n, freq="D"),
            "sent_on": pd.date_range("2023-01-01", periods=n, freq="D") + pd.to_timedelta([i % 9 for i in range(n)], unit="D"),
            "returned": [int(i % 4 == 0 or i % 6 > 4) for i in range(n)],
        }
    )


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    made = Session()
    yield made
    made.close()


def ask(session: Session, sales: Any, text: str) -> Answer:
    answer = session.ask(text, data={"sales": sales}, engine="rules")
    assert answer.status == "answered", (text, answer.text)
    return answer


def _kept(sales: Any) -> Any:
    low, high = sales.price.quantile([0.25, 0.75])
    span = 1.5 * (high - low)
    return sales[~((sales.price < low - span) | (sales.price > high + span))]


VALUES = {
    "remove outliers from price and recompute the mean": lambda s: _kept(s).price.mean(),
    "drop rows with missing price, then give the average quantity": lambda s: s.dropna(subset=["price"]).quantity.mean(),
    "fill missing prices with the median and give the mean": lambda s: s.price.fillna(s.price.median()).mean(),
    "what is the average price after capping it at 30": lambda s: s.price.clip(upper=30).mean(),
    "average length of the product": lambda s: s["product"].str.len().mean(),
    "average number of words in the product": lambda s: s["product"].str.split().str.len().mean(),
    "average number of days between sold on and sent on": lambda s: (s.sent_on - s.sold_on).dt.days.mean(),
    "highest 7-day moving average of quantity": lambda s: s.quantity.rolling(7).mean().max(),
    "normalize price to 0-1 and give its median": lambda s: ((s.price - s.price.min()) / (s.price.max() - s.price.min())).median(),
    "how many sales are left after dropping rows with missing price?": lambda s: s.price.notna().sum(),
}
GROUPS = {
    "standardise price and show the mean by shop": lambda s: ((s.price - s.price.mean()) / s.price.std()).groupby(s.shop).mean(),
    "exclude outliers in price and give the mean by shop": lambda s: _kept(s).groupby("shop").price.mean(),
    "add a column takings = price * quantity and give its total by shop": lambda s: (s.price * s.quantity).groupby(s.shop).sum(),
    "first word of the product with the number of sales": lambda s: s["product"].str.split().str[0].value_counts(),
    "cumulative quantity per day": lambda s: s.groupby("sold_on").quantity.sum().cumsum(),
}


@pytest.mark.parametrize("text", VALUES)
def test_rows_are_prepared_before_a_number_is_computed(session: Session, sales: Any, text: str) -> None:
    if "day moving" in text or "between" in text:
        sales = sales.drop(columns="sent_on") if "moving" in text else sales
    assert ask(session, sales, text).value == pytest.approx(float(VALUES[text](sales)))


@pytest.mark.parametrize("text", GROUPS)
def test_rows_are_prepared_before_groups_are_measured(session: Session, sales: Any, text: str) -> None:
    sales = sales.drop(columns="sent_on") if "cumulative" in text else sales
    gold = GROUPS[text](sales)
    got = {row[0]: row[1] for row in ask(session, sales, text).table.itertuples(index=False)}
    assert got == pytest.approx(dict(gold.items()))


def test_classes_are_a_group_of_the_rest(session: Session, sales: Any) -> None:
    answer = ask(session, sales, "split quantity into 3 bins and give the mean price of each")
    assert len(answer.table) == 3
    assert any("one width" in a.text for a in answer.plan.assumptions)


def test_a_model_gives_the_score_that_is_asked_for(session: Session, sales: Any) -> None:
    from sklearn.linear_model import LinearRegression, LogisticRegression
    from sklearn.metrics import r2_score
    from sklearn.model_selection import cross_val_score, train_test_split

    rows = sales.dropna(subset=["price"])
    a, b, c, d = train_test_split(rows[["quantity"]], rows.price, test_size=0.3, random_state=1)
    answer = ask(session, sales, "train a linear regression of price on quantity with a 70/30 split and seed 1, give R2")
    assert answer.value == pytest.approx(r2_score(d, LinearRegression().fit(a, c).predict(b)))
    gold = cross_val_score(LogisticRegression(max_iter=1000), sales[["quantity"]], sales.returned, cv=4).mean()
    answer = ask(session, sales, "logistic regression of returned on quantity: accuracy with 4-fold cross validation")
    assert answer.value == pytest.approx(gold)


@pytest.mark.parametrize(
    "text",
    [
        "fill missing prices with the median and give the mean for premium members",
        "remove outliers from colour and recompute the mean",
        "average price before removing outliers",
        "bin price into 4 moods and count them",
        "what is the median of the log of shop?",
        "7-day rolling average of the mood",
        "one-hot encode sold on",
    ],
)
def test_what_is_not_there_is_not_prepared(session: Session, sales: Any, text: str) -> None:
    assert session.ask(text, data={"sales": sales}, engine="rules").status != "answered"
