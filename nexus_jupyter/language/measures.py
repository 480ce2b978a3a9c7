"""The measures of one draft: each worked out once, composed ones in a step after the aggregation."""

from __future__ import annotations

from nexus_jupyter.language.draft import NotUnderstood, Quantity
from nexus_jupyter.language.tables import Rows
from nexus_jupyter.language.tokens import python_name
from nexus_jupyter.language.vocabulary import Ref
from nexus_jupyter.plan.expressions import Arith, Col, Expr, Func, Lit
from nexus_jupyter.plan.step import Measure, Step
from nexus_jupyter.plan.steps import Aggregate, Derive


class Measures:
    """Gathers measures under names of their own, and writes the steps that compute them."""

    def __init__(self, rows: Rows) -> None:
        """Take the rows that are measured."""
        self.rows = rows
        self.found: list[Measure] = []
        self.products: dict[str, Expr] = {}
        self.composed: dict[str, Expr] = {}

    def add(self, q: Quantity, taken: tuple[str, ...]) -> str:
        """Add a measure once and give the name of its column."""
        if not (q.less or q.over or q.scale != 1):
            return self._plain(q, taken)
        value = self._value(q, taken)
        name = self._free(q.name or python_name("_".join(value.columns()))[:40], taken)
        for known, other in self.composed.items():
            if other == value:
                return known
        self.composed[name] = value
        return name

    def aggregate(self, step: Step, keys: tuple[str, ...], *, missing: bool = False) -> Step:
        """Write products of columns, the aggregation (a missing key may be a group of its own), and what is composed of its measures."""
        for name, value in self.products.items():
            step = Derive(input=step, name=name, value=value)
        step = Aggregate(input=step, keys=keys, measures=tuple(self.found), missing=missing)
        for name, value in self.composed.items():
            step = Derive(input=step, name=name, value=value)
        return step

    def _value(self, q: Quantity, taken: tuple[str, ...]) -> Expr:
        whole: Expr = Col(self._plain(q, taken))
        if q.less is not None:
            whole = Arith("-", whole, Col(self._plain(q.less, taken)))
        if q.over is not None:
            whole = Arith("/", whole, Col(self._plain(q.over, taken)))
        whole = Func("abs", whole) if q.absolute else whole
        return Arith("*", Lit(q.scale), whole) if q.scale != 1 else whole

    def _plain(self, q: Quantity, taken: tuple[str, ...]) -> str:
        where = None
        if q.where is not None and q.where.ref is not None:
            where = self.rows.expression(q.where, self.rows.source(q.where.ref.table))
        key = self.rows.reader.key_of(q.table) if q.func == "size" and q.table and self.rows.repeated(q.table) else None
        if key is not None and where is None:
            made = Measure(name="count", func="count_distinct", column=self.rows.names[key])  # a join repeats these rows
        elif q.func in {"size", "share"}:
            made = Measure(name="count" if q.func == "size" else "share", func=q.func, where=where)  # type: ignore[arg-type]
        elif q.ref is None:
            raise NotUnderstood("a measure has no column")
        else:
            column = self._product(q.ref, q.times, taken) if q.times is not None else self.rows.names[q.ref]
            called = python_name(f"{q.func.replace('count_distinct', 'different')}_{column}")
            called = f"{called}_{q.q * 100:g}".replace(".", "_") if q.q is not None else called
            made = Measure(name=called, func=q.func, column=column, where=where, q=q.q)  # type: ignore[arg-type] # drafts hold names of functions
        for m in self.found:
            if (m.func, m.column, m.where, m.q) == (made.func, made.column, made.where, made.q):
                return m.name
        self.found.append(Measure(name=self._free(made.name, taken), func=made.func, column=made.column, where=made.where, q=made.q))
        return self.found[-1].name

    def _product(self, one: Ref, other: Ref, taken: tuple[str, ...]) -> str:
        value = Arith("*", Col(self.rows.names[one]), Col(self.rows.names[other]))
        for known, old in self.products.items():
            if old == value:
                return known
        name = self._free(python_name(f"{one.column}_times_{other.column}")[:40], taken)
        self.products[name] = value
        return name

    def _free(self, name: str, taken: tuple[str, ...]) -> str:
        used = {*taken, *(m.name for m in self.found), *self.products, *self.composed}
        while name in used:
            name += "_"
        return name
