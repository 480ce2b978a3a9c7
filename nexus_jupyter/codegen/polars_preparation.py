"""Prepared columns as polars code: outliers, scales, numbers for categories, classes, filled gaps."""

from __future__ import annotations

from nexus_jupyter.codegen.chain import Chain
from nexus_jupyter.codegen.literals import keywords, literal, mapping, names, number, one_or_list, text
from nexus_jupyter.codegen.polars import added, table
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.plan.preparation import Cut, Encode, Outliers, Scale
from nexus_jupyter.plan.steps import FillMissing


def _of(column: str, by: tuple[str, ...]) -> dict[str, str]:
    """Give a column's mean, standard deviations, quartiles, extremes: of the whole table, or of each row's group."""
    over = f".over({one_or_list(by)})" if by else ""
    funcs = {name: f"{name}()" for name in ("mean", "median", "min", "max", "std")}
    funcs |= {"std_pop": "std(ddof=0)", **{q: f'quantile({share}, interpolation="linear")' for q, share in (("q1", 0.25), ("q3", 0.75))}}
    return {name: f"{column}.{said}{over}" for name, said in funcs.items()}


@table.register
def _outliers(step: Outliers, writer: Writer) -> Chain:
    c = f"{writer.use('pl')}.col({text(step.column)})"
    of = _of(c, step.by)
    limit = writer.constant({"zscore": "Z_LIMIT", "iqr": "IQR_FACTOR", "mad": "MAD_LIMIT"}[step.method], number(step.limit))
    if step.method == "iqr":
        q1, q3, reach = (writer.fresh(w) for w in ("q1", "q3", "reach"))
        writer.emit(f"{q1} = {of['q1']}\n{q3} = {of['q3']}\n{reach} = {limit} * ({q3} - {q1})")
        sides = {"low": f"({c} < {q1} - {reach})", "high": f"({c} > {q3} + {reach})"}
        said = " | ".join(sides.values()) if step.side == "both" else sides[step.side][1:-1]
        return added(step.input, step.name, f"({said}).fill_null(False)", writer)
    z = writer.fresh("z")
    if step.method == "zscore":
        writer.emit(f"{z} = (({c} - {of['mean']}) / {of['std' if step.ddof else 'std_pop']}).fill_nan(None)")
    else:
        distance = writer.fresh("distance")
        over = f".over({one_or_list(step.by)})" if step.by else ""
        writer.emit(f"{distance} = {c} - {of['median']}")
        writer.emit(f"{z} = (0.6745 * {distance} / {distance}.abs().median(){over}).fill_nan(None)")
    said = {"both": f"{z}.abs() > {limit}", "high": f"{z} > {limit}", "low": f"{z} < -{limit}"}[step.side]
    return added(step.input, step.name, f"({said}).fill_null(False)", writer)


@table.register
def _scale(step: Scale, writer: Writer) -> Chain:
    pairs = []
    for column, name in zip(step.columns, step.names or step.columns, strict=True):
        c = f"{writer.use('pl')}.col({text(column)})"
        of = _of(c, step.by)
        said = {
            "standard": f"(({c} - {of['mean']}) / {of['std' if step.ddof else 'std_pop']}).fill_nan(None)",
            "minmax": f"(({c} - {of['min']}) / ({of['max']} - {of['min']})).fill_nan(None)",
            "robust": f"(({c} - {of['median']}) / ({of['q3']} - {of['q1']})).fill_nan(None)",
            "centre": f"{c} - {of['mean']}",
        }[step.method]
        pairs.append((name, said))
    return writer.chain(step.input).then("with_columns", *keywords(pairs, taken=frozenset({"self"})))


@table.register
def _encode(step: Encode, writer: Writer) -> Chain:
    pl = writer.use("pl")
    c = f"{pl}.col({text(step.column)})"
    if step.method == "label":
        if step.values:
            said = f"{c}.replace_strict({mapping((literal(v), str(i)) for i, v in enumerate(step.values, step.first))}, default=None)"
        else:
            said = f'{c}.rank("dense").cast({pl}.Int64) - {1 - step.first}'
        return added(step.input, step.name or step.column, said, writer)
    known = step.values[1 if step.drop_first else 0 :]
    if step.values:
        pairs = [(name, f"({c} == {literal(v)}).fill_null(False).cast({pl}.Int64)") for name, v in zip(step.made, known, strict=True)]
        return writer.chain(step.input).then("with_columns", *keywords(pairs, taken=frozenset({"self"})))
    categories = writer.fresh("categories")
    chain = writer.chain(step.input).then("select", text(step.column)).then("drop_nulls").then("unique").then("sort", text(step.column))
    writer.bind(chain.then("collect").then("to_series"), categories)
    some = f"{categories}[1:]" if step.drop_first else categories
    prefix = text(f"{step.name or step.column}_")
    each = f"({c} == value).fill_null(False).cast({pl}.Int64).alias({prefix} + str(value)) for value in {some}"
    return writer.chain(step.input).then("with_columns", each)


@table.register
def _cut(step: Cut, writer: Writer) -> Chain:
    pl = writer.use("pl")
    c, labels = f"{pl}.col({text(step.column)})", names(step.words)
    if step.edges:
        edges = writer.constant("EDGES", f"[{', '.join(map(number, step.edges))}]")
        upper = list(range(len(step.edges))) if step.open_ends else list(range(1, len(step.edges)))
    else:
        edges, upper = _edges(step, writer), list(range((step.quantiles or step.bins or 1) - 1))
    below, above = ("<=", ">") if step.right else ("<", ">=")
    said = f"{pl}.when({c} < {edges}[0]).then(None)" if step.edges and not step.open_ends else pl
    for label, i in zip(step.words, upper, strict=False):
        said += f".when({c} {below} {edges}[{i}]).then({pl}.lit({text(label)}))"
    if len(step.words) > len(upper):
        said += (
            f".when({c} {above} {edges}[{upper[-1]}]).then({pl}.lit({text(step.words[-1])}))" if upper else f".lit({text(step.words[-1])})"
        )
    return added(step.input, step.name, f"{said}.cast({pl}.Enum({labels}))", writer)


def _edges(step: Cut, writer: Writer) -> str:
    """Give a variable that holds the inner edges of quantiles or of classes of one width."""
    values, edges = writer.fresh("values"), writer.fresh("edges")
    writer.bind(writer.chain(step.input).then("select", text(step.column)).then("collect").then("to_series"), values)
    if step.quantiles:
        n = step.quantiles
        writer.emit(f'{edges} = [{values}.quantile(i / {n}, interpolation="linear") for i in range(1, {n})]')
    else:
        low, high = writer.fresh("low"), writer.fresh("high")
        writer.emit(f"{low}, {high} = {values}.min(), {values}.max()")
        writer.emit(f"{edges} = [{low} + ({high} - {low}) * i / {step.bins} for i in range(1, {step.bins})]")
    return edges


@table.register
def _fill_missing(step: FillMissing, writer: Writer) -> Chain:
    column = f"{writer.use('pl')}.col({text(step.column)})"
    over = f".over({one_or_list(step.by)})" if step.by else ""
    match step.how:
        case "forward" | "backward":
            said = f"{column}.{step.how}_fill(){over}"
        case "line":
            said = f"{column}.interpolate()"
        case "value":
            said = f"{column}.fill_null({literal(step.value)})"
        case "mode":
            said = f"{column}.fill_null({column}.drop_nulls().mode().min(){over})"
        case _:
            said = f"{column}.fill_null({column}.{step.how}(){over})"
    return writer.chain(step.input).then("with_columns", said)
