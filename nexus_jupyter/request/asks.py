"""Slots of a request that declares none: what its sentences ask for, in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nexus_jupyter.language.tokens import python_name
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.recipe import CS, C, Recipe
from nexus_jupyter.request.sentences import ASK
from nexus_jupyter.request.slots import BOOL, NUMBER, Slot, words

# what is said, and the head of the slot that it asks for
MEASURES: tuple[tuple[str, str], ...] = (
    ("mean", r"means?|averages?|avg"), ("median", r"medians?"), ("mode", r"modes?"), ("std", r"standard deviations?|std(?: dev)?"), ("var", r"variances?"),
    ("min", r"minimums?|min|lowest|smallest"), ("max", r"maximums?|max|highest|largest"), ("range", r"range"), ("sum", r"sum|total"), ("skew", r"skewness|skew"), ("kurt", r"kurtosis"),
    ("iqr", r"iqr|interquartile range"),
)  # fmt: skip
_NEW = r"\b(?:transformed|new|resulting|derived|created|scaled|encoded|normali[sz]ed) (?:column|values?|feature|variable|data|distribution)"
_ONE = "|".join(f"(?:{p})" for _, p in MEASURES)
_SAID = rf"(?:(?:the|new|and|also) )*(?:{_ONE})(?: values?)?"
_LIST = rf"(?:{_SAID})(?:(?: ,| and| , and| &| as well as) (?:{_SAID}))*"
_PRONOUN = r"(?:it|its|them|their|this|that|these|the same)(?: column| values?)?"


_ASKED = "|".join((
    rf"(?:(?P<list>{_LIST})(?: (?:of|for|in))? (?:(?:{CS})|{_PRONOUN})|(?:its|their) (?P<its>{_LIST})|(?P<bare>{_LIST})(?= ?[?.,;]|$))",
    rf"(?P<corr>correlat\w+[^?.]*?between (?:{C}) and (?:{C}))",
    r"(?P<missing>(?:how many|number of|count of)[^?.,]*?(?:missing|null)[^?.,]*)",
    rf"(?P<outliers>(?:how many|number of|count (?:of )?)(?: \w+){{0,2}} outliers?(?: (?:are there|there are))?(?: (?:in|of|for) {CS})?)",
    r"(?P<left>how many (?:rows|records|entries|observations|values)(?: \w+){0,2} (?:left|remain\w*))",
    r"(?P<normal>normally distributed|normal distribution)",
))  # fmt: skip


# scores of models
SCORES: tuple[tuple[str, str], ...] = (
    ("accuracy", r"accuracy"), ("r2", r"r2|r 2|r - squared|r squared|r ²|r²|coefficient of determination"), ("rmse", r"rmse|root mean squared? error"),
    ("mse", r"mse|(?<!root )mean squared? error"), ("mae", r"mae|mean absolute error"), ("f1", r"f1|f1 - score|f1 score"), ("precision", r"precision"), ("recall", r"recall"),
    ("auc", r"auc|roc - auc|roc auc"), ("intercept", r"intercept"),
)  # fmt: skip


def scores(lines: list[Line], recipe: Recipe) -> tuple[Slot, ...]:
    """Read which scores of the model that is described are asked for; its usual one where none is named."""
    told = recipe.learning
    if told is None or not told.kind:
        return ()
    mask = " ".join(line.mask for line in lines)
    said = [(m.start(), head) for head, p in SCORES for m in re.finditer(rf"(?<![\w<])(?:{p})(?![\w>])", mask)]
    heads = [head for _, head in sorted(said)]
    if not heads and (told.test_size or told.folds or re.search(r"\b(?:how (?:well|good|accurate)|score|performance)\b", mask)):
        heads = ["accuracy" if told.kind in {"logistic", "bayes"} or re.search(r"classif", mask) else "r2"]
    return tuple(Slot(h, head=h, type=NUMBER) for h in dict.fromkeys(heads))


@dataclass(frozen=True, slots=True)
class _Found:
    line: int
    start: int
    slots: tuple[Slot, ...]


def asked(lines: list[Line], recipe: Recipe) -> tuple[Slot, ...]:
    """Read the slots off what is asked; a pronoun, or nothing, means the column that was named before."""
    found: list[_Found] = []
    last: list[str] = []
    for i, line in enumerate(lines):
        if line.zone != ASK:
            continue
        made = [recipe.new] if recipe.new and re.search(_NEW, line.mask) else []
        for m in line.find(_ASKED):
            before = made or line.targets(line.mask[: m.start()])[-1:] or last
            columns = [c for c in line.targets(m[0]) if c in recipe.made or c in recipe.linker.columns]
            if m["corr"]:
                if len(columns) == 2:
                    found.append(_Found(i, m.start(), (_slot("corr", "_".join(columns)),)))
            elif m["missing"]:
                found.append(_Found(i, m.start(), tuple(_slot("missing", c) for c in columns or before[:1])))
            elif m["outliers"]:
                found.append(_Found(i, m.start(), tuple(_slot("outliers", c) for c in columns or before[:1])))
            elif m["left"]:
                found.append(_Found(i, m.start(), (Slot("rows_left", head="left"),)))
            elif m["normal"]:
                subject = [c for c in line.targets(line.mask) if c in recipe.made or recipe.linker.number(c)] or before
                found.append(
                    _Found(
                        i,
                        m.start(),
                        tuple(
                            Slot(python_name(f"{c}_is_normal"), head="", type=BOOL, options=("True", "False"), subject=words(c), column=c)
                            for c in subject[:1]
                        ),
                    )
                )
            else:
                numeric = [c for c in columns or before if c in recipe.made or recipe.linker.number(c)]
                heads = [
                    head
                    for said in re.split(r" , and | and | , | & | as well as ", f" {m['list'] or m['its'] or m['bare']} ")
                    for head, p in MEASURES
                    if re.search(rf"\b(?:{p})\b", said)
                ]
                found.append(_Found(i, m.start(), tuple(_slot(head, c) for c in numeric for head in dict.fromkeys(heads))))
            last = columns or line.targets(line.mask[: m.start()])[-1:] or last
        last = line.targets(line.mask)[-1:] or last
    found.sort(key=lambda f: (f.line, f.start))
    return tuple(dict.fromkeys(s for f in found for s in f.slots))


def _slot(head: str, column: str) -> Slot:
    name = {
        "corr": "correlation",
        "std": "standard_deviation",
        "var": "variance",
        "skew": "skewness",
        "kurt": "kurtosis",
        "missing": "missing",
        "iqr": "interquartile_range",
    }
    return Slot(
        python_name(f"{name.get(head, head)}_{column}"),
        head=head,
        type=NUMBER,
        subject=words(column) if head != "corr" else (),
        column=column if head != "corr" else "",
    )
