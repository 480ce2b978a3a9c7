"""Fitted models as polars code that hands the complete rows to pandas, which statsmodels and scikit-learn take."""

from __future__ import annotations

from nexus_jupyter.codegen import models
from nexus_jupyter.codegen.chain import Chain
from nexus_jupyter.codegen.literals import keywords, names, text
from nexus_jupyter.codegen.polars import table
from nexus_jupyter.codegen.significance import Cells, row
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.plan.models import Cluster, Fit, Predict, Terms
from nexus_jupyter.plan.step import Step


def _rows(step: Step, columns: tuple[str, ...], writer: Writer) -> str:
    chain = writer.chain(step).then("select", *map(text, columns)).then("drop_nulls").then("collect").then("to_pandas")
    return writer.bind(chain, writer.fresh("rows"))


def scored(step: Step, writer: Writer) -> Cells:
    """Give the numbers of a model as expressions, or nothing for other steps."""
    return models.scored(step, writer, _rows)


@table.register
def _fit(step: Fit, writer: Writer) -> Chain:
    return row(scored(step, writer), step, writer)


@table.register
def _terms(step: Terms, writer: Writer) -> Chain:
    frame = writer.bind(models.terms(step, writer, _rows), writer.fresh("terms"))
    return Chain(base=f"{writer.use('pl')}.from_pandas({frame})").then("lazy")


@table.register
def _predict(step: Predict, writer: Writer) -> Chain:
    return row(scored(step, writer), step, writer)


@table.register
def _cluster(step: Cluster, writer: Writer) -> Chain:
    pl = writer.use("pl")
    rows = writer.bind(writer.chain(step.input).then("drop_nulls", names(step.columns)).then("collect"), writer.fresh("rows"))
    points = writer.fresh("points")
    writer.emit(f"{points} = {rows}.select({', '.join(map(text, step.columns))}).to_numpy()")
    clusters = f"{pl}.Series({models.labels(step, points, writer)}).cast({pl}.Int64)"
    return Chain(base=rows).then("with_columns", *keywords([(step.name, clusters)], taken=frozenset({"self"}))).then("lazy")
