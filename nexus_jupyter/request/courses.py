"""Courses in plain words: cumulative and rolling values over what the rest of the question gives for each period."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.language import Reading, Understanding
from nexus_jupyter.language.lexicon import UNSUMMABLE
from nexus_jupyter.language.tokens import name_words
from nexus_jupyter.plan.plan import Assumption, Output, Plan
from nexus_jupyter.plan.step import Measure, SortKey, Step
from nexus_jupyter.plan.steps import Aggregate, Select, Sort, Window
from nexus_jupyter.plan.summaries import Chart
from nexus_jupyter.request.plain import exact

Ask = Callable[[str, Catalog], Understanding]
_UNIT = r"(day|week|month|quarter|year|hour)"
_ROLL = r"(?:rolling|moving|trailing|running)"
_FUNC = r"(?:simple )?(average|mean|sum|total|median|maximum|max|minimum|min|standard deviation|std)"
_ROLLING = (
    re.compile(rf"\b(\d+|two|three|four|five|six|seven)[- ]*{_UNIT}s?[- ,]+{_ROLL}[- ]+{_FUNC}(?: (?:of|for|in))?", re.IGNORECASE),
    re.compile(rf"\b{_ROLL}[- ]+(\d+|two|three|four|five|six|seven)[- ]*{_UNIT}s?[- ]+{_FUNC}(?: (?:of|for|in))?", re.IGNORECASE),
)
_OVER = re.compile(
    rf"\b{_ROLL}[- ]+{_FUNC}(?: (?:of|for|in))?(?P<what>.+?)(?:,)? (?:over|with a window of|with window|using a window of|using) (?:the last |the past )?(\d+|two|three|four|five|six|seven)[- ]*{_UNIT}s?\b",
    re.IGNORECASE,
)
_CUMULATIVE = re.compile(r"\b(?:(cumulative|accumulated|running)(?: (total|sum|number|count))?|cumulated)(?: (of))?(?= )", re.IGNORECASE)
_OUTER = re.compile(
    r"\b(highest|largest|maximum|max|biggest|lowest|smallest|minimum|min|latest|last|final)\s*(?:value of (?:the )?)?$", re.IGNORECASE
)
_PER = re.compile(
    rf"\b(?:per|by|each|every|for each|over) (?:{_UNIT}|time|date)s?\b|\b(?:daily|weekly|monthly|quarterly|yearly|hourly)\b", re.IGNORECASE
)
_WORDS = {w: i + 2 for i, w in enumerate("two three four five six seven".split())}
_FUNCS = {"average": "rolling_mean", "mean": "rolling_mean", "sum": "rolling_sum", "total": "rolling_sum", "median": "rolling_median", "maximum": "rolling_max", "max": "rolling_max",
          "minimum": "rolling_min", "min": "rolling_min", "standard deviation": "rolling_std", "std": "rolling_std"}  # fmt: skip


def course(text: str, catalog: Catalog, ask: Ask) -> Understanding | None:
    """Understand a question about cumulative or rolling values, or the extreme of periods; None where it speaks of none.

    What is left without those words is asked for each period, and the values then run on in the order of time.
    """
    for read in (_rolling, _cumulative, _periodic):
        found = read(text)
        if found is not None:
            rest, func, size, outer = found
            inner = _asked(rest, catalog, ask)
            plan = _run(inner.readings[0].plan, func, size, outer) if inner.status == "answered" else None
            if plan is None:
                reason = inner.reason or "The values need a period to run over. Say of which date, and per day, month or year."
                return replace(inner, status="unanswerable", readings=(), reason=reason)
            reading = Reading(plan=plan, score=inner.readings[0].score, title=plan.outputs[0].label, kind="analysis")
            return replace(inner, readings=(reading,))
    return None


def _asked(rest: str, catalog: Catalog, ask: Ask) -> Understanding:
    """Ask for the values of each period: amounts are added up and the rest is averaged, where nothing is said."""
    inner = ask(rest, catalog)
    if inner.status != "unanswerable":
        return inner
    if len(catalog.datasets) == 1 and (rest := exact(rest, catalog.datasets[0])) and (found := ask(rest, catalog)).status == "answered":
        return found
    for word in ("total", "average"):
        found = ask(f"{word} {re.sub(r'^the ', '', rest)}", catalog)
        plan = found.readings[0].plan if found.status == "answered" else None
        measures = [m for s in (plan.steps if plan else ()) if isinstance(s, Aggregate) for m in s.measures]
        if plan is None or len(measures) != 1 or (word == "total" and set(name_words(measures[0].column or "")) & UNSUMMABLE):
            continue
        note = Assumption(about="period", text=f"A period counts with its {word}.")
        reading = found.readings[0]
        return replace(found, readings=(replace(reading, plan=replace(plan, assumptions=(*plan.assumptions, note))),))
    return inner


def _rolling(text: str) -> tuple[str, str, int, str] | None:
    m = next((m for pattern in _ROLLING if (m := pattern.search(text))), None)
    if m is not None:
        size, unit, func, middle, before, after = m[1], m[2], m[3], "", text[: m.start()], text[m.end() :]
    elif (m := _OVER.search(text)) is not None:
        size, unit, func, middle, before, after = m[3], m[4], m[1], m["what"], text[: m.start()], text[m.end() :]
    else:
        return None
    outer = _OUTER.search(before)
    before = before[: outer.start()] if outer else before
    rest = f"{before} {middle} {after}".strip(" ?.,")
    rest = re.sub(r"\b(?:what|which) (?:is|was|are) the\s+(?:the )?", "the ", rest, flags=re.IGNORECASE)
    rest = re.sub(rf",?\s*\b(?:per|by|each) {unit}\b", "", rest, flags=re.IGNORECASE)
    return f"{rest} per {unit.lower()}", _FUNCS[func.lower()], int(_WORDS.get(size.lower(), 0) or size), outer[1].lower() if outer else ""


def _cumulative(text: str) -> tuple[str, str, int, str] | None:
    m = _CUMULATIVE.search(text)
    if m is None or (m[1] and m[1].lower() == "running" and not m[2]):
        return None
    kept = {"number": "number", "count": "number"}.get((m[2] or "").lower(), "total" if m[2] else "")
    if not kept and re.match(r" (?:average|mean|percent|share|distribution|return|product)", text[m.end() :], re.IGNORECASE):
        return None
    rest = f"{text[: m.start()]}{kept} {m[3] or ''} {text[m.end() :]}"
    rest = re.sub(r"\s+", " ", rest).strip()
    if not _PER.search(rest):
        rest = f"{rest.rstrip('?. ')} per day"
    return rest, "cumsum", 1, ""


_PERIODIC = re.compile(
    r"\b(?P<outer>highest|largest|maximum|max|biggest|lowest|smallest|minimum|min|average|mean|median) (?P<unit>daily|weekly|monthly|quarterly|yearly|annual|hourly) "
    r"(?P<func>average|mean|total|sum|number|count|median|maximum|minimum)(?P<of> of)?(?= )", re.IGNORECASE,
)  # fmt: skip
_UNITS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annual": "year",
    "hourly": "hour",
}


def _periodic(text: str) -> tuple[str, str, int, str] | None:
    """Read "highest monthly total of sales": the highest of what the months come to."""
    m = _PERIODIC.search(text)
    if m is None:
        return None
    func = {"count": "number"}.get(m["func"].lower(), m["func"].lower())
    rest = f"{text[: m.start()]}{func}{m['of'] or ''}{text[m.end() :]}".rstrip("?. ")
    rest = re.sub(r"\b(?:what|which) (?:is|was) the\s+", "", rest, flags=re.IGNORECASE)
    return f"{rest} per {_UNITS[m['unit'].lower()]}", "", 1, m["outer"].lower()


def _run(plan: Plan, func: str, size: int, outer: str) -> Plan | None:
    """Let the one measure of a plan run on in the order of its one period, within its other groups."""
    if len(plan.outputs) != 1:
        return None
    step = plan.outputs[0].step
    chart = step if isinstance(step, Chart) else None
    if chart is not None:
        if outer or not func or chart.kind not in {"line", "area", "bar"}:
            return None
        step = chart.input
    while isinstance(step, Sort | Select):
        step = step.input
    if not isinstance(step, Aggregate) or not step.keys or len(step.measures) != 1:
        return None
    times = [k for k in step.keys if _timed(step.schema.column(k).kind, k)]
    if len(times) != 1:
        return None
    measure, groups = step.measures[0].name, tuple(k for k in step.keys if k != times[0])
    name = f"{'cumulative' if func == 'cumsum' else 'rolling'}_{measure}" if func else measure
    made: Step = step
    if func:
        made = Window(input=step, name=name, func=func, column=measure, by=groups, order=(SortKey(column=times[0]),), size=size)  # type: ignore[arg-type]
    notes = list(plan.assumptions)
    if func not in {"", "cumsum"}:
        notes.append(
            Assumption(about="window", text=f"A window holds the last {size} periods that have rows; the first {size - 1} have no value.")
        )
    if chart is not None:
        drawn = replace(plan.outputs[0], step=replace(chart, input=made, y=name))
        return replace(plan, outputs=(drawn,), assumptions=tuple(notes)) if chart.x == times[0] else None
    label = name.replace("_", " ")
    if outer:
        if groups:
            return None
        if outer in {"latest", "last", "final"}:
            from nexus_jupyter.plan.steps import Top

            last = Top(input=made, n=1, by=(SortKey(column=times[0], descending=True),))
            return Plan(
                outputs=(Output(step=Select(input=last, columns=(name,)), form="value", name=name, label=label),), assumptions=tuple(notes)
            )
        best = (
            "min"
            if outer in {"lowest", "smallest", "minimum", "min"}
            else "mean"
            if outer in {"average", "mean"}
            else "median"
            if outer == "median"
            else "max"
        )
        one = Aggregate(input=made, keys=(), measures=(Measure(name=f"{best}_{name}", func=best, column=name),))  # type: ignore[arg-type]
        return Plan(outputs=(Output(step=one, form="value", name=f"{best}_{name}", label=f"{best} {label}"),), assumptions=tuple(notes))
    made = Sort(input=Select(input=made, columns=(*step.keys, name)), by=tuple(SortKey(column=k) for k in (*groups, times[0])))
    shown = Output(step=made, form="table", name=name, label=f"{label} by {' and '.join(step.keys)}")
    return Plan(outputs=(shown,), assumptions=tuple(notes))


def _timed(kind: Kind, name: str) -> bool:
    """Say whether a key runs in time and can be put in order; numbers of days and hours begin again and again."""
    return kind.temporal or (kind.numeric and re.search(r"year|month|quarter|period", name.casefold()) is not None)
