"""Fitted models as pandas code."""

from __future__ import annotations

from nexus_jupyter.codegen import models
from nexus_jupyter.codegen.chain import Chain
from nexus_jupyter.codegen.literals import keywords, names
from nexus_jupyter.codegen.pandas import table
from nexus_jupyter.codegen.significance import Cells, row
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.plan.models import Cluster, Fit, Predict, Terms
from nexus_jupyter.plan.step import Step


def _rows(step: Step, columns: tuple[str, ...], writer: Writer) -> str:
    return writer.bind(writer.chain(step).pick(names(columns)).then("dropna"), writer.fresh("rows"))


def scored(step: Step, writer: Writer) -> Cells:
    """Give the numbers of a model as expressions, or nothing for other steps."""
    return models.scored(step, writer, _rows)


@table.register
def _fit(step: Fit, writer: Writer) -> Chain:
    return row(scored(step, writer), step, writer)


@table.register
def _terms(step: Terms, writer: Writer) -> Chain:
    return models.terms(step, writer, _rows)


@table.register
def _predict(step: Predict, writer: Writer) -> Chain:
    return row(scored(step, writer), step, writer)


@table.register
def _cluster(step: Cluster, writer: Writer) -> Chain:
    rows = writer.bind(writer.chain(step.input).then("dropna", f"subset={names(step.columns)}"), writer.fresh("rows"))
    points = writer.fresh("points")
    writer.emit(f"{points} = {rows}[{names(step.columns)}]")
    return Chain(base=rows).then("assign", *keywords([(step.name, models.labels(step, points, writer))], taken=frozenset({"self"})))
