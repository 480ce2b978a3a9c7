"""Samples for tests, and intervals, as pandas code."""

from __future__ import annotations

from functools import partial

from nexus_jupyter.codegen import significance
from nexus_jupyter.codegen.chain import Chain, call
from nexus_jupyter.codegen.literals import keywords, literal, names, number, one_or_list, text
from nexus_jupyter.codegen.pandas import table
from nexus_jupyter.codegen.pandas_expressions import Row, expression
from nexus_jupyter.codegen.significance import Samples, row
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.plan.statistics import ConfidenceInterval, SignificanceTest


def _numeric(step: SignificanceTest, column: str) -> str:
    return ".astype(float)" if step.input.schema.column(column).kind is Kind.BOOLEAN else ""


def _columns(step: SignificanceTest, writer: Writer) -> list[str]:
    variable, made = writer.name(step.input), []
    for column in step.columns:
        made.append(writer.fresh(column))
        writer.emit(f"{made[-1]} = {variable}[{text(column)}].dropna(){_numeric(step, column)}")
    return made


def _rows(step: SignificanceTest, writer: Writer) -> str:
    rows = writer.fresh("pairs" if len(step.columns) == 2 else "rows")  # noqa: PLR2004 - a pair
    return writer.bind(writer.chain(step.input).pick(names((*step.columns, *step.control))).then("dropna"), rows)


def _paired(step: SignificanceTest, writer: Writer) -> list[str]:
    rows, made = _rows(step, writer), [writer.fresh(c) for c in step.columns]
    writer.emit(f"{', '.join(made)} = {', '.join(f'{rows}[{text(c)}]{_numeric(step, c)}' for c in step.columns)}")
    return made


def _matrix(step: SignificanceTest, writer: Writer) -> str:
    rows, values = _rows(step, writer), writer.fresh("values")
    writer.emit(f"{values} = {rows}.to_numpy(dtype=float)")
    return values


def _named(step: SignificanceTest, writer: Writer) -> list[str]:
    variable, column, made = writer.name(step.input), step.columns[0], []
    for value in step.groups:
        made.append(writer.fresh(str(value)))
        chosen = f"{variable}[{text(str(step.by))}] == {literal(value)}"
        chain = Chain(base=f"{variable}.loc").pick(f"{chosen}, {text(column)}").then("dropna")
        writer.bind(chain.then("astype", "float") if _numeric(step, column) else chain, made[-1])
    return made


def _groups(step: SignificanceTest, writer: Writer) -> str:
    if step.groups:
        one_by_one, groups = _named(step, writer), writer.fresh("samples")
        writer.emit(f"{groups} = [{', '.join(one_by_one)}]")
        return groups
    column, rows, groups = step.columns[0], writer.fresh("rows"), writer.fresh("samples")
    writer.bind(writer.chain(step.input).pick(names((str(step.by), column))).then("dropna"), rows)
    writer.emit(f"{groups} = [values{_numeric(step, column)} for _, values in {rows}.groupby({text(str(step.by))})[{text(column)}]]")
    return groups


def _table(step: SignificanceTest, writer: Writer) -> str:
    variable, counts = writer.name(step.input), writer.fresh("counts")
    a, b = (f"{variable}[{text(c)}]" for c in step.columns)
    writer.emit(f"{counts} = {writer.use('pd')}.crosstab({a}, {b}).to_numpy()")
    return counts


def _shares(step: SignificanceTest, writer: Writer) -> list[str]:
    variable, hit = writer.name(step.input), writer.fresh("hit")
    assert step.where is not None
    writer.emit(f"{hit} = {expression(step.where, Row(variable=variable, schema=step.input.schema, writer=writer))}")
    made = []
    for value in step.groups:
        made.append(writer.fresh(str(value)))
        writer.emit(f"{made[-1]} = {hit}[{variable}[{text(str(step.by))}] == {literal(value)}]")
    return made


SAMPLES = Samples(columns=_columns, paired=_paired, matrix=_matrix, groups=_groups, named=_named, table=_table, shares=_shares)


tested = partial(significance.tested, SAMPLES)
"""The numbers of a test as expressions, or nothing for other steps."""


@table.register
def _significance_test(step: SignificanceTest, writer: Writer) -> Chain:
    return row(tested(step, writer), step, writer)


@table.register
def _confidence_interval(step: ConfidenceInterval, writer: Writer) -> Chain:
    pd, level, by = writer.use("pd"), writer.constant("CONFIDENCE", number(step.level)), one_or_list(step.by) if step.by else ""
    if step.of == "proportion":
        assert step.where is not None
        variable, hit = writer.name(step.input), writer.fresh("hit")
        writer.emit(f"{hit} = {expression(step.where, Row(variable=variable, schema=step.input.schema, writer=writer))}")
        if not by:
            low, high = writer.fresh("low"), writer.fresh("high")
            arguments = (f"{hit}.sum()", f"len({hit})", f"alpha=1 - {level}", 'method="wilson"')
            writer.emit(call(f"{low}, {high} = {writer.use('proportion_confint')}", *arguments))
            return Chain(base=f'{pd}.DataFrame({{"estimate": [{hit}.mean()], "low": [{low}], "high": [{high}], "n": [len({hit})]}})')
        keys = ", ".join(f"{variable}[{text(k)}]" for k in step.by)
        groups = writer.fresh("groups")
        writer.bind(Chain(base=hit).then("groupby", f"[{keys}]").then("agg", '["mean", "sum", "size"]').then("reset_index"), groups)
        low, high = writer.fresh("low"), writer.fresh("high")
        arguments = (f'{groups}["sum"]', f'{groups}["size"]', f"alpha=1 - {level}", 'method="wilson"')
        writer.emit(call(f"{low}, {high} = {writer.use('proportion_confint')}", *arguments))
        cells = [("estimate", f'{groups}["mean"]'), ("low", low), ("high", high), ("n", f'{groups}["size"]')]
        return Chain(base=groups).pick(names(step.by)).then("assign", *keywords(cells))
    column, stats = text(str(step.column)), writer.use("stats")
    if not by:
        values, low, high = writer.fresh("values"), writer.fresh("low"), writer.fresh("high")
        writer.emit(f"{values} = {writer.name(step.input)}[{column}].dropna()")
        arguments = (level, f"len({values}) - 1", f"loc={values}.mean()", f"scale={stats}.sem({values})")
        writer.emit(call(f"{low}, {high} = {stats}.t.interval", *arguments))
        return Chain(base=f'{pd}.DataFrame({{"estimate": [{values}.mean()], "low": [{low}], "high": [{high}], "n": [len({values})]}})')
    groups, reach = writer.fresh("groups"), writer.fresh("reach")
    chain = writer.chain(step.input).then("groupby", by).pick(column).then("agg", '["mean", "sem", "count"]').then("reset_index")
    writer.bind(chain, groups)
    writer.emit(f'{reach} = {stats}.t.ppf((1 + {level}) / 2, {groups}["count"] - 1) * {groups}["sem"]')
    mean = f'{groups}["mean"]'
    cells = [("estimate", mean), ("low", f"{mean} - {reach}"), ("high", f"{mean} + {reach}"), ("n", f'{groups}["count"]')]
    return Chain(base=groups).pick(names(step.by)).then("assign", *keywords(cells))
