from __future__ import annotations

import json

import nbformat
import pytest

from nexus_jupyter.notebook.cells import MIME, envelope, group, group_of, prose, tame


def test_a_group_is_the_sentence_and_one_code_cell_for_each_output(make_answer):
    cells = group(make_answer(), group_id="g1")
    assert [c["cell_type"] for c in cells] == ["markdown", "code", "code"]
    assert "text/html" in cells[1]["outputs"][0]["data"]
    assert "application/vnd.plotly.v1+json" in cells[2]["outputs"][0]["data"]


def test_a_group_is_valid_in_a_notebook(make_answer):
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.from_dict(c) for c in group(make_answer(), group_id="g1")]
    assert nbformat.validator.isvalid(book)


def test_cell_ids_follow_from_the_group(make_answer):
    ids = [c["id"] for c in group(make_answer(), group_id="g1")]
    assert ids == ["g1-0", "g1-1", "g1-2"]
    assert ids == [c["id"] for c in group(make_answer(), group_id="g1")]


def test_only_the_first_cell_carries_provenance_and_all_are_proposed(make_answer):
    marks = [c["metadata"]["nexus"] for c in group(make_answer(), group_id="g1", created="2026-01-01T00:00:00+00:00")]
    assert ["provenance" in m for m in marks] == [True, False, False]
    assert {m["state"] for m in marks} == {"proposed"}
    assert marks[0]["provenance"]["created"].startswith("2026")
    assert "pandas" in marks[0]["provenance"]["packages"]


@pytest.mark.parametrize("status", ["ambiguous", "unanswerable", "refused", "failed"])
def test_what_is_no_answer_has_no_cells(make_answer, status):
    assert group(make_answer(status=status), group_id="g1") == []


def test_prose_tells_rows_and_assumptions(make_answer):
    text = prose(make_answer())
    assert "1 of 2 rows" in text
    assert "*Assumed:* `delay` is read as `dep_delay`." in text


def test_results_that_have_no_cell_of_their_own_stand_under_the_last(make_answer):
    answer = make_answer()
    from types import SimpleNamespace

    one = make_answer(program=SimpleNamespace(cells=("x",), text="x"), parts=answer.parts)
    assert len(group(one, group_id="g")[1]["outputs"]) == 2


def test_the_envelope_leaves_the_outputs_to_their_own_place(make_answer):
    cells = group(make_answer(), group_id="g1")
    found = envelope("g1", cells)
    assert all(not c.get("outputs") for c in found["cells"])
    assert cells[1]["outputs"]
    assert MIME == "application/vnd.nexus.group+json"
    json.dumps(found, allow_nan=False)


def test_words_from_data_do_not_become_html_links_or_pictures():
    assert tame("<img src=x> ![a](http://x)") == "&lt;img src=x> !\\[a](http://x)"
    assert tame("`a[0] < b`") == "`a[0] < b`"


@pytest.mark.parametrize(
    "metadata", [{}, {"nexus": 3}, {"nexus": {"group": 7, "state": "proposed"}}, {"nexus": {"group": "g", "state": "evil"}}]
)
def test_a_mark_that_is_nonsense_is_no_mark(metadata):
    assert group_of({"metadata": metadata}) is None
