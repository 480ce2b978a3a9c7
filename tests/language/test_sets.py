"""Questions over keys, links and sets of values, answered on small tables."""

from __future__ import annotations

from typing import Any

import pytest

import nexus_jupyter as nexus


@pytest.fixture(scope="module")
def club() -> dict[str, Any]:
    import pandas as pd

    players = pd.DataFrame(
        {
            "player_id": [1, 2, 3, 4, 5],
            "name": ["Ada", "Bo", "Ada", "Cy", "Di"],
            "town": ["Ulm", "Bonn", "Ulm", "Kiel", "Bonn"],
            "birth_year": [1990, 1984, 1992, 1971, 1999],
            "wage": [10.0, 30.0, 20.0, 25.0, 5.0],
        }
    )
    signings = pd.DataFrame(
        {
            "team_id": [7, 7, 8, 9, 9, 9],
            "player_id": [1, 2, 2, 3, 4, 1],
            "is_part_time": ["T", "F", "F", "T", "T", "F"],
        }
    )
    return {"players": players, "signings": signings}


def cells(question: str, data: dict[str, Any]) -> list[Any]:
    """Ask, and give the cells of the answer row by row, a single column flat."""
    answer = nexus.ask(question, data=data, engine="rules")
    assert answer.status == "answered", answer.text
    if answer.table is None:
        return [answer.value]
    rows = [list(row) for row in answer.table.itertuples(index=False, name=None)]
    return [row[0] for row in rows] if rows and len(rows[0]) == 1 else rows


def test_things_that_a_key_names_are_counted_and_the_key_is_never_compared(club: dict[str, Any]) -> None:
    signings = {"signings": club["signings"]}
    assert cells("which team ids have signed more than one player", signings) == [7, 9]
    assert cells("what is the id of the team with the most players", signings)[0] == [9, 3]
    assert cells("how many players born before 1990 are not from Bonn", club) == [1]


def test_rows_with_the_same_name_stay_apart_when_another_tables_rows_are_counted(club: dict[str, Any]) -> None:
    assert sorted(cells("names of the players with more than one signing", club)) == ["Ada", "Bo"]


def test_rows_that_have_so_many_of_another_table_are_counted_themselves(club: dict[str, Any]) -> None:
    assert cells("how many players have at least two signings", club) == [2]


def test_the_extreme_of_a_column_in_each_group_is_one_number(club: dict[str, Any]) -> None:
    aged = {"players": club["players"].assign(age=[35, 41, 35, 54, 26])}
    assert cells("what is the age of the youngest player of each town", aged) == [["Bonn", 26], ["Kiel", 54], ["Ulm", 35]]


def test_who_is_born_last_is_the_youngest(club: dict[str, Any]) -> None:
    assert cells("what is the wage of the youngest player", {"players": club["players"]})[0] == [5.0, 1999]
    assert cells("what is the wage of the oldest player", {"players": club["players"]})[0] == [25.0, 1971]


def test_a_flag_behind_a_verb_is_a_condition(club: dict[str, Any]) -> None:
    assert cells("how many signings run part time", club) == [3]


def test_the_name_of_what_a_column_holds_is_that_column(club: dict[str, Any]) -> None:
    assert cells("names of the players whose town's name starts with 'B'", {"players": club["players"]}) == ["Bo", "Di"]


def test_kinds_without_a_row_are_those_of_all_rows_less_those_that_have_one(club: dict[str, Any]) -> None:
    assert sorted(cells("which towns do not have any player with name Ada", {"players": club["players"]})) == ["Bonn", "Kiel"]


@pytest.fixture(scope="module")
def friends() -> dict[str, Any]:
    import pandas as pd

    names = ["Ann", "Ben", "Cal", "Dee", "Eve", "Fay"]
    pupils = pd.DataFrame({"ID": [1101, 1247, 1381, 1468, 1501, 1934], "name": names, "form": [5, 5, 6, 6, 7, 7]})
    friend = pd.DataFrame(
        {"pupil_id": [1101, 1101, 1247, 1381, 1468, 1247, 1934], "friend_id": [1247, 1381, 1468, 1101, 1501, 1381, 1101]},
    )
    likes = pd.DataFrame({"pupil_id": [1247, 1381, 1468, 1247, 1501], "liked_id": [1101, 1101, 1247, 1468, 1934]})
    return {"pupils": pupils, "Friend": friend, "Likes": likes}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("names of the friends of Ann", ["Ben", "Cal"]),
        ("find the names of the pupils liked by Ben", ["Ann", "Dee"]),
        ("names of the pupils who like Ann", ["Ben", "Cal"]),
        ("names of the pupils who are liked by more than one pupil", ["Ann"]),
        ("names of the pupils in form 6 who are not liked by anyone", ["Cal"]),
        ("names of the pupils who have friends but do not like anyone", ["Ann", "Fay"]),
    ],
)
def test_a_table_of_pairs_is_read_from_the_side_that_the_words_say(friends: dict[str, Any], question: str, names: list[str]) -> None:
    assert sorted(cells(question, friends)) == names


def test_rows_are_not_counted_for_each_of_themselves(friends: dict[str, Any]) -> None:
    answer = nexus.ask("names of the pupils who have more than one pupil", data=friends, engine="rules")
    assert answer.status != "answered"


@pytest.fixture(scope="module")
def staff() -> dict[str, Any]:
    import pandas as pd

    return {
        "staff": pd.DataFrame(
            {
                "staff_id": [1, 2, 3, 4, 5],
                "name": ["Ida", "Joe", "Kim", "Lou", "Mia"],
                "salary": [90, 95, 40, 99, 30],
                "boss_id": [1, 1, 2, 2, 3],
            }
        )
    }


@pytest.mark.parametrize(
    "question", ["names of the staff who earn more than their boss", "which staff have a higher salary than their boss"]
)
def test_a_row_is_compared_with_the_row_to_which_its_key_leads(staff: dict[str, Any], question: str) -> None:
    assert sorted(cells(question, staff)) == ["Joe", "Lou"]


def test_values_of_one_table_that_another_does_not_have() -> None:
    import pandas as pd

    data = {
        "owners": pd.DataFrame({"owner_id": [1, 2, 3], "state": ["Ohio", "Utah", "Iowa"]}),
        "helpers": pd.DataFrame({"helper_id": [1, 2], "state": ["Utah", "Maine"]}),
    }
    assert sorted(cells("which states have owners but no helpers", data)) == ["Iowa", "Ohio"]


def test_rows_are_shown_with_what_stands_along_with_them(club: dict[str, Any]) -> None:
    rows = cells("list the players along with their towns", {"players": club["players"].assign(name=list("ABCDE"))})
    assert rows[0] == ["A", "Ulm"]


def test_an_order_is_said_by_its_two_ends(club: dict[str, Any]) -> None:
    players = {"players": club["players"].assign(height=[3, 1, 5, 2, 4], name=list("ABCDE"))}
    assert cells("names of the players from the tallest to the shortest", players) == ["C", "E", "A", "D", "B"]
    assert cells("names of the players from the youngest player to the oldest", players) == ["E", "C", "A", "B", "D"]


def test_people_that_a_column_counts_are_compared_by_it() -> None:
    import pandas as pd

    data = {"storms": pd.DataFrame({"storm_id": [1, 2, 3], "place": ["X", "Y", "Z"], "killed": [0, 4, 9], "injured": [1, 0, 2]})}
    assert cells("places of the storms in which at least one person was injured", data) == ["X", "Z"]
    assert cells("what is the total number of people killed in all the storms", data) == [13]


@pytest.fixture(scope="module")
def clinic() -> dict[str, Any]:
    import pandas as pd

    patients = pd.DataFrame(
        {
            "patient_id": [21, 22, 23, 24, 25],
            "name": ["Ann", "Ben", "Cal", "Dee", "Eve"],
            "sex": ["female", "male", "male", "female", "female"],
            "town": ["Ulm", "Ulm", "Bonn", "Bonn", "Kiel"],
            "age": [30, 45, 62, 28, 51],
        }
    )
    allergies = pd.DataFrame(
        {
            "patient_id": [21, 21, 22, 23, 24, 24, 25],
            "allergy": ["Cat", "Dog", "Cat", "Nuts", "Cat", "Nuts", "Dog"],
            "days": [3, 9, 4, 8, 2, 7, 6],
        }
    )
    return {"patients": patients, "allergies": allergies}


def test_what_is_denied_of_many_rows_is_true_of_none_of_them(clinic: dict[str, Any]) -> None:
    assert sorted(cells("names of the patients who have a cat allergy but no dog allergy", clinic)) == ["Ben", "Dee"]


def test_kinds_with_both_of_two_values_have_a_row_of_each(clinic: dict[str, Any]) -> None:
    assert sorted(cells("which towns have both male and female patients", {"patients": clinic["patients"]})) == ["Bonn", "Ulm"]


def test_a_denial_that_no_row_could_meet_is_not_passed_over(clinic: dict[str, Any]) -> None:
    patients = {"patients": clinic["patients"]}
    answer = nexus.ask("which towns have neither a patient older than 60 nor a patient younger than 29", data=patients, engine="rules")
    assert answer.status != "answered"


def test_the_row_with_the_least_is_one_row_and_not_a_group(clinic: dict[str, Any]) -> None:
    assert cells("which town has the patient with the lowest age", {"patients": clinic["patients"]})[0] == ["Bonn", 28]


def test_a_number_of_rows_is_not_compared_with_the_column_before_it(clinic: dict[str, Any]) -> None:
    assert sorted(cells("in which towns are more than 1 patients", {"patients": clinic["patients"]})) == ["Bonn", "Ulm"]


def test_a_mean_behind_a_comparison_is_of_each_group(clinic: dict[str, Any]) -> None:
    allergies = {"allergies": clinic["allergies"].rename(columns={"days": "cost"})}
    assert sorted(cells("which allergy costs more than 5 on average", allergies)) == ["Dog", "Nuts"]


def test_the_second_of_two_questions_is_answered_too(clinic: dict[str, Any]) -> None:
    patients = {"patients": clinic["patients"].rename(columns={"town": "city"})}
    assert cells("which patient has the highest age, and where is it", patients)[0][:2] == ["Cal", "Bonn"]


def test_a_direction_at_the_end_is_that_of_the_order_before(clinic: dict[str, Any]) -> None:
    patients = {"patients": clinic["patients"].assign(year_joined=[2001, 2005, 1999, 2010, 2003])}
    assert cells("names of the patients in order of the year they joined, most recent first", patients) == [
        "Dee",
        "Ben",
        "Eve",
        "Ann",
        "Cal",
    ]


def test_what_is_said_of_all_is_not_read_as_said_of_some(clinic: dict[str, Any]) -> None:
    answer = nexus.ask("towns whose patients are all younger than 50", data={"patients": clinic["patients"]}, engine="rules")
    assert answer.status != "answered"


def test_a_value_may_stand_between_a_number_and_what_it_counts(clinic: dict[str, Any]) -> None:
    patients = {"patients": clinic["patients"].assign(sex=["female", "female", "male", "female", "female"])}
    assert cells("which towns have more than one female patients", patients) == ["Ulm"]


def test_times_count_the_rows_of_the_table_that_the_verb_names(clinic: dict[str, Any]) -> None:
    import pandas as pd

    data = {
        "movies": pd.DataFrame({"movie_id": [11, 12, 13], "title": ["A", "B", "C"], "year": [1990, 1977, 2001]}),
        "ratings": pd.DataFrame({"movie_id": [11, 11, 12, 11, 13, 13], "stars": [4, 5, 3, 2, 5, 1]}),
    }
    assert cells("how many movies have been rated more than twice", data) == [1]
    assert cells("what is the title of the oldest movie", {"movies": data["movies"]})[0] == ["B", 1977]


def test_the_ends_of_a_column_are_apart_by_their_difference(clinic: dict[str, Any]) -> None:
    assert cells("what is the difference between the highest and the lowest age", {"patients": clinic["patients"]}) == [34]


def test_what_is_asked_for_behind_the_question_is_of_what_the_question_asked_about(club: dict[str, Any]) -> None:
    import pandas as pd

    teams = pd.DataFrame({"team_id": [7, 8, 9], "name": ["Owls", "Bears", "Foxes"]})
    asked = "which team has more than one signing? Give the name."
    assert sorted(cells(asked, {"teams": teams, "signings": club["signings"]})) == ["Foxes", "Owls"]
    pupils = pd.DataFrame({"pupil_id": [1, 2, 3], "class_id": [1, 1, 2], "name": ["Ada", "Bo", "Cy"]})
    classes = pd.DataFrame({"class_id": [1, 2], "name": ["Red", "Blue"]})
    assert cells("which class has more than one pupil? Give the name.", {"classes": classes, "pupils": pupils}) == ["Red"]


def test_a_table_and_its_column_of_the_same_name_are_shown_beside_another_column() -> None:
    import pandas as pd

    lines = pd.DataFrame({"line_id": [1, 2, 3], "line": ["North", "South", "West"], "builder": ["Hale", "Hale", "Orme"]})
    trams = pd.DataFrame({"tram_id": [1, 2], "line_id": [1, 1], "seats": [40, 50]})
    asked = "which lines have no tram? Show the line and builder."
    assert cells(asked, {"line": lines, "tram": trams}) == [["South", "Hale"], ["West", "Orme"]]


def test_the_names_of_rows_that_have_only_numbers_are_in_the_other_table() -> None:
    import pandas as pd

    people = pd.DataFrame({"people_id": [1, 2, 3], "name": ["Ada", "Bo", "Cy"], "height": [170.0, 180.0, 175.0]})
    runner = pd.DataFrame({"runner_id": [1, 2], "people_id": [3, 1], "support_rate": [0.3, 0.2]})
    [row] = cells("what is the name of the runner with the highest support rate", {"people": people, "runner": runner})
    assert "Cy" in row


def test_a_value_is_not_the_abbreviation_of_a_column() -> None:
    import pandas as pd

    land = pd.DataFrame({"name": ["Peru", "Mali", "Cuba"], "region": ["South America", "West Africa", "North America"], "area": [9, 7, 2]})
    assert cells("which names are in North America", {"country": land}) == ["Cuba"]


def test_the_total_of_two_is_no_answer_to_which_of_them_has_more() -> None:
    import pandas as pd

    climbs = pd.DataFrame({"name": ["Ada", "Bo", "Cy"], "country": ["West Wales", "West Wales", "Fife"], "points": [15.0, 12.0, 8.0]})
    answer = nexus.ask("who scored more points in total, climbs from West Wales or climbs from Fife?", data={"climb": climbs})
    assert answer.status == "unanswerable" or "West Wales" in str(answer.table)


@pytest.fixture(scope="module")
def pupils() -> dict[str, Any]:
    """Pupils, and the pets that some of them keep: one has a cat, one both, one a dog, one nothing."""
    import pandas as pd

    pupils = pd.DataFrame({"pupil_id": [1, 2, 3, 4], "name": ["Ann", "Bob", "Cy", "Di"], "age": [20, 21, 22, 23]})
    pets = pd.DataFrame({"pupil_id": [1, 2, 2, 3], "animal": ["cat", "cat", "dog", "dog"]})
    return {"pupils": pupils, "pets": pets}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("pupils who have neither a cat nor a dog", {"Di"}),
        ("pupils with a dog but not a cat", {"Cy"}),
        ("names of pupils who have a cat but no dog", {"Ann"}),
        ("which pupils have no pets", {"Di"}),
    ],
)
def test_what_is_denied_behind_but_or_neither_holds_for_all_that_belongs_to_one(
    pupils: dict[str, Any], question: str, names: set[str]
) -> None:
    answer = nexus.ask(question, data=pupils)
    assert answer.status == "answered", answer.text
    assert set(answer.table["name"]) == names
    assert "pets has no row for it" in answer.text


@pytest.mark.parametrize(
    "question", ["which pupils have both a cat and a dog", "pupils with a cat and a dog", "pupils with both cats and dogs"]
)
def test_two_kinds_at_once_are_two_rows_of_one(pupils: dict[str, Any], question: str) -> None:
    answer = nexus.ask(question, data=pupils)
    assert answer.status == "answered", answer.text
    assert list(answer.table["name"]) == ["Bob"]


def test_those_who_have_both_are_counted_and_averaged(pupils: dict[str, Any]) -> None:
    assert nexus.ask("how many pupils have both a cat and a dog", data=pupils).value == 1
    assert nexus.ask("average age of pupils who have both a cat and a dog", data=pupils).value == 21
