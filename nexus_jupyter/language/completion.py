"""From a draft to a plan: what was left unsaid is filled in, and said as an assumption."""

from __future__ import annotations

from typing import Any

from nexus_jupyter.context.naming import words_of
from nexus_jupyter.context.schema import Role
from nexus_jupyter.language import changes, concepts, distributions, inference, kinds, spans
from nexus_jupyter.language.draft import TIMELINE, Extreme, NotUnderstood, Quantity
from nexus_jupyter.language.keyless import keyless
from nexus_jupyter.language.lexicon import RECORDS
from nexus_jupyter.language.lists import listed, of_the_most, top_of_each, within
from nexus_jupyter.language.measures import Measures
from nexus_jupyter.language.periods import period_of
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.relatives import counted_pairs
from nexus_jupyter.language.sets import clash, halve, of_two
from nexus_jupyter.language.tables import Rows
from nexus_jupyter.language.tokens import lemma, name_words, python_name
from nexus_jupyter.language.vocabulary import Ref
from nexus_jupyter.plan.expressions import Cell, Col, Compare, Expr, Lit
from nexus_jupyter.plan.plan import Assumption, Output, Plan
from nexus_jupyter.plan.step import SortKey, Step
from nexus_jupyter.plan.steps import Bucket, Combine, Filter, Select, Sort, Top

REPEATED = 3
"""A column whose values come so often on average names groups, not rows."""


class Builder:
    """Builds the steps of one draft."""

    def __init__(self, reader: Reader) -> None:
        """Take the draft of a reader."""
        self.reader, self.draft = reader, reader.draft
        self.rows = Rows(reader)
        self.notes: list[tuple[str, str]] = list(reader.draft.notes)
        self.periods: dict[str, str] = {}
        self.more: list[Output] = []
        self.made = Measures(self.rows)
        self.measures = self.made.found

    def name(self, ref: Ref) -> str:
        """Give the physical name of a column."""
        return self.rows.names[ref]

    def measure(self, q: Quantity, taken: tuple[str, ...]) -> str:
        """Add a measure once and give its name."""
        return self.made.add(q, taken)

    def keyed(self, step: Step, keys: list[tuple[Ref, str]]) -> tuple[Step, list[str]]:
        """Add the columns of periods and name the group keys."""
        names = []
        for ref, unit in keys:
            column = self.name(ref)
            if not unit or (
                unit in {"year", "auto"} and not self.reader.info(ref).kind.temporal and self.reader.profile(ref).date_format is None
            ):
                names.append(column)
                continue
            chosen = period_of(self.reader, ref, unit)
            name = chosen.removesuffix("_name")
            while name in step.schema:
                name = f"{column}_{name}"
            step = Bucket(input=step, column=column, unit=chosen, name=name)  # type: ignore[arg-type]
            names.append(name)
            self.periods[column] = name
        return step, list(dict.fromkeys(names))

    # --- tables
    def table(self) -> Output:
        """Build the answer of a question that asks for no chart."""
        d = self.draft
        if d.tests or d.figures or inference.implied(self):
            return inference.infer(self)
        if d.statistic and not d.statistic.startswith(("each", "by value", "distribution")):
            from nexus_jupyter.language.statistics import statistic

            return statistic(self)
        if d.keys and not d.selects and d.tables and not d.extremes and not d.havings:
            d.selects.append(Quantity("size", None, d.tables[0]))
            self.notes.append(("measure", f"The rows of {d.tables[0]} are counted."))
        if not d.keys and any(q.func for q in d.selects):
            d.keys = kinds.compared(self)
        counted_pairs(self.reader, d)
        kinds.measured(self)
        words = {w for it in self.reader.items for w in it.lows}
        if (found := of_two(self)) is not None:
            return found
        if (several := kinds.counted(self)) is not None:
            return several
        step = self.rows.base()
        lone = len(d.preds) < 2 and not any(p.kind in {"in", "or"} for p in d.preds) and len(d.selects) < 2
        several_tables = not self.reader.paired and (len(self.rows.tables) > 1 or bool(self.reader.related) or lone)
        if "both" in words and several_tables and not any(q.func for q in d.selects):
            raise NotUnderstood("two things at once, of several tables")
        measures = [q for q in d.selects if q.func]
        cols = [q.ref for q in d.selects if not q.func and q.ref]
        counted = [e for e in d.extremes if e.quantity.func]
        grouped = bool(
            d.keys or d.havings or counted or (measures and cols) or any(isinstance(o.target, Quantity) and o.target.func for o in d.orders)
        )
        if len(d.extremes) > 1:
            raise NotUnderstood("two superlatives")
        if d.distinct and not measures and not cols and not d.tables:
            raise NotUnderstood("nothing to be different")
        if (
            cols
            and not d.keys
            and not d.havings
            and not d.extremes
            and not any(it.cue and it.cue[0] == "each" and it.cue[1] == "each" for it in self.reader.items)
            and len(measures) == 1
            and measures[0].func in {"min", "max"}
            and measures[0].ref
        ):
            d.extremes.append(Extreme(Quantity("", measures[0].ref), measures[0].func == "max"))
            if all(self.totalled(c, d.extremes[0], periods=len(cols) > 1) for c in cols):  # "highest revenue month in which region"
                d.keys = [(c, "") for c in cols]
                d.selects = [q for q in d.selects if not q.func]
                measures, grouped = [], True
            else:
                cols = list(dict.fromkeys(q.ref for q in d.selects if q.ref))
                measures, grouped = [], False
        if d.wh == "when" and d.preds and not any(self.reader.dated(c) for c in cols) and not measures and not d.keys:
            cols = [self.reader.only_date([c.table for c in cols] or [p.ref.table for p in d.preds if p.ref])]
            d.selects.append(Quantity("", cols[0]))
            step = Rows.base(self.rows)
        shared = not words.isdisjoint({"both", "shared", "common"}) or clash(d.preds)
        if "both" in words and not grouped and not measures and len(cols) == 1:
            halve(d, cols[0], self.reader.label_of(cols[0].table))
        if shared and not grouped and not measures and len(cols) == 1 and len(d.preds) > 1 and d.preds[-1].ref == d.preds[-2].ref:
            return self.intersection(cols[0])
        if d.extremes and not grouped and len(cols) == 1 and self.totalled(cols[0], d.extremes[0]):
            d.keys = [(cols[0], "")]
            grouped = True
        if (
            grouped
            and not measures
            and not d.havings
            and not d.extremes
            and cols
            and self.reader.each_tables
            and not any(isinstance(o.target, Quantity) and o.target.func for o in d.orders)
        ):
            grouped = False
        if d.keys and len(d.extremes) == 1 and d.extremes[0].n == 1 and cols == [d.extremes[0].quantity.ref] and within(self):
            measures = [Quantity("max" if d.extremes[0].descending else "min", cols[0])]  # "the age of the youngest of each city"
            d.selects, d.extremes, cols = measures, [], []
        if d.keys and not measures and not d.havings and within(self):
            return top_of_each(self, step, cols)
        if grouped and measures and self.alone(measures):
            d.keys = []
            return self.scalar(step, measures)
        if grouped:
            return self.grouped(step, measures, cols)
        if measures:
            return self.scalar(step, measures)
        return listed(self, step, cols)

    def intersection(self, ref: Ref) -> Output:
        """Give the values that rows of two kinds share."""
        preds, sides = self.draft.preds, []
        for last in preds[-2:]:
            self.draft.preds = [*preds[:-2], last]
            sides.append(Select(input=self.rows.base(), columns=(self.name(ref),)))
        self.draft.preds = preds
        step = Combine(left=sides[0], right=sides[1], how="intersect")
        return Output(step=step, form="list", name=python_name(f"shared_{self.name(ref)}"), label=f"{ref.column} that both share")

    def alone(self, measures: list[Quantity]) -> bool:
        """Say whether means are asked per something that each row is one of, so that the plain mean is meant."""
        d, r = self.draft, self.reader
        rest = d.extremes or d.havings or d.orders or d.limit or d.bins or len(d.selects) > len(measures) or len(r.catalog.datasets) > 1
        if (
            rest
            or len(d.keys) != 1
            or d.keys[0][1]
            or any(q.func != "mean" or q.composed for q in measures)
            or not r.profile(d.keys[0][0]).unique
            or (r.info(d.keys[0][0]).role is not Role.IDENTIFIER and any(it.low == "by" for it in r.items))
        ):
            return False
        self.notes.append(("measure", f"Each {d.keys[0][0].column} has one row, so the mean of all rows is given."))
        return True

    def totalled(self, ref: Ref, extreme: Extreme, *, periods: bool = False) -> bool:
        """Say whether "which G has the highest M" compares groups, because G repeats in the table."""
        r, q = self.reader, extreme.quantity
        if extreme.of_rows:
            return False
        if q.ref is None or q.func or q.ref.table != ref.table or r.profile(ref).unique or (r.dated(ref) and not periods):
            return False
        if not r.number(q.ref) or r.info(q.ref).role in {Role.IDENTIFIER, Role.DATE}:
            return False
        rows = r.catalog.dataset(ref.table).rows or 0
        if r.info(ref).role in {Role.CATEGORY, Role.GEOGRAPHY, Role.BOOLEAN} and rows >= REPEATED * max(1, r.profile(ref).distinct):
            return True
        words = name_words(ref.column)
        return r.quantity(q.ref) and (extreme.said_n or (len(words) == 1 and words[-1] != "name" and not r.number(ref)))

    def scalar(self, step: Step, measures: list[Quantity]) -> Output:
        """One row of numbers."""
        d = self.draft
        if d.extremes:
            step = of_the_most(self, step, measures)
        if d.limit is not None or d.orders:
            raise NotUnderstood("an order of one number")
        names = tuple(dict.fromkeys(self.measure(q, ()) for q in measures))
        step = self.made.aggregate(step, ())
        if step.schema.names != names:
            step = Select(input=step, columns=names)
        return Output(
            step=step, form="value" if len(names) == 1 else "table", name=python_name("_and_".join(names))[:40], label=self.words()
        )

    def grouped(self, step: Step, measures: list[Quantity], cols: list[Ref]) -> Output:
        """Build groups with measures, conditions on them, the top one."""
        d = self.draft
        keys = list(d.keys)
        for table in self.reader.each_tables:
            own = [c for c in cols if c.table == table]
            if own:
                keys = [k for k in keys if k[0] not in self.reader.label_of(table) or k[0] in own]
        d.keys = list(keys)
        shown_only = [c for c in cols if (c, "") not in keys]
        if not keys or (shown_only and not any(k in [(c, "") for c in cols] for k in keys)):
            if keys and shown_only and measures:
                keys = [*keys, *((c, "") for c in shown_only)] if all(not self.reader.number(c) for c in shown_only) else keys
                if any(self.reader.number(c) for c in shown_only):
                    raise NotUnderstood("a column beside groups")
            elif keys and shown_only:
                if not (d.havings or d.extremes):
                    raise NotUnderstood("columns for each group, without a measure")
                keys = [(c, "") for c in shown_only]
            elif cols:
                if measures and any(kinds.continuous(self.reader, c) for c in cols):
                    raise NotUnderstood("a number beside a measure")
                keys = [(c, "") for c in cols]
                if (
                    measures
                    and not all(q.func == "size" or q.func.startswith("count") for q in measures)
                    and not d.havings
                    and not d.extremes
                ):
                    d.cost += 0.4
            else:
                main = d.tables[0] if d.tables else None
                labels = self.reader.label_of(main) if main else []
                if not labels:
                    raise NotUnderstood("no column to group by")
                keys = [(x, "") for x in labels]
                cols = labels
        elif shown_only:
            keys = [*keys, *((c, "") for c in shown_only)]
        step, names = self.keyed(step, keys)
        hidden: list[str] = []
        tables = {k.table for k, u in keys if not u}
        if len(tables) == 1 and (d.havings or d.extremes or measures):
            table = next(iter(tables))
            key = self.reader.key_of(table)
            labels = self.reader.label_of(table)
            if (
                key
                and labels
                and (set(labels) <= {k for k, _ in keys} or (table in d.tables and cols and not self.reader.each_said))
                and (key, "") not in keys
                and not all(self.reader.profile(k).unique for k, _ in keys)
                and (cols or d.statistic.startswith("each"))
            ):
                other = {
                    q.table or (q.ref.table if q.ref else None)
                    for q in [*measures, *(h[0] for h in d.havings), *(e.quantity for e in d.extremes)]
                } - {None, table}
                if other:
                    hidden = [self.name(key)]
        taken = tuple(step.schema.names)
        wanted = [self.measure(q, taken) for q in measures]
        conditions = [(self.measure(q, taken), op, value) for q, op, value, _ in d.havings]
        orders: list[SortKey] = []
        for o in d.orders:
            if isinstance(o.target, Quantity):
                q = o.target
                column = self.measure(q, taken) if q.func else self.name(q.ref) if q.ref else names[0]
                if not q.func and column not in names:
                    match = [m for m in self.measures if m.column == column]
                    if len(match) != 1:
                        raise NotUnderstood("an order by what is not shown")
                    column = match[0].name
                orders.append(SortKey(column=column, descending=o.descending))
            else:
                orders.append(SortKey(column=wanted[0] if wanted and o.target != "x" else names[0], descending=o.descending))
        extreme = None
        if d.extremes:
            e = d.extremes[0]
            q = e.quantity
            if e.of_rows and e.n > 1:
                raise NotUnderstood("groups are compared, and the most is asked of single rows")
            if not q.func and q.ref is not None:
                match = [m for m in self.measures if m.column == self.name(q.ref)]
                if match:
                    column = match[0].name
                elif self.name(q.ref) in names:
                    column = self.name(q.ref)
                elif e.of_rows and e.n > 1:
                    raise NotUnderstood(
                        f"groups are compared, and {q.ref.column} is one of single rows: its average, its total or its extreme"
                    )
                elif e.of_rows:
                    column = self.measure(Quantity("max" if e.descending else "min", q.ref), taken)
                    self.notes.append(
                        ("measure", f"Groups are compared by the {'most' if e.descending else 'least'} {q.ref.column} of a row.")
                    )
                else:
                    func = "sum" if self.reader.quantity(q.ref) else "mean"
                    column = self.measure(Quantity(func, q.ref), taken)
                    self.notes.append(("measure", f"Groups are compared by the {'total' if func == 'sum' else 'average'} {q.ref.column}."))
            else:
                column = self.measure(q, taken)
            extreme = (column, e)
        if not self.measures:
            raise NotUnderstood("groups without a measure")
        bounds = [(column, op, self.bound(value, step)) for column, op, value in conditions]
        step = self.made.aggregate(step, (*hidden, *names), missing=keyless(self, keys))
        for column, op, bound in bounds:
            step = Filter(input=step, where=Compare(op, Col(column), bound))  # type: ignore[arg-type]
        if extreme:
            column, e = extreme
            step = Top(input=step, n=e.n, by=(SortKey(column=column, descending=e.descending),), ties=e.rank == 1, offset=e.rank - 1)
        elif d.limit is not None:
            by = tuple(orders) or (
                (SortKey(column=self.measures[0].name, descending=d.limit_end != "asc"),) if d.limit_end != "head" or self.measures else ()
            )
            step = Top(input=step, n=d.limit, by=by, ties=False)
        elif orders:
            step = Sort(input=step, by=tuple(orders))
        wide = [n for n in names if cols == [] or n in [self.name(c) for c in cols] or (keys and any(unit for _, unit in keys))] or names
        shown = [*wide, *wanted, *([extreme[0]] if extreme and extreme[0] not in wanted and extreme[0] in step.schema else [])]
        if tuple(shown) != step.schema.names:
            step = Select(input=step, columns=tuple(dict.fromkeys(shown)))
        form = "list" if len(step.schema) == 1 else "table"
        return Output(step=step, form=form, name=python_name("by_" + "_".join(names))[:40], label=self.words())  # type: ignore[arg-type]

    def bound(self, value: Any, step: Step) -> Expr:
        """Give what a group's measure is compared with: a number, or a measure of all rows or of one group."""
        if not isinstance(value, Quantity):
            return Lit(value)
        one = Measures(self.rows)
        name = one.add(value, ())
        return Cell(one.aggregate(step, ()), name)

    def called(self, table: str) -> str:
        """Give what a person calls the rows of a table."""
        said = next((it.low for i, it in enumerate(self.reader.items) if self.reader.consumed.get(i) == f"table {table}"), "")
        if said and said != lemma(said) and lemma(said) in RECORDS:
            return said
        own = next(iter(self.reader.catalog.dataset(table).called), table)
        return own if words_of(own)[-1:] != name_words(own)[-1:] or not own.isidentifier() else f"rows of {own}"

    def words(self) -> str:
        """Say what comes out, to follow "the"."""
        from nexus_jupyter.plan.phrase import AGGREGATES

        parts = []
        for q in self.draft.selects:
            if q.name:
                parts.append(q.name.replace("_", " "))
            elif q.func == "size":
                parts.append(f"number of {self.called(q.table) if q.table else 'rows'}")
            elif q.q is not None and q.ref is not None:
                parts.append(f"{100 * q.q:g}th percentile of {q.ref.column}")
            elif q.ref is not None:
                parts.append(f"{AGGREGATES.get(q.func, '')} {q.ref.column}".strip())
        keys = [(k.column, u.removeprefix(TIMELINE).removesuffix("_name").replace("_", " ")) for k, u in self.draft.keys]
        by = " and ".join(f"{u} of {name}" if u else name for name, u in keys if u or name not in parts)
        parts = parts or [self.called(self.draft.tables[0]) if self.draft.tables else "rows"]
        return ", ".join(dict.fromkeys(parts)) + (f" by {by}" if by else "")

    def assumptions(self) -> tuple[Assumption, ...]:
        """Give what was taken for granted."""
        said = [(about, text, ()) for about, text in dict.fromkeys([*self.notes, *self.rows.notes])]
        return tuple(Assumption(about=a, text=t, others=o) for a, t, o in [*concepts.notes(self.reader), *said])


def complete(reader: Reader) -> Plan:
    """Finish a draft."""
    changes.settle(reader)
    spans.total(reader)
    distributions.settle(reader)
    builder = Builder(reader)
    if reader.draft.mark or reader.chart:
        from nexus_jupyter.language.charts import chart

        output = chart(builder)
    else:
        output = builder.table()
    if reader.lost:
        raise NotUnderstood(f"rows of {reader.lost[0]} are shown and denied at once")
    return Plan(outputs=(output, *builder.more), assumptions=builder.assumptions())
