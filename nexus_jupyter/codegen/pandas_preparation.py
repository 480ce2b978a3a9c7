"""Prepared columns as pandas code: outliers, scales, numbers for categories, classes, filled gaps."""

from __future__ import annotations

from nexus_jupyter.codegen.chain import Chain, call
from nexus_jupyter.codegen.literals import keywords, literal, mapping, names, number, one_or_list, text
from nexus_jupyter.codegen.pandas import assigned, table
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.plan.preparation import Cut, Encode, Outliers, Scale
from nexus_jupyter.plan.steps import FillMissing


def _of(variable: str, column: str, by: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """Give a column and its mean, standard deviations, quartiles, extremes: of the whole table, or of each row's group."""
    values = f"{variable}[{text(column)}]"
    funcs = {"mean": "", "median": "", "min": "", "max": "", "std": "", "std_pop": "ddof=0", "q1": "0.25", "q3": "0.75"}
    said = {}
    for name, argument in funcs.items():
        func = "quantile" if name in {"q1", "q3"} else name.removesuffix("_pop")
        if by:
            said[name] = (
                f"{variable}.groupby({one_or_list(by)})[{text(column)}].transform({', '.join(filter(None, (text(func), argument)))})"
            )
        else:
            said[name] = f"{values}.{func}({argument})"
    return values, said


@table.register
def _outliers(step: Outliers, writer: Writer) -> Chain:
    variable = writer.name(step.input)
    values, of = _of(variable, step.column, step.by)
    limit = writer.constant({"zscore": "Z_LIMIT", "iqr": "IQR_FACTOR", "mad": "MAD_LIMIT"}[step.method], number(step.limit))
    if step.method == "iqr":
        q1, q3, reach = (writer.fresh(w) for w in ("q1", "q3", "reach"))
        if step.by:
            writer.emit(f"{q1} = {of['q1']}")
            writer.emit(f"{q3} = {of['q3']}")
        else:
            writer.emit(f"{q1}, {q3} = {values}.quantile([0.25, 0.75])")
        writer.emit(f"{reach} = {limit} * ({q3} - {q1})")
        sides = {"low": f"({values} < {q1} - {reach})", "high": f"({values} > {q3} + {reach})"}
        said = " | ".join(sides.values()) if step.side == "both" else sides[step.side][1:-1]
        return assigned(step, step.name, said, variable)
    z = writer.fresh("z")
    if step.method == "zscore":
        writer.emit(f"{z} = ({values} - {of['mean']}) / {of['std' if step.ddof else 'std_pop']}")
    else:
        distance, middle = writer.fresh("distance"), "median()"
        writer.emit(f"{distance} = {values} - {of['median']}")
        if step.by:
            middle = f'groupby({", ".join(_keys(variable, step.by))}).transform("median")'
        writer.emit(f"{z} = 0.6745 * {distance} / {distance}.abs().{middle}")
    said = {"both": f"{z}.abs() > {limit}", "high": f"{z} > {limit}", "low": f"{z} < -{limit}"}[step.side]
    return assigned(step, step.name, said, variable)


def _keys(variable: str, by: tuple[str, ...]) -> tuple[str, ...]:
    keys = [f"{variable}[{text(k)}]" for k in by]
    return (keys[0],) if len(keys) == 1 else (f"[{', '.join(keys)}]",)


@table.register
def _scale(step: Scale, writer: Writer) -> Chain:
    variable = writer.name(step.input)
    pairs = []
    for column, name in zip(step.columns, step.names or step.columns, strict=True):
        values, of = _of(variable, column, step.by)
        said = {
            "standard": f"({values} - {of['mean']}) / {of['std' if step.ddof else 'std_pop']}",
            "minmax": f"({values} - {of['min']}) / ({of['max']} - {of['min']})",
            "robust": f"({values} - {of['median']}) / ({of['q3']} - {of['q1']})",
            "centre": f"{values} - {of['mean']}",
        }[step.method]
        pairs.append((name, said))
    return Chain(base=variable).then("assign", *keywords(pairs, taken=frozenset({"self"})))


@table.register
def _encode(step: Encode, writer: Writer) -> Chain:
    variable = writer.name(step.input)
    values = f"{variable}[{text(step.column)}]"
    if step.method == "label":
        if step.values:
            said = f"{values}.map({mapping((literal(v), str(i)) for i, v in enumerate(step.values, step.first))})"
        else:
            said = f'{values}.astype("category").cat.codes' + (f" + {step.first}" if step.first else "")
            if step.input.schema.column(step.column).nullable:
                said = f"({said}).where({values}.notna())" if step.first else f"{said}.where({values}.notna())"
        return assigned(step, step.name or step.column, said, variable)
    if step.values:
        known = step.values[1 if step.drop_first else 0 :]
        pairs = [(name, f"({values} == {literal(v)}).astype(int)") for name, v in zip(step.made, known, strict=True)]
        return Chain(base=variable).then("assign", *keywords(pairs, taken=frozenset({"self"})))
    drop = ", drop_first=True" if step.drop_first else ""
    dummies = f"{writer.use('pd')}.get_dummies({values}, prefix={text(step.name or step.column)}, dtype=int{drop})"
    return Chain(base=variable).then("join", dummies)


@table.register
def _cut(step: Cut, writer: Writer) -> Chain:
    variable, pd = writer.name(step.input), writer.use("pd")
    values, labels = f"{variable}[{text(step.column)}]", f"labels={names(step.words)}"
    right = [] if step.right else ["right=False"]
    if step.quantiles:
        said = call(f"{pd}.qcut", values, str(step.quantiles), labels)
    elif step.bins:
        said = call(f"{pd}.cut", values, str(step.bins), labels, *right)
    else:
        edges = writer.constant("EDGES", f"[{', '.join(map(number, step.edges))}]")
        if step.open_ends:
            np = writer.use("np")
            edges = f"[-{np}.inf, *{edges}, {np}.inf]"
        closed = ["include_lowest=True"] if step.right and not step.open_ends else []
        said = call(f"{pd}.cut", values, edges, labels, *right, *closed)
    return assigned(step, step.name, said, variable)


@table.register
def _fill_missing(step: FillMissing, writer: Writer) -> Chain:
    if step.how == "value":
        return writer.chain(step.input).then("fillna", f"{{{text(step.column)}: {literal(step.value)}}}")
    variable = writer.name(step.input)
    values = f"{variable}[{text(step.column)}]"
    groups = f"{variable}.groupby({one_or_list(step.by)})[{text(step.column)}]" if step.by else values
    if step.how in {"forward", "backward"}:
        return assigned(step, step.column, f"{groups}.{step.how[0]}fill()", variable)
    if step.how == "line":
        return assigned(step, step.column, f'{values}.interpolate(limit_area="inside")', variable)
    if step.by:
        own = "lambda values: values.mode().min()" if step.how == "mode" else text(step.how)
        with_what = f"{groups}.transform({own})"
    else:
        with_what = f"{values}.{step.how}()" + (".min()" if step.how == "mode" else "")
    if step.how != "mode" and step.input.schema.column(step.column).kind is Kind.INTEGER:
        return assigned(step, step.column, f"{values}.astype(float).fillna({with_what})", variable)
    return Chain(base=variable).then("fillna", f"{{{text(step.column)}: {with_what}}}")
