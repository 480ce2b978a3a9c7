"""Building the catalog of a question and choosing what it means."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from nexus_jupyter.context.catalog import build_catalog, files_in, namespace_frames, select
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.context.schema import Role

DATA = Path(__file__).parents[2] / "notebooks" / "data"


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    """The data of the tour."""
    return build_catalog({path.name: path for path in sorted(DATA.iterdir()) if path.suffix in {".csv", ".parquet"}})[0]


def test_files_and_frames_make_one_catalog_with_python_names(tmp_path: Path) -> None:
    (tmp_path / "my data-2024.csv").write_text("a,b\n1,2\n")
    catalog, frames = build_catalog(
        {"my data-2024.csv": tmp_path / "my data-2024.csv", "class": pl.DataFrame({"a": [1]}), "2x": pd.DataFrame({"a": [1]})},
    )
    assert catalog.names == ("my_data_2024", "class_data", "data_2x")
    assert set(frames) == set(catalog.names)
    assert all(n.isidentifier() for n in catalog.names)
    assert isinstance(frames["my_data_2024"], pd.DataFrame)


def test_two_files_with_one_stem_keep_two_names(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "sales.csv").write_text("a\n1\n")
    catalog, _ = build_catalog({"x/sales.csv": tmp_path / "x" / "sales.csv", "y/sales.csv": tmp_path / "y" / "sales.csv"})
    assert catalog.names == ("sales", "sales_2")


def test_the_shipped_tables_join_by_their_keys(shipped: Catalog) -> None:
    named = {(e.left, e.left_on, e.right, e.right_on) for e in shipped.edges if e.named}
    assert ("airlines", "carrier", "flights", "carrier") in named
    assert ("flights", "tailnum", "planes", "tailnum") in named


def test_numbers_that_point_to_another_table_are_identifiers() -> None:
    catalog, _ = build_catalog(
        {
            "models": pd.DataFrame({"model": list("abcdef"), "maker": [1, 2, 3, 1, 2, 1]}),
            "makers": pd.DataFrame({"id": [1, 2, 3, 4], "name": ["Fiat", "Volvo", "Saab", "Audi"]}),
        },
    )
    assert catalog.dataset("models").schema.column("maker").role is Role.IDENTIFIER


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("average departure delay by carrier, worst first", {"flights"}),
        ("average bill length by species", {"penguins"}),
        ("which airline has the highest mean arrival delay", {"flights", "airlines"}),
        ("how many planes were made by BOEING", {"planes"}),
        ("mean body mass of Adelie penguins", {"penguins"}),
        ("number of flights per plane manufacturer", {"flights", "planes"}),
    ],
)
def test_a_question_means_the_tables_it_names_or_whose_columns_it_names(shipped: Catalog, question: str, meant: set[str]) -> None:
    assert set(select(shipped, question).names) == meant


def test_a_question_that_names_nothing_means_all(shipped: Catalog) -> None:
    assert select(shipped, "qwertz").names == shipped.names


def test_what_the_user_named_is_always_meant(shipped: Catalog) -> None:
    assert "planes" in select(shipped, "average bill length by species", named=["planes"]).names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('average of x in "my data.csv" by y', ("my data.csv",)),
        ("Using data/flights.parquet, how many?", ("data/flights.parquet",)),
        ("load sales.csv. then plot it", ("sales.csv",)),
        ("sum in `a b/c d.xlsx#Sheet 1`", ("a b/c d.xlsx#Sheet 1",)),
        ("compare a.csv and b.csv.gz", ("a.csv", "b.csv.gz")),
        ("the sum of 3.5 in v2.0", ()),
        ("O'Brien's share of sales, by year", ()),
    ],
)
def test_files_are_found_in_a_question(text: str, found: tuple[str, ...]) -> None:
    assert files_in(text, ".") == found


def test_frames_are_found_in_a_namespace_in_order() -> None:
    frame, lazy = pd.DataFrame({"a": [1]}), pl.LazyFrame({"a": [1]})
    found = namespace_frames({"x": 1, "b": frame, "_1": frame, "a": lazy, "s": "text", "t": frame["a"]})
    assert list(found) == ["b", "a"]


def test_looking_for_frames_imports_nothing() -> None:
    code = (
        "import sys; from nexus_jupyter.context.catalog import namespace_frames, files_in; namespace_frames({'a': 1});"
        "files_in('a.csv', '.'); sys.exit(', '.join({'pandas', 'polars', 'pyarrow', 'numpy', 'narwhals'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(DATA.parents[1])},
    )
    assert (done.returncode, done.stderr) == (0, "\n") or done.stderr.strip() == ""


def test_a_table_of_an_earlier_answer_is_not_named_by_the_words_of_a_question() -> None:
    flights = pd.DataFrame({"carrier": ["AA", "UA", "AA"], "dep_delay": [1.0, 2.0, 3.0], "origin": ["JFK", "LGA", "JFK"]})
    by_carrier = flights.groupby("carrier", as_index=False).agg(mean_dep_delay=("dep_delay", "mean"))
    catalog, _ = build_catalog({"flights": flights, "by_carrier": by_carrier})
    assert "flights" in select(catalog, "median dep delay by carrier").names
    assert select(catalog, "highest mean_dep_delay in by_carrier").names == ("by_carrier",)
