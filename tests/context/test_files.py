"""Files in the ways they are really written, and the line of code that reads each of them again."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus_jupyter.context.files import describe_file, expression
from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.errors import DataError, DatasetNotFound, FileUnreadable

TEXTS: dict[str, tuple[bytes, dict[str, Any]]] = {
    "plain.csv": (b"a,b\n1,x\n2,y\n", {}),
    "semicolon.csv": (b"name;price\nA;1,5\nB;2,75\nC;3,0\n", {"sep": ";", "decimal": ","}),
    "tabs.tsv": (b"a\tb\n1\tx, y\n2\ty\n", {"sep": "\t"}),
    "pipes.txt": (b"a|b\n1|x\n2|y\n", {"sep": "|"}),
    "bom.csv": (b"\xef\xbb\xbfa,b\n1,x\n", {}),
    "utf16.csv": ("a,b\n1,é\n".encode("utf-16"), {"encoding": "utf-16"}),
    "latin.csv": ("name,b\nJosé,1\n".encode("latin-1"), {"encoding": "latin-1"}),
    "windows.csv": ("name,b\n“x”,1\nü€,2\n".encode("cp1252"), {"encoding": "cp1252"}),
    "quotes.csv": (b"a,b\n1,'x, y'\n2,'z'\n3,'w'\n4,'w'\n5,'q'\n", {"quotechar": "'"}),
    "trailing.csv": (b"a,b\n1,2,\n3,4,\n", {"index_col": False}),
    "spaces.csv": (b" a , b\n1, x\n", {}),
    "returns.csv": (b"a,b\r1,2\r3,4\r", {}),
    "lines.csv": (b'a,b\n1,"two\nlines"\n2,x\n', {}),
    "single.csv": (b"a\n1\n2\n", {}),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_dialect_is_found_with_the_fewest_options(tmp_path: Path, name: str) -> None:
    content, options = TEXTS[name]
    (tmp_path / name).write_bytes(content)
    dataset, frame = describe_file(tmp_path / name)
    assert dataset.reader == {"path": str(tmp_path / name), "function": "read_csv", "options": options}
    assert all(isinstance(c, str) and "\ufeff" not in c for c in frame.columns)


JSONS: dict[str, tuple[Any, tuple[int, int]]] = {
    "records": ([{"a": 1, "b": "x"}, {"a": 2, "b": "y"}], (2, 2)),
    "columns": ({"a": [1, 2], "b": ["x", "y"]}, (2, 2)),
    "cells": ({"a": {"0": 1, "1": 2}, "b": {"0": "x", "1": "y"}}, (2, 2)),
    "split": ({"columns": ["a", "b"], "index": [0, 1], "data": [[1, "x"], [2, "y"]]}, (2, 2)),
    "under": ({"data": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]}, (2, 2)),
    "beside": ({"count": 2, "results": [{"a": 1}, {"a": 2}]}, (2, 1)),
    "deep": ({"answer": {"n": 2, "items": [{"a": 1}, {"a": 2}]}}, (2, 1)),
    "one": ({"a": 1, "b": "x", "c": 1.5}, (1, 3)),
    "none": ([], (0, 0)),
    "nested": ([{"a": 1, "place": {"city": "Oslo", "at": {"x": 1}}}, {"a": 2, "place": {"city": "Rome", "at": {"x": 2}}}], (2, 3)),
    "lists": ([{"a": 1, "b": [1, 2]}, {"a": 2, "b": [3]}], (2, 2)),
}


@pytest.mark.parametrize("name", JSONS)
def test_every_usual_shape_of_json_becomes_a_table(tmp_path: Path, name: str) -> None:
    content, shape = JSONS[name]
    path = tmp_path / f"{name}_file.json"
    path.write_text(json.dumps(content))
    dataset, frame = describe_file(path)
    assert frame.shape == shape
    assert dataset.reader is not None
    pd.testing.assert_frame_equal(eval(expression(dataset.reader), {"pd": pd}), frame)


def test_records_within_records_are_spread_over_columns(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"id": 1, "place": {"city": "Oslo", "zone": 3}}, {"id": 2, "place": {"city": "Rome", "zone": 4}}]))
    dataset, frame = describe_file(path)
    assert list(frame.columns) == ["id", "place.city", "place.zone"]
    assert any("`place` were spread" in note for note in dataset.notes)


@pytest.mark.parametrize("ending", ["ndjson", "jsonl", "json", "jsonl.gz"])
def test_one_record_a_line_is_read_by_lines(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"x.{ending}"
    pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}).to_json(path, orient="records", lines=True)
    dataset, frame = describe_file(path)
    assert frame.shape == (2, 2)
    assert dataset.reader is not None
    assert dataset.reader["options"] == {"lines": True}


@pytest.mark.parametrize("ending", ["parquet", "feather", "csv.gz", "csv.zip", "csv.zst", "xlsx", "json.gz"])
def test_binary_and_packed_files_are_read_by_their_line(tmp_path: Path, ending: str) -> None:
    frame = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"], "c": [1.5, None, 2.5]})
    path = tmp_path / f"x.{ending}"
    kind = ending.split(".", maxsplit=1)[0]
    writers = {"parquet": "to_parquet", "feather": "to_feather", "csv": "to_csv", "xlsx": "to_excel", "json": "to_json"}
    options = {"csv": {"index": False}, "xlsx": {"index": False}, "json": {"orient": "records"}}.get(kind, {})
    getattr(frame, writers[kind])(path, **options)
    dataset, read = describe_file(path)
    pd.testing.assert_frame_equal(read, frame)
    assert dataset.name == "x"
    assert dataset.flavor == "file"
    assert dataset.reader is not None
    assert not dataset.reader["options"]
    pd.testing.assert_frame_equal(eval(expression(dataset.reader), {"pd": pd}), frame)


def test_the_first_sheet_with_rows_is_read_and_a_sheet_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame().to_excel(book, sheet_name="Cover")
        pd.DataFrame({"a": [1]}).to_excel(book, sheet_name="Sales 2024", index=False)
        pd.DataFrame({"b": [2, 3]}).to_excel(book, sheet_name="Costs", index=False)
    dataset, frame = describe_file(path)
    assert list(frame.columns) == ["a"]
    assert any("`Sales 2024` was read" in note for note in dataset.notes)
    named, frame = describe_file(f"{path}#Costs")
    assert list(frame.columns) == ["b"]
    assert named.reader == {"path": str(path), "function": "read_excel", "options": {"sheet_name": "Costs"}}
    with pytest.raises(FileUnreadable, match="Did you mean `Costs`"):
        describe_file(f"{path}#Cost")


def test_numbers_and_dates_in_text_are_measures_and_dates(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        ',volume,price,share,day,length\n0,"5,350,380",$1200.50,15.17%,Sep 17 2017,12 km\n1,"1,200",$3.00,2.5%,Oct 1 2017,3 km\n'
    )
    dataset, _ = describe_file(path)
    assert next((c.kind, c.role) for c in dataset.schema) == (Kind.INTEGER, Role.IDENTIFIER)
    assert [c.role for c in dataset.schema][1:] == [Role.MEASURE, Role.MEASURE, Role.MEASURE, Role.DATE, Role.MEASURE]
    formats = [p.number_format or p.date_format for p in dataset.profiles.values()]
    assert formats[1:] == ["1,234", "$1234.5", "1234.5%", "%b %d %Y", "1234 km"]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00", exclude_categories=["Cs", "Cc"]), max_size=8),
            min_size=2,
            max_size=2,
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([",", ";", "\t", "|"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_reader_line_always_reproduces_the_frame(tmp_path: Path, rows: list[list[str]], delimiter: str) -> None:
    path = tmp_path / "any.csv"
    pd.DataFrame(rows, columns=["left", "right"]).to_csv(path, index=False, sep=delimiter)
    dataset, frame = describe_file(path)
    assert dataset.reader is not None
    assert json.loads(json.dumps(dataset.reader)) == dataset.reader
    pd.testing.assert_frame_equal(eval(expression(dataset.reader), {"pd": pd}), frame)
    assert list(frame.columns) == ["left", "right"]
    assert len(frame) == len(rows)


def _cut(path: Path, keep: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])


@pytest.mark.parametrize("ending", ["parquet", "feather", "csv.gz", "csv.zip", "csv.zst", "xlsx", "json"])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"x.{ending}"
    frame = pd.DataFrame({"a": range(1000), "b": [f"text {i}" for i in range(1000)]})
    kind = ending.split(".", maxsplit=1)[0]
    writers = {"parquet": "to_parquet", "feather": "to_feather", "csv": "to_csv", "xlsx": "to_excel", "json": "to_json"}
    getattr(frame, writers[kind])(path)
    _cut(path, 0.7)
    with pytest.raises(FileUnreadable, match=r"cut off|damaged"):
        describe_file(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b"\n\n", "is empty"),
        ("image.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a PNG image"),
        ("binary.csv", bytes(range(256)) * 50, "binary"),
        ("ragged.csv", b"a,b\n1,2\n1,2,3\n", "line 3"),
        ("no.parquet", b"hello world, this is text", "not Parquet"),
        ("page.json", b"<html></html>", "begins with"),
        ("word.docx", b"PK", "no known kind"),
        ("object.json", b"{}", "empty JSON object"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileUnreadable, match=words) as raised:
        describe_file(tmp_path / name)
    assert "\n" not in str(raised.value)


def test_a_missing_file_names_the_nearest_one(tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("a\n1\n")
    with pytest.raises(DatasetNotFound, match=r"Did you mean `sales.csv`"):
        describe_file(tmp_path / "salse.csv")
    with pytest.raises(DatasetNotFound, match="does not exist"):
        describe_file(tmp_path / "nowhere" / "sales.csv")
    with pytest.raises(DataError, match="a folder"):
        describe_file(tmp_path)


def test_a_file_beyond_the_limit_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "big.csv").write_text("a\n" + "1\n" * 2000)
    with pytest.raises(FileUnreadable, match="files up to 1000 B are loaded"):
        describe_file(tmp_path / "big.csv", limit=1000)


def test_a_zip_of_several_files_asks_for_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.csv.zip", "w") as archive:
        archive.writestr("a.csv", "a\n1")
        archive.writestr("b.csv", "a\n1")
    with pytest.raises(FileUnreadable, match="2 files"):
        describe_file(tmp_path / "two.csv.zip")


def test_another_encoding_far_down_the_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_bytes(b"a,b\n" + b"1,xxxxxxxx\n" * 30_000 + b"2,Jos\xe9\n")
    dataset, frame = describe_file(path)
    assert frame["b"].iloc[-1] == "José"
    assert any("latin-1" in note for note in dataset.notes)


def test_names_twice_in_a_header_are_said(tmp_path: Path) -> None:
    (tmp_path / "twice.csv").write_text("a,b,a\n1,2,3\n")
    dataset, frame = describe_file(tmp_path / "twice.csv")
    assert list(frame.columns) == ["a", "b", "a.1"]
    assert any("`a.1`" in note for note in dataset.notes)


def test_a_file_is_read_once_and_again_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a\n1\n")
    _, first = describe_file(path)
    assert describe_file(path)[1] is first
    path.write_text("a\n1\n2\n")
    assert len(describe_file(path)[1]) == 2


def test_a_frame_of_a_file_that_was_written_to_is_read_afresh(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a\n1\n")
    _, first = describe_file(path)
    first.loc[0, "a"] = 5
    assert describe_file(path)[1].loc[0, "a"] == 1
