"""What people mean by plain words, each rule by one question."""

from __future__ import annotations

import pandas as pd
import pytest

import nexus_jupyter
from nexus_jupyter.language.foreign import foreign

TRIPS = pd.DataFrame(
    {
        "carrier": ["AA", "UA", "AA", "DL", "AA", "UA"] * 5,
        "origin": ["JFK", "LGA", "JFK", "LGA", "EWR", "EWR"] * 5,
        "dest": ["LAX", "BOS", "BOS", "LAX", "LGA", "COD"] * 5,
        "distance": [4000, 300, 310, 3900, 50, 2475] * 5,
        "air_delay": [5.0, None, 7.0, 1.0, 3.0, 2.0] * 5,
        "seats": [100, 200, 100, 300, 50, 200] * 5,
        "year": [2011, 2012, 2013, 2011, 2012, 2013] * 5,
    }
)


def ask(question):
    return nexus_jupyter.ask(question, data={"trips": TRIPS})


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("longest air delay", 7.0),
        ("number of different destinations", 3 + 1),
        ("average number of seats", 950 / 6),
        ("how many trips have no air delay recorded", 5),
        ("what is the oldest year of a trip", 2011),
        ("how many trips from LGA", 10),
    ],
)
def test_one_number(question, value):
    assert ask(question).value == pytest.approx(value)


@pytest.mark.parametrize("question", ["which carriers are there", "list the carriers", "what carriers fly from JFK or LGA"])
def test_a_list_of_kinds_has_each_once(question):
    answer = ask(question)
    assert sorted(answer.value if answer.value is not None else answer.table["carrier"]) == ["AA", "DL", "UA"]


def test_the_farthest_is_a_row_and_not_a_total():
    answer = ask("which destination is the farthest")
    assert [r[0] for r in answer.table.itertuples(index=False)] == ["LAX"]


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("average distance of AA and DL", 2),
        ("average distance of AA or DL", None),
        ("how many trips of AA and DL", None),
    ],
)
def test_an_average_of_two_is_one_for_each(question, groups):
    answer = ask(question)
    assert answer.status == "answered", answer.text
    assert (len(answer.table) if answer.table is not None else None) == groups


def test_on_average_behind_its_column():
    assert ask("distance by carrier, on average").table["mean_distance"].tolist() == TRIPS.groupby("carrier").distance.mean().tolist()


def test_farthest_first_orders_by_distance():
    carriers = ask("average distance by carrier, farthest first").table["carrier"].tolist()
    assert carriers == TRIPS.groupby("carrier").distance.mean().sort_values(ascending=False).index.tolist()


def test_alphabetical_order_is_that_of_the_names():
    assert ask("number of trips per carrier in alphabetical order").table["carrier"].tolist() == ["AA", "DL", "UA"]


def test_number_of_a_kind_per_group_counts_different_ones():
    assert ask("number of carriers per origin").table.iloc[:, 1].tolist() == TRIPS.groupby("origin").carrier.nunique().tolist()


def test_a_code_is_no_word():
    assert ask("what is the code of trips").status != "answered"


@pytest.mark.parametrize("question", ["trips in 2030", "how many trips were there in 1950"])
def test_a_year_that_the_data_does_not_reach_is_said(question):
    answer = ask(question)
    assert answer.status == "unanswerable"
    assert "2011 to 2013" in answer.text


def test_text_has_no_sum():
    answer = ask("sum of the carriers")
    assert answer.status == "unanswerable"
    assert "holds no numbers" in answer.text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("difference in average distance between AA and DL", 4360 / 3 - 3900),
        ("what is the difference between the median distance of DL and UA", 3900 - (300 + 2475) / 2),
        ("difference in distance between trips of DL and AA", None),
        ("difference in average distance between AA and quandle", None),
    ],
)
def test_a_difference_is_the_first_less_the_second_or_refused(question, value):
    answer = ask(question)
    got = answer.value if answer.value is not None else answer.table.iloc[0, 0] if answer.status == "answered" else None
    assert got == (pytest.approx(value) if value is not None else None)


@pytest.mark.parametrize(
    "text",
    ["SELECT * FROM trips", "delete from trips where year = 2011;", "import os", "df = pd.read_csv('a.csv')", "trips['year'].mean()"],
)
def test_sql_and_code_are_no_questions(text):
    assert foreign(text)
    assert ask(text).status == "unanswerable"


@pytest.mark.parametrize(
    "text", ["select the trips from JFK", "average distance (in miles) by carrier", "from which origin are most trips?"]
)
def test_plain_words_are_no_code(text):
    assert foreign(text) == ""


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("90th percentile of distance", TRIPS.distance.quantile(0.9)),
        ("first quartile of distance", TRIPS.distance.quantile(0.25)),
        ("interquartile range of distance", TRIPS.distance.quantile(0.75) - TRIPS.distance.quantile(0.25)),
        ("coefficient of variation of distance", TRIPS.distance.std() / TRIPS.distance.mean()),
        ("how many carriers have more than 8 trips", 2),
    ],
)
def test_quantiles_and_counted_groups(question, value):
    answer = ask(question)
    assert answer.status == "answered", answer.text
    got = answer.value if answer.value is not None else answer.table.iloc[0, 0]
    assert got == pytest.approx(value)


def test_a_word_that_is_nearly_a_cue_is_not_corrected_into_one():
    answer = ask("number of pilots per carrier")
    assert answer.status == "unanswerable"
    assert "pilots" in answer.unknown


def test_a_column_named_in_the_plural_is_that_one():
    planes = pd.DataFrame({"tail": list("abcd"), "engine": ["jet", "fan", "jet", "fan"], "engines": [2, 4, 4, 2]})
    assert nexus_jupyter.ask("how many planes with 4 engines", data={"planes": planes}).value == 2
    assert list(nexus_jupyter.ask("number of planes per engine", data={"planes": planes}).table["engine"]) == ["fan", "jet"]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("how many titles contain the word River", 3),
        ("how many titles contain River", 3),
        ("how many titles contain the letter 'z'", 0),
        ("how many books have a prize", 2),
        ("how many books have a prize recorded", 2),
        ("percentage of books with a prize", 40),
        ("average price of books with a prize", 15),
        ("how many books have no prize", 3),
        ("how many books have a prize and a rating", 1),
        ("how many books have a prize or a rating", 4),
        ("how many titles contain the word river and have a prize", 2),
        ("how many titles contain River or Snow", 4),
        ("how many titles contain the word 'river' or 'snow'", 4),
    ],
)
def test_a_word_inside_a_counted_text_and_a_cell_that_is_filled(question, value):
    books = pd.DataFrame(
        {
            "book_id": range(5),
            "title": ["River of Sand", "A river town", "Hills", "The Long River", "Snow"],
            "prize": ["Booker", None, None, "Costa", None],
            "rating": [4.5, 3.0, None, None, 2.0],
            "price": [10.0, 12.0, 8.0, 20.0, 9.0],
        }
    )
    assert nexus_jupyter.ask(question, data={"books": books}).value == pytest.approx(value)


@pytest.mark.parametrize(("question", "value"), [("how many guests returned", 4), ("how many female guests returned", 1)])
def test_a_verb_behind_those_who_are_counted_says_which_of_them(question, value):
    hotel = pd.DataFrame(
        {"GuestId": range(1, 9), "Sex": ["female", "male"] * 4, "Returned": [0, 1, 0, 1, 1, 1, 0, 0], "Bill": range(10, 18)}
    )
    assert nexus_jupyter.ask(question, data={"hotel": hotel}).value == value
