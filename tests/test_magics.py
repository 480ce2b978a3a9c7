"""The magics in a real kernel, where no page listens."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import KernelManager, start_new_kernel

DATA = Path(__file__).parents[1] / "notebooks" / "data"
QUESTION = "average departure delay by carrier, worst first, as a bar chart"
GROUP = "application/vnd.nexus.group+json"

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def kernel() -> Iterator[tuple[KernelManager, Any]]:
    """A kernel with the magic and the flights."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEXUS_JUPYTER_AUTOLOAD", "0")
        patch.delenv("NEXUS_JUPYTER_HEADLESS", raising=False)
        manager, client = start_new_kernel(kernel_name="python3", cwd=str(DATA.parents[1]))
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture
def run(kernel) -> Run:
    """Run a cell; give its outputs, text, data by MIME type, and the reply."""
    manager, client = kernel

    def go(code: str, *, cell: str | None = None, interrupt: bool = False) -> dict[str, Any]:
        found: dict[str, Any] = {"outputs": [], "data": {}, "text": "", "errors": []}

        def heard(message: dict[str, Any]) -> None:
            content = message["content"]
            match message["msg_type"]:
                case "display_data" | "execute_result":
                    found["outputs"].append(content)
                    found["data"].update(content["data"])
                    found["text"] += content["data"].get("text/plain", "") + "\n"
                case "stream":
                    found["text"] += content["text"]
                case "error":
                    found["errors"].append(f"{content['ename']}: {content['evalue']}")
            if interrupt and content == {"name": "stdout", "text": "now\n"}:
                manager.interrupt_kernel()

        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
        message = client.session.msg("execute_request", content)
        if cell is not None:
            message["metadata"]["cellId"] = cell
        client.shell_channel.send(message)
        while True:
            heard_now = client.get_iopub_msg(timeout=60)
            if heard_now["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if heard_now["msg_type"] == "status" and heard_now["content"]["execution_state"] == "idle":
                break
            heard(heard_now)
        while True:
            reply = client.get_shell_msg(timeout=60)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                found["reply"] = reply["content"]
                return found

    return go


@pytest.fixture
def ready(run) -> Run:
    """The same, once the magic is loaded and the flights are there."""
    run(
        "%load_ext nexus_jupyter\nimport pandas as pd\nif 'flights' not in globals(): flights = pd.read_parquet('notebooks/data/flights.parquet')"
    )
    return run


def test_loading_loads_nothing_heavy():
    code = (
        "import sys; from IPython.core.interactiveshell import InteractiveShell; ip = InteractiveShell.instance();"
        "ip.run_line_magic('load_ext', 'nexus_jupyter');"
        "print([m for m in ('pandas', 'polars', 'plotly', 'numpy', 'pyarrow', 'chromadb', 'nbformat') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=DATA.parents[1])
    assert done.stdout.strip() == "[]"


def test_loading_twice_does_nothing_more(ready):
    found = ready("import nexus_jupyter\nnexus_jupyter.load_ipython_extension(get_ipython())")
    assert found["errors"] == []


def test_an_answer_is_in_the_output_where_no_page_listens(ready):
    found = ready(f"%%nexus\n{QUESTION}")
    assert found["errors"] == []
    assert "application/vnd.plotly.v1+json" in found["data"]
    assert "groupby" in found["text"]
    cells = found["outputs"][0]["data"][GROUP]["cells"]
    assert [c["cell_type"] for c in cells][:2] == ["markdown", "code"]
    assert found["outputs"][0]["data"]["text/markdown"]


def test_the_users_names_do_not_change(ready):
    before = ready("sorted(n for n in globals() if not n.startswith('_'))")["text"]
    ready("%nexus average departure delay by carrier")
    assert ready("sorted(n for n in globals() if not n.startswith('_'))")["text"] == before


def test_into_binds_the_result(ready):
    ready("%nexus --into worst average departure delay by carrier, worst first")
    assert ready("len(worst)")["text"].strip() == "16"
    ready("del worst")


def test_a_live_front_end_without_our_page_gets_the_code_as_its_next_cell(ready):
    found = ready("%nexus average departure delay by carrier", cell="some-cell")
    payload = found["reply"]["payload"]
    assert payload[0]["source"] == "set_next_input"
    assert "groupby" in payload[0]["text"]


def test_a_headless_run_is_offered_no_next_cell(ready):
    assert ready("%nexus average departure delay by carrier")["reply"]["payload"] == []


def test_the_code_runs_in_the_users_kernel_without_us(ready):
    found = ready("%nexus average departure delay by carrier, worst first")
    code = "\n".join(c["source"] for c in found["outputs"][0]["data"][GROUP]["cells"] if c["cell_type"] == "code")
    assert "nexus" not in code
    again = ready(code)
    assert again["errors"] == []
    assert "F9" in again["text"]
    # The table of the answer is a variable now; it is not taken for the data when the same is asked again.
    assert GROUP in ready("%nexus average departure delay by carrier, worst first")["data"]
    ready("del by_carrier")


def test_interpolation_comes_from_the_users_namespace(ready):
    ready("wanted = 'average'")
    found = ready("%nexus {wanted} departure delay")
    assert "is **" in found["data"]["text/markdown"] or "```" in found["data"]["text/markdown"]
    assert found["errors"] == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("%nexus --as chrt average delay by carrier", "Did you mean `chart`"),
        ("%nexus -d floghts average delay", "There is no frame or file `floghts`. Did you mean `flights`?"),
        ("%nexus histroy", "Did you mean `%nexus history`"),
        ("%nexus explain 00000000", "There is no answer `00000000`"),
        ("%nexus Out[9999] by carrier", "There is no `Out[9999]`"),
        ("%%nexus\n ", "The question is empty"),
        ("%nexus -d nothing.csv average delay", "nothing.csv"),
    ],
)
def test_a_slip_is_one_calm_line(ready, line, says):
    found = ready(line)
    assert found["errors"] == []
    assert says in found["text"]
    assert "Traceback" not in found["text"]
    assert len(found["text"].strip().splitlines()) == 1


def test_a_line_may_end_with_a_question_mark(ready):
    found = ready("%nexus what is the average departure delay?")
    assert GROUP in found["data"]
    assert found["reply"]["payload"] == []


def test_what_is_not_understood_gives_no_cells(ready):
    found = ready("%nexus average glorbification by carrier")
    assert GROUP not in found["data"]
    assert "glorbification" in found["text"]


def test_a_dry_run_shows_plan_and_code_and_runs_nothing(ready):
    found = ready("%nexus --dry-run average departure delay by carrier")
    assert "```mermaid" in found["data"]["text/markdown"]
    assert "groupby" in found["data"]["text/markdown"]
    assert GROUP not in found["data"]


def test_frames_status_history_explain_and_help_say_what_they_should(ready):
    ready("%nexus average departure delay by carrier")
    assert "dep_delay" in ready("%nexus frames")["text"]
    assert "sandbox" in ready("%nexus status")["text"]
    assert "average departure delay by carrier" in ready("%nexus history")["text"]
    explained = ready("%nexus explain")["text"]
    assert "mermaid" in explained
    assert "ms" in explained
    assert "--dry-run" in ready("%nexus help")["text"]


def test_undo_without_inserted_cells_says_so(ready):
    ready("%nexus average departure delay by carrier")
    assert "nothing to take back" in ready("%nexus undo")["text"]


def test_an_interrupt_stops_the_answer_and_the_next_one_works(ready):
    # The data is asked for in the middle of the answer, and asking for it is when the user presses stop.
    slow = "import time\ndef _slow():\n    print('now', flush=True)\n    time.sleep(30)\n"
    wrap = "from nexus_jupyter import Session\n_real = Session._select\ndef _select(self, *a):\n    _slow()\n    return _real(self, *a)\n"
    ready(slow + wrap + "Session._select = _select")
    found = ready("%nexus average departure delay by carrier", interrupt=True)
    ready("Session._select = _real")
    assert "Stopped" in found["text"]
    assert found["errors"] == []
    assert GROUP in ready("%nexus average departure delay by carrier")["data"]


def test_names_are_completed(ready, kernel):
    client = kernel[1]
    ready("1")
    code = "%nexus average dep_del"
    reply = client.complete(code, len(code), reply=True, timeout=30)["content"]
    assert reply["matches"][0] == "dep_delay"
    assert code[reply["cursor_start"] : reply["cursor_end"]] == "dep_del"


@pytest.fixture
def page(ready, kernel) -> Iterator[list[dict[str, Any]]]:
    """Speak on the comm as a page does: say hello, and that what is to be inserted is in the notebook; gives what was heard."""
    client = kernel[1]
    comms = {c: i["target_name"] for c, i in _asked(client, client.comm_info, "nexus_jupyter")["comms"].items()}
    comm = next(iter(comms))
    request = client.session.msg("create_subshell_request", {})
    client.control_channel.send(request)
    subshell = client.get_control_msg(timeout=30)["content"]["subshell_id"]
    heard: list[dict[str, Any]] = []

    def say(**data: Any) -> None:
        message = client.session.msg("comm_msg", {"comm_id": comm, "data": data})
        message["header"]["subshell_id"] = subshell
        client.shell_channel.send(message)

    def listen(message: dict[str, Any]) -> None:
        if message["msg_type"] == "comm_msg":
            data = message["content"]["data"]
            heard.append(data)
            if data["op"] == "insert":
                say(op="inserted", request="", group=data["group"], ids=[c["id"] for c in data["cells"]])

    real = client.get_iopub_msg

    def overheard(**options: Any) -> dict[str, Any]:
        message = real(**options)
        listen(message)
        return message

    client.get_iopub_msg = overheard
    say(op="hello", version=1)
    while not any(m["op"] == "welcome" for m in heard):
        client.get_iopub_msg(timeout=30)
    yield heard
    client.get_iopub_msg = real


def _asked(client: Any, ask: Callable[..., str], *arguments: Any) -> dict[str, Any]:
    request = ask(*arguments)
    while (reply := client.get_shell_msg(timeout=30))["parent_header"].get("msg_id") != request:
        pass
    return dict(reply["content"])


def test_a_page_that_listens_gets_the_cells_and_the_output_stays_empty(ready, page):
    found = ready(f"%%nexus\n{QUESTION}", cell="asked-here")
    first = next(m for m in page if m["op"] == "insert")
    inserted = [m for m in page if m["op"] in {"insert", "update"}][-1]  # where it took long, a cell said so meanwhile
    assert found["outputs"] == []
    assert found["reply"]["payload"] == []
    assert first["anchor"] == "asked-here"
    assert first["group"] == inserted["group"]
    assert [c["cell_type"] for c in inserted["cells"]][:2] == ["markdown", "code"]
    assert "application/vnd.plotly.v1+json" in inserted["cells"][-1]["outputs"][0]["data"]
    assert {m["stage"] for m in page if m["op"] == "stage"} >= {"context", "plan", "code", "review", "run"}
    assert "Took back" in ready("%nexus undo")["text"]
    assert page[-1] == {"op": "remove", "group": inserted["group"]}
    ready("%nexus average departure delay by carrier")
    assert "nothing to take back" in ready("%nexus undo")["text"]


def test_unloading_takes_the_magic_away_and_loading_brings_it_back(ready):
    ready("%unload_ext nexus_jupyter")
    assert "not found" in " ".join([ready("%nexus help")["text"], *ready("%nexus help")["errors"]])
    ready("%load_ext nexus_jupyter")
    assert "--dry-run" in ready("%nexus help")["text"]
