"""Steps as polars code: lazy until an output is reached."""

from __future__ import annotations

from functools import singledispatch

from nexus_jupyter.codegen.chain import Chain
from nexus_jupyter.codegen.literals import keywords, names, number, one_or_list, text
from nexus_jupyter.codegen.pandas_expressions import MONTHS, WEEKDAYS
from nexus_jupyter.codegen.polars_expressions import Row, expression
from nexus_jupyter.codegen.polars_measures import measure
from nexus_jupyter.codegen.polars_readings import moments
from nexus_jupyter.codegen.writer import Writer, natural
from nexus_jupyter.context.schema import Kind, Schema
from nexus_jupyter.errors import CodegenError
from nexus_jupyter.plan.expressions import And, Col, DatePart, Expr, Trunc
from nexus_jupyter.plan.step import Measure, SortKey, Step
from nexus_jupyter.plan.steps import (
    Aggregate,
    Bin,
    Bucket,
    Combine,
    Derive,
    Distinct,
    DropMissing,
    Filter,
    Join,
    Pivot,
    Select,
    Sort,
    Source,
    Top,
    Window,
)  # fmt: skip

PARTS = {"year": "year", "hour_of_day": "hour", "quarter_of_year": "quarter", "month_name": "month_name", "weekday_name": "weekday_name"}
LAST = "nulls_last=True"


@singledispatch
def table(step: Step, writer: Writer) -> Chain:
    """Write a step in polars."""
    raise CodegenError(f"The step {type(step).__name__} cannot be written in polars. Ask for pandas code.")


def row_of(step: Step, writer: Writer) -> Row:
    """Give what expressions over a step's table need."""
    return Row(schema=step.schema, writer=writer)


def collected(step: Step, writer: Writer) -> str:
    """Give a variable that holds the step's rows."""
    if isinstance(step, Source) and not step.casts:
        return f"{step.dataset}.lazy().collect()"
    if step not in writer.values_collected:
        variable = writer.fresh(natural(step))
        writer.bind(writer.chain(step).then("collect"), variable)
        writer.values_collected[step] = variable
    return writer.values_collected[step]


def cell(step: Step, column: str, writer: Writer) -> str:
    """Give a variable that holds one cell of a one-row table."""
    if (step, column) not in writer.values:
        variable = writer.fresh(column)
        said = number_of(step, column, writer)
        if said is not None:
            writer.emit(f"{variable} = {said}")
            writer.values[step, column] = variable
            return variable
        writer.bind(writer.chain(step).then("select", text(column)).then("collect").then("item"), variable)
        writer.values[step, column] = variable
    return writer.values[step, column]


def number_of(step: Step, column: str, writer: Writer) -> str | None:
    """Write one number of a test or model without a table around it."""
    from nexus_jupyter.codegen.polars_models import scored
    from nexus_jupyter.codegen.polars_statistics import tested

    return (tested(step, writer) or scored(step, writer)).get(column) if step not in writer.bound else None


def added(step: Step, name: str, value: str, writer: Writer) -> Chain:
    """Add a column to a step's table."""
    return writer.chain(step).then("with_columns", *keywords([(name, value)], taken=frozenset({"self"})))


def sorted_by(chain: Chain, by: tuple[SortKey, ...], *, fold: str = "") -> Chain:
    """Add a sort that keeps the order of equal rows; `fold` is what Polars is called where case does not count."""
    flags = [k.descending for k in by]
    down = (f"descending={flags[0] if len(set(flags)) == 1 else flags}",) if any(flags) else ()
    columns = one_or_list(tuple(k.column for k in by))
    columns = ", ".join(f"{fold}.col({text(k.column)}).str.to_lowercase()" for k in by) if fold else columns
    return chain.then("sort", f"[{columns}]" if fold and len(by) > 1 else columns, *down, LAST, "maintain_order=True")


def blanks(schema: Schema, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Give the columns among these that may have missing cells."""
    return tuple(dict.fromkeys(c for c in columns if schema.column(c).nullable))


def present(chain: Chain, schema: Schema, columns: tuple[str, ...]) -> Chain:
    """Leave out rows that miss one of the columns."""
    blank = blanks(schema, columns)
    return chain.then("drop_nulls", one_or_list(blank)) if blank else chain


@table.register
def _source(step: Source, writer: Writer) -> Chain:
    chain = Chain(base=f"{step.dataset}.lazy()")
    pairs, pl = [], "pl"
    for c in step.casts:
        if c.column not in writer.need[step]:
            continue
        pl = writer.use("pl")
        column = f"{pl}.col({text(c.column)})"
        if c.to == "datetime":
            known = c.format and c.format != "mixed"
            said = moments(column, str(c.format), writer) if known else f"{column}.str.to_datetime(strict=False)"
        elif c.to == "local":
            said = f"{column}.dt.replace_time_zone(None)"
        elif c.to == "number":
            said = f'{column}.cast({pl}.String).str.replace_all(r"[^\\d.\\-eE]", "").cast({pl}.Float64, strict=False)'
        else:
            said = f"{column}.cast({pl}.String)"
        pairs.append((c.column, said))
    return chain.then("with_columns", *keywords(pairs, taken=frozenset({"self"}))) if pairs else chain


@table.register
def _select(step: Select, writer: Writer) -> Chain:
    chain = writer.chain(step.input)
    if not step.names or step.names == step.columns:
        return chain.then("select", *map(text, step.columns))
    pl = writer.use("pl")
    parts = [text(a) if a == b else f"{pl}.col({text(a)}).alias({text(b)})" for a, b in zip(step.columns, step.names, strict=True)]
    return chain.then("select", *parts)


@table.register
def _filter(step: Filter, writer: Writer) -> Chain:
    row = row_of(step.input, writer)
    parts = step.where.parts if isinstance(step.where, And) else (step.where,)
    said = [expression(p, row) for p in parts]
    return writer.chain(step.input).then("filter", *said)


@table.register
def _derive(step: Derive, writer: Writer) -> Chain:
    row = row_of(step.input, writer)
    if isinstance(step.value, DatePart) and step.value.part.endswith("_name"):
        return added(step.input, step.name, calendar(step.value, row), writer)
    said = expression(step.value, row)
    if (
        step.value.kind(step.input.schema) is Kind.BOOLEAN
        and not isinstance(step.value, Col)
        and blanks(step.input.schema, step.value.columns())
    ):
        said = f"({said}).fill_null(False)"
    return added(step.input, step.name, said, writer)


def calendar(e: DatePart, row: Row) -> str:
    """Write the name of a month or weekday as a category that sorts as the calendar does."""
    word, order = ("MONTHS", MONTHS) if e.part == "month_name" else ("WEEKDAYS", WEEKDAYS)
    return f"{expression(e, row)}.cast({row.writer.use('pl')}.Enum({row.writer.constant(word, names(order))}))"


@table.register
def _bucket(step: Bucket, writer: Writer) -> Chain:
    row = row_of(step.input, writer)
    if step.unit in PARTS:
        part = DatePart(Col(step.column), PARTS[step.unit])  # type: ignore[arg-type] # the table's values are parts
        return added(step.input, step.name, calendar(part, row) if step.unit.endswith("_name") else expression(part, row), writer)
    value: Expr = Trunc(Col(step.column), step.unit)  # type: ignore[arg-type] # what is left are units
    return added(step.input, step.name, expression(value, row), writer)


@table.register
def _bin(step: Bin, writer: Writer) -> Chain:
    width = writer.constant("BIN_WIDTH", number(step.width))
    return added(step.input, step.name, f"{writer.use('pl')}.col({text(step.column)}) // {width} * {width}", writer)


@table.register
def _aggregate(step: Aggregate, writer: Writer) -> Chain:
    row = row_of(step.input, writer)
    measures = keywords([(m.name, measure(m, row)) for m in step.measures], taken=frozenset({"self"}))
    chain = writer.chain(step.input)
    if not step.keys:
        return chain.then("select", *measures)
    if not step.missing:
        chain = present(chain, step.input.schema, step.keys)
    last = ("nulls_last=True",) if step.missing else ()
    return chain.then("group_by", *map(text, step.keys)).then("agg", *measures).then("sort", *map(text, step.keys), *last)


@table.register
def _sort(step: Sort, writer: Writer) -> Chain:
    return sorted_by(writer.chain(step.input), step.by, fold=writer.use("pl") if step.fold else "")


@table.register
def _top(step: Top, writer: Writer) -> Chain:
    schema, columns = step.input.schema, tuple(k.column for k in step.by)
    n = writer.constant("TOP_N", str(step.n)) if step.n > 1 else "1"
    chain = present(writer.chain(step.input), schema, (*columns[:1], *step.within))
    if step.last:
        return chain.then("tail", n)
    keys = tuple(SortKey(column=c) for c in step.within if c not in columns)
    if step.by:
        chain = sorted_by(chain, (*(keys if step.ties or step.within else ()), *step.by))
    if not step.within and not step.ties:
        return chain.then("slice", str(step.offset), n) if step.offset else chain.then("head", n)
    pl = writer.use("pl")
    place = f"{pl}.int_range({pl}.len())" + (f".over({one_or_list(step.within)})" if step.within else "")
    if not step.ties:
        bounds = f"{place}.is_between({step.offset}, {step.offset} + {n} - 1)" if step.offset else f"{place} < {n}"
        return chain.then("filter", bounds)
    temporary = "place"
    while temporary in schema:
        temporary += "_"
    same = ", ".join(text(c) for c in dict.fromkeys((*step.within, *columns)))
    chain = chain.then("with_columns", f"{temporary}={place}").then("with_columns", f"{pl}.col({text(temporary)}).min().over({same})")
    bounds = f"{pl}.col({text(temporary)}).is_between({step.offset}, {step.offset} + {n} - 1)"
    return chain.then("filter", bounds).then("drop", text(temporary))


@table.register
def _distinct(step: Distinct, writer: Writer) -> Chain:
    chain = writer.chain(step.input)
    return (chain.then("select", *map(text, step.columns)) if step.columns else chain).then("unique", 'keep="first"', "maintain_order=True")


@table.register
def _join(step: Join, writer: Writer) -> Chain:
    left, right = writer.chain(step.left), writer.chain(step.right)
    keep = tuple(c for c in step.right.schema.names if c in writer.need[step.right])
    if len(keep) < len(step.right.schema):
        right = right.then("select", *map(text, keep))
    if len(right.line) > 70:  # noqa: PLR2004 - longer than reads well inside a call
        right = Chain(base=writer.bind(right, writer.fresh(f"right_{step.right_on[0]}")))
    pl = writer.use("pl")
    for a, b in zip(step.left_on, step.right_on, strict=True):
        if {step.left.schema.column(a).kind, step.right.schema.column(b).kind} == {Kind.INTEGER, Kind.FLOAT}:
            left, right = (c.then("with_columns", f"{pl}.col({text(k)}).cast({pl}.Float64)") for c, k in ((left, a), (right, b)))
    same = [b for a, b in zip(step.left_on, step.right_on, strict=True) if a == b]
    arguments = [right.line]
    if step.left_on == step.right_on:
        arguments.append(f"on={one_or_list(step.left_on)}")
    else:
        arguments += [f"left_on={one_or_list(step.left_on)}", f"right_on={one_or_list(step.right_on)}", "coalesce=False"]
    arguments += [f'how="{step.how}"', 'maintain_order="left_right"']
    if step.suffix != "_right":
        arguments.append(f"suffix={text(step.suffix)}")
    chain = left.then("join", *arguments)
    if same and len(same) < len(step.left_on):
        chain = chain.then("drop", *(text(c + step.suffix) for c in same))
    return chain


@table.register
def _combine(step: Combine, writer: Writer) -> Chain:
    columns = step.left.schema.names
    left, right = writer.chain(step.left), writer.chain(step.right)
    if step.right.schema.names != columns:
        pl = writer.use("pl")
        pairs = zip(step.right.schema.names, columns, strict=True)
        right = right.then("select", *(f"{pl}.col({text(a)}).alias({text(b)})" for a, b in pairs))
    if step.how == "union":
        chain = Chain(base=f"{writer.use('pl')}.concat([{left.line}, {right.line}])")
        return chain.then("unique", 'keep="first"', "maintain_order=True")
    left = left.then("unique", 'keep="first"', "maintain_order=True")
    how = 'how="semi"' if step.how == "intersect" else 'how="anti"'
    return left.then("join", right.line, f"on={names(columns)}", how, "nulls_equal=True", 'maintain_order="left"')


@table.register
def _pivot(step: Pivot, writer: Writer) -> Chain:
    name = "value"
    while name in {step.index, step.columns}:
        name += "_"
    inner = Aggregate(input=step.input, keys=(step.index, step.columns), measures=(Measure(name=name, func=step.func, column=step.values),))
    cells_of = _aggregate(inner, writer).then("sort", text(step.columns), text(step.index))
    if step.input.schema.column(step.columns).kind.temporal:
        cells_of = cells_of.then("with_columns", f'{writer.use("pl")}.col({text(step.columns)}).dt.strftime("%Y-%m-%d")')
    cells = writer.bind(cells_of.then("collect"), writer.fresh("cells"))
    chain = Chain(base=cells).then("pivot", f"on={text(step.columns)}", f"index={text(step.index)}", f"values={text(name)}")
    if step.func in {"sum", "size", "count", "count_distinct"}:
        pl = writer.use("pl")
        chain = chain.then("with_columns", f"{pl}.exclude({text(step.index)}).fill_null(0)")
    return chain.then("sort", text(step.index)).then("lazy")


@table.register
def _drop_missing(step: DropMissing, writer: Writer) -> Chain:
    return writer.chain(step.input).then("drop_nulls", *([names(step.columns)] if step.columns else []))


@table.register
def _window(step: Window, writer: Writer) -> Chain:
    order = step.order or ((SortKey(column=step.column, descending=step.descending),) if step.func == "row_number" else ())
    chain = writer.chain(step.input)
    chain = sorted_by(chain, order) if order else chain
    pl = writer.use("pl")
    c = f"{pl}.col({text(step.column)})"
    size = writer.constant("WINDOW", str(step.size)) if step.func.startswith("rolling") else str(step.size)
    floats = f"{c}.cast({pl}.Float64)"
    said = {
        "rank": f'{c}.rank("min", descending={step.descending})',
        "dense_rank": f'{c}.rank("dense", descending={step.descending})',
        "percent_rank": f"({c}.rank({'descending=True' if step.descending else ''}) / {c}.count())",
        "row_number": f"{pl}.int_range(1, {pl}.len() + 1)",
        "cumsum": f"{c}.cum_sum()",
        "cummean": f"({c}.fill_null(0).cum_sum() / {c}.cum_count()).fill_nan(None)",
        "rolling_mean": f"{floats}.rolling_mean({size})",
        "rolling_sum": f"{floats}.rolling_sum({size})",
        **{name: f"{floats}.{name}({size})" for name in ("rolling_median", "rolling_std", "rolling_min", "rolling_max")},
        "ewm_mean": f"{floats}.ewm_mean(span={size}, ignore_nulls=False)",
        "cummin": f"{c}.cum_min()",
        "cummax": f"{c}.cum_max()",
        "lag": f"{c}.shift({size})",
        "lead": f"{c}.shift(-{size})",
        "diff": f"{c}.diff({size})",
        "pct_change": f"({c} / {c}.shift({size}) - 1)",
        "share": f"({c} / {c}.sum())",
        "zscore": f"(({c} - {c}.mean()) / {c}.std())",
    }[step.func]
    said += f".over({one_or_list(step.by)})" if step.by else ""
    return chain.then("with_columns", *keywords([(step.name, said)], taken=frozenset({"self"})))
