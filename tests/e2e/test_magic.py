"""A question in a cell becomes cells, as a user sees it: the real magic, the real sandbox, the real page."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable
from typing import Any

import pytest

OpenNotebook = Callable[..., Any]

LOAD = '%load_ext nexus_jupyter\nimport pandas as pd\n\nflights = pd.read_parquet("data/flights.parquet")'
ASK = "%%nexus\naverage departure delay by carrier, worst first, as a bar chart"


def unpacked(values: Any) -> list[float]:
    """Give the numbers of a trace, which Plotly writes as a list or as packed bytes."""
    if isinstance(values, dict):
        return [number for (number,) in struct.iter_unpack("<d", base64.b64decode(values["bdata"]))]
    return list(values)


@pytest.fixture
def notebook(open_notebook: OpenNotebook) -> Any:
    """Open a notebook with the flights loaded and the first question ready to run."""
    book = open_notebook(LOAD, ASK, "%nexus undo")
    book.run(0)
    book.page.locator(".jp-Nexus-status", has_text="Nexus: ready").wait_for()
    return book


def test_a_question_becomes_a_sentence_code_and_a_chart(notebook: Any) -> None:
    notebook.run(1)
    assert notebook.states()[:2] == ["-", "-"]
    assert notebook.states()[-1] == "-"
    group = notebook.cells[2:-1]
    assert [cell["cell_type"] for cell in group] == ["markdown", "code"]
    assert {cell["metadata"]["nexus"]["state"] for cell in group} == {"proposed"}
    chart = group[1]["outputs"][0]["data"]["application/vnd.plotly.v1+json"]["data"][0]
    assert next(iter(chart["x"])) == "F9"
    assert "20.2" in group[0]["source"]
    assert "nexus" not in group[1]["source"]
    assert group[0]["metadata"]["nexus"]["provenance"]["question"].startswith("average departure delay")
    notebook.page.locator(".js-plotly-plot .bars").first.wait_for()
    notebook.screenshot("magic-proposed")
    notebook.page.locator(".jp-Nexus-bar").get_by_role("button", name="Accept").click()
    notebook.page.locator(".jp-Nexus-bar").wait_for(state="detached")
    notebook.execute("docmanager:save")
    notebook.page.reload()
    notebook.ready()
    assert notebook.states() == ["-", "-", "accepted", "accepted", "-"]
    assert notebook.page.locator(".jp-Nexus-bar").count() == 0


def test_undo_takes_the_last_group_back(notebook: Any) -> None:
    notebook.run(1)
    assert notebook.states() == ["-", "-", "proposed", "proposed", "-"]
    notebook.run(4)
    notebook.wait_for_cells(3)
    assert notebook.states() == ["-", "-", "-"]


def test_run_draws_the_same_chart_in_the_users_kernel(notebook: Any) -> None:
    notebook.run(1)
    drawn = notebook.cells[3]["outputs"][0]["data"]["application/vnd.plotly.v1+json"]["data"]
    notebook.execute("nexus:run-group")
    cell = notebook.cells[3]
    assert cell["execution_count"] is not None
    again = next(o["data"]["application/vnd.plotly.v1+json"] for o in cell["outputs"] if "data" in o)["data"]
    assert again[0]["x"] == drawn[0]["x"]
    assert unpacked(again[0]["y"]) == unpacked(drawn[0]["y"])


def test_the_sidebar_asks_the_same_session(notebook: Any) -> None:
    page = notebook.page
    notebook.execute("nexus:ask", question="how many flights per origin")
    page.get_by_role("button", name="Insert into the notebook").wait_for()
    page.locator(".jp-Nexus-frame", has_text="flights").wait_for()
    notebook.screenshot("magic-sidebar")
    page.get_by_role("button", name="Insert into the notebook").click()
    page.locator(".jp-Nexus-bar").wait_for()
    assert "proposed" in notebook.states()


def test_a_question_that_cannot_be_answered_leaves_no_cell(open_notebook: OpenNotebook) -> None:
    book = open_notebook(LOAD, "%%nexus\naverage happiness of the pilots")
    book.run(0)
    book.page.locator(".jp-Nexus-status", has_text="Nexus: ready").wait_for()
    book.run(1)
    assert book.states() == ["-", "-"]
    assert "happiness" in str(book.cells[1]["outputs"])


def test_notebook_7_gets_the_same_cells(open_notebook: OpenNotebook) -> None:
    book = open_notebook(LOAD, ASK, app="notebook")
    book.run(0)
    book.run(1)
    assert book.states() == ["-", "-", "proposed", "proposed"]
    book.page.locator(".jp-Nexus-bar").get_by_role("button", name="Discard").click()
    book.wait_for_cells(2)


def test_the_picture_of_the_readme(open_notebook: OpenNotebook) -> None:
    book = open_notebook(LOAD, ASK, height=1180, title="flights")
    page = book.page
    book.run(0)
    page.locator(".jp-Nexus-status", has_text="sandbox A").wait_for()
    book.execute("filebrowser:toggle-main")
    book.run(1)
    book.execute("nexus:ask", question="average distance by origin")
    page.get_by_role("button", name="Insert into the notebook").wait_for()
    page.locator(".js-plotly-plot .bars").first.wait_for()
    page.locator(".jp-Nexus-status", has_text="sandbox A").wait_for()
    book.screenshot("readme")


def test_accept_runs_the_code_where_the_question_said_run(open_notebook: OpenNotebook) -> None:
    book = open_notebook(LOAD, "%nexus --run run average departure delay by carrier, worst first")
    book.run(0)
    book.run(1)
    assert [cell.get("execution_count") for cell in book.cells[2:4] if cell["cell_type"] == "code"] == [None]
    book.page.locator(".jp-Nexus-bar").get_by_role("button", name="Accept and Run").click()
    book.wait("panel.content.model.toJSON().cells.some(c => c.metadata.nexus?.role === 'code' && c.execution_count !== null)")
    assert book.states()[2:4] == ["accepted", "accepted"]


def test_accept_asks_whether_to_run_where_the_question_said_ask(open_notebook: OpenNotebook) -> None:
    book = open_notebook(LOAD, "%nexus --run ask average departure delay by carrier, worst first")
    book.run(0)
    book.run(1)
    accept = book.page.locator(".jp-Nexus-bar").get_by_role("button", name="Accept …")
    accept.click()
    book.page.locator(".jp-Dialog").get_by_role("button", name="Cancel").click()
    assert "proposed" in book.states()
    accept.click()
    book.screenshot("accept-asks")
    book.page.locator(".jp-Dialog").get_by_role("button", name="Keep", exact=True).click()
    book.page.locator(".jp-Nexus-bar").wait_for(state="detached")
    assert book.states()[2:4] == ["accepted", "accepted"]
    assert all(cell.get("execution_count") is None for cell in book.cells[2:4])
