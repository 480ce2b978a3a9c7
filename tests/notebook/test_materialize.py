from __future__ import annotations

import json

import nbformat
import pytest

from nexus_jupyter.errors import NotebookError
from nexus_jupyter.magic.display import answer_outputs
from nexus_jupyter.notebook.cells import group
from nexus_jupyter.notebook.materialize import materialize, materialize_file, read_notebook, undo


@pytest.fixture
def make_book(make_answer):
    """A notebook as a headless run leaves it: everything in the output of the magic's cell."""

    def make(*groups, after=()):
        cells = []
        for name in groups:
            answer = make_answer()
            magic = nbformat.v4.new_code_cell("%%nexus\naverage delay by carrier")
            for data, metadata in answer_outputs(answer, name, group(answer, group_id=name)):
                magic.outputs.append(nbformat.v4.new_output("display_data", data, metadata=metadata))
            cells.append(magic)
        book = nbformat.v4.new_notebook()
        book.cells = [*cells, *after, nbformat.v4.new_code_cell("1 + 1")]
        nbformat.validate(book)
        return book

    return make


def test_the_output_becomes_the_same_cells_as_a_page_would_insert(make_book, make_answer):
    made, count = materialize(make_book("aaaa"))
    assert count == 1
    assert json.loads(json.dumps(made["cells"][1:4])) == json.loads(json.dumps([dict(c) for c in group(make_answer(), group_id="aaaa")]))
    assert made["cells"][4]["source"] == "1 + 1"
    nbformat.validate(nbformat.from_dict(made))


def test_results_stand_in_the_notebook_once(make_book):
    made, _ = materialize(make_book("aaaa"))
    assert made["cells"][0]["outputs"] == []
    assert json.dumps(make_book("aaaa")).count('"type": "bar"') == json.dumps(made).count('"type": "bar"')


def test_a_second_run_adds_nothing(make_book):
    once, _ = materialize(make_book("aaaa", "bbbb"))
    twice, count = materialize(once)
    assert count == 0
    assert twice == once


def test_an_answer_asked_again_takes_the_place_of_the_proposed_one(make_book):
    once, _ = materialize(make_book("aaaa"))
    again = make_book("bbbb").cells[0]
    once["cells"][0] = again
    made, count = materialize(once)
    names = [c["metadata"]["nexus"]["group"] for c in made["cells"] if "nexus" in c["metadata"]]
    assert count == 1
    assert set(names) == {"bbbb"}


def test_an_accepted_answer_stays(make_book):
    once, _ = materialize(make_book("aaaa"))
    for cell in once["cells"][1:4]:
        cell["metadata"]["nexus"]["state"] = "accepted"
    once["cells"][0] = make_book("bbbb").cells[0]
    made, _ = materialize(once)
    assert [c["metadata"]["nexus"]["group"] for c in made["cells"] if "nexus" in c["metadata"]] == ["bbbb"] * 3 + ["aaaa"] * 3


def test_undo_takes_out_one_group_and_no_other(make_book):
    made, _ = materialize(make_book("aaaa", "bbbb"))
    left, gone = undo(made, "aaaa")
    assert gone == 3
    assert {c["metadata"]["nexus"]["group"] for c in left["cells"] if "nexus" in c["metadata"]} == {"bbbb"}
    assert undo(left, "aaaa")[1] == 0


@pytest.mark.parametrize(
    "forged",
    [
        {"version": 2, "group": "x", "cells": []},
        {"version": 1, "group": "../x", "cells": [{}]},
        {"version": 1, "group": "x", "cells": "no"},
        {"version": 1, "group": "x", "cells": [{"cell_type": "raw", "source": "x", "id": "a", "metadata": {"nexus": {}}}]},
        {"version": 1, "group": "x", "cells": [{"cell_type": "code", "source": 7, "id": "a", "metadata": {"nexus": {}}}]},
        "text",
    ],
)
def test_a_forged_output_puts_nothing_in(make_book, forged):
    book = make_book("aaaa")
    book.cells[0].outputs = [nbformat.v4.new_output("display_data", {"application/vnd.nexus.group+json": forged})]
    made, count = materialize(book)
    assert count == 0
    assert len(made["cells"]) == 2


def test_only_our_own_metadata_comes_along(make_book):
    book = make_book("aaaa")
    inner = book.cells[0].outputs[0]["data"]["application/vnd.nexus.group+json"]["cells"][1]
    inner["metadata"]["trusted"] = True
    inner["metadata"]["nexus"]["state"] = "accepted"
    made, _ = materialize(book)
    assert set(made["cells"][2]["metadata"]) == {"nexus"}
    assert made["cells"][2]["metadata"]["nexus"]["state"] == "proposed"


def test_a_file_is_written_whole_and_opens_again(make_book, tmp_path):
    path = tmp_path / "book.ipynb"
    nbformat.write(make_book("aaaa"), path)
    assert materialize_file(path) == 1
    assert materialize_file(path) == 0
    again = nbformat.read(path, as_version=4)
    nbformat.validate(again)
    assert len(again.cells) == 5
    assert [p.name for p in tmp_path.iterdir()] == ["book.ipynb"]


def test_the_source_stays_when_another_place_is_named(make_book, tmp_path):
    source, target = tmp_path / "in.ipynb", tmp_path / "out.ipynb"
    nbformat.write(make_book("aaaa"), source)
    before = source.read_bytes()
    materialize_file(source, target)
    assert source.read_bytes() == before
    assert len(read_notebook(target)["cells"]) == 5


@pytest.mark.parametrize("text", ["", "{}", "[]", "not json", '{"nbformat": 4, "cells": 3}', '{"a": 1'])
def test_what_is_no_notebook_is_said_calmly(tmp_path, text):
    path = tmp_path / "book.ipynb"
    path.write_text(text)
    with pytest.raises(NotebookError, match="is not a notebook"):
        materialize_file(path)
    assert path.read_text() == text


def test_a_missing_file_is_said_calmly(tmp_path):
    with pytest.raises(NotebookError, match="There is no file"):
        read_notebook(tmp_path / "none.ipynb")
