"""The rows of a request at each stage of its recipe, and what its sentences speak of."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.language.tables import dates
from nexus_jupyter.language.tokens import lemma, name_words
from nexus_jupyter.plan.expressions import Cell, Col, DatePart, Expr, If, Lit, Not
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.preparation import Outliers
from nexus_jupyter.plan.step import Cast, Measure, Step
from nexus_jupyter.plan.steps import Aggregate, Derive, Filter, Source
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.mentions import Linker
from nexus_jupyter.request.recipe import DERIVE, OUTLIER, Outlying, Recipe
from nexus_jupyter.request.sentences import ASK
from nexus_jupyter.request.slots import Slot, words

BEST = re.compile(r"best|worst|top|most|least|common|frequent|max|min|name|\w{3,}est")
"""Words of a slot that only say that it is about the group which is first or last."""
Simple: TypeAlias = "Callable[[str], Plan | None]"
"""Understands one simple question."""


class Rows:
    """The rows of a request at each stage of its recipe, and what its sentences speak of."""

    def __init__(self, linker: Linker, lines: list[Line], slots: tuple[Slot, ...], recipe: Recipe, simple: Simple) -> None:
        self.linker, self.lines, self.slots, self.recipe, self.simple = linker, lines, slots, recipe, simple
        self.notes: list[tuple[str, str]] = list(recipe.notes)
        self.mentioned = [
            c
            for zone in ("ask", "rule")
            for line in lines
            if line.zone == zone
            for p in line.pieces
            if p.kind == "column"
            for c in [p.target]
        ]
        self.mentioned = list(dict.fromkeys(self.mentioned))
        self.raw = self._source()
        self.stages = self._stages()

    def _source(self) -> Step:
        dataset = self.linker.dataset
        casts = []
        for c in dataset.schema:
            profile = dataset.profiles.get(c.name)
            if profile is not None and profile.zone and c.name in self.recipe.dates:
                casts.append(Cast(column=c.name, to="local"))
                self.notes.append(("date", f"The times of {c.name} are those of the clocks of {profile.zone}."))
            if c.kind is not Kind.STRING or profile is None:
                continue
            if c.name in self.recipe.dates and (form := self.linker.clock(c.name)):
                casts.append(Cast(column=c.name, to="datetime", format=form))
            elif c.name in self.recipe.dates and profile.date_format is not None:
                casts.append(dates(c.name, profile.date_format))
            elif c.name in {*self.mentioned, *self._slotted()} and profile.number_format is not None:
                casts.append(Cast(column=c.name, to="number"))
        return Source(dataset=dataset.name, table=dataset.schema, casts=tuple(casts))

    def _slotted(self) -> set[str]:
        return {c for c in self.linker.columns for s in self.slots if set(name_words(c)) & set(s.subject)}

    def _stages(self) -> dict[str, Step]:
        """Apply the recipe: the rows as they are, before outliers are taken away, and at the end."""
        step, stages = self.raw, {"before": self.raw}
        done = sorted(self.recipe.changes, key=lambda c: c.rank)
        for change in (c for c in done if c.rank == DERIVE):
            stages["before"] = change.apply(stages["before"])
        for change in (c for c in done if c.rank < OUTLIER):
            step = change.apply(step)
        stages["clean"] = step
        told = self.recipe.outlying
        if told is not None and told.action:
            column = (told.columns or self.targets() or ("",))[0]
            step = self._tamed(step, told, column)
        for change in (c for c in done if c.rank > OUTLIER):
            step = change.apply(step)
        stages["after"] = step
        return stages

    def flagged(self, step: Step, told: Outlying, column: str) -> Outliers:
        """Flag the outliers of a column."""
        if not told.method:
            self.notes.append(("outliers", "Outliers are values more than 1.5 interquartile ranges outside the quartiles."))
        name, method = f"{column.strip()}_outlier", told.method or "iqr"
        return Outliers(input=step, column=column, method=method, threshold=told.threshold, ddof=told.ddof, side=told.side, name=name)

    def _tamed(self, step: Step, told: Outlying, column: str) -> Step:
        flagged = self.flagged(step, told, column)
        if told.action == "remove":
            return Filter(input=flagged, where=Not(Col(flagged.name)))
        one = Aggregate(input=step, keys=(), measures=(Measure(name=told.action, func=told.action, column=column),))  # type: ignore[arg-type]
        return Derive(input=flagged, name=column, value=If(Col(flagged.name), Cell(one, told.action), Col(column)))

    def targets(self) -> tuple[str, ...]:
        """Give the columns that are asked about: those named in the ask for no other purpose."""
        aside = {"group", "filter", "source", "encoded"}
        quoted = any(p.kind == "column" and p.quoted for line in self.lines if line.zone == "rule" for p in line.pieces)
        unsure = quoted and not any(p.kind == "column" and p.sure for line in self.lines if line.zone == "ask" for p in line.pieces)
        for zone in ("rule", "ask") if unsure else ("ask", "rule"):
            named = [p.target for line in self.lines if line.zone == zone for p in line.pieces if p.kind == "column"]
            found = [
                c
                for c in dict.fromkeys(named)
                if not (self.recipe.roles.get(c, set()) & aside) or "kept" in self.recipe.roles.get(c, set())
            ]
            if found:
                made = [c for c in found if c in self.recipe.made]
                return tuple(made if made and len(made) < len(found) and self._about_new() else found)
        return (self.recipe.new,) if self.recipe.new else ()

    def surely(self, columns: list[str]) -> list[str]:
        """Leave out columns that are named by a part of their name only, where others are named in full."""
        sure = {p.target for line in self.lines for p in line.pieces if p.kind == "column" and p.sure}
        return [c for c in columns if c in sure] or columns

    def _about_new(self) -> bool:
        return any(re.search(r"(?:of|for|on) (?:this|the) new (?:feature|column|variable)", line.mask) for line in self.lines)

    def at(self, slot: Slot) -> Step:
        """Give the rows at the stage that a slot names."""
        return self.stages["before" if slot.stage == "before" else "after"]

    def of(self, step: Step, where: Expr | None) -> Step:
        """Restrict rows."""
        return Filter(input=step, where=where) if where is not None else step

    def convertible(self, column: str) -> bool:
        """Say whether a text column holds numbers in most of its values."""
        values = [str(v) for v in self.linker.values(column)[:200]]
        good = sum(bool(re.fullmatch(r"[-+]?[$€£]?\d[\d,]*\.?\d*%?", v.strip())) for v in values)
        return bool(values) and good >= 0.8 * len(values)

    def grouped_ask(self) -> bool:
        """Say whether what is asked is asked of each group."""
        groups = {g for g in self.recipe.groups if "group" in self.recipe.roles.get(g, set())}
        if not groups:
            return False
        return any(
            line.zone == ASK and any("group" in p.why or (p.kind == "column" and p.target in groups) for p in line.pieces)
            for line in self.lines
        )

    def best_group(self) -> tuple[str, bool] | None:
        """Give the column whose best group is asked for, and whether the highest is best."""
        asks = " ".join(line.mask for line in self.lines if line.zone == ASK)
        common = re.search(r"\b(most|least) (?:common|frequent|popular|frequently)", asks)
        found = common or re.search(
            r"\b(?:which|what|return|find|identify|determine|report)\b.*\b(highest|largest|greatest|longest|biggest|most|maximum|lowest|smallest|shortest|least|minimum|fewest)\b",
            asks,
        )
        groups = [g for g in self.recipe.groups if "group" in self.recipe.roles.get(g, set())] or [g for g in (self.recipe.period,) if g]
        if found is None or len(groups) != 1:
            return None
        return groups[0], found[1] in {"highest", "largest", "greatest", "longest", "biggest", "most", "maximum"}

    def keyed(self, step: Step) -> Step:
        """Add the period of the date, where the rows are grouped by one."""
        if self.recipe.groups or not self.recipe.period or self.recipe.period in step.schema:
            return step
        dates = [c for c in self.recipe.dates if c in step.schema and step.schema.column(c).kind.temporal]
        if len(dates) != 1:
            raise NotUnderstood("which dates")
        return Derive(input=step, name=self.recipe.period, value=DatePart(Col(dates[0]), self.recipe.period))  # type: ignore[arg-type]

    def said_measure(self) -> str:
        """Give the measure that the groups are compared by: "count" for the most common, or what is averaged or summed."""
        asks = " ".join(line.mask for line in self.lines if line.zone == ASK)
        if re.search(
            r"(?:most|least) (?:common|frequent|popular|frequently)|(?:highest|largest|lowest|most|fewest) (?:number|count) of|(?:most|fewest) <?e",
            asks,
        ):
            return "count"
        return next(
            (f for f, p in (("mean", "mean|average"), ("median", "median"), ("sum", "sum|total")) if re.search(rf"\b(?:{p})\b", asks)), ""
        )

    def keyed_by(self, slot: Slot, key: str) -> bool:
        """Say whether a slot is for the best group itself: named like it, apart from "best", or like the words that spoke of it."""
        plain = [w for w in words(slot.name) if not BEST.fullmatch(w)]
        spoken = {
            w.casefold() for line in self.lines for p in line.pieces if p.kind == "column" and p.target == key for w in p.text.split()
        }
        own = {*name_words(key), key.casefold(), *(lemma(w) for w in spoken)}
        return not slot.head and bool(plain) and all(lemma(w) in own for w in plain)

    def binary(self, name: str) -> bool:
        """Say whether a new column is 1 where something holds, and 0 elsewhere."""
        make = self.recipe.made.get(name)
        value = make() if make is not None else None
        return isinstance(value, If) and {value.then, value.otherwise} == {Lit(1), Lit(0)}

    def named_group(self, slot: Slot) -> bool:
        """Say whether a slot names a value of the grouping column."""
        options = [
            v
            for g in self.recipe.groups
            for v in (self.recipe.labels.get(g) or (self.linker.values(g) if g in self.linker.columns else ()))
        ]
        return any(set(words(str(v))) and set(words(str(v))) <= set(slot.subject) for v in options)

    def counts(self) -> bool:
        """Say whether rows are counted in what is asked."""
        return any(line.zone == ASK and re.search(r"\bhow many\b|\b(?:number|count) of\b", line.mask) for line in self.lines)

    def said(self, word: str) -> bool:
        """Say whether a word of a slot's name only repeats the request."""
        return any(re.search(rf"\b{re.escape(word[:5])}", line.text.casefold()) for line in self.lines)
