"""Outputs of questions about rows: cells that are shown, rows that are counted, numbers that are computed."""

from __future__ import annotations

from nexus_jupyter.language.tokens import python_name
from nexus_jupyter.plan.expressions import Arith, Col, Func
from nexus_jupyter.plan.plan import Assumption, Output, Plan
from nexus_jupyter.plan.readings import Reading
from nexus_jupyter.plan.step import Measure, Step
from nexus_jupyter.plan.steps import Aggregate, Derive, Distinct, Select
from nexus_jupyter.sheets.asking import Question, shown
from nexus_jupyter.sheets.rows import Condition, Rows

FIRST_LINE = r"^([^\n]+)"


def plan(step: Step, form: str, name: str, label: str, rows: Rows) -> Plan:
    """Make the plan of one output."""
    output = Output(step=step, form=form, name=python_name(name)[:40] or "answer", label=label)  # type: ignore[arg-type]
    return Plan(outputs=(output,), assumptions=tuple(Assumption(about=a, text=t) for a, t in dict.fromkeys(rows.notes)))


def listed(q: Question, rows: Rows, column: str | None = None, *, distinct: bool = False, beside: str | None = None) -> Plan:
    """Show the cells of the asked column, as they are written."""
    column = column or shown(q)
    if q.ask.column is None:
        rows.notes.append(("column", f"Each row is shown by its {column}."))
    columns = (column, beside) if beside is not None and beside != column else (column,)
    source, names = rows.step, columns
    if beside is None and q.sheet.lined(column):
        first = f"{column} (first line)"
        source = Derive(input=source, name=first, value=Reading(Col(column), "text", FIRST_LINE))
        columns, names = (first,), (column,)
        rows.notes.append(("cells", f"Of cells of {column} with several lines, the first is shown."))
    step: Step = Select(input=source, columns=columns, names=() if names == columns else names)
    if distinct:
        step = Distinct(input=step)
    return plan(step, "list" if len(columns) == 1 else "table", column, " and ".join(columns), rows)


def counted(rows: Rows, label: str = "rows") -> Plan:
    """Count the rows."""
    step = Aggregate(input=rows.step, measures=(Measure(name="count", func="size"),))
    return plan(step, "value", "count", f"number of {label}", rows)


def different(rows: Rows, column: str) -> Plan:
    """Count the different values of a column."""
    step = Aggregate(input=rows.step, measures=(Measure(name="count", func="count_distinct", column=column),))
    return plan(step, "value", "count", f"number of different {column}", rows)


def computed(rows: Rows, func: str, column: str) -> Plan:
    """Compute one number of a column."""
    number = rows.number(column)
    step = Aggregate(input=rows.step, measures=(Measure(name=func, func=func, column=number),))  # type: ignore[arg-type]
    return plan(step, "value", f"{func}_{column}", f"{'total' if func == 'sum' else 'average'} {column}", rows)


def apart(rows: Rows, column: str, first: Condition, second: Condition, *, ordered: bool) -> Plan:
    """Give the difference of a number between two rows; where the order was not said, how far they are apart."""
    number = rows.year(column) if rows.sheet.dated(column) and not rows.sheet.column(column).kind.numeric else rows.number(column)
    sides = (("first", rows.expression(first)), ("second", rows.expression(second)))
    step: Step = Aggregate(input=rows.step, measures=tuple(Measure(name=n, func="sum", column=number, where=w) for n, w in sides))
    gap: Arith | Func = Arith("-", Col("first"), Col("second"))
    step = Derive(input=step, name="difference", value=gap if ordered else Func("abs", gap))
    return plan(Select(input=step, columns=("difference",)), "value", "difference", f"difference in {column}", rows)


def between(rows: Rows, first: str, second: str) -> Plan:
    """Give the difference of two columns in the rows that are left."""
    a, b = rows.number(first), rows.number(second)
    step: Step = Derive(input=rows.step, name="difference", value=Func("abs", Arith("-", Col(a), Col(b))))
    return plan(Select(input=step, columns=("difference",)), "list", "difference", f"difference of {first} and {second}", rows)
