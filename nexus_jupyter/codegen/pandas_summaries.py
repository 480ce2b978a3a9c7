"""Summaries as pandas code: description, missing values, correlation, histogram, box statistics, grids and thinned lines."""

from __future__ import annotations

from nexus_jupyter.codegen.chain import Chain
from nexus_jupyter.codegen.literals import names, text
from nexus_jupyter.codegen.pandas import table
from nexus_jupyter.codegen.pandas_measures import scalar
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.plan.summaries import BoxStats, Chart, Correlation, Describe, Grid, Histogram, Missing, Overview, Thin


@table.register
def _describe(step: Describe, writer: Writer) -> Chain:
    chain = writer.chain(step.input).pick(names(step.columns))
    if any(step.input.schema.column(c).kind is Kind.BOOLEAN for c in step.columns):
        chain = chain.then("astype", "float")
    return chain.then("describe").then("transpose").then("rename_axis", '"column"').then("reset_index").then("astype", '{"count": int}')


@table.register
def _overview(step: Overview, writer: Writer) -> Chain:
    v = writer.name(step.input)
    whole = f"{v}.astype(str)" if any(c.kind is Kind.NESTED for c in step.input.schema) else v
    return Chain(
        base=f"{writer.use('pd')}.DataFrame(\n"
        f'    {{"type": {v}.dtypes.astype(str), "missing": {v}.isna().sum(), "distinct": {whole}.nunique()}}\n'
        ")"
    ).then("rename_axis", '"column"').then("reset_index")  # fmt: skip


@table.register
def _missing(step: Missing, writer: Writer) -> Chain:
    v = writer.name(step.input)
    chain = (
        Chain(base=v)
        .pick(names(step.columns))
        .then("isna")
        .then("sum")
        .then("rename_axis", '"column"')
        .then("reset_index", 'name="missing"')
    )
    counts = writer.bind(chain, writer.fresh("counts"))
    chain = Chain(base=counts).then("assign", f'percent=100 * {counts}["missing"] / len({v})')
    chain = chain.then("sort_values", '"missing"', "ascending=False", 'kind="stable"')
    if not step.only_with:
        return chain
    counts = writer.bind(chain, writer.fresh("ordered"))
    return Chain(base=counts, mask=(f'{counts}["missing"] > 0',))


@table.register
def _correlation(step: Correlation, writer: Writer) -> Chain:
    if step.shape == "pair":
        return Chain(base=f'{writer.use("pd")}.DataFrame({{"correlation": [{scalar(step, writer)}]}})')
    how = () if step.method == "pearson" else (f'method="{step.method}"',)
    chain = writer.chain(step.input).pick(names(step.columns)).then("corr", *how)
    if step.shape == "matrix":
        return chain.then("rename_axis", '"column"').then("reset_index")
    matrix = writer.bind(chain, writer.fresh("correlations"))
    pairs = (
        f"[({text(step.target)}, other) for other in {matrix} if other != {text(step.target)}]"
        if step.target
        else f"{writer.use('combinations')}({matrix}, 2)"
    )
    chain = Chain(
        base=f"{writer.use('pd')}.DataFrame(\n"
        f"    [(a, b, {matrix}.loc[a, b]) for a, b in {pairs}],\n"
        '    columns=["first", "second", "correlation"],\n)'
    )
    return chain.then("sort_values", '"correlation"', "key=abs", "ascending=False", 'kind="stable"')


@table.register
def _histogram(step: Histogram, writer: Writer) -> Chain:
    np, pd, bins = writer.use("np"), writer.use("pd"), writer.constant("BINS", str(step.bins))
    values, counts, edges = writer.fresh("values"), writer.fresh("counts"), writer.fresh("edges")
    if step.by is not None:
        by, column = text(step.by), text(step.column)
        writer.bind(writer.chain(step.input).pick(f"[{by}, {column}]").then("dropna").then("astype", f"{{{column}: float}}"), values)
        writer.emit(f"{edges} = {np}.histogram_bin_edges({values}[{column}], bins={bins})")
        cells = f'{by}: name, "bin_start": {edges}[:-1], "bin_end": {edges}[1:], "count": {np}.histogram(group, bins={edges})[0]'
        rows = f"[{pd}.DataFrame({{{cells}}}) for name, group in {values}.groupby({by}, observed=True)[{column}]]"
        return Chain(base=f"{pd}.concat(\n    {rows},\n    ignore_index=True,\n)")
    writer.emit(f"{values} = {writer.name(step.input)}[{text(step.column)}].astype(float)")
    writer.emit(f"{counts}, {edges} = {np}.histogram({values}[{np}.isfinite({values})], bins={bins})")
    return Chain(base=f'{pd}.DataFrame({{"bin_start": {edges}[:-1], "bin_end": {edges}[1:], "count": {counts}}})')


@table.register
def _box_stats(step: BoxStats, writer: Writer) -> Chain:
    pd, column = writer.use("pd"), text(step.column)
    order = '["lower", "q1", "median", "q3", "upper", "count"]'
    if step.by is None:
        values, low, middle, high, inside = (writer.fresh(w) for w in ("values", "q1", "median", "q3", "inside"))
        writer.emit(f"{values} = {writer.name(step.input)}[{column}].dropna().astype(float)")
        writer.emit(f"{low}, {middle}, {high} = {values}.quantile([0.25, 0.5, 0.75])")
        writer.emit(f"{inside} = {values}[{values}.between({low} - 1.5 * ({high} - {low}), {high} + 1.5 * ({high} - {low}))]")
        cells = {"lower": f"{inside}.min()", "q1": low, "median": middle, "q3": high, "upper": f"{inside}.max()", "count": f"len({values})"}
        return Chain(base=f"{pd}.DataFrame([{{{', '.join(f'{text(k)}: {v}' for k, v in cells.items())}}}])")
    by = text(step.by)
    values, quartiles, reach, inside = (writer.fresh(w) for w in ("values", "quartiles", "reach", "inside"))
    writer.bind(writer.chain(step.input).pick(f"[{by}, {column}]").then("dropna"), values)
    chain = Chain(base=values).then("groupby", by).pick(column).then("quantile", "[0.25, 0.5, 0.75]")
    chain = chain.then("unstack").then("reindex", "columns=[0.25, 0.5, 0.75]")
    writer.bind(chain.then("set_axis", '["q1", "median", "q3"]', 'axis="columns"'), quartiles)
    writer.emit(f'{reach} = 1.5 * ({quartiles}["q3"] - {quartiles}["q1"])')
    bounds = [f'({quartiles}["{q}"] {sign} {reach}).loc[{values}[{by}]].to_numpy()' for q, sign in (("q1", "-"), ("q3", "+"))]
    writer.emit(f"{inside} = {values}[\n    {values}[{column}].between(\n        {bounds[0]},\n        {bounds[1]},\n    )\n]")
    grouped = f"{inside}.groupby({by})[{column}]"
    chain = Chain(base=quartiles).then("assign", f"lower={grouped}.min()", f"upper={grouped}.max()", f"count={values}.groupby({by}).size()")
    return chain.pick(order).then("reset_index")


@table.register
def _grid(step: Grid, writer: Writer) -> Chain:
    np, bins, both = writer.use("np"), writer.constant("BINS", str(step.bins)), names((step.x, step.y))
    points, low, width, cells, grid = (writer.fresh(w) for w in ("points", "low", "width", "cells", "grid"))
    writer.emit(f"{points} = {writer.name(step.input)}[{both}].astype(float)")
    writer.emit(f"{points} = {points}[{np}.isfinite({points}).all(axis=1)]")
    writer.emit(f"{low} = {points}.min()")
    writer.emit(f"{width} = (({points}.max() - {low}) / {bins}).replace(0, 1)")
    writer.emit(f"{cells} = (({points} - {low}) / {width}).astype(int).clip(upper={bins} - 1)")
    writer.emit(f'{grid} = {cells}.groupby({both}, as_index=False).agg(count=({text(step.x)}, "size"))')
    middle = [f"{text(c)}: {low}[{text(c)}] + ({grid}[{text(c)}] + 0.5) * {width}[{text(c)}]" for c in (step.x, step.y)]
    return Chain(base=grid).then("assign", "**{" + ", ".join(middle) + "}")


@table.register
def _thin(step: Thin, writer: Writer) -> Chain:
    np, points = writer.use("np"), writer.constant("POINTS", str(step.n))
    line, stretch, ends = (writer.fresh(w) for w in ("line", "stretch", "ends"))
    chain = writer.chain(step.input).pick(names((step.x, step.y))).then("dropna")
    writer.bind(chain.then("sort_values", text(step.x), 'kind="stable"', "ignore_index=True"), line)
    writer.emit(f"{stretch} = {np}.arange(len({line})) * ({points} // 2) // max(len({line}), {points} // 2)")
    writer.emit(f'{ends} = {line}.groupby({stretch})[{text(step.y)}].agg(["idxmin", "idxmax"])')
    return Chain(base=f"{line}.loc[{np}.unique({ends})]")


@table.register
def _chart(step: Chart, writer: Writer) -> Chain:
    return writer.chain(step.input)
