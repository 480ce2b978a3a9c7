from __future__ import annotations

import json

import pytest

import nexus_jupyter as nexus
from nexus_jupyter.context.catalog import build_catalog, spoken
from nexus_jupyter.context.readers import expression

SCHOOL = {
    "school": "Lakeside",
    "classes": [
        {
            "title": "A",
            "room": 3,
            "pupils": [{"name": "Ann", "grade": 90.5}, {"name": "Bo", "grade": 70.5}],
            "hours": {"math": 4, "art": 2},
        },
        {"title": "B", "room": 5, "pupils": [{"name": "Cy", "grade": 95.5}], "hours": {"math": 5, "art": 1}},
    ],
}


@pytest.fixture
def school(tmp_path):
    path = tmp_path / "campus.json"
    path.write_text(json.dumps(SCHOOL))
    return path


def test_list_of_records_within_records_is_a_table_with_the_columns_around_it(school):
    catalog, frames = build_catalog({"campus": school})
    child = catalog.dataset("campus_pupils")
    assert child.parent == "campus"
    assert child.schema.names == ("name", "grade", "class_title", "class_room")
    assert frames["campus_pupils"]["class_title"].tolist() == ["A", "A", "B"]


def test_line_that_reads_the_child_gives_the_same_table(school):
    import pandas as pd

    catalog, frames = build_catalog({"campus": school})
    again = eval(expression(catalog.dataset("campus_pupils").reader), {"pd": pd})
    pd.testing.assert_frame_equal(again, frames["campus_pupils"], check_dtype=False)


def test_child_is_left_aside_when_no_word_is_its_own(school):
    catalog, _ = build_catalog({"campus": school})
    assert spoken(catalog, "how many classes are there").names == ("campus",)
    assert spoken(catalog, "average grade of the pupils").names == ("campus", "campus_pupils")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How many classes are there?", 2),
        ("How many classes does the school have?", 2),
        ("how many pupils are there", 3),
        ("average grade", 85.5),
    ],
)
def test_rows_are_called_what_the_file_calls_them(school, question, value):
    answer = nexus.ask(question, data={"campus": school})
    assert answer.status == "answered", answer.text
    assert answer.value == pytest.approx(value)


def test_outer_object_is_nothing_that_is_counted(school):
    assert nexus.ask("how many schools are there", data={"campus": school}).status != "answered"


def test_group_may_be_a_column_of_the_record_around(school):
    answer = nexus.ask("Which class has the highest average grade?", data={"campus": school})
    assert answer.table.iloc[0].tolist() == ["B", 95.5]


def test_keys_of_the_file_are_those_of_its_outer_object(school):
    answer = nexus.ask("What are the keys in this JSON file?", data={"campus": school})
    assert answer.table["key"].tolist() == ["school", "classes"]
    assert answer.table["rows"].tolist()[1] == 2


def test_leaf_of_a_spread_record_is_a_name_of_its_own(school):
    answer = nexus.ask("total math per title", data={"campus": school})
    assert answer.status == "answered", answer.text
    assert answer.table.iloc[:, 1].tolist() == [4, 5]
