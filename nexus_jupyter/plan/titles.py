"""Titles: what a person would write over a chart and beside its axes, read off the plan."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nexus_jupyter.context.naming import unit_of, words_of
from nexus_jupyter.plan import phrase
from nexus_jupyter.plan.expressions import And, Arith, Between, Col, Compare, Expr, In, IsNull, Like
from nexus_jupyter.plan.step import Measure, Step
from nexus_jupyter.plan.steps import Aggregate, Bucket, Derive, Filter, Source, Top, Window
from nexus_jupyter.plan.subject import chain
from nexus_jupyter.plan.summaries import BoxStats, Chart, Correlation, Grid, Histogram

PERIODS = {"month_name": "month", "weekday_name": "weekday", "hour_of_day": "hour", "quarter_of_year": "quarter", "day": "", "hour": ""}
SIMPLE = (Compare, Between, In, Like, IsNull)
CALLED = frozenset({"id", "date", "code", "key", "number", "no"})
LONGEST, ACRONYM = 110, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """The words of a chart; `series` names what the colours stand for."""

    title: str
    x: str
    y: str
    series: str = ""


def words(name: str) -> str:
    """Write a column's name as people write it: `LIFE_expectancy` as "life expectancy", with acronyms kept."""
    bare = re.sub(r"\s*[(\[{][^()\[\]{}]{1,12}[)\]}]\s*$", "", name)
    name = bare if words_of(bare) and unit_of(name) else name  # the unit in brackets stands beside it
    found, at = [], 0
    for word in words_of(name):
        at = max(name.casefold().find(word, at), at)
        found.append(name[at : at + len(word)])
        at += len(word)
    shouted = name.isupper() and (len(found) > 1 or len(name) > ACRONYM)
    return " ".join(w if w.isupper() and len(w) > 1 and not shouted else w.lower() for w in found) or name


def upper(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def titles(chart: Chart) -> Titles:
    """Say what a chart shows, unless the chart says so itself."""
    steps = chain(chart.input)
    x, y = _axis(chart, chart.x, steps), _axis(chart, chart.y, steps)
    series = _axis(chart, chart.series, steps) if chart.series else ""
    match chart.input:
        case BoxStats(column=column, by=by):
            x, y = upper(words(by)) if by else "", upper(_with_unit(chart.input.input, column))
            title = f"{y} by {words(by)}" if by else f"Spread of {_with_unit(chart.input.input, column)}"
        case Histogram(column=column):
            x, y = upper(_with_unit(chart.input.input, column)), "Number of rows"
            title = f"Distribution of {_with_unit(chart.input.input, column)}{f' by {series.lower()}' if series else ''}"
        case Correlation(columns=columns):
            x = y = ""
            title = f"Correlation of {' and '.join(map(words, columns))}" if len(columns) <= 2 else "Correlations"  # noqa: PLR2004 - a pair
        case Grid():
            title = f"{y} against {_lower(x)}: number of rows"
        case _:
            title = _sentence(chart, x, y, series)
    return Titles(
        title=chart.title or _within(title, steps), x=chart.x_title or x, y=chart.y_title or y, series=series
    )  # fmt: skip


def _sentence(chart: Chart, x: str, y: str, series: str) -> str:
    measured = chart.color if chart.kind == "heatmap" else None
    if measured:
        return f"{_axis(chart, measured, chain(chart.input))} by {_lower(x)} and {_lower(y)}"
    if chart.kind == "scatter":
        said = f"{y} against {_lower(x)}"
        return f"{said} by {_lower(series)}" if series else said
    groups = [_lower(x), *([_lower(series)] if series and series != x else []), *([words(chart.facet)] if chart.facet else [])]
    return f"{y} by {', '.join(groups[:-1])}{' and ' if len(groups) > 1 else ''}{groups[-1]}"


def _within(title: str, steps: tuple[Step, ...]) -> str:
    """Add how many are shown, and of which rows, where that is short."""
    top = next((s for s in steps if isinstance(s, Top)), None)
    if top is not None and top.by:
        title += f": the {f'{top.n} ' if top.n > 1 else ''}{'highest' if top.by[0].descending else 'lowest'}"
    parts = [p for s in steps if isinstance(s, Filter) for p in _parts(s.where)]
    if parts and all(isinstance(p, SIMPLE) for p in parts):
        longer = f"{title}, where {' and '.join(phrase.condition(p) for p in reversed(parts))}"
        return longer if len(longer) <= LONGEST else title
    return title


def _parts(e: Expr) -> tuple[Expr, ...]:
    return e.parts if isinstance(e, And) else (e,)


def _axis(chart: Chart, name: str, steps: tuple[Step, ...]) -> str:
    """Name an axis: a measure by what it computes, a period by its date, any other column by its words and unit."""
    for step in steps:
        match step:
            case Aggregate() if name in {m.name for m in step.measures}:
                return upper(_measure(next(m for m in step.measures if m.name == name), step))
            case Window() if step.name == name and step.func == "cumsum":
                return upper(f"cumulative {_lower(_axis(chart, step.column, steps)).removeprefix('total ')}")
            case Window() if step.name == name and step.func.startswith("rolling_"):
                said = {"mean": "average", "sum": "total"}.get(what := step.func.removeprefix("rolling_"), what)
                return upper(f"rolling {said} of {_lower(_axis(chart, step.column, steps))} (window of {step.size})")
            case Derive(value=Arith(op="*", right=Col(share))) if step.name == name and share.startswith("share_of_"):
                return upper(f"share of {_lower(_axis(chart, share.removeprefix('share_of_'), steps))} (%)")
            case Bucket() if step.name == name:
                period = PERIODS.get(step.unit, step.unit)
                return upper(f"{words(step.column)} ({period})" if period else words(step.column))
            case _:
                pass
    return upper(_with_unit(chart.input, name)) if name else ""


def _measure(m: Measure, step: Aggregate) -> str:
    if m.func == "size":
        source = next((s for s in chain(step) if isinstance(s, Source)), None)
        joined = any(len(s.inputs) > 1 for s in chain(step))
        plural = source is not None and not joined and words(source.dataset).endswith("s") and source.dataset.isidentifier()
        return f"number of {words(source.dataset)}" if source is not None and plural else "number of rows"
    if m.column is None or m.func in {"share", "quantile"}:
        return phrase.measure(m)
    said, named = phrase.AGGREGATES[m.func], words(m.column).split()
    if m.func in {"count", "count_distinct"} and len(named) > 1 and named[-1] in CALLED:
        return f"{said} {' '.join(named[:-1]).removesuffix('s')}s"  # the number of orders, of which each has a date
    return f"{said} {words(m.column)}" if m.func in {"count", "count_distinct"} else f"{said} {_with_unit(step.input, m.column)}"


def _with_unit(step: Step, name: str) -> str:
    said, unit = words(name), step.schema.column(name).unit if name in step.schema else None
    if not unit or unit.casefold() == said:
        return said
    return f"{said.removesuffix(f' {unit.lower()}')} ({unit})"


def _lower(text: str) -> str:
    """Begin with a small letter, unless the first word is an acronym."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
