"""A notebook that nobody trusts, in the sandboxed kernel, as a user sees it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

OpenNotebook = Callable[..., Any]

TABLE = """%load_ext nexus_jupyter
import pandas as pd
sales = pd.DataFrame({"region": ["north", "south", "north"], "price": [2.0, 4.0, 7.0]})
sales"""
ASK = "%%nexus\naverage price by region, as a bar chart"
ATTACK = """from IPython.display import HTML, Javascript, display
display(HTML("<p>shown</p><script>window.escaped = 1</script><img src=x onerror='window.escaped = 2'>"))
display(Javascript("window.escaped = 3"))
import ipywidgets
display(ipywidgets.HTML("<img src=x onerror='window.escaped = 4'>seen"))"""
WIDGET = "import ipywidgets\nslider = ipywidgets.IntSlider(value=3, description='top')\nslider"
FILL = "import os\nos._exit(1)"


def text_of(cell: dict[str, Any]) -> str:
    return "".join(output.get("evalue", "") or "".join(output.get("text", "")) for output in cell["outputs"])


def test_the_kernel_is_in_the_launcher(open_notebook: OpenNotebook) -> None:
    book = open_notebook("1", kernel="nexus-sandbox")
    book.execute("launcher:create")
    book.page.locator(".jp-LauncherCard", has_text="Python (Nexus sandbox)").first.wait_for()


def test_ordinary_cells_work_and_an_attack_on_the_page_shows_nothing_but_text(open_notebook: OpenNotebook) -> None:
    book = open_notebook(TABLE, WIDGET, ATTACK, ASK, kernel="nexus-sandbox", height=1300)
    book.page.locator(".jp-Nexus-walled", has_text="Sandboxed (").wait_for()
    for index in range(3):
        book.run(index)
    book.page.locator(".jp-Nexus-status", has_text="Nexus: ready").wait_for()
    book.page.locator(".jp-RenderedHTMLCommon table.dataframe").wait_for()
    book.page.locator(".widget-slider").wait_for()
    book.page.locator(".widget-html-content", has_text="seen").wait_for()
    assert book.js("return window.escaped ?? null;") is None
    book.run(3)
    book.page.locator(".jp-Nexus-bar").wait_for()
    book.page.locator(".js-plotly-plot .bars").first.wait_for()
    book.screenshot("sandboxed-kernel")


def test_what_is_not_allowed_fails_with_a_sentence_and_a_dead_kernel_says_why(open_notebook: OpenNotebook, tmp_path: Path) -> None:
    (tmp_path / "private.txt").write_text("granted text")
    read = f"print(open({str(tmp_path / 'private.txt')!r}).read())"
    book = open_notebook(read, FILL, "print('anew')", read, kernel="nexus-sandbox")
    item = book.page.locator(".jp-Nexus-walled")
    item.filter(has_text="reads its folder").wait_for()
    book.run(0)
    assert "The Nexus sandbox does not let this notebook" in "".join(book.cells[0]["outputs"][0]["traceback"])
    book.start(1)
    book.page.get_by_role("dialog").get_by_role("button", name="Ok").click()
    assert "A new one was started" in text_of(book.cells[1])
    book.ready()
    book.run(2)
    assert text_of(book.cells[2]) == "anew\n"
    item.filter(has_text="Sandboxed (").locator("button").click()
    book.page.locator(".jp-Nexus-grants input[type=text]").fill(str(tmp_path))
    book.screenshot("sandboxed-kernel-grants")
    book.page.get_by_role("button", name="Change").click()
    item.filter(has_text="1 granted").wait_for()
    book.ready()
    book.run(3)
    assert text_of(book.cells[3]) == "granted text\n"
    book.screenshot("sandboxed-kernel-granted")
