"""The tour, executed as a reader would without a page."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from nexus_jupyter.notebook.materialize import materialize

ROOT = Path(__file__).parents[2]
TOUR = ROOT / "notebooks" / "tour.ipynb"
GROUP = "application/vnd.nexus.group+json"
NOT_ANSWERED = "customer satisfaction"


def questions(book):
    lines = [c for c in book["cells"] if c["cell_type"] == "code" and c["source"].startswith(("%nexus", "%%nexus"))]
    return [c for c in lines if c["source"] != "%nexus explain"]


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    book = nbformat.read(TOUR, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        patch.setenv("NEXUS_JUPYTER_HEADLESS", "1")
        patch.setenv("NEXUS_JUPYTER_AUTOLOAD", "0")
        NotebookClient(book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(TOUR.parent)}}).execute()
    return book


def test_the_tour_is_kept_without_outputs():
    assert all(not c.get("outputs") for c in nbformat.read(TOUR, as_version=4).cells)


def test_every_question_of_the_tour_is_answered_but_the_one_that_cannot_be(executed):
    for cell in questions(executed):
        answered = any(GROUP in o.get("data", {}) for o in cell.outputs)
        assert answered == (NOT_ANSWERED not in cell.source), (cell.source, [o.get("data", {}).get("text/plain") for o in cell.outputs])


def test_the_charts_of_the_tour_are_there(executed):
    charts = [c for c in questions(executed) if "chart" in c.source]
    assert len(charts) >= 3
    for cell in charts:
        assert any("application/vnd.plotly.v1+json" in o.get("data", {}) for o in cell.outputs), cell.source


def test_the_executed_tour_is_small(executed):
    assert len(json.dumps(executed)) < 500_000


def test_the_materialized_tour_runs_without_us(executed, tmp_path):
    made, count = materialize(executed)
    assert count == len(questions(executed)) - 1
    plain = nbformat.from_dict(made)
    nbformat.validate(plain)
    plain.cells = [c for c in plain.cells if not c.source.startswith(("%nexus", "%%nexus", "jfk"))]
    plain.cells[1].source = plain.cells[1].source.replace("%load_ext nexus_jupyter", "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEXUS_JUPYTER_AUTOLOAD", "0")
        NotebookClient(plain, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(TOUR.parent)}}).execute()
    assert materialize(made)[1] == 0


def test_papermill_runs_the_first_question(tmp_path):
    import papermill

    book = nbformat.read(TOUR, as_version=4)
    book.cells = book.cells[:4]
    (tmp_path / "data").mkdir()
    for name in ("flights.parquet", "airlines.csv"):
        shutil.copy(ROOT / "notebooks" / "data" / name, tmp_path / "data" / name)
    nbformat.write(book, tmp_path / "in.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        patch.setenv("NEXUS_JUPYTER_AUTOLOAD", "0")
        papermill.execute_notebook(
            str(tmp_path / "in.ipynb"),
            str(tmp_path / "out.ipynb"),
            cwd=str(tmp_path),
            progress_bar=False,
            kernel_name="python3",
        )
    made, count = materialize(nbformat.read(tmp_path / "out.ipynb", as_version=4))
    assert count == 1
    assert "application/vnd.plotly.v1+json" in json.dumps(made)
