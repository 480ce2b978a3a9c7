"""The question: what was asked, in which form the answer is wanted, and of which data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from nexus_jupyter.errors import QuestionError, nearest

Form = Literal["auto", "value", "table", "chart", "code", "plan", "report"]

FORMS: tuple[str, ...] = get_args(Form)
LONGEST = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody wants to know.

    Attributes
    ----------
    text
        The words, with white space made plain; never empty.
    form
        The form in which the answer is wanted; "auto" lets the question decide.
    data
        Names of the frames or files that were named beside the words; empty when the question itself says which.
    """

    text: str
    form: Form = "auto"
    data: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no question."""
        if not self.text:
            raise QuestionError("The question is empty. Write what you want to know, for example: average price by region.")
        if len(self.text) > LONGEST:
            raise QuestionError(f"The question has {len(self.text):,} characters, and {LONGEST:,} are read. Ask a shorter one, or several.")
        if not any(c.isalnum() for c in self.text):
            raise QuestionError(f"“{self.text[:40]}” has no word in it. Write what you want to know.")
        if self.form not in FORMS:
            close = nearest(str(self.form), FORMS)
            hint = f"Did you mean `{close[0]}`?" if close else f"The forms are {', '.join(FORMS)}."
            raise QuestionError(f"`{self.form}` is no form of an answer. {hint}")

    @classmethod
    def of(cls, text: str, *, form: str = "auto", data: Iterable[str] = ()) -> Question:
        """Build a question from words as they were typed.

        Examples
        --------
        >>> Question.of("  average price   by region ").text
        'average price by region'
        """
        plain = re.sub(r"[^\S\n]+", " ", text.replace("\r\n", "\n").replace("\x00", ""))
        plain = re.sub(r" ?\n\s*", lambda m: "\n\n" if m.group().count("\n") > 1 else "\n", plain).strip()  # paragraphs stay
        return cls(text=plain, form=form, data=tuple(data))  # type: ignore[arg-type] # checked when it is built

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"text": self.text, "form": self.form, "data": list(self.data)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Question:
        """Read the JSON form."""
        return cls(text=data["text"], form=data.get("form", "auto"), data=tuple(data.get("data", ())))
