"""The bridge between kernel and page, driven from a cell by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

OpenNotebook = Callable[..., Any]

BRIDGE = "from hand_made import *\nfrom nexus_jupyter.comm import working_cell\nbridge.open()"
INSERT = "acknowledged = bridge.insert('g1', bridge.anchor, cells('g1'))\nprint('acknowledged', acknowledged)"


@pytest.fixture
def notebook(open_notebook: OpenNotebook) -> Any:
    """Open a notebook whose kernel holds a bridge."""
    book = open_notebook(BRIDGE, INSERT, "1 + 1")
    book.run(0)
    book.page.locator(".jp-Nexus-status", has_text="Nexus: ready · sandbox A").wait_for()
    return book


def test_cells_arrive_below_the_running_cell_while_it_runs(notebook: Any) -> None:
    """The group stands below its question, with its chart, and the kernel was told so before the cell ended."""
    notebook.run(1)
    assert notebook.states() == ["-", "-", "proposed", "proposed", "-"]
    assert notebook.cells[1]["outputs"][0]["text"] == "acknowledged True\n"
    notebook.page.locator(".jp-Nexus-bar").get_by_role("button", name="Accept").wait_for()
    notebook.page.locator(".js-plotly-plot .bars").first.wait_for()
    notebook.screenshot("bridge-proposed")


def test_accept_keeps_the_cells_and_takes_the_bar_away(notebook: Any) -> None:
    """Accepting is one click; the saved state says so."""
    notebook.run(1)
    notebook.page.locator(".jp-Nexus-bar").get_by_role("button", name="Accept").click()
    notebook.page.locator(".jp-Nexus-bar").wait_for(state="detached")
    assert notebook.states() == ["-", "-", "accepted", "accepted", "-"]
    assert notebook.page.locator(".jp-Nexus-proposed").count() == 0


def test_discard_by_keyboard_is_one_step_of_the_undo_history(notebook: Any) -> None:
    """Discard takes the whole group; undo brings the whole group back."""
    notebook.run(1)
    notebook.page.locator(".jp-Nexus-bar").wait_for()
    notebook.page.keyboard.press("Control+Alt+d")
    notebook.wait_for_cells(3)
    notebook.execute("notebook:undo-cell-action")
    assert notebook.states() == ["-", "-", "proposed", "proposed", "-"]


def test_run_runs_the_code_in_the_users_kernel(notebook: Any) -> None:
    """Run accepts the group and runs its code there, and nowhere before."""
    notebook.run(1)
    assert notebook.cells[3]["execution_count"] is None
    notebook.execute("nexus:run-group")
    assert notebook.states()[2:4] == ["accepted", "accepted"]
    assert notebook.cells[3]["outputs"][0]["data"]["text/plain"] == "42"


def test_asking_again_replaces_what_was_only_proposed(notebook: Any) -> None:
    """Running the question twice leaves one proposal, not two."""
    notebook.run(1)
    notebook.run(1)
    assert notebook.states() == ["-", "-", "proposed", "proposed", "-"]


def test_a_group_grows_while_it_runs_and_undo_takes_it_back_whole(open_notebook: OpenNotebook) -> None:
    """The working cell is replaced by the answer, and never comes back by undo."""
    book = open_notebook(
        BRIDGE,
        "bridge.insert('g1', bridge.anchor, [working_cell('g1', 'Looking …')])\ninput()\nbridge.update('g1', cells('g1'))",
    )
    book.run(0)
    book.page.locator(".jp-Nexus-status", has_text="ready").wait_for()
    book.start(1)
    book.page.locator(".jp-Nexus-bar", has_text="Working on it").wait_for()
    assert book.states() == ["-", "-", "working"]
    book.page.locator(".jp-Stdin-input").press("Enter")
    book.wait_for_cells(4)
    assert book.states() == ["-", "-", "proposed", "proposed"]
    book.execute("notebook:undo-cell-action")
    assert book.states() == ["-", "-"]


def test_a_kernel_that_goes_away_leaves_no_half_answer(open_notebook: OpenNotebook) -> None:
    """What was still being worked on is taken out when the kernel restarts."""
    book = open_notebook(BRIDGE, "bridge.insert('g1', bridge.anchor, [working_cell('g1', 'Looking …')])")
    book.run(0)
    book.page.locator(".jp-Nexus-status", has_text="ready").wait_for()
    book.run(1)
    assert book.states() == ["-", "-", "working"]
    book.js("await panel.sessionContext.session.kernel.restart();")
    book.wait_for_cells(2)
    book.page.locator(".jp-Nexus-status", has_text="not loaded").wait_for()


def test_a_saved_notebook_keeps_its_proposals_after_a_reload(notebook: Any) -> None:
    """The page finds the comm of the kernel again, and the bar stands where it stood."""
    notebook.run(1)
    notebook.execute("docmanager:save")
    notebook.page.reload()
    notebook.ready()
    assert notebook.states() == ["-", "-", "proposed", "proposed", "-"]
    notebook.page.locator(".jp-Nexus-bar").get_by_role("button", name="Discard").click()
    notebook.wait_for_cells(3)
    notebook.page.locator(".jp-Nexus-status", has_text="Nexus: ready · sandbox A").wait_for()
    notebook.run(1)
    assert notebook.cells[1]["outputs"][0]["text"] == "acknowledged True\n"


def test_a_page_reloaded_in_the_middle_still_gets_the_answer(open_notebook: OpenNotebook) -> None:
    """The unfinished cell stays while its kernel lives, and the answer takes its place."""
    book = open_notebook(
        BRIDGE,
        "bridge.insert('g1', bridge.anchor, [working_cell('g1', 'Looking …')])",
        "bridge.update('g1', cells('g1'))",
    )
    book.run(0)
    book.page.locator(".jp-Nexus-status", has_text="ready").wait_for()
    book.run(1)
    book.execute("docmanager:save")
    book.page.reload()
    book.ready()
    book.page.locator(".jp-Nexus-status", has_text="ready").wait_for()
    assert book.states() == ["-", "-", "working", "-"]
    book.run(3)
    book.wait_for_cells(5)
    assert book.states() == ["-", "-", "proposed", "proposed", "-"]


def test_two_views_of_one_notebook_get_the_cells_once(notebook: Any) -> None:
    """Both views show the same notebook, so one insertion is enough."""
    notebook.execute("docmanager:clone")
    notebook.ready()
    notebook.run(1)
    assert notebook.states() == ["-", "-", "proposed", "proposed", "-"]
    notebook.page.locator(".jp-Nexus-bar").get_by_role("button", name="Accept").first.click()
    notebook.page.wait_for_function("document.querySelectorAll('.jp-Nexus-bar, .jp-Nexus-proposed').length === 0")


def test_the_sidebar_asks_and_inserts(notebook: Any) -> None:
    """A question in the sidebar shows its stages and its answer; Insert puts the cells below the active cell."""
    page = notebook.page
    page.locator(".jp-Nexus-statusButton").click()
    box = page.get_by_role("textbox", name="Question")
    box.fill("which carrier is worst")
    box.press("Enter")
    page.locator(".jp-Nexus-answer", has_text="20.2 minutes").wait_for()
    page.locator(".jp-Nexus-frame", has_text="flights").locator("summary").click()
    notebook.screenshot("bridge-sidebar")
    notebook.js("panel.content.activeCellIndex = 2;")
    page.get_by_role("button", name="Insert into the notebook").click()
    notebook.wait_for_cells(5)
    assert notebook.states() == ["-", "-", "-", "proposed", "proposed"]
    box.press("ArrowUp")
    assert box.input_value() == "which carrier is worst"


def test_readings_ask_again(notebook: Any) -> None:
    """An ambiguous question offers its readings as buttons."""
    page = notebook.page
    notebook.execute("nexus:ask", question="delay")
    page.get_by_role("button", name="arrival delay").click()
    page.locator(".jp-Nexus-question", has_text="average arr_delay by carrier").wait_for()
    page.locator(".jp-Nexus-answer", has_text="20.2 minutes").wait_for()


def test_the_sidebar_answers_and_stops_while_a_cell_runs(open_notebook: OpenNotebook) -> None:
    """Neither asking nor stopping touches the cell that the user runs."""
    book = open_notebook(BRIDGE, "print('name:', input())")
    book.run(0)
    book.page.locator(".jp-Nexus-status", has_text="ready").wait_for()
    book.start(1)
    book.page.locator(".jp-Stdin-input").wait_for()
    book.execute("nexus:ask", question="wait for me")
    book.page.get_by_role("button", name="Stop", exact=True).click()
    book.page.locator(".jp-Nexus-answer", has_text="Stopped").wait_for()
    book.page.locator(".jp-Stdin-input").fill("Ada")
    book.page.locator(".jp-Stdin-input").press("Enter")
    book.wait("panel.sessionContext.session.kernel.status === 'idle'")
    assert book.cells[1]["outputs"][-1]["text"] == "name: Ada\n"


@pytest.mark.parametrize("dark", [False, True])
def test_the_sidebar_fits_280_pixels(open_notebook: OpenNotebook, *, dark: bool) -> None:
    """Nothing scrolls sideways in a narrow sidebar, in either theme."""
    book = open_notebook(BRIDGE)
    if dark:
        book.execute("apputils:change-theme", theme="JupyterLab Dark")
    book.run(0)
    book.page.locator(".jp-Nexus-status", has_text="ready").wait_for()
    book.execute("nexus:ask", question="which carrier is worst")
    book.page.locator(".jp-Nexus-answer", has_text="20.2 minutes").wait_for()
    book.page.locator(".jp-Nexus-frame").first.locator("summary").click()
    book.js(
        "const dock = document.querySelector('#jp-right-stack'); const split = app.shell._hsplitPanel;"
        "const sizes = split.relativeSizes(); const width = document.body.clientWidth; const last = 280 / width;"
        "sizes[sizes.length - 1] = last; sizes[1] = 1 - last - sizes[0]; split.setRelativeSizes(sizes); void dock;",
    )
    view = book.page.locator(".jp-Nexus-view")
    assert view.evaluate("node => node.scrollWidth <= node.clientWidth")
    book.screenshot(f"sidebar-{'dark' if dark else 'light'}")
    book.execute("apputils:change-theme", theme="JupyterLab Light")


def test_notebook_7_has_the_same_cells_and_sidebar(open_notebook: OpenNotebook) -> None:
    """The same bundle works in Notebook 7, which has no status bar."""
    book = open_notebook(BRIDGE, INSERT, app="notebook")
    book.run(0)
    book.run(1)
    assert book.states() == ["-", "-", "proposed", "proposed"]
    book.page.locator(".jp-Nexus-bar").get_by_role("button", name="Accept").click()
    book.page.locator(".jp-Nexus-bar").wait_for(state="detached")
    book.page.get_by_text("Not Trusted").wait_for(state="hidden")
    book.execute("nexus:ask", question="which carrier is worst")
    book.page.locator(".jp-Nexus-answer", has_text="20.2 minutes").wait_for()
    book.screenshot("notebook-7")
