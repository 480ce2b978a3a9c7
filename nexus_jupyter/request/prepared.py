"""Prepared rows: a dataset as it is after the steps that a question asks for first, and plans moved onto it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

from nexus_jupyter.context.dataset import Catalog, Dataset, Profile
from nexus_jupyter.context.schema import Kind, Role, Schema
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.language.tokens import python_name
from nexus_jupyter.plan.expressions import Expr
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.step import Cast, Step
from nexus_jupyter.plan.steps import Derive, Source
from nexus_jupyter.request.lines import Line

T = TypeVar("T")
MIXED = "mixed"


@dataclass(slots=True)
class Prepared:
    """The rows of one dataset while a question prepares them: what was done, the columns it was about, the classes it made."""

    base: Dataset
    now: Dataset
    casts: dict[str, Cast] = field(default_factory=dict)
    changes: list[Callable[[Step], Step]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    focus: tuple[str, ...] = ()
    group: str = ""
    categories: set[str] = field(default_factory=set)

    def build(self, casts: tuple[Cast, ...] = ()) -> Step:
        """Write the steps, over a source with further casts."""
        more = tuple(c for c in casts if c.column not in self.casts)
        step: Step = Source(dataset=self.base.name, table=self.base.schema, casts=(*self.casts.values(), *more))
        for change in self.changes:
            step = change(step)
        return step

    def add(self, change: Callable[[Step], Step], *focus: str, **profiles: Profile) -> None:
        """Do something to the rows; it is checked at once against the columns that are there."""
        self.changes.append(change)
        self._renew(profiles)
        self.focus = focus or self.focus

    def derive(self, words: str, value: Expr, *, category: bool = False, **profile: Any) -> str:
        """Add a column that words name, and give its name; the numbers of a category are names."""
        name = self.free(words)
        self.categories |= {name} if category else set()
        self.add(lambda s: Derive(input=s, name=name, value=value), name, **{name: Profile(**profile)})
        return name

    def free(self, words: str) -> str:
        """Give a name for a new column that no other one has."""
        name = python_name(words) or "value"
        while name in self.now.schema:
            name += "_new"
        return name

    def _renew(self, profiles: dict[str, Profile]) -> None:
        schema = Schema(tuple(replace(c, role=Role.CATEGORY) if c.name in self.categories else c for c in self.build().schema))
        kept = {c.name: profiles.get(c.name) or self.now.profiles.get(c.name) or Profile() for c in schema}
        new = ",".join(n for n in schema.names if n not in self.base.schema)  # a vocabulary is kept by fingerprint
        mark = f"{self.base.fingerprint}+{new}" if new and self.base.fingerprint else self.base.fingerprint
        self.now = replace(self.now, schema=schema, profiles=kept, rows=self.now.rows if profiles else None, fingerprint=mark)

    def profile(self, name: str) -> Profile:
        """Give what is known of a column."""
        return self.now.profiles.get(name) or Profile()

    def numeric(self, *names: str) -> tuple[str, ...]:
        """Give those columns that hold numbers, those written as text among them read as numbers."""
        found = []
        for name in names:
            column = self.now.schema.column(name)
            if (
                column.kind is Kind.STRING
                and self.profile(name).number_format is not None
                and name in self.base.schema
                and not self.changes
            ):
                self._cast(Cast(column=name, to="number"))
                found.append(name)
            elif column.kind.numeric or column.kind is Kind.BOOLEAN:
                found.append(name)
        return tuple(found)

    def dated(self, name: str) -> bool:
        """Say whether a column holds dates, those written as text read as dates."""
        column, form = self.now.schema.column(name), self.profile(name).date_format
        if column.kind is Kind.STRING and form is not None and name in self.base.schema:
            self._cast(Cast(column=name, to="datetime", format=None if form == MIXED else form))
            return True
        return column.kind.temporal

    def dates(self) -> tuple[str, ...]:
        """Name the columns that hold dates, as dates or as text."""
        return tuple(c.name for c in self.now.schema if c.kind.temporal or (c.kind is Kind.STRING and self.profile(c.name).date_format))

    def _cast(self, cast: Cast) -> None:
        if cast.column not in self.casts:
            self.casts[cast.column] = cast
            self._renew({cast.column: replace(self.profile(cast.column), date_format=None, number_format=None)})

    def catalog(self, whole: Catalog) -> Catalog:
        """Give the catalog with these rows in their dataset's place."""
        return replace(whole, datasets=tuple(self.now if d.name == self.now.name else d for d in whole.datasets))

    def moved(self, plan: Plan) -> Plan:
        """Give a plan of the prepared rows as one of the rows as they are."""
        outputs = tuple(replace(o, step=self._moved(o.step)) for o in plan.outputs)
        return replace(plan, outputs=outputs)

    def _moved(self, value: T) -> T:
        if isinstance(value, Source):
            if value.dataset != self.base.name:
                return value
            if any(c.column not in self.base.schema for c in value.casts):
                raise NotUnderstood("how a new column is to be read")
            return self.build(value.casts)  # type: ignore[return-value] # a step for a step
        if isinstance(value, tuple):
            return tuple(map(self._moved, value))  # type: ignore[return-value]
        if not is_dataclass(value) or isinstance(value, type):
            return value
        given = {f.name: getattr(value, f.name) for f in fields(value) if f.init}
        changed = {n: new for n, old in given.items() if (new := self._moved(old)) is not old and new != old}
        return replace(value, **changed) if changed else value


def numbers(p: Prepared, line: Line, said: str) -> tuple[str, ...]:
    """Give the columns of a part of a line where all of them hold numbers, else nothing."""
    names = tuple(c for c in line.targets(said) if c in p.now.schema)
    found = p.numeric(*names)
    return found if len(found) == len(names) else ()


def one_text(p: Prepared, line: Line, said: str) -> str:
    """Give the one column of text in a part of a line, or nothing."""
    names = [c for c in line.targets(said) if c in p.now.schema]
    return names[0] if len(names) == 1 and p.now.schema.column(names[0]).kind is Kind.STRING else ""


def words_for(column: str, *more: str) -> str:
    """Write the words for a new column that is made from another one."""
    return " ".join([*column.replace("_", " ").split(), *more])
