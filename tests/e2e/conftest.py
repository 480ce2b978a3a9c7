"""A real Jupyter server, a real Chromium, and the notebook as a user has it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
ARTIFACTS = ROOT / "artifacts"
TOKEN = "only-for-the-browser-tests"
TIMEOUT_MS = 30_000
FAILED = pytest.StashKey[bool]()
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture
def jp_asyncio_loop() -> None:
    """Keep pytest-jupyter's loop away: Playwright's synchronous interface has its own."""


@pytest.fixture(autouse=True)
def jp_server_cleanup() -> None:
    """Keep pytest-jupyter's clean-up away, as above."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the browser tests in one line where there is no Chromium, unless everything is required."""
    if _chromium() is None and os.environ.get("NEXUS_REQUIRE_ALL") != "1":
        for item in items:
            item.add_marker(pytest.mark.skip(reason="no Chromium: apt-get install chromium"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed, for the picture of the page that is then kept."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


def _chromium() -> str | None:
    return shutil.which(os.environ.get("NEXUS_CHROMIUM", "chromium"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Start a Jupyter server with nothing of the user's own; give its address and its folder."""
    home = tmp_path_factory.mktemp("jupyter")
    work = home / "work"
    work.mkdir()
    (work / "data").symlink_to(ROOT / "notebooks" / "data")
    extensions = home / "data" / "labextensions"
    extensions.mkdir(parents=True)
    (extensions / "nexus-jupyter").symlink_to(ROOT / "nexus_jupyter" / "labextension")  # the bundle of this checkout
    (home / "data" / "kernels").symlink_to(ROOT / "jupyter-config" / "kernels")
    quiet = home / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    quiet.parent.mkdir(parents=True)
    quiet.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folders = {"CONFIG": "config", "DATA": "data", "RUNTIME": "runtime"}
    environment = {
        **os.environ,
        **{f"JUPYTER_{name}_DIR": str(home / folder) for name, folder in folders.items()},
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "e2e" / "kernel")]),
        "NEXUS_JUPYTER_AUTOLOAD": "0",
        "XDG_DATA_HOME": str(home / "xdg-data"),
        "XDG_CONFIG_HOME": str(home / "xdg-config"),
        "XDG_CACHE_HOME": str(home / "xdg-cache"),
    }
    options = {
        "ServerApp.root_dir": str(work),
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.open_browser": False,
        "IdentityProvider.token": TOKEN,
        "LabApp.expose_app_in_browser": True,
        "LabApp.extension_manager": "readonly",
        "LabApp.workspaces_dir": str(home / "workspaces"),
        "LabApp.user_settings_dir": str(home / "settings"),
        "JupyterNotebookApp.expose_app_in_browser": True,
        "JupyterNotebookApp.user_settings_dir": str(home / "settings"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--allow-root", *(f"--{name}={value}" for name, value in options.items())]
    log = home / "server.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(command, env=environment, cwd=work, stdout=stream, stderr=stream)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address, process, log)
            yield address, work
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=1):
                return
        except OSError:
            time.sleep(0.05)  # the server is another process; its port is all that can be asked
    pytest.fail(f"the server did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium, once."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        yield chromium
        chromium.close()


def _shut_down_kernels(address: str) -> None:
    """End the test's kernels: sandboxes and frames of one test must not slow the next."""
    key = {"Authorization": f"token {TOKEN}"}
    with urllib.request.urlopen(urllib.request.Request(f"{address}/api/kernels", headers=key), timeout=10) as answer:
        kernels = json.load(answer)
    for kernel in kernels:
        end = urllib.request.Request(f"{address}/api/kernels/{kernel['id']}", headers=key, method="DELETE")
        with urllib.request.urlopen(end, timeout=10):
            pass


class Notebook:
    """A notebook in a page: its commands, its model, its kernel."""

    def __init__(self, page: Page, app: str) -> None:
        self.page = page
        self._app = app

    def js(self, body: str, argument: object = None, *, seconds: int = 30) -> Any:
        """Run the body of an async function of `app`, `panel` and `argument`; it fails rather than waits for ever."""
        script = (
            "async argument => { const app = window.jupyterapp; const panel = app.shell.currentWidget;"
            f" const work = (async () => {{ {body} }})();"
            f" const late = new Promise((_, no) => setTimeout(() => no(new Error('over {seconds} s')), {seconds * 1000}));"
            " return await Promise.race([work, late]); }"
        )
        return self.page.evaluate(script, argument)

    def wait(self, condition: str) -> None:
        """Wait until an expression of `app` and `panel` is true."""
        self.page.wait_for_function(
            f"() => {{ const app = window.jupyterapp; const panel = app?.shell?.currentWidget; return {condition}; }}", timeout=TIMEOUT_MS
        )

    def ready(self) -> None:
        """Wait for the kernel to be idle."""
        self.wait("panel?.sessionContext?.session?.kernel?.status === 'idle' && panel.content.widgets.length > 0")

    def execute(self, command: str, **arguments: object) -> Any:
        """Execute a command of JupyterLab."""
        return self.js("return (await app.commands.execute(argument[0], argument[1])) ?? null;", [command, arguments])

    def run(self, index: int) -> None:
        """Run one cell, as Ctrl+Enter does, and wait for it."""
        self.js(
            "panel.content.activeCellIndex = argument; panel.content.deselectAll();await app.commands.execute('notebook:run-cell');",
            index,
        )

    def start(self, index: int) -> None:
        """Run one cell and do not wait for it."""
        self.js("panel.content.activeCellIndex = argument; void app.commands.execute('notebook:run-cell');", index)

    @property
    def cells(self) -> list[dict[str, Any]]:
        """The cells as they would be saved."""
        found: list[dict[str, Any]] = self.js("return panel.content.model.toJSON().cells;")
        return found

    def states(self) -> list[str]:
        """Each cell's state: the question of the user is ``-``."""
        return [cell["metadata"].get("nexus", {}).get("state", "-") for cell in self.cells]

    def wait_for_cells(self, count: int) -> None:
        """Wait until the notebook has so many cells."""
        self.wait(f"panel.content.model.cells.length === {count}")

    def screenshot(self, name: str) -> None:
        """Keep what the user sees."""
        ARTIFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=str(ARTIFACTS / f"{name}.png"))


@pytest.fixture
def open_notebook(server: tuple[str, Path], browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Notebook]]:
    """Give a function that writes a notebook of the given code cells and opens it, in a new browser profile."""
    address, work = server
    contexts = []
    slug = "".join(letter if letter.isalnum() else "-" for letter in request.node.name)

    def open_it(
        *sources: str,
        app: str = "lab",
        dark: bool = False,
        height: int = 860,
        title: str = slug,
        kernel: str = "python3",
    ) -> Notebook:
        name = f"{title}.ipynb"
        book = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in sources],
            metadata={"kernelspec": {"name": kernel, "display_name": kernel, "language": "python"}},
        )
        nbformat.write(book, work / name)
        context = browser.new_context(viewport={"width": 1280, "height": height}, color_scheme="dark" if dark else "light")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(TIMEOUT_MS)
        page.on("dialog", lambda dialog: dialog.accept())
        path = f"lab/workspaces/{slug}/tree/{name}?reset&" if app == "lab" else f"notebooks/{name}?"
        page.goto(f"{address}/{path}token={TOKEN}")
        notebook = Notebook(page, app)
        notebook.ready()
        return notebook

    yield open_it
    for context in contexts:
        if request.node.stash.get(FAILED, False):
            ARTIFACTS.mkdir(exist_ok=True)
            context.pages[0].screenshot(path=str(ARTIFACTS / f"failed-{slug}.png"))
        context.close()
    _shut_down_kernels(address)
