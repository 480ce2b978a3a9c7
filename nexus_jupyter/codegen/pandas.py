"""Steps as pandas code, one short function each."""

from __future__ import annotations

from functools import singledispatch

from nexus_jupyter.codegen.chain import Chain
from nexus_jupyter.codegen.literals import keywords, names, number, one_or_list, text
from nexus_jupyter.codegen.pandas_expressions import MONTHS, WEEKDAYS, Row, conjuncts, expression
from nexus_jupyter.codegen.pandas_measures import NAMED, grouped, measured
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.context.schema import Kind, Schema
from nexus_jupyter.errors import CodegenError
from nexus_jupyter.plan.expressions import Col, DatePart, Expr, Trunc
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

CYCLE_PARTS = {
    "year": "year",
    "hour_of_day": "hour",
    "quarter_of_year": "quarter",
    "month_name": "month_name",
    "weekday_name": "weekday_name",
}


@singledispatch
def table(step: Step, writer: Writer) -> Chain:
    """Write a step in pandas."""
    raise CodegenError(f"The step {type(step).__name__} cannot be written in pandas. Ask the question in another way.")


def assigned(step: Step, name: str, value: str, variable: str) -> Chain:
    """Write a new column of a variable."""
    return Chain(base=variable).then("assign", *keywords([(name, value)], taken=frozenset({"self"})))


def flags(by: tuple[SortKey, ...]) -> tuple[str, ...]:
    """Write which sort keys ascend, where not all do."""
    if not any(k.descending for k in by):
        return ()
    if all(k.descending for k in by):
        return ("ascending=False",)
    return (f"ascending=[{', '.join(str(not k.descending) for k in by)}]",)


def sorted_by(chain: Chain, by: tuple[SortKey, ...]) -> Chain:
    """Add a sort that keeps the order of equal rows."""
    stable = ('kind="stable"',) if len(by) == 1 else ()
    return chain.then("sort_values", one_or_list(tuple(k.column for k in by)), *flags(by), *stable)


def blanks(schema: Schema, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Give the columns among these that may have missing cells."""
    return tuple(c for c in columns if schema.column(c).nullable)


@table.register
def _source(step: Source, writer: Writer) -> Chain:
    casts = [c for c in step.casts if c.column in writer.need[step]]
    if not casts:
        return Chain(base=step.dataset)
    pairs = []
    for c in casts:
        column = f"{step.dataset}[{text(c.column)}]"
        if c.to == "datetime":
            known = f"format={text(c.format)}, " if c.format and c.format != "mixed" else 'format="mixed", ' if c.format else ""
            said = f'{writer.use("pd")}.to_datetime({column}, {known}errors="coerce")'
        elif c.to == "local":
            said = f"{column}.dt.tz_localize(None)"
        elif c.to == "number":
            said = f'{writer.use("pd")}.to_numeric({column}.astype("str").str.replace(r"[^\\d.\\-eE]", "", regex=True), errors="coerce")'
        else:
            said = f'{column}.astype("str")'
        pairs.append((c.column, said))
    writer.uses[step] += 1  # what is read as another kind gets a name of its own
    return Chain(base=step.dataset).then("assign", *keywords(pairs, taken=frozenset({"self"})))


@table.register
def _select(step: Select, writer: Writer) -> Chain:
    chain = writer.chain(step.input).pick(names(step.columns))
    if step.names and step.names != step.columns:
        if len(set(step.columns)) < len(step.columns):
            return chain.then("set_axis", names(step.names), 'axis="columns"')
        renamed = ", ".join(f"{text(a)}: {text(b)}" for a, b in zip(step.columns, step.names, strict=True) if a != b)
        return chain.then("rename", f"columns={{{renamed}}}")
    return chain


@table.register
def _filter(step: Filter, writer: Writer) -> Chain:
    inner = writer.chain(step.input)
    if inner.name is None and inner.mask and not inner.calls:
        row = Row(variable=inner.base, schema=step.input.schema, writer=writer)
        mask = tuple(m if m.startswith(("(", "~")) or " " not in m else f"({m})" for m in inner.mask)
        return Chain(base=inner.base, mask=(*mask, *conjuncts(step.where, row)))
    row = Row(variable=writer.name(step.input), schema=step.input.schema, writer=writer)
    parts = conjuncts(step.where, row)
    return Chain(base=row.variable, mask=parts if len(parts) > 1 else (expression(step.where, row),))


@table.register
def _derive(step: Derive, writer: Writer) -> Chain:
    row = Row(variable=writer.name(step.input), schema=step.input.schema, writer=writer)
    if isinstance(step.value, DatePart) and step.value.part.endswith("_name"):
        return assigned(step, step.name, calendar(step.value, row), row.variable)
    return assigned(step, step.name, expression(step.value, row), row.variable)


def calendar(e: DatePart, row: Row) -> str:
    """Write the name of a month or weekday as a category that sorts as the calendar does."""
    word, order = ("MONTHS", MONTHS) if e.part == "month_name" else ("WEEKDAYS", WEEKDAYS)
    categories = row.writer.constant(word, names(order))
    return f"{row.writer.use('pd')}.Categorical({expression(e, row)}, categories={categories}, ordered=True)"


@table.register
def _bucket(step: Bucket, writer: Writer) -> Chain:
    row = Row(variable=writer.name(step.input), schema=step.input.schema, writer=writer)
    if step.unit in CYCLE_PARTS:
        part = DatePart(Col(step.column), CYCLE_PARTS[step.unit])  # type: ignore[arg-type] # the table's values are parts
        return assigned(step, step.name, calendar(part, row) if step.unit.endswith("_name") else expression(part, row), row.variable)
    value: Expr = Trunc(Col(step.column), step.unit)  # type: ignore[arg-type] # what is left are units
    return assigned(step, step.name, expression(value, row), row.variable)


@table.register
def _bin(step: Bin, writer: Writer) -> Chain:
    variable = writer.name(step.input)
    width = writer.constant("BIN_WIDTH", number(step.width))
    return assigned(step, step.name, f"{variable}[{text(step.column)}] // {width} * {width}", variable)


@table.register
def _aggregate(step: Aggregate, writer: Writer) -> Chain:
    return grouped(step, writer) if step.keys else measured(step, writer)


@table.register
def _sort(step: Sort, writer: Writer) -> Chain:
    if step.fold:
        down, columns = flags(step.by), one_or_list(tuple(k.column for k in step.by))
        return writer.chain(step.input).then("sort_values", columns, *down, 'kind="stable"', "key=lambda names: names.str.casefold()")
    return sorted_by(writer.chain(step.input), step.by)


@table.register
def _top(step: Top, writer: Writer) -> Chain:
    schema, columns = step.input.schema, tuple(k.column for k in step.by)
    n = writer.constant("TOP_N", str(step.n)) if step.n > 1 else "1"
    if step.ties:
        return _with_ties(step, writer, n)
    chain = writer.chain(step.input)
    if step.last:
        return chain.then("tail", n)
    if blanks(schema, columns[:1]):
        chain = chain.then("dropna", f"subset={text(columns[0])}")
    if step.within:
        keys = tuple(SortKey(column=c) for c in step.within if c not in columns)
        chain = sorted_by(chain, (*keys, *step.by)) if step.by else chain
        chain = chain.then("groupby", one_or_list(step.within))
        return chain.then("nth", f"slice({step.offset}, {step.offset} + {n})") if step.offset else chain.then("head", n)
    kinds = {schema.column(c).kind for c in columns}
    if step.by and not step.offset and len({k.descending for k in step.by}) == 1 and kinds <= {Kind.INTEGER, Kind.FLOAT}:
        return chain.then("nlargest" if step.by[0].descending else "nsmallest", n, one_or_list(columns))
    chain = sorted_by(chain, step.by) if step.by else chain
    return chain.then("head", f"{step.offset} + {n}").then("tail", f"-{step.offset}") if step.offset else chain.then("head", n)


def _with_ties(step: Top, writer: Writer, n: str) -> Chain:
    """Keep what ranks among the first, equal rows having equal ranks."""
    columns = tuple(k.column for k in step.by)
    keys = tuple(SortKey(column=c) for c in step.within if c not in columns)
    numeric = step.input.schema.column(columns[0]).kind in {Kind.INTEGER, Kind.FLOAT}
    if len(step.by) == 1 and not step.within and not step.offset and numeric:
        chain = writer.chain(step.input)
        if blanks(step.input.schema, columns):
            chain = chain.then("dropna", f"subset={text(columns[0])}")
        return chain.then("nlargest" if step.by[0].descending else "nsmallest", n, text(columns[0]), 'keep="all"')
    chain = writer.chain(step.input)
    if blanks(step.input.schema, columns[:1]):
        chain = chain.then("dropna", f"subset={text(columns[0])}")
    ordered = writer.bind(sorted_by(chain, (*keys, *step.by)), writer.fresh("ordered"))
    if step.within:
        place = f"{ordered}.groupby({one_or_list(step.within)}).cumcount()"
    else:
        place = f"{writer.use('pd')}.Series(range(len({ordered})), index={ordered}.index)"
    places = writer.fresh("place")
    writer.emit(f"{places} = {place}")
    same = ", ".join(f"{ordered}[{text(c)}]" for c in dict.fromkeys((*step.within, *columns)))
    writer.emit(f'{places} = {places}.groupby([{same}], dropna=False).transform("min")')
    bounds = (f"({places} >= {step.offset})", f"({places} < {step.offset} + {n})") if step.offset else (f"{places} < {n}",)
    return Chain(base=ordered, mask=bounds)


@table.register
def _distinct(step: Distinct, writer: Writer) -> Chain:
    chain = writer.chain(step.input)
    return (chain.pick(names(step.columns)) if step.columns else chain).then("drop_duplicates")


@table.register
def _join(step: Join, writer: Writer) -> Chain:
    left, right = writer.chain(step.left), writer.chain(step.right)
    keep = tuple(c for c in step.right.schema.names if c in writer.need[step.right])
    if len(keep) < len(step.right.schema) and not right.calls:
        right = right.pick(names(keep))
    blank = blanks(step.right.schema, tuple(dict.fromkeys(step.right_on)))
    if blank:
        right = right.then("dropna", f"subset={one_or_list(blank)}")
    if len(right.line) > 70:  # noqa: PLR2004 - longer than reads well inside a call
        right = Chain(base=writer.bind(right, writer.fresh(f"right_{step.right_on[0]}")))
    on = (
        [f"on={one_or_list(step.left_on)}"]
        if step.left_on == step.right_on
        else [f"left_on={one_or_list(step.left_on)}", f"right_on={one_or_list(step.right_on)}"]
    )
    how = [] if step.how == "inner" else ['how="left"']
    both = set(step.left.schema.names) & set(keep) - {b for a, b in zip(step.left_on, step.right_on, strict=True) if a == b}
    suffix = [f'suffixes=("", {text(step.suffix)})'] if both else []
    return left.then("merge", right.line, *on, *how, *suffix)


@table.register
def _combine(step: Combine, writer: Writer) -> Chain:
    columns = step.left.schema.names
    right = writer.chain(step.right)
    if step.right.schema.names != columns:
        right = right.then("set_axis", names(columns), 'axis="columns"')
    if step.how == "union":
        left = writer.chain(step.left)
        return Chain(base=f"{writer.use('pd')}.concat([{left.line}, {right.line}])").then("drop_duplicates")
    left = writer.chain(step.left).then("drop_duplicates")
    how = 'how="inner"' if step.how == "intersect" else 'how="left_anti"'
    return left.then("merge", f"{right.line}.drop_duplicates()", f"on={names(columns)}", how)


@table.register
def _pivot(step: Pivot, writer: Writer) -> Chain:
    known = {**NAMED, "size": "size"}
    schema = step.input.schema
    if step.func in known and step.func != "size":
        fill = ("fill_value=0",) if step.func in {"count", "sum", "count_distinct"} else ()
        chain = writer.chain(step.input).then(
            "pivot_table",
            f"index={text(step.index)}",
            f"columns={text(step.columns)}",
            f"values={text(step.values)}",
            f'aggfunc="{known[step.func]}"',
            *fill,
        )
    else:
        name = "value"
        while name in {step.index, step.columns}:
            name += "_"
        inner = Aggregate(
            input=step.input, keys=(step.index, step.columns), measures=(Measure(name=name, func=step.func, column=step.values),)
        )
        chain = grouped(inner, writer).then("pivot", f"index={text(step.index)}", f"columns={text(step.columns)}", f"values={text(name)}")
        if step.func == "size":
            chain = chain.then("fillna", "0").then("astype", "int")
    if schema.column(step.columns).kind.temporal:
        chain = chain.then("rename", 'columns="{:%Y-%m-%d}".format')
    elif schema.column(step.columns).kind is not Kind.STRING:
        chain = chain.then("rename", "columns=str")
    return chain.then("rename_axis", "columns=None").then("reset_index")


@table.register
def _drop_missing(step: DropMissing, writer: Writer) -> Chain:
    return writer.chain(step.input).then("dropna", *([f"subset={names(step.columns)}"] if step.columns else []))


@table.register
def _window(step: Window, writer: Writer) -> Chain:  # noqa: C901 - one case a function
    order = step.order or ((SortKey(column=step.column, descending=step.descending),) if step.func == "row_number" else ())
    variable = writer.name(step.input)
    if order:
        variable = writer.bind(sorted_by(Chain(base=variable), order), writer.fresh("ordered"))
    column, nullable = f"{variable}[{text(step.column)}]", step.input.schema.column(step.column).nullable
    groups = f"{variable}.groupby({one_or_list(step.by)})[{text(step.column)}]" if step.by else column
    size = writer.constant("WINDOW", str(step.size)) if step.func.startswith("rolling") else str(step.size)

    def whole(function: str) -> str:
        return f'{groups}.transform("{function}")' if step.by else f"{column}.{function}()"

    def each(calls: str) -> str:
        return f"{groups}.transform(lambda values: values.{calls})" if step.by else f"{column}.{calls}"

    match step.func:
        case "rank":
            said = f'{groups}.rank(method="min", ascending={not step.descending}).astype({text("Int64") if nullable else "int"})'
        case "dense_rank":
            said = f'{groups}.rank(method="dense", ascending={not step.descending}).astype({text("Int64") if nullable else "int"})'
        case "percent_rank":
            said = f"{groups}.rank(pct=True{', ascending=False' if step.descending else ''})"
        case "row_number":
            said = f"{variable}.groupby({one_or_list(step.by)}).cumcount() + 1" if step.by else f"range(1, len({variable}) + 1)"
        case "cumsum" | "cummin" | "cummax":
            said = f"{groups}.{step.func}()"
        case "cummean":
            said = each("expanding().mean()")
        case "ewm_mean":
            said = each(f"ewm(span={size}).mean()")
        case "rolling_mean" | "rolling_sum" | "rolling_median" | "rolling_std" | "rolling_min" | "rolling_max":
            said = each(f"rolling({size}).{step.func.removeprefix('rolling_')}()")
        case "lag":
            said = f"{groups}.shift({size if step.size > 1 else ''})"
        case "lead":
            said = f"{groups}.shift(-{size})"
        case "diff" | "pct_change":
            said = f"{groups}.{step.func}({size if step.size > 1 else ''})"
        case "share":
            said = f"{column} / {whole('sum')}"
        case "zscore":
            said = f"({column} - {whole('mean')}) / {whole('std')}"
    return assigned(step, step.name, said, variable)
