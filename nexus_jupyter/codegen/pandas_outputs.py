"""How outputs end in pandas: single values, rounding."""

from __future__ import annotations

from nexus_jupyter.codegen.chain import Chain
from nexus_jupyter.codegen.pandas_measures import scalar
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.step import Step


def value(output: Output, writer: Writer) -> str | None:
    """Write a single value, or None where the output is a table after all."""
    if output.step in writer.bound:
        return None
    said = scalar(output.step, writer)
    if said is None or output.decimals is None:
        return said
    return f"round({said}, {output.decimals})"


def finish(chain: Chain, step: Step, decimals: int | None, writer: Writer) -> Chain:
    """Round as the question asked."""
    return chain if decimals is None else chain.then("round", str(decimals))
