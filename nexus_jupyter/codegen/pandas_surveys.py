"""Surveys of the data itself as pandas code."""

from __future__ import annotations

from nexus_jupyter.codegen.chain import Chain
from nexus_jupyter.codegen.literals import names, text
from nexus_jupyter.codegen.pandas import table
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.plan.surveys import REACH, Keys, Outline, Quality, Tables, dataset_of


@table.register
def _keys(step: Keys, writer: Writer) -> Chain:
    left, right = writer.name(step.left), writer.name(step.right)
    pairs = writer.constant(
        "KEYS", "[" + ", ".join(f"({text(a)}, {text(b)})" for a, b in zip(step.left_on, step.right_on, strict=True)) + "]"
    )
    x, y = f"{left}[a].dropna()", f"{right}[b].dropna()"
    a, b = (f'"{dataset_of(s)}." + {v}' for s, v in ((step.left, "a"), (step.right, "b")))
    cells = (a, b, f"{x}.drop_duplicates().isin({y}).mean()", f"{y}.drop_duplicates().isin({x}).mean()")
    row = "".join(f"            {cell},\n" for cell in cells)
    return Chain(
        base=f"{writer.use('pd')}.DataFrame(\n    [\n        (\n{row}        )\n        for a, b in {pairs}\n    ],\n"
        '    columns=["left", "right", "left_found", "right_found"],\n)'
    )


@table.register
def _tables(step: Tables, writer: Writer) -> Chain:
    rows = "".join(
        f"        ({text(dataset_of(s))}, {text(c)}, len({writer.name(s)}), {len(s.schema)}),\n"
        for s, c in zip(step.tables, step.called, strict=True)
    )  # a table's width is known; its rows are counted
    return Chain(base=f'{writer.use("pd")}.DataFrame(\n    [\n{rows}    ],\n    columns=["table", "of", "rows", "columns"],\n)')


@table.register
def _outline(step: Outline, writer: Writer) -> Chain:
    keys, v = writer.constant("KEYS", names(step.keys)), writer.name(step.input)
    rows = f"[len({v}) if key == {text(step.within)} else None for key in {keys}]"
    return Chain(base=f'{writer.use("pd")}.DataFrame({{"key": {keys}, "rows": {rows}}}).astype({{"rows": "float"}})')


@table.register
def _quality(step: Quality, writer: Writer) -> Chain:
    pd, v = writer.use("pd"), writer.name(step.input)
    checks = [("missing", f"{v}.isna().sum()")]
    one = f"({v}.nunique() == 1) & (len({v}) > 1)" if not nested(step) else ""
    if one:
        checks.append(("one value only", f"({one}) * {v}.count()"))
    if step.numbers:
        low, high, numbers = (writer.fresh(w) for w in ("low", "high", "numbers"))
        writer.emit(f"{numbers} = {v}[{names(step.numbers)}].astype(float)")
        writer.emit(f"{low}, {high} = {numbers}.quantile(0.25), {numbers}.quantile(0.75)")
        reach = writer.constant("REACH", str(REACH))
        outside = f"({numbers} < {low} - {reach} * ({high} - {low})) | ({numbers} > {high} + {reach} * ({high} - {low}))"
        checks.append(("far from the others", f"({outside}).sum()"))
    if step.texts:
        texts, bare = writer.fresh("texts"), writer.fresh("bare")
        writer.emit(f'{texts} = {v}[{names(step.texts)}].astype("str").where({v}[{names(step.texts)}].notna())')
        writer.emit(f"{bare} = {texts}.apply(lambda column: column.str.strip().str.lower())")
        checks.append(("blanks around", f"{texts}.apply(lambda column: (column != column.str.strip()) & column.notna()).sum()"))
        checks.append(("other spelling of a value", f"{texts}.nunique() - {bare}.nunique()"))
        number = f'{texts}.apply(lambda column: {pd}.to_numeric(column.str.strip(), errors="coerce")).notna().sum()'
        amount = writer.fresh("numeric")
        writer.emit(f"{amount} = {number}")
        checks.append(("numbers among words", f"{amount}.where({amount} < {texts}.count(), 0)"))
    found = writer.fresh("found")
    lines = "".join(f"        {text(k)}: {c},\n" for k, c in checks)
    writer.emit(f'{found} = {pd}.concat(\n    {{\n{lines}    }},\n    names=["issue", "column"],\n).reset_index(name="cells")')
    if not nested(step):
        again = f'{{"issue": "row occurs before", "column": "all columns", "cells": {v}.duplicated().sum()}}'
        writer.emit(f"{found}.loc[len({found})] = {again}")
    chain = Chain(base=f"{found}", mask=(f'{found}["cells"] > 0',)).then("assign", f'percent=100 * {found}["cells"] / len({v})')
    return chain.pick('["column", "issue", "cells", "percent"]').then("astype", '{"cells": "int64"}')


def nested(step: Quality) -> bool:
    """Say whether cells hold lists or records, which cannot be told apart as values."""
    from nexus_jupyter.context.schema import Kind

    return any(c.kind in {Kind.NESTED, Kind.OTHER} for c in step.input.schema)
