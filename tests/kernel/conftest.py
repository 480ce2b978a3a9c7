"""A real sandboxed kernel, talked to as a page talks to it."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SPECS = ROOT / "jupyter-config" / "kernels"
PATHS = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])  # an empty entry stands for the current folder


@dataclass
class Ran:
    """What a cell came to."""

    status: str = ""
    text: str = ""
    error: str = ""
    sentence: str = ""
    bundles: list[dict[str, Any]] = field(default_factory=list)


class Kernel:
    """A running kernel and a client of it."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        from jupyter_client.kernelspec import KernelSpecManager
        from jupyter_client.manager import KernelManager

        specs = KernelSpecManager(kernel_dirs=[str(SPECS)], ensure_native_kernel=False)
        self.manager = KernelManager(kernel_name="nexus-sandbox", kernel_spec_manager=specs)
        self.manager.start_kernel(cwd=str(folder), env={**os.environ, "PYTHONPATH": PATHS, **environment})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=90)

    @property
    def supervisor(self) -> int:
        return int(self.manager.provisioner.process.pid)

    def start(self, code: str) -> str:
        return str(self.client.execute(code))

    def finish(self, request: str, *, seconds: float = 60) -> Ran:
        ran, deadline = Ran(), time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                message = self.client.get_iopub_msg(timeout=1)
            except queue.Empty:
                continue
            if message["parent_header"].get("msg_id") != request:
                continue
            content = message["content"]
            match message["msg_type"]:
                case "status" if content["execution_state"] == "idle":
                    return ran
                case "stream":
                    ran.text += content["text"]
                case "error":
                    ran.error, ran.sentence = content["ename"], content["traceback"][-1]
                case "display_data" | "execute_result":
                    ran.bundles.append(content["data"])
                    ran.text += content["data"].get("text/plain", "")
        pytest.fail(f"the cell did not end within {seconds} s")

    def run(self, code: str, *, seconds: float = 60) -> Ran:
        return self.finish(self.start(code), seconds=seconds)

    def wait_for_restart(self) -> None:
        """Wait until the kernel is said to be started anew."""
        while self.client.get_iopub_msg(timeout=90)["content"].get("execution_state") != "restarting":
            pass

    def ask(self, **content: Any) -> dict[str, Any]:
        """Ask the process outside, as the page does."""
        message = self.client.session.msg("nexus_sandbox_request", content)
        self.client.control_channel.send(message)
        while True:
            reply = self.client.get_control_msg(timeout=30)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return dict(reply["content"])

    def info(self) -> dict[str, Any]:
        return dict(self.client.kernel_info(reply=True, timeout=30)["content"])

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@dataclass
class Place:
    """A notebook's folder, a home with a secret, and the kernels that were started there."""

    folder: Path
    home: Path
    temporary: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "TMPDIR": str(self.temporary),
            "MY_TOKEN": "secret-of-the-environment",
        }

    def settings(self, text: str) -> None:
        file = self.home / ".config" / "nexus-jupyter" / "settings.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def houses(self) -> list[Path]:
        return list(self.temporary.glob("nexus-kernel-*"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    root = tmp_path_factory.mktemp("kernel")
    made = Place(folder=root / "work", home=root / "home", temporary=root / "t")
    for folder in (made.folder, made.home / ".ssh", made.temporary):
        folder.mkdir(parents=True)
    (made.home / ".ssh" / "id_ed25519").write_text("secret-of-the-home")
    (made.folder / "sales.csv").write_text("region,price\nnorth,2\nsouth,4\nnorth,7\n")
    return made


@pytest.fixture(scope="module")
def start(place: Place) -> Iterator[Callable[..., Kernel]]:
    """Give a function that starts a kernel; it is ended with the module's tests."""
    kernels: list[Kernel] = []

    def begin(folder: Path | None = None, **environment: str) -> Kernel:
        kernels.append(Kernel(folder or place.folder, place.environment | environment))
        return kernels[-1]

    yield begin
    for kernel in kernels:
        kernel.close()
