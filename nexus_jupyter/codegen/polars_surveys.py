"""Surveys of the data itself as polars code."""

from __future__ import annotations

from nexus_jupyter.codegen.chain import Chain
from nexus_jupyter.codegen.literals import names, text
from nexus_jupyter.codegen.pandas_surveys import nested
from nexus_jupyter.codegen.polars import collected, table
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.plan.surveys import REACH, Keys, Outline, Quality, Tables, dataset_of


@table.register
def _keys(step: Keys, writer: Writer) -> Chain:
    pl, left, right = writer.use("pl"), writer.fresh("left"), writer.fresh("right")
    for variable, side in ((left, step.left), (right, step.right)):
        writer.emit(f"{variable} = {collected(side, writer)}")
    pairs = writer.constant(
        "KEYS", "[" + ", ".join(f"({text(a)}, {text(b)})" for a, b in zip(step.left_on, step.right_on, strict=True)) + "]"
    )
    x, y = f"{left}[a].drop_nulls().unique()", f"{right}[b].drop_nulls().unique()"
    a, b = (f'"{dataset_of(s)}." + {v}' for s, v in ((step.left, "a"), (step.right, "b")))
    cells = (a, b, f"{x}.is_in({y}.implode()).mean()", f"{y}.is_in({x}.implode()).mean()")
    row = "".join(f"            {cell},\n" for cell in cells)
    return Chain(
        base=f"{pl}.DataFrame(\n    [\n        (\n{row}        )\n        for a, b in {pairs}\n    ],\n"
        '    schema=["left", "right", "left_found", "right_found"],\n    orient="row",\n)'
    ).then("lazy")


@table.register
def _tables(step: Tables, writer: Writer) -> Chain:
    rows = "".join(
        f"        ({text(dataset_of(s))}, {text(c)}, {collected(s, writer)}.height, {len(s.schema)}),\n"
        for s, c in zip(step.tables, step.called, strict=True)
    )
    return Chain(
        base=f'{writer.use("pl")}.DataFrame(\n    [\n{rows}    ],\n    schema=["table", "of", "rows", "columns"],\n    orient="row",\n)'
    ).then("lazy")


@table.register
def _outline(step: Outline, writer: Writer) -> Chain:
    pl, keys = writer.use("pl"), writer.constant("KEYS", names(step.keys))
    rows = f"[float({collected(step.input, writer)}.height) if key == {text(step.within)} else None for key in {keys}]"
    return Chain(base=f'{pl}.DataFrame({{"key": {keys}, "rows": {rows}}}, schema_overrides={{"rows": {pl}.Float64}})').then("lazy")


@table.register
def _quality(step: Quality, writer: Writer) -> Chain:
    pl, v = writer.use("pl"), writer.fresh("rows")
    writer.emit(f"{v} = {collected(step.input, writer)}")
    every = names(step.input.schema.names)
    checks = [("missing", "c.null_count()", every)]
    if not nested(step):
        checks.append(("one value only", "c.count() * ((c.drop_nulls().n_unique() == 1) & (pl.len() > 1))", every))
    if step.numbers:
        reach, far = writer.constant("REACH", str(REACH)), writer.fresh("far")
        writer.emit(
            f"def {far}(c):\n"
            '    low, high = (c.quantile(q, interpolation="linear") for q in (0.25, 0.75))\n'
            f"    return ((c < low - {reach} * (high - low)) | (c > high + {reach} * (high - low))).sum()"
        )
        checks.append(("far from the others", f"{far}(c)", names(step.numbers)))
    if step.texts:
        bare = "c.str.strip_chars()"
        number = f"{bare}.cast(pl.Float64, strict=False).count()"
        checks += [
            ("blanks around", f"(c != {bare}).sum()", names(step.texts)),
            (
                "other spelling of a value",
                f"c.drop_nulls().n_unique() - {bare}.str.to_lowercase().drop_nulls().n_unique()",
                names(step.texts),
            ),
            ("numbers among words", f"{number} * ({number} < c.count())", names(step.texts)),
        ]
    lines = "".join(f"    {text(k)}: ({on}, lambda c: {said}),\n" for k, said, on in checks)
    table_of, found = writer.fresh("checks"), writer.fresh("found")
    writer.emit(f"{table_of} = {{\n{lines}}}")
    writer.emit(
        f"{found} = {pl}.concat(\n    {v}.select(\n        column={pl}.lit(name), issue={pl}.lit(issue), "
        f"cells=check({pl}.col(name)).cast({pl}.Int64)\n    )\n    for issue, (columns, check) in {table_of}.items()\n    for name in columns\n)"
    )
    if not nested(step):
        again = f"{v}.height - {v}.unique().height"
        writer.emit(f'again = {pl}.DataFrame({{"column": ["all columns"], "issue": ["row occurs before"], "cells": [{again}]}})')
        writer.emit(f"{found} = {pl}.concat([{found}, again])")
    chain = Chain(base=found).then("filter", f'{pl}.col("cells") > 0')
    return chain.then("with_columns", f'percent=100 * {pl}.col("cells") / {v}.height').then("lazy")
