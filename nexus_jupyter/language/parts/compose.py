"""From slots and a recipe to one plan: the rows are prepared once, and every slot becomes an output of its name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.language.parts import rules as decision
from nexus_jupyter.language.parts.learning import METRICS
from nexus_jupyter.language.parts.mentions import Line, Linker, shortened
from nexus_jupyter.language.parts.recipe import OUTLIER, Outlying, Recipe
from nexus_jupyter.language.parts.slots import BOOL, LABEL, LIST, Slot, words
from nexus_jupyter.language.tokens import lemma, name_words, stem
from nexus_jupyter.plan.expressions import And, Arith, Cell, Col, Compare, DatePart, Expr, Func, If, IsNull, Lit, Not
from nexus_jupyter.plan.models import Fit, Setting, Terms
from nexus_jupyter.plan.plan import Assumption, Output, Plan
from nexus_jupyter.plan.preparation import Outliers
from nexus_jupyter.plan.statistics import CORRELATIONS, NORMALITY, SAMPLES, TABLES, TWO_SAMPLES, SignificanceTest
from nexus_jupyter.plan.step import Cast, Measure, SortKey, Step
from nexus_jupyter.plan.steps import Aggregate, Derive, Filter, Select, Sort, Source, Top, Window
from nexus_jupyter.plan.summaries import Correlation, Missing

FUNCS = {"mean": "mean", "median": "median", "std": "std", "var": "var", "min": "min", "max": "max", "sum": "sum", "skew": "skew", "kurt": "kurtosis", "mode": "mode", "range": "range", "q1": "quantile", "q3": "quantile"}
PLAIN = frozenset(
    """of the in for value values number count total result test score coefficient correlation model new data column final calculated overall number statistic by per a an is are to
    prediction classifier regression r p ks shapiro wilk norm normality distribution significance relationship type status strength direction decision rate name all and scaling scaled normalized normalised transformed feature
    kolmogorov smirnov anderson darling mann whitney ttest anova chi square squared pearson spearman kendall linear logistic removed detected identified difference entries rows left remaining dataset between
    average mean std median dev deviation standard min max sum size set train after before post pre original processed processing imputation imputed filled cleaned clean outlier outliers removal without missing with null unique distinct on z iqr method
    u f t w d error performance analysis level month year monthly yearly daily each group values""".split()
)
RATE = re.compile(r"rate|price|percent|pct|ratio|score|age|temp|avg|mean|index")


@dataclass(frozen=True, slots=True)
class Aim:
    """What a slot is about: columns, the group it is restricted to, and the rows at its stage."""

    columns: tuple[str, ...]
    where: Expr | None = None
    words: tuple[str, ...] = ()


class Composer:
    """Builds the outputs of one request."""

    def __init__(self, linker: Linker, lines: list[Line], slots: tuple[Slot, ...], recipe: Recipe) -> None:
        self.linker, self.lines, self.slots, self.recipe = linker, lines, slots, recipe
        self.notes: list[tuple[str, str]] = list(recipe.notes)
        self.mentioned = [c for zone in ("ask", "rule") for line in lines if line.zone == zone for p in line.pieces if p.kind == "column" for c in [p.target]]
        self.mentioned = list(dict.fromkeys(self.mentioned))
        self.raw = self._source()
        self.stages = self._stages()

    # --- the rows
    def _source(self) -> Step:
        dataset = self.linker.dataset
        casts = []
        for c in dataset.schema:
            profile = dataset.profiles.get(c.name)
            if c.kind is not Kind.STRING or profile is None:
                continue
            if c.name in self.recipe.dates and (form := self.linker.clock(c.name)):
                casts.append(Cast(column=c.name, to="datetime", format=form))
            elif c.name in self.recipe.dates and profile.date_format is not None:
                casts.append(Cast(column=c.name, to="datetime", format=None if profile.date_format == "mixed" else profile.date_format))
            elif c.name in {*self.mentioned, *self._slotted()} and profile.number_format is not None:
                casts.append(Cast(column=c.name, to="number"))
        return Source(dataset=dataset.name, table=dataset.schema, casts=tuple(casts))

    def _slotted(self) -> set[str]:
        return {c for c in self.linker.columns for s in self.slots if set(name_words(c)) & set(s.subject)}

    def _stages(self) -> dict[str, Step]:
        """Apply the recipe: the rows as they are, before outliers are taken away, and at the end."""
        step, stages = self.raw, {"before": self.raw}
        done = sorted(self.recipe.changes, key=lambda c: c.rank)
        for change in (c for c in done if c.rank < OUTLIER):
            step = change.apply(step)
        stages["clean"] = step
        told = self.recipe.outlying
        if told is not None and told.action:
            column = (told.columns or self._targets() or ("",))[0]
            step = self._tamed(step, told, column)
        for change in (c for c in done if c.rank > OUTLIER):
            step = change.apply(step)
        stages["after"] = step
        return stages

    def _flagged(self, step: Step, told: Outlying, column: str) -> Outliers:
        method = told.method or "iqr"
        if not told.method:
            self.notes.append(("outliers", "Outliers are values more than 1.5 interquartile ranges outside the quartiles."))
        return Outliers(input=step, column=column, method=method, threshold=told.threshold, ddof=told.ddof, side=told.side, name=f"{column.strip()}_outlier")  # type: ignore[arg-type]

    def _tamed(self, step: Step, told: Outlying, column: str) -> Step:
        flagged = self._flagged(step, told, column)
        if told.action == "remove":
            return Filter(input=flagged, where=Not(Col(flagged.name)))
        one = Aggregate(input=step, keys=(), measures=(Measure(name=told.action, func=told.action, column=column),))  # type: ignore[arg-type]
        return Derive(input=flagged, name=column, value=If(Col(flagged.name), Cell(one, told.action), Col(column)))

    # --- what slots are about
    def _targets(self) -> tuple[str, ...]:
        """Give the columns that are asked about: those named in the ask for no other purpose."""
        aside = {"group", "filter", "source", "encoded"}
        quoted = any(p.kind == "column" and p.quoted for line in self.lines if line.zone == "rule" for p in line.pieces)
        unsure = quoted and not any(p.kind == "column" and p.sure for line in self.lines if line.zone == "ask" for p in line.pieces)
        for zone in ("rule", "ask") if unsure else ("ask", "rule"):
            named = [p.target for line in self.lines if line.zone == zone for p in line.pieces if p.kind == "column"]
            found = [c for c in dict.fromkeys(named) if not (self.recipe.roles.get(c, set()) & aside) or "kept" in self.recipe.roles.get(c, set())]
            if found:
                made = [c for c in found if c in self.recipe.made]
                return tuple(made if made and len(made) < len(found) and self._about_new() else found)
        return (self.recipe.new,) if self.recipe.new else ()

    def _about_new(self) -> bool:
        return any(re.search(r"(?:of|for|on) (?:this|the) new (?:feature|column|variable)", line.mask) for line in self.lines)

    def aim(self, slot: Slot, *, wanted: int = 1, numeric: bool = True) -> Aim:
        """Find the columns and the group that the words of a slot name."""
        left = [w for w in slot.subject if w not in {"of", "the", "in", "for", "and", "by"}]
        where, left = self._group(slot, left)
        pool = list(dict.fromkeys([*self.mentioned, *self.recipe.made, *self.linker.columns]))
        pool = [c for c in pool if not numeric or c in self.recipe.made or self.linker.number(c) or self._convertible(c)]
        columns: list[str] = []
        rest = [w for w in left if not w.isdigit()]
        while rest:
            best = max(pool, key=lambda c: self._fits(c, rest, slot), default=None)
            score = self._fits(best, rest, slot) if best else 0
            if not best or score <= 0:
                break
            columns.append(best)
            rest = [w for w in rest if not _same(w, best)]
            pool = [c for c in pool if c != best]
            if len(columns) >= wanted:
                break
        strange = [w for w in rest if w not in PLAIN and not any(_near(w, v) for c in columns for v in name_words(c)) and not self._said(w)]
        if strange:
            raise NotUnderstood(f"“{slot.name}” speaks of {' '.join(strange)}, which is nothing here")
        return Aim(tuple(columns), where, tuple(rest))

    def _said(self, word: str) -> bool:
        """Say whether a word of a slot's name only repeats the request."""
        return any(re.search(rf"\b{re.escape(word[:5])}", line.text.casefold()) for line in self.lines)

    def _fits(self, column: str | None, said: list[str], slot: Slot) -> float:
        if column is None:
            return 0
        own = name_words(column)
        joined = "".join(own)
        text = "".join(said)
        hits = [w for w in said if any(_near(w, o) for o in own)]
        if joined and joined in text:
            return 3 + len(joined) / 50 + (0.1 if column in self.mentioned else 0)
        if hits:
            share = len(hits) / len(own)
            if column not in self.mentioned and column not in self.recipe.made and share < 1:
                return 0
            return share + 0.2 * (column in self.mentioned) + 0.1 * len(hits) + (0.3 if column in self._targets() else 0)
        if len(said) > 1 and shortened(said, column):
            return 0.8
        return 0.4 if any(_near(w, joined) or (len(w) > 3 and joined.startswith(w)) for w in said) and column in self.mentioned else 0

    def _convertible(self, column: str) -> bool:
        values = [str(v) for v in self.linker.values(column)[:200]]
        good = sum(bool(re.fullmatch(r"[-+]?[$€£]?\d[\d,]*\.?\d*%?", v.strip())) for v in values)
        return bool(values) and good >= 0.8 * len(values)

    def _group(self, slot: Slot, left: list[str]) -> tuple[Expr | None, list[str]]:
        """Take words of a slot that name a value of the grouping column."""
        for column in self.recipe.groups + [c for c, _ in self.recipe.pairs]:
            options: tuple[Any, ...] = self.recipe.labels.get(column) or (self.linker.values(column) if column in self.linker.columns else ())
            options = tuple(options) or tuple(v for c, vs in self.recipe.pairs if c == column for v in vs)
            named = []
            for v in options:
                said = [w.casefold() for w in re.findall(r"[A-Za-z]+|\d+", str(v))]
                if said and all(w in left or any(lemma(w) == lemma(x) for x in left) for w in said):
                    named.append((len(said), v, said))
            if not named:
                continue
            _, value, said = max(named, key=lambda f: f[0])
            rest = [w for w in left if w not in said and not _same(w, column) and not (len(w) > 3 and w in column.casefold())]
            return Compare("==", Col(column), Lit(value)), rest
        return None, left

    def at(self, slot: Slot) -> Step:
        """Give the rows at the stage that a slot names."""
        return self.stages["before" if slot.stage == "before" else "after"]

    def of(self, step: Step, where: Expr | None) -> Step:
        """Restrict rows."""
        return Filter(input=step, where=where) if where is not None else step

    def one(self, slot: Slot, n: int = 1, *, numeric: bool = True) -> tuple[tuple[str, ...], Expr | None]:
        """Give the columns of a slot, from its words or from what the request is about."""
        aim = self.aim(slot, wanted=n, numeric=numeric)
        columns = list(aim.columns)
        if len(columns) < n:
            targets = [c for c in self._targets() if c not in columns and (not numeric or c in self.recipe.made or self.linker.number(c) or self._convertible(c))]
            if columns and n == 2:  # noqa: PLR2004 - a pair
                targets = [c for c in targets if c not in columns]
            if len(targets) + len(columns) == n or (n == 2 and not columns and len(targets) == 2):
                columns = [*columns, *targets][:n] if columns else targets
            elif n == 2 and not columns:  # noqa: PLR2004 - a pair
                columns = list(self._pair() or ())
            elif not targets and n == 1 and self.recipe.new:
                columns = [self.recipe.new]
        if len(columns) != n:
            raise NotUnderstood(f"which column “{slot.name}” is about")
        return tuple(columns), aim.where

    def _pair(self) -> tuple[str, str] | None:
        """Find the two columns of a correlation: `between A and B`; a constraint that quotes two wins."""
        for zone in ("rule", "ask"):
            for line in self.lines:
                if line.zone != zone or not re.search(r"correlat|relationship|relation|associat|link|connection|chi", line.mask):
                    continue
                for m in line.find(r"(?:between|of|correlate) (?:\w+ ){0,5}?<c\d+>(?: (?!and )[\w'(),-]+){0,6}? (?:and|with|to) (?:[\w']+ ){0,6}?<c\d+>"):
                    names = line.targets(m[0])
                    if len(names) == 2:  # noqa: PLR2004 - a pair
                        return names[0], names[1]
        return None

    # --- outputs
    def plan(self) -> Plan:
        """Build every slot."""
        outputs: list[Output] = []
        taken: set[str] = set()
        for slot in self.slots:
            name = slot.name if not slot.part else f"{slot.name}_{re.sub(r'[^A-Za-z0-9]+', '_', slot.holder).strip('_')}"
            while name in taken:
                name += "_"
            taken.add(name)
            made = self.output(slot)
            outputs.append(replace(made, name=name, label=name.replace("_", " "), decimals=slot.decimals if slot.type != LABEL else None))
        return Plan(outputs=tuple(outputs), assumptions=tuple(Assumption(about=a, text=t) for a, t in dict.fromkeys(self.notes)))

    def output(self, slot: Slot) -> Output:
        """Build one slot."""
        if slot.part and (top := self.best(slot)) is not None:
            return top
        if slot.type in {LABEL, BOOL} and slot.options:
            return self._value(*self.label(slot))
        if slot.type == LABEL:
            return self.named(slot)
        if slot.type == LIST:
            return self.listed(slot)
        return self._value(*self.number(slot))

    def best(self, slot: Slot) -> Output | None:
        """Give one cell of the group with the highest or lowest measure: its keys and the measure are parts of one slot."""
        parts = [s for s in self.slots if s.name == slot.name]
        keys = [(s, k) for s in parts for k in [*self.recipe.made, *self.recipe.groups] if s.holder.casefold().replace(" ", "_") == k.casefold()]
        measures = [s for s in parts if s.head in FUNCS and s not in [s for s, _ in keys]]
        found = re.search(r"highest|largest|maximum|max|lowest|smallest|minimum|min|most|best", slot.name.casefold())
        if not keys or len(measures) != 1 or not found or len(keys) + 1 != len(parts):
            return None
        wanted = measures[0]
        aim = self.aim(replace(wanted, subject=tuple(w for w in wanted.subject if w not in words(slot.name) or any(_same(w, c) for c in self.mentioned))))
        column = aim.columns[0] if aim.columns else self.one(wanted)[0][0]
        by = tuple(k for _, k in keys)
        step: Step = Aggregate(input=self.at(slot), keys=by, measures=(Measure(name="measure", func=FUNCS[wanted.head], column=column),))  # type: ignore[arg-type]
        down = not re.search(r"lowest|smallest|minimum|min", found[0])
        step = Top(input=step, n=1, by=(SortKey(column="measure", descending=down),))
        return self._value(step, next((k for s, k in keys if s is slot), "measure"))

    def _value(self, step: Step, column: str) -> Output:
        if step.schema.names != (column,):
            step = Select(input=step, columns=(column,))
        return Output(step=step, form="value", name="x")

    def measure(self, step: Step, func: str, column: str | None, where: Expr | None = None) -> tuple[Step, str]:
        """Compute one measure over rows."""
        if column is not None:
            step, column = self._numbers(step, column, func)
        if self.recipe.population and func in {"std", "var"}:
            func += "_pop"
        quantile = {"q1": 0.25, "q3": 0.75}.get(func)
        name = re.sub(r"\W+", "_", f"{func}_{column or 'rows'}").strip("_").casefold()
        made = Measure(name=name, func=FUNCS.get(func, func), column=column, where=where, q=quantile)  # type: ignore[arg-type]
        return Aggregate(input=step, keys=(), measures=(made,)), name

    def _numbers(self, step: Step, column: str, func: str) -> tuple[Step, str]:
        if func in {"count", "count_distinct", "mode"} or step.schema.column(column).kind is not Kind.STRING:
            return step, column
        from nexus_jupyter.plan.conversions import Number

        return Derive(input=step, name=f"{column}_number", value=Number(Col(column))), f"{column}_number"

    def number(self, slot: Slot) -> tuple[Step, str]:  # noqa: C901, PLR0911, PLR0912 - one case a kind of number
        """Build a number."""
        head = slot.head
        if self.recipe.learning is not None and (head in METRICS or (head == "share" and "score" in slot.subject)):
            return self.modelled(slot)
        if self._extreme() and head == "corr" and len(self._numeric()) > 2:  # noqa: PLR2004 - more than a pair
            return self._strongest(), "correlation"
        match head:
            case "p" | "statistic":
                step = self.test(slot)
                return step, "p_value" if head == "p" else "statistic"
            case "corr":
                return self.test(slot, correlation=True), "statistic"
            case "outliers":
                (column,), where = self.one(slot) if not self._outlying_column() or self._worded(slot) else ((self._outlying_column(),), self.aim(slot).where)
                step = self._flagged(self.of(self.stages["clean"], where), self.recipe.outlying or Outlying(), column)
                return self.measure(step, "size", None, Col(step.name))
            case "missing":
                (column,), where = self.one(slot, numeric=False)
                return self.measure(self.of(self.at(slot), where), "size", None, IsNull(Col(column)))
            case "within":
                (column,), where = self.one(slot)
                return self.within(self.of(self.at(slot), where), column)
            case "iqr":
                (column,), where = self.one(slot)
                rows = self.of(self.at(slot), where)
                made = (Measure(name="q1", func="quantile", column=column, q=0.25), Measure(name="q3", func="quantile", column=column, q=0.75))
                return Derive(input=Aggregate(input=rows, keys=(), measures=made), name="iqr", value=Arith("-", Col("q3"), Col("q1"))), "iqr"
            case "left":
                return self.measure(self.of(self.at(slot), self.aim(slot, wanted=0).where), "size", None)
            case "count":
                return self.counted(slot)
            case _ if head in FUNCS:
                (column,), where = self.one(slot)
                if head in {"skew", "kurt"} and self.recipe.biased:
                    return self.biased(self.of(self.at(slot), where), head, column)
                return self.measure(self.of(self.at(slot), where), head, column)
        raise NotUnderstood(f"what “{slot.name}” is")

    def _extreme(self) -> bool:
        return any(re.search(r"strongest|highest|largest|most", s.name + s.clause) for s in self.slots) and any(line.zone == "ask" and re.search(r"correlat", line.mask) for line in self.lines)

    def _numeric(self) -> tuple[str, ...]:
        return tuple(c for c in self._targets() if c in self.recipe.made or self.linker.number(c))

    def _strongest(self) -> Step:
        """Give the pair of columns that go together most."""
        positive = any(re.search(r"strongest positive|highest positive|most positive|highest correlation", line.mask) for line in self.lines)
        step: Step = Correlation(input=self.stages["after"], columns=self._numeric(), shape="pairs")
        if positive:
            return Top(input=step, n=1, by=(SortKey(column="correlation", descending=True),))
        return Top(input=step, n=1)

    def _outlying_column(self) -> str:
        told = self.recipe.outlying
        return told.columns[0] if told and len(told.columns) == 1 else ""

    def _worded(self, slot: Slot) -> bool:
        return bool(self.aim(slot).columns)

    def biased(self, step: Step, head: str, column: str) -> tuple[Step, str]:
        """Give skewness or excess kurtosis as the moments are, without the correction for small samples."""
        rows = Filter(input=step, where=IsNull(Col(column), negated=True))
        mean = Aggregate(input=rows, keys=(), measures=(Measure(name="mean", func="mean", column=column),))
        power = 3 if head == "skew" else 4
        centred = Derive(input=rows, name="deviation", value=Arith("-", Col(column), Cell(mean, "mean")))
        raised = Derive(input=centred, name="power", value=Arith("**", Col("deviation"), Lit(power)))
        square = Derive(input=raised, name="square", value=Arith("**", Col("deviation"), Lit(2)))
        both = Aggregate(input=square, keys=(), measures=(Measure(name="m", func="mean", column="power"), Measure(name="v", func="mean", column="square")))
        value: Expr = Arith("/", Col("m"), Arith("**", Col("v"), Lit(power / 2)))
        name = "skewness" if head == "skew" else "kurtosis"
        return Derive(input=both, name=name, value=Arith("-", value, Lit(3)) if head == "kurt" else value), name

    def within(self, step: Step, column: str) -> tuple[Step, str]:
        """Count the values within so many standard deviations of the mean."""
        k = next((float(n) for line in self.lines for m in line.find(r"within <n(\d+)> (?:standard|std)") for n in [line.pieces[int(m[1])].target]), 1.0)
        both = Aggregate(input=step, keys=(), measures=(Measure(name="mean", func="mean", column=column), Measure(name="std", func="std_pop" if self.recipe.population else "std", column=column)))
        low = Arith("-", Cell(both, "mean"), Arith("*", Lit(k), Cell(both, "std")))
        high = Arith("+", Cell(both, "mean"), Arith("*", Lit(k), Cell(both, "std")))
        return self.measure(step, "size", None, And((Compare(">=", Col(column), low), Compare("<=", Col(column), high))))

    def counted(self, slot: Slot) -> tuple[Step, str]:
        """Count rows of a group, different values, or rows."""
        aim = self.aim(slot, numeric=False)
        rows = self.of(self.at(slot), aim.where)
        if aim.where is not None:
            return self.measure(rows, "size", None)
        words = set(slot.subject)
        for m in (m for line in self.lines for m in line.find(r"(?:unique|distinct|different)[^<]*<c(\d+)>[^.]*?(?:at least|more than|minimum of|>=|>) <n(\d+)> (?:times|observations|rows|records|entries|occurrences|data)") for _ in [0]):
            line = next(x for x in self.lines if x.mask == m.string)
            column, least = line.pieces[int(m[1])].target, line.pieces[int(m[2])].target
            per = Aggregate(input=rows, keys=(column,), measures=(Measure(name="count", func="size"),))
            kept = Filter(input=per, where=Compare(">" if re.search(r"more than <|> <", m[0]) else ">=", Col("count"), Lit(least)))
            return self.measure(kept, "size", None)
        if words & {"unique", "distinct", "different"}:
            (column,), _ = self.one(slot, numeric=False)
            return self.measure(rows, "count_distinct", column)
        if words & {"rows", "row", "entries", "records", "observations", "passengers"} or (not aim.columns and any(c.rank == 3 for c in self.recipe.changes)):  # noqa: PLR2004 - a filter
            return self.measure(rows, "size", None)
        raise NotUnderstood(f"what “{slot.name}” counts")

    # --- tests
    def test(self, slot: Slot, *, correlation: bool = False) -> Step:
        """Choose the test of a slot and build it."""
        kinds = [k for k in self.recipe.tests if (k in CORRELATIONS) == correlation] if correlation else self.recipe.tests
        kinds = list(dict.fromkeys(kinds))
        named = [k for k in kinds if any(w in slot.subject for w in k.split("_"))]
        kind = named[0] if named else kinds[0] if len(kinds) == 1 else "pearson" if correlation or any(s.head == "corr" for s in self.slots) else ""
        if not kind and len(kinds) > 1 and not correlation:
            families = [k for k in kinds if k not in CORRELATIONS]
            kind = families[0] if len(families) == 1 else ""
        if not kind:
            raise NotUnderstood("which test is meant")
        if kind in CORRELATIONS:
            (a, b), where = self._two(slot)
            step = self.of(self.at(slot), where)
            step, a = self._numbers(step, a, "")
            step, b = self._numbers(step, b, "")
            return SignificanceTest(input=step, kind=kind, columns=(a, b))  # type: ignore[arg-type]
        if kind in NORMALITY:
            (column,), where = self.one(slot)
            return SignificanceTest(input=self.of(self.at(slot), where), kind=kind, columns=(column,))  # type: ignore[arg-type]
        if kind in TABLES:
            return self._table(slot, kind)
        return self._samples(slot, kind)

    def _two(self, slot: Slot) -> tuple[tuple[str, str], Expr | None]:
        aim = self.aim(slot, wanted=2)
        if len(aim.columns) == 2:  # noqa: PLR2004 - a pair
            return (aim.columns[0], aim.columns[1]), aim.where
        pair = self._pair()
        if pair and all(c in self.recipe.made or self.linker.number(c) or self._convertible(c) for c in pair) and (not aim.columns or aim.columns[0] in pair):
            return pair, aim.where
        (a, b), where = self.one(slot, 2)
        return (a, b), where

    def _table(self, slot: Slot, kind: str) -> Step:
        pair = self._pair()
        if pair is None:
            named = [c for line in self.lines if line.zone == "ask" for p in line.pieces if p.kind == "column" for c in [p.target]]
            named = [c for c in dict.fromkeys(named) if c in self.recipe.made or not self.recipe.roles.get(c, set()) & {"source"}]
            if len(named) != 2:  # noqa: PLR2004 - a pair
                raise NotUnderstood("which two categories are compared")
            pair = (named[0], named[1])
        return SignificanceTest(input=self.at(slot), kind=kind, columns=pair)  # type: ignore[arg-type]

    def _samples(self, slot: Slot, kind: str) -> Step:
        step = self.at(slot)
        if kind in TWO_SAMPLES | SAMPLES:
            for column, values in self.recipe.pairs:
                if len(values) >= 2:  # noqa: PLR2004 - two sides
                    (target,), _ = self._target(slot, column)
                    return SignificanceTest(input=step, kind=kind, columns=(target,), by=column, groups=tuple(values))  # type: ignore[arg-type]
            if self.recipe.groups:
                column = self.recipe.groups[-1]
                (target,), _ = self._target(slot, column)
                known = self.recipe.labels.get(column) or (self.linker.values(column) if column in self.linker.columns else ())
                groups = tuple(known) if kind in TWO_SAMPLES and len(known) == 2 else ()  # noqa: PLR2004 - two sides
                return SignificanceTest(input=step, kind=kind, columns=(target,), by=column, groups=groups)  # type: ignore[arg-type]
        targets = self._targets()
        if kind in TWO_SAMPLES | SAMPLES and len(targets) == 2:  # noqa: PLR2004 - a number and what splits it
            two = [c for c in targets if len(self.linker.values(c)) == 2 or (c in self.linker.columns and not self.linker.number(c))]  # noqa: PLR2004 - two sides
            if len(two) == 1:
                other = next(c for c in targets if c != two[0])
                groups = tuple(self.linker.values(two[0])) if kind in TWO_SAMPLES else ()
                return SignificanceTest(input=step, kind=kind, columns=(other,), by=two[0], groups=groups)  # type: ignore[arg-type]
            if not two:
                return SignificanceTest(input=step, kind=kind, columns=targets)  # type: ignore[arg-type]
        raise NotUnderstood("which groups are compared")

    def _target(self, slot: Slot, group: str) -> tuple[tuple[str, ...], None]:
        found = [c for c in self._targets() if c != group and (c in self.recipe.made or self.linker.number(c))]
        if len(found) != 1:
            raise NotUnderstood(f"which numbers “{slot.name}” compares")
        return (found[0],), None

    # --- labels
    def label(self, slot: Slot) -> tuple[Step, str]:
        """Build a conclusion: the rules of the request over the numbers that they speak of."""
        said = [line.text for line in self.lines if line.zone == "rule"] + [slot.clause] + [line.text for line in self.lines if line.zone == "ask"]
        everything = " ".join([*said, slot.name]).casefold()
        standard = "normal" if re.search(r"normal|gaussian", everything) and not any(t in CORRELATIONS for t in self.recipe.tests) else "significant" if "signif" in everything else ""
        found = decision.compiled(said, slot.options, alpha=self.recipe.alpha, standard=standard)
        if not found:
            raise NotUnderstood(f"by which rule “{slot.name}” is decided")
        quantities = list(dict.fromkeys(t.quantity for rule in found for t in rule.terms))
        value: Expr = self._constant(slot, found[-1].option)
        base: Step | None = None
        cells: dict[str, Expr] = {}
        for q in quantities:
            step, column = self.quantity(slot, q)
            if base is None or step == base:
                base, cells[q] = step, Col(column)
            else:
                cells[q] = Cell(step, column)
        if base is None:
            raise NotUnderstood(f"by which number “{slot.name}” is decided")
        for rule in reversed(found[:-1]):
            terms = tuple(Compare(t.op, Func("abs", cells[t.quantity]) if t.absolute else cells[t.quantity], Lit(t.bound)) for t in rule.terms)  # type: ignore[arg-type]
            value = If(terms[0] if len(terms) == 1 else And(terms), self._constant(slot, rule.option), value)
        return Derive(input=base, name="conclusion", value=value), "conclusion"

    def _constant(self, slot: Slot, option: str) -> Expr:
        return Lit(option.casefold() == "true") if slot.type == BOOL else Lit(option)

    def quantity(self, slot: Slot, q: str) -> tuple[Step, str]:
        """Give the number that a rule speaks of, for the subject of a slot."""
        heads = {"p": "p", "r": "corr", "skew": "skew", "kurt": "kurt", "stat": "statistic"}
        own = tuple(w for w in slot.subject if w not in {"relationship", "type", "strength", "status", "decision", "skewness", "correlation", "normality", "is", "distribution", "dist", "normal", "result", "direction", "significance", "difference"})
        asked = replace(slot, head=heads[q], subject=own, type="number")
        if q == "p" and self.recipe.learning is not None:
            return self.modelled(replace(asked, head="p"))
        return self.number(asked)

    # --- models
    def modelled(self, slot: Slot) -> tuple[Step, str]:
        """Build a score or a term of the model that is described."""
        fit = self.fit(slot)
        head = slot.head
        if head in {"coef", "p"}:
            words = [w for w in slot.subject if w not in PLAIN]
            found = [c for c in fit.features if any(_same(w, c) for w in words)] if words else list(fit.features) if len(fit.features) == 1 else []
            name = f"{'coefficient' if head == 'coef' else 'p_value'}_{found[0]}" if len(found) == 1 else ""
            if name not in fit.schema:
                raise NotUnderstood(f"which feature “{slot.name}” is about")
            return fit, name
        name = {"share": "accuracy"}.get(head, head)
        if name not in fit.schema:
            raise NotUnderstood(f"the model gives no {name}")
        return fit, name

    def fit(self, slot: Slot) -> Fit:
        """Build the model."""
        told = self.recipe.learning
        if told is None or not told.kind or not told.target:
            raise NotUnderstood("which model of what")
        features = tuple(f for f in dict.fromkeys(told.features) if f != told.target)
        step = self.at(slot)
        made = [n for n in self.recipe.made if n in step.schema and step.schema.column(n).kind.numeric]
        if made and slot.stage == "before":
            features = tuple(f for f in features if f not in made)
        elif made and features and any(_same(w, n) for w in slot.subject for n in made):
            features = tuple(dict.fromkeys([*features, *made]))
        if not features:
            aside = set(made) if slot.stage == "before" else set()
            features = tuple(c.name for c in step.schema if c.kind.numeric and c.name not in {told.target, *aside} and not c.name.startswith("Unnamed"))
            self.notes.append(("features", f"All other numeric columns are features: {', '.join(features)}."))
        rates = {"accuracy", "f1", "precision", "recall", "auc"}
        classes = told.kind in {"logistic", "bayes"} or any(s.head in rates for s in self.slots)
        scored = any(s.head in METRICS - {"coef", "intercept", "feature"} for s in self.slots)
        size = told.test_size
        if size is None and scored and not any(s.head in {"coef", "intercept"} for s in self.slots):
            size = 0.2
            self.notes.append(("split", "A fifth of the rows is held out for the test."))
        if size is not None and told.seed is None:
            self.notes.append(("seed", "The split uses the seed 42."))
        settings = (Setting(name="class_weight", value="balanced"),) if told.balanced else ()
        return Fit(
            input=step, kind=told.kind, target=told.target, features=features, task="classification" if classes else "regression",  # type: ignore[arg-type]
            test_size=size, seed=42 if told.seed is None else told.seed, settings=settings,
        )  # fmt: skip

    # --- names and lists
    def named(self, slot: Slot) -> Output:
        """Build a name: of a feature, of the column with most missing values, of the group with the highest measure."""
        if slot.head == "feature":
            place = next((int(w) for w in slot.subject + tuple(re.findall(r"\d+", slot.name)) if w.isdigit()), 1)
            terms = Terms(input=self.fit(slot))
            if "importance" not in terms.schema:
                raise NotUnderstood("this model has no importances")
            return self._value(Top(input=terms, n=1, offset=place - 1, by=(SortKey(column="importance", descending=True),)), "term")
        if slot.head == "missing" or "missing" in slot.subject:
            columns = self.stages["clean"].schema.names
            step = Missing(input=self.stages["clean"], columns=columns)
            return self._value(Top(input=step, n=1, by=(SortKey(column="missing", descending=True),)), "column")
        raise NotUnderstood(f"what “{slot.name}” is")

    def listed(self, slot: Slot) -> Output:
        """Build a list or a mapping."""
        if slot.head == "outliers":
            column = self._outlying_column() or self.one(slot)[0][0]
            flagged = self._flagged(self.stages["clean"], self.recipe.outlying or Outlying(), column)
            said = slot.clause + " ".join(line.text for line in self.lines).casefold()
            if re.search(r"row (?:numbers?|indices|index)|indices|indexes|positions", said):
                placed = Window(input=flagged, name="row", func="row_number", column=column)
                first = 0 if re.search(r"(?:start\w*|begin\w*)(?: from| at| with)? (?:0|zero)|index|indices", said) else 1
                chosen: Step = Filter(input=placed, where=Col(flagged.name))
                chosen = Derive(input=chosen, name="row", value=Arith("-", Col("row"), Lit(1))) if first == 0 else chosen
                return Output(step=Select(input=chosen, columns=("row",)), form="list", name="x")
            rows: Step = Filter(input=flagged, where=Col(flagged.name))
            return Output(step=Select(input=Sort(input=rows, by=(SortKey(column=column),)), columns=(column,)), form="list", name="x")
        if slot.head == "corr" and self._extreme():
            return Output(step=Select(input=self._strongest(), columns=("first", "second")), form="table", name="x")
        if slot.head == "missing" and re.search(r"columns?|features|variables", slot.name + slot.holder) and "{" not in slot.holder and "per" not in slot.subject:
            schema = self.stages["clean"].schema
            texts = bool(re.search(r"object|string|text|categorical", slot.name + " ".join(line.text for line in self.lines).casefold()))
            names = tuple(c.name for c in schema if not c.name.startswith("Unnamed:") and (not texts or c.kind is Kind.STRING))
            gaps = Filter(input=Missing(input=self.stages["clean"], columns=names), where=Compare(">", Col("missing"), Lit(0)))
            return Output(step=Select(input=Sort(input=gaps, by=(SortKey(column="column"),)), columns=("column",)), form="list", name="x")
        if slot.head == "missing":
            every = bool(re.search(r"each|per|every|\{", slot.name + slot.holder + " ".join(slot.subject)))
            if every:
                step = Missing(input=self.stages["clean"], columns=tuple(c for c in self.stages["clean"].schema.names if not c.startswith("Unnamed:")))
                return Output(step=Select(input=step, columns=("column", "missing")), form="table", name="x")
        if slot.head in FUNCS and (self.recipe.groups or self.recipe.period):
            (column,), _ = self.one(replace(slot, subject=tuple(w for w in slot.subject if w not in {"monthly", "yearly"})))
            step = self.at(slot)
            key = self.recipe.groups[-1] if self.recipe.groups else self.recipe.period
            if key not in step.schema:
                dates = [c for c in self.recipe.dates if c in step.schema]
                if len(dates) != 1 or not step.schema.column(dates[0]).kind.temporal:
                    raise NotUnderstood("which dates")
                step = Derive(input=step, name=key, value=DatePart(Col(dates[0]), key))  # type: ignore[arg-type]
            made = Aggregate(input=step, keys=(key,), measures=(Measure(name=slot.head, func=FUNCS[slot.head], column=column),))  # type: ignore[arg-type]
            return Output(step=made, form="table", name="x")
        raise NotUnderstood(f"what “{slot.name}” lists")


def _near(word: str, own: str) -> bool:
    """Say whether a word of a slot is a word of a column's name."""
    if word == own or stem(word) == stem(own):
        return True
    return len(word) >= 3 and len(own) >= 3 and (own.startswith(word) or word.startswith(own))  # noqa: PLR2004 - three letters make a word


def _same(word: str, column: str) -> bool:
    own = name_words(column)
    return any(_near(word, o) for o in own) or word == "".join(own)


__all__ = ["Composer"]
