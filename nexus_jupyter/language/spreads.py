"""How a number lies: outliers, scaled columns, and measures of spread and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.language.draft import Impossible, NotUnderstood
from nexus_jupyter.language.tokens import python_name
from nexus_jupyter.plan.expressions import Col
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.preparation import Outliers, Scale
from nexus_jupyter.plan.step import Measure, Step
from nexus_jupyter.plan.steps import Aggregate, Filter, Select

if TYPE_CHECKING:
    from nexus_jupyter.language.case import Case


def outliers(case: Case, asked: list[str]) -> Output:
    """Plan the rows that lie too far out, or their number."""
    d = case.d
    methods = [t for t in asked if t in {"zscore", "iqr", "mad"}]
    if len(case.numbers) != 1 or case.categories or len(methods) > 1 or set(asked) - set(methods):
        raise (
            Impossible("Outliers are found in one column of numbers. Name it.")
            if not case.numbers
            else NotUnderstood("outliers of several columns")
        )
    if case.groups:
        raise NotUnderstood("outliers between groups")
    step = case.base()
    column, keys = case.name(case.numbers[0]), (case.name(case.by),) if case.by is not None else ()
    name = "outlier"
    while name in step.schema:
        name += "_"
    method = methods[0] if methods else "zscore" if "threshold" in d.figures and d.figures["threshold"] > 2 else "iqr"
    flagged = Outliers(input=step, column=column, method=method, threshold=d.figures.get("threshold"), by=keys, name=name)  # type: ignore[arg-type]
    if not methods or "threshold" not in d.figures:
        rule = {"iqr": "quartile ranges beyond the quartiles", "zscore": "standard deviations from the mean", "mad": "modified z-scores"}[
            method
        ]
        case.b.notes.append(("outliers", f"A value more than {flagged.limit:g} {rule} is an outlier."))
    found = Filter(input=flagged, where=Col(name))
    if case.counted:
        made = Aggregate(input=found, keys=keys, measures=(Measure(name="outliers", func="size"),))
        return Output(step=made, form="table" if keys else "value", name="outliers", label=f"number of outliers in {column}")
    rows = Select(input=found, columns=step.schema.names)
    return Output(step=rows, form="table", name="outliers", label=f"outliers of {column}")


def measured(case: Case, asked: list[str], func: str) -> Output:
    """Plan a measure of one or several numbers that words for aggregates do not give, per group where that is asked."""
    if asked or not case.numbers or case.categories or case.groups or case.counted:
        raise NotUnderstood(f"{MEASURES[func]} of what")
    step, names = case.base(), [case.name(x) for x in case.numbers]
    keys = (case.name(case.by),) if case.by is not None else ()
    measures = tuple(Measure(name=python_name(f"{func}_{n}"), func=func, column=n) for n in names)  # type: ignore[arg-type] # the functions below
    made = Aggregate(input=step, keys=keys, measures=measures)
    label = f"{MEASURES[func]} of {' and '.join(names)}" + (f" by {keys[0]}" if keys else "")
    return Output(step=made, form="value" if len(measures) == 1 and not keys else "table", name=measures[0].name, label=label)


def scaled(case: Case, asked: list[str], method: str) -> Output:
    """Plan the rows with numbers on a common scale beside them."""
    if asked or not case.numbers or case.categories or case.groups or case.counted:
        raise NotUnderstood("what to scale")
    step = case.base()
    columns = tuple(case.name(x) for x in case.numbers)
    names = tuple(f"scaled_{c}" if method == "minmax" else f"z_{c}" for c in columns)
    made: Step = Scale(input=step, columns=columns, method=method, names=names, by=(case.name(case.by),) if case.by is not None else ())  # type: ignore[arg-type]
    if method == "standard":
        case.b.notes.append(("ddof", "The standard deviation divides by n - 1."))
    return Output(
        step=made, form="table", name="scaled", label=f"{'scaled' if method == 'minmax' else 'z-scores of'} {' and '.join(columns)}"
    )


MEASURES = {
    "mad": "median distance from the median",
    "sem": "standard error of the mean",
    "std_pop": "population standard deviation",
    "var_pop": "population variance",
}
