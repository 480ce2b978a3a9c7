"""Questions about single rows, asked of a small page and answered by its cells."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import nexus_jupyter
from nexus_jupyter.codegen.generate import generate
from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.language.tokens import tokenize
from nexus_jupyter.sheets.facts import MOST_READ, sheet_of
from nexus_jupyter.sheets.reading import read

RACE = pd.DataFrame(
    {
        "Pos": ["1", "2", "3", "4", "Ret", "Total"],
        "Driver": ["Ana Silva", "Ben Oduya", "Carla Rossi", "Dan Kowal *", "Eve Lind", "Total"],
        "Nation": ["Brazil", "Kenya (KEN)", "Italy", "Poland", "Brazil", None],
        "Team": ["Red\n(works)", "Blue", "Red", "Green and White", "Blue", None],
        "Time": ["1:31:33.7", "1:32:10.0", "1:32:11.5", "1:40:00.0", None, None],
        "Prize": ["$12,500", "$9,000", "$7,250 (shared)", "$500", "–", "$29,250"],
        "Points": [10, 8, 6, 5, None, 29],
    }
)
CLUBS = pd.DataFrame(
    {
        "Club": ["Harbour", "Old Mill", "Northgate", "Riverside"],
        "Town": ["Lund", "Ystad", "Lund", "Malmo"],
        "Founded": ["4 May 1901", "12 June 1899", "3 March 1911", "7 July 1920"],
        "Members": ["1,200", "850", "640", "2,010"],
        "Votes": [3, 4, 5, 6],
        "Votes_2": [1, 2, 3, 4],
    }
)
GAMES = pd.DataFrame(
    {
        "Date": ["September 4", "September 11", "October 2", "October 9", "November 6"],
        "Opponent": ["Hartley", "Wexford *", "at Brough", "Tarn", "Ely"],
        "Result": ["W 34-12", "L 7-10", "W 31-17", "W 20-3", "L 6-31"],
        "Attendance": ["9,178", "8,612", "12,455", "9,547", "10,821"],
    }
)
SWIM = pd.DataFrame(
    {
        "Rank": ["1", "2", "3", "4", "--", None],
        "Squad #": [12, 5, 23, 8, 4, None],
        "Swimmer": ["Ada Lund", "Bea Moss", "Cy Noor", "Di Orr", "Ed Pike", None],
        "Residence": ["Moss", "Lund", "York", "Moss", "Bath", None],
        "Gold": [3, 1, 0, 2, 0, None],
        "Silver": [1, 2, 0, 1, 4, None],
        "Time": ["57.43", "58.11", "1:00.45", "1:01.17", "DNS", "Wind: 2"],
    }
)
SHIPS = pd.DataFrame(
    {
        "Ship": ["Auk", "Bittern", "Crane", "Dunlin", "Egret"],
        "Builder": ["Hall & Co", "North Yard", "Hall & Co", "Hall & Co", "Old Dock"],
        "Launched": ["4 May 1903", "9 June 1899", "1 March 1911", "7 July 1901", "2 May 1920"],
        "Original name": ["Empire Ash", "Empire Elm", None, "Empire Oak", None],
        "Sunk by": ["HMS Vidette", "a mine", "HMS Pelican", "HMS Vidette", "a mine"],
        "Date sunk": ["5 May 1943", "6 May 1943", "6 May 1943", "7 May 1943", "9 May 1943"],
    }
)
VENUES = pd.DataFrame(
    {
        "Year": [2007, 2008, 2009, 2010],
        "1st Venue": ["Ystad", "Lund", "Umea", "Oslo"],
        "3rd Venue": ["Lund", "Ystad", "Bergen", "Umea"],
        "Winner": ["Sweden", "Norway", "Sweden\nNorway", "Iceland"],
        "Player": ["Al Moss", "Bo Lind", "Cy Nord", "Di Orr"],
        "Cup": [2, 0, 1, 0],
    }
)
TRACKS = pd.DataFrame(
    {
        "Title": ["Dawn", "Noon", "Dusk", "Cancelled"],
        "Producers": ["Mr. Lee", "Drew", "Mr. Lee", "Cancelled"],
        "Guest performers": ["Lil Wen", "Young Joc", None, "Cancelled"],
        "Length": ["3:11", "4:16", "5:02", "Cancelled"],
        "Winner": ["Ana Roy (PHI)", "Wong Po (HKG)", "Ben Sy (PHI)", "Cancelled"],
        "Listing date": ["March 1, 1989", "May 2, 1957", "June 3, 1970", "July 4, 1990"],
    }
)
FRAMES = {"tracks": TRACKS, "venues": VENUES, "race": RACE, "clubs": CLUBS, "games": GAMES, "swim": SWIM, "ships": SHIPS}
ANSWERS = (
    ("ships", "which ships were sunk by a mine?", ["Bittern", "Egret"]),
    ("swim", "how many swimmers did not win a silver medal?", 1),
    ("tracks", "who produced Dawn?", ["Mr. Lee"]),
    ("tracks", "which track is the longest?", ["Dusk"]),
    ("tracks", "who was the only winner from Hong Kong?", ["Wong Po (HKG)"]),
    ("tracks", "which track was listed first?", ["Noon"]),
    ("ships", "how many ships were built by Old Dock?", 1),
    ("venues", "in which year was Lund the first venue?", [2008]),
    ("venues", "in what year was the event held in Oslo?", [2010]),
    ("venues", "how many times was the third venue Ystad?", 1),
    ("venues", "how many times did Sweden win?", 2),  # Sweden shares a cell, too
    ("venues", "how many players scored in the cup?", 2),
    ("games", "how many games did they win?", 3),
    ("games", "how many games did the team lose?", 2),
    ("games", "what was the attendance against Tarn?", ["9,547"]),
    ("games", "when did they play Ely?", ["November 6"]),
    ("swim", "how many swimmers were from Moss?", 2),
    ("swim", "who finished directly behind Ada Lund?", ["Bea Moss"]),
    ("swim", "which swimmer has squad number 23?", ["Cy Noor"]),
    ("swim", "which swimmers won more silver than gold?", ["Bea Moss", "Ed Pike"]),
    ("swim", "how many swimmers won more gold than silver?", 2),
    ("swim", "who swam the fastest?", ["Ada Lund"]),
    ("swim", "how many swimmers did not start?", 1),
    ("swim", "who came in last place?", ["Di Orr"]),
    ("swim", "how many people are there?", 5),
    ("ships", "which builder built the most ships?", ["Hall & Co"]),
    ("ships", "which builder is listed the most times?", ["Hall & Co"]),
    ("ships", "which ship was launched after Dunlin?", ["Auk"]),
    ("ships", "how many ships were sunk on 6 May 1943?", 2),
    ("ships", "what was the original name of the ship built by North Yard?", ["Empire Elm"]),
    ("ships", "what was Dunlin's original name?", ["Empire Oak"]),
    ("race", "who finished after Ben Oduya?", ["Carla Rossi"]),
    ("race", "which driver is listed above Dan Kowal?", ["Carla Rossi"]),
    ("race", "who is the first driver listed?", ["Ana Silva"]),
    ("race", "who is listed last?", ["Eve Lind"]),
    ("race", "which driver got the most prize?", ["Ana Silva"]),
    ("race", "what is the prize of Carla Rossi?", ["$7,250 (shared)"]),
    ("race", "how many drivers are from Brazil?", 2),
    ("race", "how many Kenyans are there?", 1),
    ("race", "how many points did Ana Silva and Ben Oduya score together?", 18),
    ("race", "how many more points did Ana Silva score than Carla Rossi?", 4),
    ("race", "what is the difference in points between Ben Oduya and Ana Silva?", 2),
    ("race", "who had more points, Carla Rossi or Dan Kowal?", ["Carla Rossi"]),
    ("race", "which driver has a prize of at least 9,000?", ["Ana Silva", "Ben Oduya"]),
    ("race", "who is the only driver from Italy?", ["Carla Rossi"]),
    ("race", "other than Ana Silva, which driver is from Brazil?", ["Eve Lind"]),
    ("race", "who has the same nation as Eve Lind?", ["Ana Silva"]),
    ("race", "which team did Ana Silva drive for?", ["Red\n(works)"]),
    ("race", "who was in 3rd place?", ["Carla Rossi"]),
    ("clubs", "which club was founded on June 12, 1899?", ["Old Mill"]),
    ("clubs", "how many clubs were founded before 1905?", 2),
    ("clubs", "which club has the least members?", ["Northgate"]),
    ("clubs", "what is the next most members club after Old Mill?", ["Northgate"]),
    ("clubs", "how many clubs have more than 1,000 members?", 2),
    ("clubs", "which clubs are in Lund?", ["Harbour", "Northgate"]),
    ("clubs", "when was Northgate founded?", ["3 March 1911"]),
    ("clubs", "which club was founded first?", ["Old Mill"]),
    ("clubs", "how many were founded in 1911?", 1),
    ("race", "which driver won the most points?", ["Ana Silva"]),
    ("clubs", "name a club with a town that starts with 'y'", ["Old Mill"]),
    ("race", "which driver scored the most points in the race?", ["Ana Silva"]),
    ("race", "after Ana Silva, which driver has the most points?", ["Ben Oduya"]),
    ("race", "calculate the difference in points between Carla Rossi and Ana Silva", 4),
)


def answer(name: str, question: str, dialect: str = "pandas") -> object:
    frame = FRAMES[name].copy()
    catalog, _ = build_catalog({name: frame})
    found = read(tokenize(question), catalog.datasets[0])
    if found is None or found.plan is None or found.rivals:
        return None
    program = generate(found.plan, catalog, dialect=dialect)  # type: ignore[arg-type]
    if dialect == "polars":
        import polars as pl

        frame = pl.from_pandas(frame)
    names = {name: frame}
    exec(program.job, names)
    value = names["result"]
    value = next(iter(value.values())) if isinstance(value, dict) else value
    if isinstance(value, pd.DataFrame):
        return value.iloc[:, 0].tolist()
    return value[value.columns[0]].to_list() if hasattr(value, "columns") else value


@pytest.mark.parametrize("dialect", ["pandas", "polars"])
@pytest.mark.parametrize(("name", "question", "wanted"), ANSWERS)
def test_a_question_about_rows_is_answered_by_its_cells(name: str, question: str, wanted: object, dialect: str) -> None:
    found = answer(name, question, dialect)
    if isinstance(found, list) and not isinstance(wanted, list) and wanted is not None:
        found = float(re.sub(r"[^\d.]", "", str(found[0])))
    assert found == wanted


@pytest.mark.parametrize(("name", "question", "_"), ANSWERS)
def test_words_that_the_page_does_not_know_stop_the_answer(name: str, question: str, _: object) -> None:
    assert answer(name, question.rstrip("?") + " for the zorbic quandles?") is None


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("clubs", "how many votes did Harbour get?"),  # two columns are called so
        ("race", "which quandle is after zorbic?"),
        ("race", "how many losses are there?"),
        ("race", "which quandle got the most prize?"),  # a noun that nothing knows calls no row
        ("race", "how many quandles are from Brazil?"),
        ("ships", "what was the weight of Crane?"),
        ("clubs", "which club had the most members before Northgate?"),
    ],
)
def test_what_is_not_clear_is_not_answered(name: str, question: str) -> None:
    assert answer(name, question) is None


def test_a_cell_in_several_columns_is_not_chosen_by_a_costlier_reading() -> None:
    frame = pd.DataFrame({"Seat": ["Lund", "Ystad", "Lund"], "Old seat": ["Ystad", "Lund", "Malmo"], "Votes": [1, 2, 3]})
    catalog, _ = build_catalog({"seats": frame})
    found = read(tokenize("how many votes were in Lund?"), catalog.datasets[0])
    assert found is None or found.plan is None


def test_rows_that_are_totals_are_left_out_and_said() -> None:
    catalog, _ = build_catalog({"race": RACE})
    found = read(tokenize("which driver has the most points?"), catalog.datasets[0])
    assert found is not None
    assert found.plan is not None
    assert any("totals" in a.text for a in found.plan.assumptions)
    assert answer("race", "which driver has the most points?") == ["Ana Silva"]


def test_latest_first_turns_before_and_after_round() -> None:
    frame = pd.DataFrame({"Year": [2003, 2002, 2001, 2000], "Single": ["Dawn", "Noon", "Dusk", "Night"]})
    catalog, _ = build_catalog({"songs": frame})
    found = read(tokenize("what was the next single after noon?"), catalog.datasets[0])
    assert found is not None
    assert found.plan is not None
    names = {"songs": frame}
    exec(generate(found.plan, catalog).job, names)
    value = names["result"]
    value = next(iter(value.values())) if isinstance(value, dict) else value
    assert value.iloc[:, 0].tolist() == ["Dawn"]


def test_a_column_without_a_word_in_its_name_is_no_stumbling_block() -> None:
    from nexus_jupyter.language.language import understand

    frame = pd.DataFrame({"Seat": ["Lund", "Ystad"], "Town": ["Ystad", "Lund"], "%": ["21.1%", "9%"], "Votes": [1, 2]})
    catalog, _ = build_catalog({"seats": frame})
    assert understand("how many votes were in Lund?", catalog).status == "answered"


def test_who_is_not_the_cell_that_the_question_names() -> None:
    frame = pd.DataFrame({"Seat": ["HERBERT", "CANNING"], "Member": ["Al Moss", "Bo Lund"], "Party": ["Lib", "Lab"]})
    answer = nexus_jupyter.ask("who holds the seat of Herbert?", data={"seats": frame})
    assert answer.status == "answered"
    assert "Al Moss" in str(answer.value if answer.value is not None else answer.table)


def test_the_only_one_is_never_every_row() -> None:
    frame = pd.DataFrame({"Driver": ["Al", "Bo", "Cy"], "Time/Retired": ["1:20:00", "+1 Lap", "Electrical"], "Points": [10, 8, 0]})
    assert nexus_jupyter.ask("who was the only driver to retire?", data={"race": frame}).status != "answered"


@pytest.mark.parametrize(
    "question",
    [
        "how many episodes of Trio was she in?",  # the cell has the number; the row that is named is one
        "who was the winner beside Bo?",
    ],
)
def test_a_row_that_is_named_is_not_counted(question: str) -> None:
    frame = pd.DataFrame({"Name of show": ["Duo", "Trio", "Solo"], "Episodes": ["18", "03", "19, 20 and 22"], "Winner": ["Al", "Bo", "Cy"]})
    assert nexus_jupyter.ask(question, data={"shows": frame}).status != "answered"


def test_a_row_with_two_names_is_called_by_neither_and_points_of_a_rank_are_no_rank():
    matches = pd.DataFrame(
        {
            "winner_name": ["Ana", "Bea", "Cleo", "Dora"],
            "loser_name": ["Eva", "Fay", "Gil", "Hana"],
            "winner_rank_points": [900, 4000, 100, 250],
            "tourney": ["Open", "Open", "Cup", "Cup"],
        }
    )
    answer = nexus_jupyter.ask(
        "Find the name of the winner who has the highest rank points and was in the Open tourney", data={"matches": matches}
    )
    assert answer.status != "answered" or "Bea" in str(answer.value if answer.value is not None else answer.table)


CARS = pd.DataFrame(
    {
        "Year": ["1951", "1952", "1953", "1954", "Totals"],
        "Start": ["5", "6", "1", "4", "Totals"],
        "Laps": [192, 200, 200, 187, 779],
        "Led": [27, 0, 120, 171, 318],
    }
)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("in which year did he start from 6th place?", "1952"),  # from one place is no span
        ("in which year were the most laps led?", "1954"),  # what was done is a column of its own
    ],
)
def test_what_was_done_and_from_where_is_read_in_its_own_column(question: str, value: str) -> None:
    answer = nexus_jupyter.ask(question, data={"cars": CARS})
    assert answer.status == "answered"
    assert value in str(answer.value)


def test_a_verb_that_a_column_speaks_of_is_not_passed_over() -> None:
    answer = nexus_jupyter.ask("how many laps did he lead in 1953?", data={"cars": CARS})
    assert answer.status != "answered" or answer.value in (120, [120])


def test_lost_games_are_not_all_games() -> None:
    games = pd.concat([GAMES.tail(1), GAMES], ignore_index=True).assign(Game=range(1, len(GAMES) + 2))
    assert nexus_jupyter.ask("how many games were lost?", data={"games": games}).value == 3
    assert "L 6-31" in str(nexus_jupyter.ask("what was the result of the last game?", data={"games": games}).value)


def test_rows_are_not_counted_by_a_column_in_which_each_is_alone() -> None:
    seasons = pd.DataFrame(
        {"Season": [2005, 2006, 2007, 2008], "Date": ["July 17", "July 23", "July 22", "July 26"], "Race Laps": ["88", "85", "96", "91*"]}
    )
    answer = nexus_jupyter.ask("what year had the fewest laps?", data={"races": seasons})
    assert answer.status != "answered" or "2006" in answer.text


def test_a_cell_that_lists_many_is_found_with_the_short_ones() -> None:
    many = "Ann, Bob, Cid, Dee, Eli, Fay, Gus, Nas, Hal, Ivy"
    songs = pd.DataFrame({"Title": ["Sun", "Rain", "Snow"], "Performers": [many, "Nas, Bob", "Cid"]})
    assert {v for h in sheet_of(build_catalog({"songs": songs})[0].datasets[0]).hits(("nas",)) for v in h.values} == {many, "Nas, Bob"}


def test_what_is_indexed_does_not_grow_with_rows_or_texts() -> None:
    for rows, length in ((200, 50), (1000, 5000), (4000, 1000)):
        frame = pd.DataFrame(
            {
                "author": [f"Author {i % 90}" for i in range(rows)],
                "title": [f"Title {i} of many" for i in range(rows)],
                "text": [f"{i} word" * length for i in range(rows)],
            }
        )
        dataset = build_catalog({"articles": frame})[0].datasets[0]
        sheet = sheet_of(dataset)
        assert sum(len(v) for n in sheet.searched for v in dataset.profiles[n].values) <= MOST_READ
        assert "author" in sheet.searched
        assert sheet.hits(("author", "7"))
        assert length == 50 or ("text" not in sheet.searched and not sheet.hits(("word",)))


def test_a_choice_between_two_that_have_several_rows_is_of_their_totals():
    shops = pd.DataFrame({"city": ["Ulm", "Bern", "Ulm", "Bern", "Linz"], "shop": list("abcde"), "revenue": [20, 25, 30, 5, 90]})
    for asked in ("Which city had more revenue, Ulm or Bern?", "Which city had more revenue in total, Bern or Ulm?"):
        answer = nexus_jupyter.ask(asked, data={"shops": shops})
        assert answer.status == "answered", answer.text
        assert answer.table["city"].tolist() == ["Ulm"]
