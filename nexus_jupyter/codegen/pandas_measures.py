"""Measures as pandas code: of a whole table, of groups, and the single value of a one-row table."""

from __future__ import annotations

from nexus_jupyter.codegen.chain import Chain, call
from nexus_jupyter.codegen.literals import keywords, names, one_or_list, text
from nexus_jupyter.codegen.pandas_expressions import Row, conjuncts, expression
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.plan.models import Fit, Predict
from nexus_jupyter.plan.statistics import SignificanceTest
from nexus_jupyter.plan.step import Measure, Step
from nexus_jupyter.plan.steps import Aggregate, Select
from nexus_jupyter.plan.summaries import Correlation

NUMBERED = (SignificanceTest, Fit)
NAMED = {
    "count_distinct": "nunique",
    **{f: f for f in ("sum", "mean", "median", "min", "max", "count", "std", "var", "first", "last", "any", "all", "skew", "sem")},
}
# Functions of one column that have no method: of `values`, which misses nothing but for "missing".
OWN = {
    "skew_pop": "{stats}.skew({values})",
    "kurtosis_pop": "{stats}.kurtosis({values})",
    "mad": "({values} - {values}.median()).abs().median()",
    "missing": "{values}.isna().sum()",
}


def own(m: Measure, series: str, writer: Writer) -> str:
    """Write a measure that has no method, of a column or a variable."""
    if "stats" not in OWN[m.func]:
        return OWN[m.func].format(values=series)
    return OWN[m.func].format(values=f"{series}.dropna()", stats=writer.use("stats"))


def of_series(m: Measure, series: str) -> str:
    """Write a measure of one column, or of the groups of one column; missing cells do not count."""
    match m.func:
        case "std_pop" | "var_pop":
            return f"{series}.{m.func.removesuffix('_pop')}(ddof=0)"
        case "quantile":
            return f"{series}.quantile({m.q})"
        case "range":
            return f"{series}.max() - {series}.min()"
        case "kurtosis":
            return f"{series}.kurt()"
        case "iqr":
            return f"{series}.quantile(0.75) - {series}.quantile(0.25)"
        case _:
            return f"{series}.{NAMED[m.func]}()"


def _whole(m: Measure, chain: Chain, step: Aggregate, writer: Writer) -> str:
    """Write a measure over all rows."""
    if chain.calls:
        chain = Chain(base=writer.name(step.input))
    variable, mask = chain.base, chain.mask
    if m.where is not None:
        row = Row(variable=variable, schema=step.input.schema, writer=writer)
        parts = conjuncts(m.where, row)
        if m.func == "share":
            said = expression(m.where, row) if not mask else None
            if said is None:
                variable = writer.name(step.input)
                said = expression(m.where, Row(variable=variable, schema=step.input.schema, writer=writer))
            return f"({said}).mean()"
        mask = (*mask, *parts)
    if mask and len(mask) == 1 and mask[0].startswith("(") and mask[0].endswith(")") and mask[0].count("(") == 1:
        mask = (mask[0][1:-1],)
    joined = " & ".join(mask)
    if m.func == "size":
        return f"len({variable}[{joined}])" if mask else f"len({variable})"
    assert m.column is not None
    series = f"{variable}.loc[{joined}, {text(m.column)}]" if mask else f"{variable}[{text(m.column)}]"
    if m.func == "mode":
        return f"{series}.mode().min()"
    if m.func in OWN:
        return own(m, series, writer)
    if m.func == "weighted_mean":
        weights = f"{variable}.loc[{joined}, {text(str(m.weight))}]" if mask else f"{variable}[{text(str(m.weight))}]"
        return f"({series} * {weights}).sum() / {weights}.where({series}.notna()).sum()"
    if m.func in {"first", "last"}:
        return f"{series}.dropna().iloc[{0 if m.func == 'first' else -1}]"
    if m.func == "range" and mask:
        return (
            f"{series}.agg(np.ptp)"
            if writer.use("np") and not step.input.schema.column(m.column).nullable
            else f"{series}.max() - {series}.min()"
        )
    if step.input.schema.column(m.column).kind is Kind.DATE and m.func in {"min", "max"}:
        return of_series(m, f"{writer.use('pd')}.to_datetime({series})")
    return of_series(m, series)


def measured(step: Aggregate, writer: Writer) -> Chain:
    """Write an aggregation without keys as a table of one row."""
    chain = writer.chain(step.input)
    if (chain.mask or chain.calls) and len(step.measures) > 1:
        chain = Chain(base=writer.name(step.input))
    cells = ", ".join(f"{text(m.name)}: [{_whole(m, chain, step, writer)}]" for m in step.measures)
    if len(cells) > 80:  # noqa: PLR2004 - what fits on a line
        cells = "\n    " + ",\n    ".join(f"{text(m.name)}: [{_whole(m, chain, step, writer)}]" for m in step.measures) + ",\n"
    return Chain(base=f"{writer.use('pd')}.DataFrame({{{cells}}})")


def scalar(step: Step, writer: Writer) -> str | None:
    """Write the single value of a step without a table around it, or None where there is no short way."""
    if isinstance(step, Aggregate) and not step.keys and len(step.measures) == 1:
        return _whole(step.measures[0], writer.chain(step.input), step, writer)
    if isinstance(step, Correlation) and step.shape == "pair":
        a, b = step.columns
        if step.method == "pearson":
            variable = writer.name(step.input)
            return f"{variable}[{text(a)}].corr({variable}[{text(b)}])"
        chain = writer.chain(step.input).pick(names(step.columns)).then("corr", f'method="{step.method}"')
        return chain.line + ".iloc[0, 1]"
    if isinstance(step, Predict):
        return number_of(step, "prediction", writer)
    if isinstance(step, Select) and len(step.columns) == 1 and isinstance(step.input, NUMBERED):
        return number_of(step.input, step.columns[0], writer)
    return None


def number_of(step: Step, column: str, writer: Writer) -> str | None:
    """Write one number of a test or model without a table around it."""
    from nexus_jupyter.codegen.pandas_models import scored
    from nexus_jupyter.codegen.pandas_statistics import tested

    return (tested(step, writer) or scored(step, writer)).get(column) if step not in writer.bound else None


def cell(step: Step, column: str, writer: Writer) -> str:
    """Give a variable that holds one cell of a one-row table."""
    if (step, column) in writer.values:
        return writer.values[step, column]
    said = (number_of(step, column, writer) or scalar(step, writer)) if step not in writer.bound else None
    if said is None:
        table = writer.name(step)
        said = f"{table}[{text(column)}].iloc[0]"
    variable = writer.fresh(column)
    writer.emit(f"{variable} = {said}")
    writer.values[step, column] = variable
    return variable


def _prepared(step: Aggregate, writer: Writer) -> tuple[Chain, dict[str, str]]:
    """Give the table to group, with a column for each measure that has a condition, and what each measure reads."""
    conditional = [m for m in step.measures if m.where is not None]
    reads = {m.name: m.column or step.keys[0] for m in step.measures}
    if not conditional:
        return writer.chain(step.input), reads
    row = Row(variable=writer.name(step.input), schema=step.input.schema, writer=writer)
    used = {*step.keys, *(m.column for m in step.measures if m.column)}
    pairs = []
    for m in conditional:
        assert m.where is not None
        name = m.name if m.name not in used else f"{m.name} where"
        reads[m.name] = name
        condition = expression(m.where, row)
        if m.func in {"size", "share"}:
            pairs.append((name, condition))
        else:
            kept = f"{row.variable}[{text(str(m.column))}]"
            pairs.append((name, f"{kept}.where({condition}{', 0' if m.func == 'sum' else ''})"))
    chain = Chain(base=row.variable).then("assign", *keywords(pairs, taken=frozenset({"self"})))
    return chain, reads


def grouped(step: Aggregate, writer: Writer) -> Chain:
    """Write an aggregation per group; groups come sorted by their keys, and a missing key forms none unless that is asked."""
    chain, reads = _prepared(step, writer)
    functions = {m.name: _named(m) for m in step.measures}
    keys = one_or_list(step.keys)
    kept = ("dropna=False",) if step.missing else ()
    plain = all(functions.values())
    clash = any(m.name in step.keys for m in step.measures)
    if plain and not clash:
        pairs = [(m.name, f'({text(reads[m.name])}, "{functions[m.name]}")') for m in step.measures]
        return chain.then("groupby", keys, "as_index=False", *kept).then(
            "agg", *keywords(pairs, taken=frozenset({"func", "self", "engine", "engine_kwargs"}))
        )
    groups = writer.bind(chain.then("groupby", keys, *kept), writer.fresh("groups"))
    cells = [f"{text(m.name)}: {_of_groups(m, groups, reads[m.name], writer)}" for m in step.measures]
    base = call(f"{writer.use('pd')}.DataFrame", "{" + ", ".join(cells) + "}") if sum(map(len, cells)) < 80 else (  # noqa: PLR2004 - a line
        "pd.DataFrame({\n" + "".join(f"    {c},\n" for c in cells) + "})")  # fmt: skip
    writer.use("pd")
    return Chain(base=base).then("reset_index")


def _named(m: Measure) -> str | None:
    if m.func == "size":
        return "sum" if m.where is not None else "size"
    return "mean" if m.func == "share" else NAMED.get(m.func)


def _of_groups(m: Measure, groups: str, column: str, writer: Writer) -> str:
    if m.func == "size" and m.where is None:
        return f"{groups}.size()"
    series = f"{groups}[{text(column)}]"
    if m.func == "mode":
        return f"{series}.agg(lambda values: values.mode().min())"
    if m.func in OWN:
        return f"{series}.agg(lambda values: {own(m, 'values', writer)})"
    if m.func == "weighted_mean":
        column, weights = f"rows[{text(column)}]", f"rows[{text(str(m.weight))}]"
        return f"{groups}.apply(lambda rows: ({column} * {weights}).sum() / {weights}.where({column}.notna()).sum())"
    named = _named(m)
    return f"{series}.{named}()" if named else of_series(m, series)
