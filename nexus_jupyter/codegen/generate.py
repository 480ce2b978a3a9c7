"""A plan as a program."""

from __future__ import annotations

from nexus_jupyter.codegen import charts
from nexus_jupyter.codegen.chain import Chain
from nexus_jupyter.codegen.literals import text
from nexus_jupyter.codegen.needed import needed
from nexus_jupyter.codegen.program import Dialect, Program
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.errors import CodegenError
from nexus_jupyter.plan.plan import Output, Plan
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Source
from nexus_jupyter.plan.summaries import Chart


def generate(plan: Plan, catalog: Catalog, *, dialect: Dialect = "pandas") -> Program:
    """Write a plan as code in a dialect.

    Raises
    ------
    CodegenError
        When a step cannot be written in the dialect.
    """
    render, value, finish = _dialect(dialect)
    need = needed(plan)
    writer = Writer(plan, catalog, render=render, need=need)
    writer.lazy = "lazy" if dialect == "polars" else ""
    wished = {o.name: writer.fresh(o.name) for o in plan.outputs}
    outputs, tables = [], []
    for number, output in enumerate(plan.outputs):
        writer.part = number
        variable, table = _output(output, wished[output.name], writer, value, finish)
        outputs.append((output.name, variable, output.form))
        if table is not None:
            tables.append((output.name, table))
    reading = _reading(plan, catalog, writer, dialect)
    return Program(
        dialect=dialect,
        imports=writer.importing,
        reading=reading,
        constants=tuple(f"{name} = {value}" for name, value in writer.constants.items()),
        body=tuple(writer.blocks),
        parts=tuple(writer.parts),
        outputs=tuple(outputs),
        tables=tuple(tables),
        inputs=_inputs(plan, need),
        plan_hash=plan.hash,
    )


def _dialect(dialect: str):  # type: ignore[no-untyped-def] # noqa: ANN202 - three functions of the dialect's modules
    if dialect == "pandas":
        from nexus_jupyter.codegen import (  # noqa: F401 - they register what they write
            pandas,
            pandas_conversions,
            pandas_models,
            pandas_outputs,
            pandas_preparation,
            pandas_readings,
            pandas_statistics,
            pandas_summaries,
            pandas_surveys,
        )

        return pandas.table, pandas_outputs.value, pandas_outputs.finish
    if dialect == "polars":
        from nexus_jupyter.codegen import (  # noqa: F401 - they register what they write
            polars,
            polars_conversions,
            polars_models,
            polars_outputs,
            polars_preparation,
            polars_readings,
            polars_statistics,
            polars_summaries,
            polars_surveys,
        )

        return polars.table, polars_outputs.value, polars_outputs.finish
    raise CodegenError(f"There is no dialect `{dialect}`. Choose pandas or polars.")


def _output(output: Output, wish: str, writer: Writer, value, finish) -> tuple[str, str | None]:  # type: ignore[no-untyped-def] # noqa: ANN001
    if isinstance(output.step, Chart):
        table = _table(output.step.input, wish, writer, finish, None)
        figure = "fig" if "fig" not in writer.figures else writer.fresh("fig_2")
        writer.figures.add(figure)
        charts.figure(output.step, table, writer, figure)
        return figure, table
    if output.form == "value":
        said = value(output, writer)
        if said is not None:
            writer.emit(f"{wish} = {said}")
            return wish, None
    return _table(output.step, wish, writer, finish, output.decimals), None


def _table(step: Step, wish: str, writer: Writer, finish, decimals: int | None) -> str:  # type: ignore[no-untyped-def] # noqa: ANN001
    if step in writer.collected and decimals is None:
        return writer.bound[step]
    if step in writer.bound and decimals is None:
        finished: Chain = finish(Chain(base=writer.bound[step]), step, None, writer)
        if finished.name is not None:
            return finished.name
        return writer.bind(finished, wish)
    chain: Chain = finish(
        writer.render(step, writer) if step not in writer.bound else Chain(base=writer.bound[step]), step, decimals, writer
    )
    if chain.name is not None and isinstance(step, Source):
        return chain.name
    variable = writer.bind(chain, wish)
    if decimals is None and step not in writer.bound and not isinstance(step, Source):
        writer.bound[step] = variable
        writer.collected.add(step)
    return variable


def _reading(plan: Plan, catalog: Catalog, writer: Writer, dialect: str) -> tuple[str, ...]:
    lines = []
    for name in plan.datasets:
        dataset = next((d for d in catalog.datasets if d.name == name), None)
        if dataset is None or dataset.reader is None:
            continue
        reader = dataset.reader
        from nexus_jupyter.context.readers import expression

        said = expression(reader)
        writer.use("pd")
        if dialect == "polars":
            said = f"{writer.use('pl')}.from_pandas({said})"
        elif not reader.get("options"):
            said = f"pd.{reader['function']}({text(reader['path'])})" if "within" not in reader else said
        lines.append(f"{name} = {said}")
    return tuple(lines)


def _inputs(plan: Plan, need: dict[Step, set[str]]) -> tuple[tuple[str, tuple[str, ...] | None], ...]:
    found: dict[str, set[str]] = {}
    tables: dict[str, tuple[str, ...]] = {}
    for step in plan.steps:
        if isinstance(step, Source):
            found.setdefault(step.dataset, set()).update(need[step])
            tables[step.dataset] = step.table.names
    return tuple((n, None if found[n] >= set(tables[n]) else tuple(c for c in tables[n] if c in found[n])) for n in found)
