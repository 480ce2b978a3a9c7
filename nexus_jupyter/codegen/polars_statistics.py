"""Samples for tests, and intervals, as polars code that hands columns to SciPy as arrays."""

from __future__ import annotations

from functools import partial

from nexus_jupyter.codegen import significance
from nexus_jupyter.codegen.chain import Chain, call
from nexus_jupyter.codegen.literals import literal, number, text
from nexus_jupyter.codegen.polars import table
from nexus_jupyter.codegen.polars_expressions import Row, expression
from nexus_jupyter.codegen.significance import Samples, row
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.plan.statistics import ConfidenceInterval, SignificanceTest


def _array(chain: Chain, column: str, writer: Writer) -> Chain:
    """Write one column of a table as an array without missing values."""
    chosen = chain.then("select", f"{writer.use('pl')}.col({text(column)}).cast(pl.Float64)").then("drop_nulls")
    return chosen.then("collect").then("to_series").then("to_numpy")


def _columns(step: SignificanceTest, writer: Writer) -> list[str]:
    frame = writer.name(step.input) if len(step.columns) > 1 else None
    found = []
    for column in step.columns:
        chain = Chain(base=frame) if frame else writer.chain(step.input)
        found.append(writer.bind(_array(chain, column, writer), writer.fresh(column)))
    return found


def _matrix(step: SignificanceTest, writer: Writer) -> str:
    pl, columns = writer.use("pl"), ", ".join(map(text, (*step.columns, *step.control)))
    chain = writer.chain(step.input).then("select", f"{pl}.col({columns}).cast({pl}.Float64)").then("drop_nulls")
    return writer.bind(chain.then("collect").then("to_numpy"), writer.fresh("values"))


def _paired(step: SignificanceTest, writer: Writer) -> list[str]:
    made = [writer.fresh(c) for c in step.columns]
    writer.emit(f"{', '.join(made)} = {_matrix(step, writer)}.T")
    return made


def _named(step: SignificanceTest, writer: Writer) -> list[str]:
    pl, frame, found = writer.use("pl"), writer.name(step.input), []
    for value in step.groups:
        chain = Chain(base=frame).then("filter", f"{pl}.col({text(str(step.by))}) == {literal(value)}")
        found.append(writer.bind(_array(chain, step.columns[0], writer), writer.fresh(str(value))))
    return found


def _groups(step: SignificanceTest, writer: Writer) -> str:
    if step.groups:
        one_by_one, groups = _named(step, writer), writer.fresh("samples")
        writer.emit(f"{groups} = [{', '.join(one_by_one)}]")
        return groups
    pl, by, column, rows, groups = (
        writer.use("pl"),
        text(str(step.by)),
        text(step.columns[0]),
        writer.fresh("rows"),
        writer.fresh("samples"),
    )
    chain = writer.chain(step.input).then("select", by, f"{pl}.col({column}).cast({pl}.Float64)").then("drop_nulls").then("sort", by)
    writer.bind(chain.then("collect"), rows)
    parts = writer.fresh("parts")
    writer.emit(f"{parts} = {rows}.partition_by({by}, maintain_order=True)")
    writer.emit(f"{groups} = [part[{column}].to_numpy() for part in {parts}]")
    return groups


def _table(step: SignificanceTest, writer: Writer) -> str:
    pl, (a, b), counts = writer.use("pl"), map(text, step.columns), writer.fresh("counts")
    chain = writer.chain(step.input).then("select", a, b).then("drop_nulls").then("sort", a, b).then("collect")
    chain = chain.then("pivot", f"on={b}", f"index={a}", f"values={b}", f"aggregate_function={pl}.len()").then("drop", a)
    writer.bind(chain.then("fill_null", "0").then("to_numpy"), counts)
    return counts


def _shares(step: SignificanceTest, writer: Writer) -> list[str]:
    pl, frame, found = writer.use("pl"), writer.name(step.input), []
    assert step.where is not None
    hit = f"({expression(step.where, Row(schema=step.input.schema, writer=writer))}).fill_null(False)"
    for value in step.groups:
        chain = Chain(base=frame).then("filter", f"{pl}.col({text(str(step.by))}) == {literal(value)}").then("select", hit)
        found.append(writer.bind(chain.then("collect").then("to_series").then("to_numpy"), writer.fresh(str(value))))
    return found


SAMPLES = Samples(columns=_columns, paired=_paired, matrix=_matrix, groups=_groups, named=_named, table=_table, shares=_shares)


tested = partial(significance.tested, SAMPLES)
"""The numbers of a test as expressions, or nothing for other steps."""


@table.register
def _significance_test(step: SignificanceTest, writer: Writer) -> Chain:
    return row(tested(step, writer), step, writer)


@table.register
def _confidence_interval(step: ConfidenceInterval, writer: Writer) -> Chain:
    pl, level = writer.use("pl"), writer.constant("CONFIDENCE", number(step.level))
    if step.of == "proportion":
        assert step.where is not None
        hit = f"({expression(step.where, Row(schema=step.input.schema, writer=writer))}).fill_null(False)"
        cells = [f"estimate={hit}.mean()", f"hits={hit}.sum()", f"n={pl}.len()"]
    else:
        c = f"{pl}.col({text(str(step.column))}).cast({pl}.Float64)"
        cells = [f"estimate={c}.mean()", f"spread={c}.std()", f"n={c}.count()"]
    keys, groups = tuple(map(text, step.by)), writer.fresh("groups")
    chain = writer.chain(step.input)
    if keys:
        chain = chain.then("drop_nulls", *keys) if len(keys) == 1 else chain.then("drop_nulls", f"[{', '.join(keys)}]")
        chain = chain.then("group_by", *keys).then("agg", *cells).then("sort", *keys)
    else:
        chain = chain.then("select", *cells)
    writer.bind(chain.then("collect"), groups)
    if step.of == "proportion":
        low, high = writer.fresh("low"), writer.fresh("high")
        arguments = (f'{groups}["hits"].to_numpy()', f'{groups}["n"].to_numpy()', f"alpha=1 - {level}", 'method="wilson"')
        writer.emit(call(f"{low}, {high} = {writer.use('proportion_confint')}", *arguments))
        limits = (f"low={pl}.Series({low})", f"high={pl}.Series({high})")
    else:
        error, reach = writer.fresh("error"), writer.fresh("reach")
        writer.emit(f'{error} = {groups}["spread"] / {groups}["n"].sqrt()')
        writer.emit(f'{reach} = {writer.use("stats")}.t.ppf((1 + {level}) / 2, {groups}["n"].to_numpy() - 1) * {error}')
        limits = (f'low={groups}["estimate"] - {reach}', f'high={groups}["estimate"] + {reach}')
    chain = Chain(base=groups).then("with_columns", *limits)
    return chain.then("select", *keys, '"estimate"', '"low"', '"high"', '"n"').then("lazy")
