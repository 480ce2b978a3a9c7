from __future__ import annotations

import pytest

from nexus_jupyter.errors import SettingsError
from nexus_jupyter.language.own import WHY, spelled_out
from nexus_jupyter.magic.commands import explain_text
from nexus_jupyter.pipeline import Session
from nexus_jupyter.settings import Settings, load

WORDS = {"gmv": "sum of order_value", "key accounts": "orders where tier is Gold", "patch": "region"}


@pytest.fixture(scope="module")
def session():
    found = Session(Settings(words=WORDS))
    yield found
    found.close()


@pytest.fixture(scope="module")
def orders():
    import pandas as pd

    n = 12
    return pd.DataFrame(
        {
            "region": [("North", "South")[i % 2] for i in range(n)],
            "tier": [("Gold", "Basic", "Basic")[i % 3] for i in range(n)],
            "order_value": [10.25 * i for i in range(n)],
        }
    )


def test_word_stands_for_a_phrase_and_that_is_said(session, orders):
    answer = session.ask("GMV by patch", data={"orders": orders})
    assert answer.status == "answered", answer.text
    assert answer.table.iloc[:, 1].tolist() == orders.groupby("region").order_value.sum().tolist()
    assert "“GMV” stands for “sum of order_value” in your settings." in [a.text for a in answer.assumptions]


def test_word_may_carry_a_condition(session, orders):
    assert session.ask("how many key accounts are there", data={"orders": orders}).value == int((orders.tier == "Gold").sum())


def test_word_is_explained_with_its_own_reason(session, orders):
    answer = session.ask("GMV by patch", data={"orders": orders})
    assert [(x.words, x.target) for x in answer.links if x.why == WHY] == [("GMV", "sum of order_value"), ("patch", "region")]
    assert WHY in explain_text(answer)


def test_longest_word_wins_and_quotes_stay():
    words = {"big deal": "order above 100", "deal": "order"}
    assert spelled_out('big deals, a big deal, a deal and "deal"', words)[0] == 'big deals, a order above 100, a order and "deal"'


def test_words_are_read_from_the_file(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('[words]\nturnover = "revenue"\n')
    assert load({}, file).words == {"turnover": "revenue"}


def test_words_are_read_from_the_environment():
    assert load({"NEXUS_JUPYTER_WORDS": "gmv = sum of value; patch=region"}).words == {"gmv": "sum of value", "patch": "region"}


@pytest.mark.parametrize("words", [{"turnover": ""}, {"turnover": 3}, {" ": "revenue"}, ["turnover"]])
def test_lexicon_that_is_none_is_refused(words):
    with pytest.raises(SettingsError, match="words"):
        Settings(words=words)


def test_explanation_tells_why_each_word_was_read_so(session, orders):
    told = explain_text(session.ask("average order_value by region", data={"orders": orders}))
    assert "| order value | column orders.order_value | called so | 1.00 |" in told
    assert "| average | an aggregate | a word of the language | 1.00 |" in told
    assert "Taken by **analyst**" in told
