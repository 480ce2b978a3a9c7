"""Summaries as polars code: description, missing values, correlation, histogram, box statistics, grids and thinned lines."""

from __future__ import annotations

from nexus_jupyter.codegen.chain import Chain
from nexus_jupyter.codegen.literals import keywords, names, text
from nexus_jupyter.codegen.polars import table
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.errors import CodegenError
from nexus_jupyter.plan.summaries import BoxStats, Chart, Correlation, Describe, Grid, Histogram, Missing, Overview, Thin

QUARTILES = (("q1", 0.25), ("median", 0.5), ("q3", 0.75))


def _each(columns: tuple[str, ...], frame: str, parts: list[str], writer: Writer) -> Chain:
    """Write one row a column."""
    inner = "".join(f"            {p},\n" for p in parts)
    return Chain(
        base=f"{writer.use('pl')}.concat(\n    [\n        {frame}.select(\n{inner}        )\n        for name in {names(columns)}\n    ]\n)"
    )


@table.register
def _describe(step: Describe, writer: Writer) -> Chain:
    frame, c = writer.name(step.input), "pl.col(name).cast(pl.Float64)"
    parts = ["column=pl.lit(name)", f"count={c}.count().cast(pl.Int64)", f"mean={c}.mean()", f"std={c}.std()", f"min={c}.min()"]
    quarters = ", ".join(f'"{q}%": {c}.quantile({q / 100}, interpolation="linear")' for q in (25, 50, 75))
    return _each(step.columns, frame, [*parts, f'**{{{quarters}, "max": {c}.max()}}'], writer)


@table.register
def _overview(step: Overview, writer: Writer) -> Chain:
    frame = writer.bind(writer.chain(step.input).then("collect"), writer.fresh("rows"))
    parts = ["column=pl.lit(name)", f"type=pl.lit(str({frame}.schema[name]))", "missing=pl.col(name).null_count().cast(pl.Int64)"]
    return _each(step.input.schema.names, frame, [*parts, "distinct=pl.col(name).drop_nulls().n_unique().cast(pl.Int64)"], writer).then(
        "lazy"
    )


@table.register
def _missing(step: Missing, writer: Writer) -> Chain:
    parts = [
        "column=pl.lit(name)",
        "missing=pl.col(name).null_count().cast(pl.Int64)",
        "percent=100 * pl.col(name).null_count() / pl.len()",
    ]
    chain = _each(step.columns, writer.name(step.input), parts, writer).then("sort", '"missing"', "descending=True", "maintain_order=True")
    return chain.then("filter", f'{writer.use("pl")}.col("missing") > 0') if step.only_with else chain


@table.register
def _correlation(step: Correlation, writer: Writer) -> Chain:
    if step.method == "kendall":
        raise CodegenError("Kendall's tau cannot be written in polars. Ask for pandas code, or for Spearman's rho.")
    pl, how = writer.use("pl"), f', method="{step.method}"' if step.method != "pearson" else ""
    if step.shape == "pair":
        a, b = map(text, step.columns)
        chain = writer.chain(step.input).then("select", f"{pl}.col({a}, {b}).cast({pl}.Float64)").then("drop_nulls")
        return chain.then("select", f"correlation={pl}.corr({a}, {b}{how}).fill_nan(None)")
    rows = writer.fresh("rows")
    writer.bind(writer.chain(step.input).then("select", f"{pl}.col({names(step.columns)}).cast({pl}.Float64)"), rows)
    one = f"{rows}.select(a, b).drop_nulls()"
    if step.shape == "matrix":
        both = f"{pl}.when({pl}.col(a).is_not_null() & {pl}.col(b).is_not_null())"
        cells = f"{{b: {pl}.corr({both}.then({pl}.col(a)), {both}.then({pl}.col(b)){how}).fill_nan(None) for b in {rows}.collect_schema().names()}}"
        return Chain(base=f'{pl}.concat([{rows}.select({pl}.lit(a).alias("column"), **{cells}) for a in {names(step.columns)}])')
    pairs = (
        f"[({text(step.target)}, other) for other in {names(tuple(c for c in step.columns if c != step.target))}]"
        if step.target
        else f"{writer.use('combinations')}({names(step.columns)}, 2)"
    )
    base = (
        f"{pl}.concat(\n    [\n        {one}.select(\n            first={pl}.lit(a), second={pl}.lit(b), "
        f"correlation={pl}.corr(a, b{how}).fill_nan(None)\n        )\n        for a, b in {pairs}\n    ]\n)"
    )
    key = f'{pl}.col("correlation").abs()'
    return Chain(base=base).then("sort", key, "descending=True", "nulls_last=True", "maintain_order=True")


@table.register
def _histogram(step: Histogram, writer: Writer) -> Chain:
    np, pl, bins = writer.use("np"), writer.use("pl"), writer.constant("BINS", str(step.bins))
    values, counts, edges = writer.fresh("values"), writer.fresh("counts"), writer.fresh("edges")
    if step.by is not None:
        by, column = text(step.by), text(step.column)
        chosen = writer.chain(step.input).then("select", by, f"{pl}.col({column}).cast({pl}.Float64)").then("drop_nulls").then("sort", by)
        writer.bind(chosen.then("collect"), values)
        writer.emit(f"{edges} = {np}.histogram_bin_edges({values}[{column}], bins={bins})")
        cells = f'{by}: name, "bin_start": {edges}[:-1], "bin_end": {edges}[1:], "count": {np}.histogram(group[{column}], bins={edges})[0]'
        rows = f"[{pl}.DataFrame({{{cells}}}) for (name,), group in {values}.group_by({by}, maintain_order=True)]"
        return Chain(base=f"{pl}.concat(\n    {rows}\n)").then("lazy")
    chain = writer.chain(step.input).then("select", f"{pl}.col({text(step.column)}).cast({pl}.Float64)").then("drop_nulls").then("collect")
    writer.bind(chain.then("to_series").then("to_numpy"), values)
    writer.emit(f"{counts}, {edges} = {np}.histogram({values}[{np}.isfinite({values})], bins={bins})")
    return Chain(base=f'{pl}.DataFrame({{"bin_start": {edges}[:-1], "bin_end": {edges}[1:], "count": {counts}}})').then("lazy")


@table.register
def _box_stats(step: BoxStats, writer: Writer) -> Chain:
    pl, c = writer.use("pl"), f"pl.col({text(step.column)})"
    columns = [text(step.by)] if step.by else []
    values = writer.fresh("values")
    chosen = writer.chain(step.input).then("select", *columns, f"{c}.cast({pl}.Float64)").then("drop_nulls")
    writer.bind(chosen, values)
    q1, q3 = (f'{c}.quantile({q}, interpolation="linear")' for q in (0.25, 0.75))
    inside = f"{c}.filter({c}.is_between({q1} - 1.5 * ({q3} - {q1}), {q3} + 1.5 * ({q3} - {q1})))"
    middles = [f'{name}={c}.quantile({q}, interpolation="linear")' for name, q in QUARTILES]
    stats = [f"lower={inside}.min()", *middles, f"upper={inside}.max()", "count=pl.len()"]
    if not step.by:
        return Chain(base=values).then("select", *stats)
    return Chain(base=values).then("group_by", text(step.by)).then("agg", *stats).then("sort", text(step.by))


@table.register
def _grid(step: Grid, writer: Writer) -> Chain:
    pl, bins = writer.use("pl"), writer.constant("BINS", str(step.bins))
    both, x, y = f"{text(step.x)}, {text(step.y)}", text(step.x), text(step.y)
    points = writer.fresh("points")
    chain = writer.chain(step.input).then("select", f"{pl}.col({both}).cast({pl}.Float64)").then("drop_nulls")
    writer.bind(chain.then("filter", f"{pl}.all_horizontal({pl}.col({both}).is_finite())"), points)
    writer.emit(f"low, high = {points}.min().collect().row(0), {points}.max().collect().row(0)")
    writer.emit(f"width = [(b - a) / {bins} or 1 for a, b in zip(low, high)]")
    cells = [f"(({pl}.col({c}) - low[{i}]) / width[{i}]).floor().clip(upper_bound={bins} - 1)" for i, c in enumerate((x, y))]
    chain = Chain(base=points).then("with_columns", *cells).then("group_by", x, y).then("agg", f"count={pl}.len()").then("sort", x, y)
    return chain.then(
        "with_columns", *keywords([(c, f"low[{i}] + ({pl}.col({text(c)}) + 0.5) * width[{i}]") for i, c in enumerate((step.x, step.y))])
    )


@table.register
def _thin(step: Thin, writer: Writer) -> Chain:
    pl, points = writer.use("pl"), writer.constant("POINTS", str(step.n))
    x, y = text(step.x), text(step.y)
    stretch = f"{pl}.int_range({pl}.len()) * ({points} // 2) // {pl}.max_horizontal({pl}.len(), {points} // 2)"
    chain = writer.chain(step.input).then("select", x, y).then("drop_nulls").then("sort", x, "maintain_order=True")
    ends = f"({pl}.int_range({pl}.len()) == {pl}.col({y}).arg_min()) | ({pl}.int_range({pl}.len()) == {pl}.col({y}).arg_max())"
    return chain.then("filter", f"({ends}).over({stretch})")


@table.register
def _chart(step: Chart, writer: Writer) -> Chain:
    return writer.chain(step.input)
