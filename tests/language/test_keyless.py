from __future__ import annotations

import pytest

import nexus_jupyter as nexus


@pytest.fixture(scope="module")
def players():
    import pandas as pd

    return pd.DataFrame(
        {
            "hand": ["left", "right", None, "right", None, "both", "right"],
            "level": [1.0, 2, None, 1, 2, None, 1],
            "age": [21.0, 22, 23, 24, 25, 26, 27],
            "wins": [1, 2, 3, 4, 5, 6, 7],
        }
    )


@pytest.mark.parametrize("key", ["hand", "level"])
@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_rows_without_a_key_are_counted_as_a_group_of_their_own(players, key, library):
    import pandas as pd
    import polars as pl

    frame = pl.from_pandas(players) if library == "polars" else players
    answer = nexus.ask(f"number of players by {key}", data={"players": frame})
    rows = answer.table.rows() if library == "polars" else [tuple(row) for row in answer.table.itertuples(index=False)]
    assert sum(count for _, count in rows) == len(players)
    assert pd.isna(rows[-1][0])
    assert rows[-1][1] == players[key].isna().sum()
    assert "a group of their own" in answer.assumptions[0].text


@pytest.mark.parametrize("question", ["average age by hand", "which hand has the most players", "total wins by hand"])
def test_rows_without_a_key_are_left_out_of_other_groups_and_that_is_said(players, question):
    answer = nexus.ask(question, data={"players": players})
    assert answer.table["hand"].notna().all()
    assert "Rows without hand are left out." in [a.text for a in answer.assumptions]


def test_nothing_is_said_where_the_question_leaves_them_out_itself(players):
    answer = nexus.ask("number of players by hand where hand is not left", data={"players": players})
    assert answer.table["hand"].notna().all()
    assert not any(a.about == "missing" for a in answer.assumptions)
