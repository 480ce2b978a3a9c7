"""How outputs end in polars: collected, as single values, rounded."""

from __future__ import annotations

from nexus_jupyter.codegen.chain import Chain
from nexus_jupyter.codegen.literals import text
from nexus_jupyter.codegen.polars import number_of
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.plan.models import Fit, Predict
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.statistics import SignificanceTest
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Aggregate, Select
from nexus_jupyter.plan.summaries import Correlation


def value(output: Output, writer: Writer) -> str | None:
    """Write a single value, or None where the output is a table after all."""
    step = output.step
    if isinstance(step, Select) and len(step.columns) == 1 and isinstance(step.input, (SignificanceTest, Fit)):
        said = number_of(step.input, step.columns[0], writer)
        return said if said is None or output.decimals is None else f"round({said}, {output.decimals})"
    if isinstance(step, Predict):
        return number_of(step, "prediction", writer)
    single = (isinstance(step, Aggregate) and not step.keys and len(step.measures) == 1) or (
        isinstance(step, Correlation) and step.shape == "pair"
    )
    if not single or step in writer.bound:
        return None
    chain = writer.render(step, writer)
    if output.decimals is not None and step.schema.columns[0].kind is Kind.FLOAT:
        chain = chain.then("select", f"{writer.use('pl')}.all().round({output.decimals})")
    chain = chain.then("collect").then("item")
    return chain.line if len(chain.line) <= 90 else f"(\n{chain.lines('    ')}\n)"  # noqa: PLR2004 - what fits on a line


def finish(chain: Chain, step: Step, decimals: int | None, writer: Writer) -> Chain:
    """Collect the rows, rounded as the question asked."""
    floats = [c.name for c in step.schema if c.kind is Kind.FLOAT]
    if decimals is not None and floats:
        chain = chain.then("with_columns", f"{writer.use('pl')}.col({', '.join(map(text, floats))}).round({decimals})")
    if step in writer.bound or not (chain.calls and chain.calls[-1][0] == "lazy"):
        return chain.then("collect")
    return Chain(base=chain.base, mask=chain.mask, calls=chain.calls[:-1])
