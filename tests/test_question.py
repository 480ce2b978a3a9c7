from __future__ import annotations

import pytest

from nexus_jupyter.errors import QuestionError
from nexus_jupyter.question import Question


def test_white_space_is_made_plain_and_lines_and_paragraphs_are_kept():
    assert Question.of(" total \t sales \r\n  by  region \n \n\n in 2013").text == "total sales\nby region\n\nin 2013"


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_question_gets_an_example_of_one(text):
    with pytest.raises(QuestionError, match=r"empty.*for example"):
        Question.of(text)


def test_marks_alone_are_no_question():
    with pytest.raises(QuestionError, match="no word"):
        Question.of("?!…")


def test_a_question_in_another_alphabet_is_one():
    assert Question.of("средняя цена по регионам").text


def test_a_book_is_no_question():
    with pytest.raises(QuestionError, match="5,000 characters"):
        Question.of("a" * 5000)


def test_a_misspelt_form_is_corrected():
    with pytest.raises(QuestionError, match="Did you mean `chart`"):
        Question.of("total", form="chrat")


def test_the_json_form_comes_back_equal():
    question = Question.of("total sales", form="table", data=["sales", "x.csv"])
    assert Question.from_dict(question.to_dict()) == question
