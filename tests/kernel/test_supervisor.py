"""A real kernel behind the wall: what a hostile notebook tries, and what it gets."""

from __future__ import annotations

import http.server
import os
import select
import signal
import threading
import time
from pathlib import Path

import pytest

PATHS = str(Path(__file__).parents[2])
SENTENCE = "The Nexus sandbox does not let this notebook"


@pytest.fixture(scope="module")
def kernel(start):
    return start()


@pytest.fixture
def server():
    """A server of this machine that notes who came."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            seen.append(self.path)

        do_GET = do_POST  # noqa: N815 - the server's names

    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield listening.server_address[1], seen
    listening.shutdown()
    listening.server_close()


# --- what a hostile notebook tries ------------------------------------------------------------------------------------
def test_a_private_file_cannot_be_read(kernel, place):
    ran = kernel.run(f"open({str(place.home / '.ssh' / 'id_ed25519')!r}).read()")
    assert ran.error == "PermissionError"
    assert ran.sentence.startswith(SENTENCE)
    assert "sandbox grant" in ran.sentence


@pytest.mark.parametrize("path", ["/etc/passwd", "/proc/self/root/etc/passwd", "/proc/1/environ", "/root", "/tmp"])
def test_the_system_s_files_cannot_be_read(kernel, path):
    ran = kernel.run(f"import os; os.listdir({path!r}) if os.path.isdir({path!r}) else open({path!r}).read()")
    assert ran.error in {"PermissionError", "FileNotFoundError"}


def test_a_link_in_the_folder_leads_nowhere(kernel, place):
    link = place.folder / "innocent.txt"
    link.symlink_to(place.home / ".ssh" / "id_ed25519")
    assert kernel.run("open('innocent.txt').read()").error == "PermissionError"


def test_nothing_is_posted_to_a_local_server(kernel, server):
    port, seen = server
    ran = kernel.run(f"import urllib.request as r; r.urlopen('http://127.0.0.1:{port}/x', data=b'secret')")
    assert ran.error == "URLError"
    assert ran.sentence == f"{SENTENCE} reach the network."
    code = "import asyncio\nasync def go():\n    await asyncio.open_connection('127.0.0.1', {})\nawait go()"
    assert kernel.run(code.format(port)).error == "PermissionError"
    assert seen == []


def test_the_notebook_s_folder_cannot_be_written(kernel, place):
    ran = kernel.run("open('beside.txt', 'w')")
    assert ran.sentence.startswith(SENTENCE)
    for code in (
        "os.remove('sales.csv')",
        "os.rename('sales.csv', 'x')",
        "os.truncate('sales.csv', 0)",
        "os.mkdir('d')",
        "os.chown('sales.csv', 1, 1)",
    ):
        assert kernel.run(f"import os; {code}").error == "PermissionError"
    assert kernel.run("os.chmod('sales.csv', 0)").error == ""  # said to be done, and not done
    assert (place.folder / "sales.csv").stat().st_mode & 0o600 == 0o600
    assert {p.name for p in place.folder.iterdir()} <= {"sales.csv", "innocent.txt"}


@pytest.mark.parametrize(
    "code",
    [
        "import os\nwhile True: os.fork()",
        "import subprocess; subprocess.run(['ls'])",
        "import multiprocessing as m; m.Process(target=print).start()",
        "!ls",
        "%%bash\nls",
    ],
)
def test_no_process_is_started(kernel, code):
    ran = kernel.run(code)
    assert ran.sentence == f"{SENTENCE} start another program or process."
    assert len([p for p in family(kernel.supervisor) if _name(p) == "sh"]) == 0


def test_native_code_gets_no_further(kernel):
    ran = kernel.run(
        "import ctypes; c = ctypes.CDLL(None)\n"
        "print([c.fork(), c.socket(1, 1, 0), c.socket(2, 2, 0), c.open(b'/etc/passwd', 0), c.prctl(1, 0), c.setsid(), c.unshare(0x10000000),"
        " c.kill(c.getppid(), 0), c.syscall(425, 1, 0), c.execl(b'/bin/ls', b'ls', None), c.chroot(b'.'), c.ptrace(16, 1, 0, 0)])"
    )
    assert ran.text.strip() == str([-1] * 12)


def test_every_thread_is_behind_the_wall(kernel):
    code = (
        "import os, threading\nseen = []\n"
        "def look():\n    try: open('/etc/passwd'); seen.append('open')\n    except PermissionError: seen.append('closed')\n"
        "t = threading.Thread(target=look); t.start(); t.join()\n"
        "def mode(t):\n    try: return open(f'/proc/self/task/{t}/status').read().split('Seccomp:')[1].split()[0]\n"
        "    except (FileNotFoundError, ProcessLookupError): return '2'  # a thread that has ended meanwhile\n"
        "print(seen, {mode(t) for t in os.listdir('/proc/self/task')})"
    )
    ran = kernel.run(code)
    assert ran.text.strip() == "['closed'] {'2'}", ran


def test_the_environment_is_not_the_user_s(kernel):
    assert "secret-of" not in kernel.run("import os; print(dict(os.environ))").text


def test_memory_that_fills_ends_the_kernel_with_a_sentence_and_a_new_one_lives(place, start):
    place.settings("[kernel]\nmemory_mb = 500\n")
    kernel = start()
    kernel.run("kept = 1")
    first, second = kernel.start("held = []\nwhile True: held.append(bytearray(10_000_000))"), kernel.start("print('never')")
    ran = kernel.finish(first)
    assert ran.error == "SandboxEnded"
    assert "held more than 500 MB" in ran.sentence
    assert kernel.finish(second).text == ""
    assert kernel.run("print('kept' in globals())").text == "False\n"
    ran = kernel.run("import os\nfor _ in range(100): os.write(os.memfd_create('x'), bytes(100_000_000))")
    assert "held more than 500 MB" in ran.sentence
    ran = kernel.run("bytearray(10**12)")
    assert ran.error == "MemoryError"
    assert "500 MB" in ran.sentence


def test_an_endless_loop_is_interrupted(kernel):
    kernel.run("kept = 7")
    request = kernel.start("print('on', flush=True)\nwhile True: pass")
    while kernel.client.get_iopub_msg(timeout=20)["msg_type"] != "stream":
        pass
    kernel.manager.interrupt_kernel()
    assert kernel.finish(request).error == "KeyboardInterrupt"
    assert kernel.run("print(kept)").text == "7\n"


@pytest.mark.parametrize("code", ["import os; os._exit(3)", "import ctypes; ctypes.string_at(0)"])
def test_a_kernel_that_dies_is_started_anew_and_the_cell_says_why(start, code):
    kernel = start()
    ran = kernel.run(code)
    assert ran.error == "SandboxEnded"
    assert "A new one was started" in ran.sentence
    assert kernel.run("print(1)").text == "1\n"


def test_a_cell_that_takes_too_long_is_interrupted_and_a_stubborn_one_ended(place, start):
    place.settings("[kernel]\ncell_s = 1\n")
    kernel = start()
    ran = kernel.run("import time; time.sleep(60)")
    assert ran.error == "KeyboardInterrupt"
    assert "longer than 1 seconds" in ran.text
    ran = kernel.run("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass")
    assert "did not stop when it was interrupted" in ran.sentence
    place.settings("")


def test_what_a_notebook_leaves_in_its_scratch_folder_does_not_run_at_the_next_start(start):
    kernel = start()
    code = (
        "import os, pathlib\n"
        "for name in ('.ipython/profile_default/startup/a.py', '.local/lib/python3.11/site-packages/usercustomize.py'):\n"
        "    for home in (pathlib.Path.home(), pathlib.Path(os.environ['IPYTHONDIR']).parent):\n"
        "        file = home / name; file.parent.mkdir(parents=True, exist_ok=True); file.write_text('came = 1\\nimport builtins; builtins.came = 1')\n"
        "os._exit(1)"
    )
    kernel.run(code)
    assert kernel.run("came").error == "NameError"


def test_a_module_of_the_notebook_s_folder_is_imported_behind_the_wall_only(place, start, tmp_path):
    folder = tmp_path / "trap"
    folder.mkdir()
    proof = tmp_path / "proof"
    for name in ("nexus_jupyter", "json", "ipykernel", "zmq", "pandas", "sitecustomize", "comm", "mine"):
        (folder / f"{name}.py").write_text(f"open({str(proof)!r}, 'a').write(__name__)\nx = 1\n")
    kernel = start(folder, PYTHONPATH=os.pathsep.join(["", ".", "../trap", str(folder), PATHS]))
    assert kernel.run("import mine").error == "PermissionError"
    assert not proof.exists()


def test_a_page_is_told_only_what_shows(kernel):
    code = (
        "from IPython.display import display, HTML, Javascript, Markdown, SVG\n"
        "display(Javascript('fetch(1)')); display(HTML('<b onclick=x()>7</b><script>go()</script><img src=http://e.org/7>'))\n"
        "display(Markdown('![x](http://e.org/7)')); display({'application/vnd.vegalite.v5+json': {}}, raw=True)"
    )
    shown = kernel.run(code).bundles
    assert [sorted(bundle) for bundle in shown] == [
        ["text/plain"],
        ["text/html", "text/plain"],
        ["text/markdown", "text/plain"],
        ["text/plain"],
    ]
    assert shown[1]["text/html"] == "<b>7</b>"
    assert "![" not in shown[2]["text/markdown"]


def test_a_kernel_cannot_speak_for_the_process_outside(kernel):
    code = (
        "k = get_ipython().kernel\n"
        "for kind, content in (('status', {'execution_state': 'restarting'}), ('nexus_sandbox_reply', {}), ('shutdown_reply', {}), ('made_up', {})):\n"
        "    k.session.send(k.iopub_socket, kind, content, parent=k.get_parent())\n"
        "k.iopub_thread.send_multipart([b'not a message'])\nprint('on')"
    )
    request = kernel.start(code)
    kinds = []
    while True:
        message = kernel.client.get_iopub_msg(timeout=20)
        if message["parent_header"].get("msg_id") == request:
            kinds.append((message["msg_type"], message["content"].get("execution_state")))
            if kinds[-1] == ("status", "idle"):
                break
    assert {kind for kind, _ in kinds} == {"status", "execute_input", "stream"}
    assert kernel.info()["language_info"]["nbconvert_exporter"] == "python"
    assert ("status", "restarting") not in kinds


def test_a_text_that_takes_for_ever_to_read_is_left_out_with_a_word(kernel):
    ran = kernel.run("from IPython.display import display, HTML; display(HTML('<!--' * 2_000_000)); print('on')")
    assert "left out an output" in ran.text
    assert "on" in ran.text


def test_a_flood_of_outputs_ends_the_kernel_and_not_the_machine(start):
    kernel = start()
    code = (
        "k = get_ipython().kernel\n"
        "while True: k.session.send(k.iopub_socket, 'display_data', {'data': {}, 'metadata': {}}, buffers=[bytes(60_000_000)] * 100)"
    )
    kernel.start(code)
    kernel.wait_for_restart()
    assert "on\n" in kernel.run("print('on')").text


def test_a_kernel_that_ends_between_two_cells_says_why_in_the_next(place, start):
    place.settings("[kernel]\nmemory_mb = 400\n")
    kernel = start()
    place.settings("")
    kernel.run(
        "import threading\nheld = []\ndef fill():\n    while True: held.append(bytearray(10_000_000))\nthreading.Timer(0.2, fill).start()"
    )
    kernel.wait_for_restart()
    assert kernel.run("print('on')").text.startswith("This kernel held more than 400 MB of memory")


# --- what a notebook may do -------------------------------------------------------------------------------------------
def test_data_science_works(kernel):
    assert (
        kernel.run(
            "import numpy as np, pandas as pd, polars as pl\ndf = pd.read_csv('sales.csv')\nprint(df.price.sum(), pl.from_pandas(df).height)"
        ).text
        == "13 3\n"
    )
    shown = kernel.run("df").bundles[0]
    assert '<table border="1" class="dataframe">' in shown["text/html"]
    figure = kernel.run("import plotly.express as px; px.bar(df, x='region', y='price').show()").bundles[0]
    assert figure["application/vnd.plotly.v1+json"]["data"][0]["type"] == "bar"
    assert (
        kernel.run("import scipy.stats, os; print(round(scipy.stats.norm.cdf(0), 2), os.getcwd() == os.path.realpath('.'))").text
        == "0.5 True\n"
    )


def test_a_large_output_is_shown(kernel):
    shown = kernel.run("from IPython.display import display, HTML; display(HTML('<p>x</p>' * 20_000))").bundles[0]
    assert len(shown["text/html"]) == 160_000


def test_widgets_work(kernel):
    shown = kernel.run("import ipywidgets as w; s = w.IntSlider(value=3, description='n'); s").bundles[0]
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"]
    assert kernel.run("s.value = 9; print(s.value)").text == "9\n"


def test_a_picture_of_matplotlib_is_shown(kernel, missing):
    if kernel.run("import matplotlib.pyplot as plt").error:
        missing("matplotlib is not installed")
    assert "image/png" in kernel.run("plt.plot([1, 2]); plt.show()").bundles[0]


def test_a_question_is_answered(kernel):
    kernel.run("import pandas as pd; df = pd.read_csv('sales.csv')")
    shown = kernel.run("%%nexus\naverage price by region").bundles
    assert "highest for **north**" in shown[0]["text/markdown"]
    assert "sandbox: " in kernel.run("%nexus status").text


def test_input_is_asked_for_and_given(kernel):
    request = kernel.client.execute("print('got', input('name? '))", allow_stdin=True)
    assert kernel.client.get_stdin_msg(timeout=20)["content"]["prompt"] == "name? "
    kernel.client.input("Ada")
    assert kernel.finish(request).text == "got Ada\n"


def test_the_scratch_folder_is_home_and_holds_files(kernel):
    code = "import pathlib, tempfile, shutil; p = pathlib.Path.home() / 'r.csv'; p.write_text('1'); shutil.copy(p, p.with_name('s.csv'))\n"
    assert (
        kernel.run(code + "print(sorted(q.name for q in p.parent.glob('*.csv')), tempfile.gettempdir().startswith(str(p.parent)))").text
        == "['r.csv', 's.csv'] True\n"
    )


# --- what the user grants, outside ------------------------------------------------------------------------------------
def test_a_grant_takes_effect_in_a_new_kernel_and_is_told(start, place, tmp_path):
    (tmp_path / "more.txt").write_text("granted text")
    kernel = start()
    code = f"print(open({str(tmp_path / 'more.txt')!r}).read())"
    assert kernel.run(code).error == "PermissionError"
    assert kernel.ask(op="change", grant=[str(tmp_path)])["granted"] == [str(tmp_path)]
    assert kernel.run(code).text == "granted text\n"
    assert kernel.info()["nexus_sandbox"]["granted"] == [str(tmp_path)]
    assert str(tmp_path) in kernel.run("%nexus sandbox").text
    assert kernel.ask(op="change", grant=[str(place.home)])["status"] == "error"
    assert kernel.ask(op="change", revoke=[str(tmp_path)])["granted"] == []
    assert kernel.run(code).error == "PermissionError"


def test_scratch_files_are_saved_beside_the_notebook_when_the_user_asks(start, tmp_path, place):
    folder = tmp_path / "book"
    folder.mkdir()
    kernel = start(folder)
    kernel.run(
        "import pathlib, os; h = pathlib.Path.home(); (h / 'out').mkdir(); (h / 'out' / 'r.csv').write_text('1'); "
        f"os.symlink({str(place.home / '.ssh' / 'id_ed25519')!r}, h / 'link'); os.mkfifo(h / 'pipe')"
    )
    said = kernel.ask(op="save")
    assert said["files"] == 1
    assert [p.relative_to(said["saved"]).as_posix() for p in sorted((folder / "notebook-scratch").rglob("*")) if p.is_file()] == [
        "out/r.csv"
    ]


def test_of_a_folder_that_holds_the_home_only_plain_files_are_read(start, place):
    (place.home / "notes.txt").write_text("plain")
    kernel = start(place.home)
    assert kernel.run("print(open('notes.txt').read())").text == "plain\n"
    assert kernel.run("open('.ssh/id_ed25519').read()").error == "PermissionError"


# --- the ladder -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("part", ["landlock", "seccomp"])
def test_without_a_wall_every_cell_says_that_there_is_none(start, part):
    kernel = start(NEXUS_SANDBOX_WITHOUT=part)
    ran = kernel.run("print(1)")
    assert ran.error == "SandboxEnded"
    assert f"{part} (switched off)" in ran.sentence
    assert "allow reduced isolation" in kernel.info()["banner"]


def test_without_namespaces_it_is_level_b_and_holds(start, place):
    kernel = start(NEXUS_SANDBOX_WITHOUT="namespaces")
    assert kernel.info()["nexus_sandbox"]["level"] == "B"
    assert kernel.run(f"open({str(place.home / '.ssh' / 'id_ed25519')!r})").error == "PermissionError"


def test_reduced_isolation_is_allowed_by_the_user_and_forbidden_by_the_administrator(start):
    reduced = {"NEXUS_SANDBOX_WITHOUT": "landlock", "NEXUS_JUPYTER_ALLOW_REDUCED_ISOLATION": "1"}
    assert start(**reduced).run("print(1)").text == "1\n"
    assert start(**reduced, NEXUS_SANDBOX_LOWEST="B").run("print(1)").error == "SandboxEnded"


# --- the end ----------------------------------------------------------------------------------------------------------
def test_nothing_is_left_after_a_shutdown(start, place):
    kernel = start()
    house = kernel.ask(op="status")["scratch"].removesuffix("/scratch")
    kernel.run("%nexus status")
    family_before = family(kernel.supervisor)
    assert len(family_before) > 1
    kernel.manager.shutdown_kernel(now=False)
    assert gone(family_before)
    assert not Path(house).exists()


def test_nothing_runs_on_after_the_supervisor_is_killed_and_its_house_is_cleared_by_the_next(start):
    kernel = start()
    house = kernel.ask(op="status")["scratch"].removesuffix("/scratch")
    kernel.run("import threading, time; threading.Thread(target=time.sleep, args=(600,)).start()")
    before = family(kernel.supervisor)
    os.kill(kernel.supervisor, signal.SIGKILL)
    assert gone(before)
    assert Path(house).exists()
    start()
    assert not Path(house).exists()


def family(root: int) -> list[int]:
    """List the processes that come from one, itself among them."""
    found, left = [], [root]
    while left:
        pid = left.pop()
        found.append(pid)
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                left += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def gone(pids: list[int], *, seconds: float = 10) -> bool:
    """Wait until all these processes have ended."""
    deadline = time.monotonic() + seconds
    handles = []
    for pid in pids:
        try:
            handles.append(os.pidfd_open(pid))
        except OSError:
            continue
    poll = select.poll()
    for handle in handles:
        poll.register(handle, select.POLLIN)
    left = set(handles)
    while left and time.monotonic() < deadline:
        for handle, _ in poll.poll(max(0, deadline - time.monotonic()) * 1000):
            poll.unregister(handle)
            left.discard(handle)
    for handle in handles:
        os.close(handle)
    return not left


def _name(pid):
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""
