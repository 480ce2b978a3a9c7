from __future__ import annotations

import datetime as dt

import pytest

from nexus_jupyter.context.views import day_of, is_missing, is_total, view, views

READ = (
    ("gross", ["$45,661,556", "$8,038,508"], "number", "$8,038,508", 8038508),
    ("number", ["1 420 436", "317 169"], "number", "317 169", 317169),
    ("height", ["157 (48)", "165 (50)"], "number", "165 (50)", 165),
    ("peak", ["14,505 ft\n4421 m", "990 ft\n302 m"], "number", "990 ft\n302 m", 990),
    ("budget", ["$11 million", "$2.5 billion"], "number", "$2.5 billion", 2.5e9),
    ("share", ["7,4", "10,25"], "number", "10,25", 10.25),
    ("change", ["\u22123.5", "+2"], "number", "\u22123.5", -3.5),
    ("goals", [".449", ".430"], "number", ".430", 0.43),
    ("place", ["4th (tie)", "1st"], "rank", "4th (tie)", 4),
    ("no", ["#4", "#22"], "rank", "#22", 22),
    ("rank", ["1.", "T2"], "rank", "T2", 2),
    ("length", ["3:11", "1:31:33.7"], "duration", "1:31:33.7", 5493.7),
    ("result", ["W 34–12", "L 3-1 (OT)"], "score", "W 34–12", 34),
    ("year", ["1983–1984", "1990"], "year", "1983–1984", 1983),
    ("born", ["August 7, 1986 (age 27)", "June 3, 1979"], "date", "August 7, 1986 (age 27)", dt.date(1986, 8, 7)),
)


@pytest.mark.parametrize(("name", "values", "what", "cell", "wanted"), READ)
def test_a_column_is_read_as_what_its_cells_mean(name: str, values: list[str], what: str, cell: str, wanted: float | dt.date) -> None:
    found = view(name, values)
    assert found is not None
    assert found.what == what
    assert found.read(cell) == pytest.approx(wanted) if isinstance(wanted, float) else found.read(cell) == wanted


@pytest.mark.parametrize("values", [["Halifax", "Rome"], ["47'9\"", "12'"], ["a1", "b2"], ["3–1, 6–4", "6–2, 6–1"]])
def test_text_that_is_no_number_stays_text(values: list[str]) -> None:
    assert view("name", values, "number", "rank", "duration", "date", "year") is None


def test_marks_of_missing_cells_and_totals_do_not_count() -> None:
    found = view("points", ["12", "8", "–", "DNF", "n/a", "Total"])
    assert found is not None
    assert found.unread == ()


def test_at_most_one_cell_in_ten_may_be_unread() -> None:
    good = [f"{i},000" for i in range(1, 20)]
    assert view("sold", [*good, "many"], "number") is not None
    assert view("sold", [*good[:5], "many"], "number") is None


def test_a_date_is_also_a_year() -> None:
    assert [v.what for v in views("opened", ["May 4, 1943", "June 1, 1950"])] == ["date", "year"]


def test_a_day_is_found_in_text() -> None:
    assert day_of("on 4 May 1943") == (1943, 5, 4)
    assert day_of("November 6th") == (None, 11, 6)
    assert day_of("a marching band") is None


def test_marks_and_totals_are_told_from_values() -> None:
    assert is_missing("DNS")
    assert not is_missing("Dennis")
    assert is_total("Totals:")
    assert not is_total("Total Recall")


def test_prose_is_neither_number_nor_mark() -> None:
    prose = [f"{i} " + "words and more words " * 40 for i in range(20)]
    assert views("text", prose) == ()
    assert not any(is_missing(t) or is_total(t) for t in [*prose, " " * 1000])
