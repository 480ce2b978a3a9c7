"""Questions about the data itself: which keys join two tables, which tables there are, what looks wrong, what could be asked.

A topic is one entry of `TOPICS`: the words that it needs, the words that may stand beside them, how many tables it speaks of, and how
its plan is made. A question belongs to a topic only when every word of it does, so a topic can never swallow a word that it does not
understand; all other questions go on to the reader.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nexus_jupyter.context.dataset import Catalog, Dataset, Edge
from nexus_jupyter.context.naming import words_of
from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.tokens import Token, stem
from nexus_jupyter.language.vocabulary import OWN, vocabulary
from nexus_jupyter.plan.expressions import Arith, Cell, Col
from nexus_jupyter.plan.plan import Assumption, Output, Plan
from nexus_jupyter.plan.step import Measure, Step
from nexus_jupyter.plan.steps import Aggregate, Derive, Distinct, Select, Source
from nexus_jupyter.plan.summaries import Overview
from nexus_jupyter.plan.surveys import Keys, Outline, Quality, Tables

NEAR = 0.1
"""Keys whose scores differ by less are roles of their own: `origin` and `dest` both point to airports."""
MOST_GUESSED = 3
LONGEST_NAME = 8
PAIR = 2

SMALL = frozenset(
    (
        "a an the this that these those of in on to for from with by and or at as be is are was were am do does did can could should would will may might "
        "i we you me my our your us it its they them their there here what which how who please show list give tell display get find see let want need "
        "any some all both each other two every another between among across via have has had into s"
    ).split()
)
DATA = frozenset("table tables dataset datasets data frame frames dataframe dataframes file files csv json sheet sheets database".split())


@dataclass(frozen=True, slots=True)
class About:
    """What was made of a question about the data: a plan, or why there is none; `spoken` tells which words became which table."""

    topic: str
    plan: Plan | None = None
    reason: str = ""
    spoken: tuple[tuple[str, str], ...] = ()
    suggested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of question about the data: one word of each group of `needs`, any of `beside`, and between `least` and `most` tables."""

    name: str
    needs: tuple[frozenset[str], ...]
    beside: frozenset[str]
    least: int
    most: int
    make: Callable[[Catalog, tuple[str, ...]], About | None]

    def fits(self, words: frozenset[str], tables: int) -> bool:
        """Say whether the words, and nothing else, are this topic's."""
        known = self.beside.union(*self.needs) | SMALL
        return self.least <= tables <= self.most and words <= known and all(group & words for group in self.needs)


def about(tokens: tuple[Token, ...], catalog: Catalog) -> About | None:
    """Give the plan of a question about the data itself, or None where it is about something else."""
    if any(t.kind in {"number", "date"} for t in tokens):
        return None
    words, spoken = _words(tokens, catalog)
    every = frozenset(t.low for t in tokens if t.kind in {"word", "quote"})
    for said, tables in ((words, spoken), (every, [])):  # a table may be called like a word of a topic
        named = tuple(dict.fromkeys(table for _, table in tables))
        for topic in TOPICS:
            found = topic.make(catalog, named) if topic.fits(said, len(named)) else None
            if found is not None:
                return About(topic.name, found.plan, found.reason, tuple(tables), found.suggested)
    return None


def _words(tokens: tuple[Token, ...], catalog: Catalog) -> tuple[frozenset[str], list[tuple[str, str]]]:
    """Tell the words that name a table, longest first, from all others."""
    content = [t for t in tokens if t.kind in {"word", "quote"}]
    stems = [stem(t.low) for t in content]
    names = {d.name: vocabulary(d).names for d in catalog.datasets}
    words: set[str] = set()
    spoken: list[tuple[str, str]] = []
    i = 0
    while i < len(content):
        for length in range(min(LONGEST_NAME, len(content) - i), 0, -1):
            table = _table(tuple(stems[i : i + length]), content[i : i + length], names)
            if table is not None:
                spoken.append((" ".join(t.text for t in content[i : i + length]), table))
                i += length
                break
        else:
            words.add(content[i].low)
            i += 1
    return frozenset(words), spoken


def _table(key: tuple[str, ...], span: list[Token], names: dict[str, dict[tuple[str, ...], float]]) -> str | None:
    if len(span) == 1 and span[0].kind == "quote":
        key = tuple(stem(w) for w in span[0].low.replace("_", " ").split())
    if len(span) == 1 and span[0].low in SMALL | DATA:
        return None
    found = sorted(((tiers.get(key, 0.0), name) for name, tiers in names.items()), reverse=True)
    best, name = found[0]
    if best < OWN or (len(found) > 1 and found[1][0] == best):
        return None
    return name


# --- keys -----------------------------------------------------------------------------------------------------------------
def _keys(catalog: Catalog, tables: tuple[str, ...]) -> About | None:
    pair = tables or (catalog.names if len(catalog.names) == PAIR else ())
    if len(pair) != PAIR:
        return None
    edges = [e for e in catalog.edges if {e.left, e.right} == set(pair)]
    named = [e for e in edges if e.named]
    best = _close(named or edges)
    if not best:
        return About("keys", reason=f"No column of {pair[0]} and {pair[1]} shares a name or holds the other's keys, so nothing joins them.")
    if not named and len(best) > MOST_GUESSED:
        options = "; ".join(f"{e.left}.{e.left_on} and {e.right}.{e.right_on}" for e in best)
        return About("keys", reason=f"No names join {pair[0]} and {pair[1]}. By their values alone these may: {options}.")
    turned = [e if e.left == pair[0] else _turned(e) for e in best]
    left, right = (Source(dataset=t, table=catalog.dataset(t).schema) for t in pair)
    step = Keys(left=left, right=right, left_on=tuple(e.left_on for e in turned), right_on=tuple(e.right_on for e in turned))
    said = " or ".join(f"{pair[0]}.{e.left_on} with {pair[1]}.{e.right_on}" for e in turned)
    notes = [Assumption(about="join", text=e.reason) for e in best if e.reason]
    if len(best) > 1:
        notes.append(Assumption(about="join", text=f"{len(best)} keys fit; each is a role of its own, so say which one a question means."))
    return _answered("keys", step, "table", "keys", f"columns that join {pair[0]} and {pair[1]}: {said}", tuple(notes))


def _close(edges: list[Edge]) -> list[Edge]:
    return [e for e in edges if e.score >= max(x.score for x in edges) - NEAR]


def _turned(e: Edge) -> Edge:
    return Edge(left=e.right, right=e.left, left_on=e.right_on, right_on=e.left_on, score=e.score, named=e.named, reason=e.reason)


# --- tables ----------------------------------------------------------------------------------------------------------------
def _tables(catalog: Catalog, tables: tuple[str, ...]) -> About | None:  # noqa: ARG001 - all tables are told of
    outer = [d for d in catalog.datasets if not d.parent]
    step = Tables(tables=tuple(Source(dataset=d.name, table=d.schema) for d in outer), called=tuple(map(_called, outer)))
    return _answered("tables", step, "table", "tables", "tables that there are")


def _called(dataset: Dataset) -> str:
    """Give what a table's rows are called: what the file says, else its name without words such as `db` and `table`."""
    words = [w for w in words_of(dataset.name) if w not in DATA | {"db", "tbl", "df", "dim", "fact", "ref", "list"}]
    return dataset.called[0] if dataset.called else " ".join(words) or dataset.name


def _outline(catalog: Catalog, tables: tuple[str, ...]) -> About | None:
    outer = [d for d in catalog.datasets if not d.parent and (not tables or d.name in tables)]
    if len(outer) != 1:
        return None
    (dataset,) = outer
    source, reader = Source(dataset=dataset.name, table=dataset.schema), dataset.reader or {}
    if reader.get("keys") and reader.get("within"):
        step = Outline(input=source, keys=tuple(reader["keys"]), within=reader["within"][-1])
        note = Assumption(
            about="file", text=f"The table of {dataset.name} lies under `{step.within}`; its columns are {', '.join(dataset.schema.names)}."
        )
        return _answered("outline", step, "table", "file_keys", f"keys of the file of {dataset.name}", (note,))
    return _answered("outline", Overview(input=source), "table", "columns", f"columns of {dataset.name}")


# --- quality ---------------------------------------------------------------------------------------------------------------
def _quality(catalog: Catalog, tables: tuple[str, ...]) -> About | None:
    names = tables or (catalog.names if len(catalog.names) == 1 else ())
    if len(names) != 1:
        return About("quality", reason=f"Say which table to look at: {', '.join(catalog.names)}.")
    dataset = catalog.dataset(names[0])
    if not dataset.rows and dataset.rows is not None:
        return About("quality", reason=f"{dataset.name} has no rows, so nothing in it can be looked at.")
    numbers = tuple(c.name for c in dataset.schema if c.kind.numeric and c.role is Role.MEASURE)
    texts = tuple(c.name for c in dataset.schema if c.kind is Kind.STRING)
    step = Quality(input=Source(dataset=dataset.name, table=dataset.schema), numbers=numbers, texts=texts)
    note = Assumption(
        about="outliers", text="A number is far from the others when it lies beyond 1.5 interquartile ranges of the quartiles."
    )
    return _answered("quality", step, "table", "issues", f"issues of {dataset.name}", (note,))


def _duplicates(catalog: Catalog, tables: tuple[str, ...]) -> About | None:
    names = tables or (catalog.names if len(catalog.names) == 1 else ())
    if len(names) != 1:
        return About("duplicates", reason=f"Say which table to look at: {', '.join(catalog.names)}.")
    dataset = catalog.dataset(names[0])
    if not dataset.rows or any(c.kind in {Kind.NESTED, Kind.OTHER} for c in dataset.schema):
        return None
    source = Source(dataset=dataset.name, table=dataset.schema)
    different = Aggregate(input=Distinct(input=source), measures=(Measure(name="different", func="size"),))
    rows = Aggregate(input=source, measures=(Measure(name="all_rows", func="size"),))
    step = Derive(input=rows, name="duplicate_rows", value=Arith("-", Col("all_rows"), Cell(step=different, column="different")))
    note = Assumption(about="rows", text="A row is a duplicate when an earlier row has the same value in every column.")
    return _answered(
        "duplicates",
        Select(input=step, columns=("duplicate_rows",)),
        "value",
        "duplicate_rows",
        f"number of duplicate rows of {dataset.name}",
        (note,),
    )


# --- suggestions -----------------------------------------------------------------------------------------------------------
def _suggestions(catalog: Catalog, tables: tuple[str, ...]) -> About | None:
    from nexus_jupyter.language.suggestions import suggestions

    return About("suggestions", reason="Some questions that can be asked here; choose one.", suggested=suggestions(catalog, tables))


def _answered(topic: str, step: Step, form: str, name: str, label: str, notes: tuple[Assumption, ...] = ()) -> About:
    output = Output(step=step, form=form, name=name, label=label)  # type: ignore[arg-type] # the caller's literal
    return About(topic, Plan(outputs=(output,), assumptions=notes))


COLUMNS = frozenset(
    "column columns field fields variable variables attribute attributes key keys foreign primary common same shared share id ids".split()
)
TOPICS: tuple[Topic, ...] = (
    Topic(
        "outline",
        (frozenset("keys key structure layout".split()), frozenset("json file object document top outer".split())),
        DATA | frozenset("level names name top".split()),
        0,
        1,
        _outline,
    ),
    Topic(
        "keys",
        (
            frozenset(
                "join joins joined joining connect connects connected connecting connection connections link links linked linking relate relates related "
                "relation relationship match matches matching merge merged merging combine combined key keys common shared share".split()
            ),
        ),
        COLUMNS | DATA | frozenset("together one used use be using exist exists possible best right".split()),
        0,
        PAIR,
        _keys,
    ),
    Topic(
        "tables",
        (frozenset("tables datasets frames dataframes files sheets".split()),),
        DATA | frozenset("available loaded know many exist names name here".split()),
        0,
        0,
        _tables,
    ),
    Topic(
        "quality",
        (frozenset("quality issue issues problem problems anomaly anomalies suspicious clean dirty messy wrong inconsistent "
                   "inconsistencies inconsistency".split()),),
        DATA | frozenset("check checks checking look looks looking report reports assess assessment value values entry entries row rows column columns "
                         "potential possible detect identify summary summarize overview anything something seem seems strange odd".split()),
        0,
        1,
        _quality,
    ),
    Topic(
        "duplicates",
        (frozenset("duplicate duplicates duplicated duplication repeated identical twice".split()),),
        DATA | frozenset((
                "row rows record records entry entries line lines many number count check detect identify how occur occurs contain contains exist "
                "exists exact fully"
            ).split()),
        0,
        1,
        _duplicates,
    ),
    Topic(
        "suggestions",
        (frozenset("ask question questions asked".split()), frozenset("what which suggest suggestion suggestions example examples sample interesting".split())),
        DATA | frozenset("about kind kinds sort sorts type types possible good useful answer answered start".split()),
        0,
        1,
        _suggestions,
    ),
)  # fmt: skip
