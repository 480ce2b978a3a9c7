from __future__ import annotations

import re

import pytest

from nexus_jupyter.errors import QuestionError, SettingsError
from nexus_jupyter.magic.options import command_of, parse


def test_the_words_of_a_question_stay_as_typed():
    assert parse("what's the “worst” carrier -- really?").question == "what's the “worst” carrier -- really?"
    assert parse("delay > -5 and -3 < x").question == "delay > -5 and -3 < x"


def test_options_stand_before_or_after_the_question():
    before = parse("--as chart -d flights,planes --into out average delay by carrier")
    assert (before.form, before.data, before.into, before.question) == ("chart", ("flights", "planes"), "out", "average delay by carrier")
    after = parse("average delay by carrier --as chart --into=out")
    assert (after.form, after.into, after.question) == ("chart", "out", "average delay by carrier")


def test_the_cell_is_the_question():
    found = parse("-e rules", "average delay\nthen plot it")
    assert (found.engine, found.question) == ("rules", "average delay\nthen plot it")
    assert parse("", "\n  \n").question == ""


def test_flags_take_no_value():
    assert parse("--dry-run average delay").dry
    assert parse("--help").help


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("--as chrt x", "Did you mean `chart`"),
        ("--in out x", "Did you mean `--into`"),
        ("--engine", "needs a value"),
        ("--into 2x y", "cannot be the name of a variable"),
        ("--into class y", "cannot be the name of a variable"),
        ("--frames xyz x", "It takes one of auto, pandas, polars"),
    ],
)
def test_a_wrong_option_is_one_sentence_with_the_next_step(line, says):
    with pytest.raises(SettingsError, match=re.escape(says)):
        parse(line)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("", ("help", "")),
        ("frames", ("frames", "")),
        ("undo", ("undo", "")),
        ("explain 3fa9c1d2", ("explain", "3fa9c1d2")),
        ("history --help", ("help", "history")),
        ("help undo", ("help", "undo")),
        ("explain the delays by carrier", None),
        ("history of delays by month", None),
        ("average delay by carrier", None),
        ("flights", None),
    ],
)
def test_a_question_stays_a_question(line, command):
    assert command_of(line, ("flights",)) == command


@pytest.mark.parametrize(("word", "meant"), [("histroy", "history"), ("frame", "frames"), ("statsu", "status"), ("expalin", "explain")])
def test_a_single_word_that_is_nearly_a_command_is_asked_about(word, meant):
    with pytest.raises(QuestionError, match=f"Did you mean `%nexus {meant}`"):
        command_of(word)


def test_a_frame_named_nearly_like_a_command_may_be_asked_about():
    assert command_of("frame", ("frame",)) is None
