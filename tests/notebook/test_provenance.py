from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import nexus_jupyter.notebook
from nexus_jupyter.notebook.cells import group
from nexus_jupyter.notebook.provenance import Provenance, read, versions

SCHEMA = json.loads((Path(nexus_jupyter.notebook.__file__).parent / "provenance.schema.json").read_text())
SOUND = {"version": 1, "question": "q", "engine": "rules", "data": [{"name": "flights", "fingerprint": "f"}], "timings": {"plan": 1.5}}


def test_a_record_survives_the_way_through_json():
    record = Provenance(question="q", data=({"name": "flights"},), timings={"plan": 2.0}, packages=versions())
    assert Provenance.from_dict(json.loads(json.dumps(record.to_dict()))) == record


def test_what_is_written_fits_the_schema(make_answer):
    jsonschema.validate(Provenance(question="q").to_dict(), SCHEMA)
    jsonschema.validate(group(make_answer(), group_id="g")[0]["metadata"]["nexus"]["provenance"], SCHEMA)
    jsonschema.validate(SOUND, SCHEMA)


def test_a_sound_record_is_read_and_unknown_fields_are_left_out():
    record, note = read({**SOUND, "endpoint": "http://elsewhere", "command": "rm"})
    assert note == ""
    assert record is not None
    assert not hasattr(record, "endpoint")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ({"version": 99}, "version"),
        ({"question": None}, "question"),
        ({"data": "x"}, "data"),
        ({"data": [1]}, "dataset"),
        ({"timings": {"plan": "fast"}}, "time"),
        ({"plan": []}, "plan"),
        ({"settings": 3}, "settings"),
        ({"engine": "x" * 300_000}, "engine"),
    ],
)
def test_a_damaged_record_is_ignored_with_a_note(damage, says):
    record, note = read({**SOUND, **damage})
    assert record is None
    assert note.startswith("The provenance is ignored")
    assert says in note


def test_a_record_that_is_too_deep_is_ignored():
    deep: dict[str, object] = {}
    inner = deep
    for _ in range(60):
        inner["a"] = inner = {}
    assert read({**SOUND, "settings": deep})[0] is None


@pytest.mark.parametrize("found", [None, 3, "text", [1]])
def test_what_is_no_object_is_no_record(found):
    assert read(found)[0] is None
