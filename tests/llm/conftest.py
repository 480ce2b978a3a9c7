"""A real Ollama: the one that answers at OLLAMA_HOST (or the usual port), or one started from an installed program."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest

from nexus_jupyter.errors import ModelError
from nexus_jupyter.llm.ollama import Ollama


def _models(host: str) -> tuple[str, ...] | None:
    try:
        return Ollama(host=host).models()
    except ModelError:
        return None


@pytest.fixture(scope="session")
def ollama_host(missing: Callable[[str], None]) -> Iterator[str]:
    """The address of a server that answers."""
    host = os.environ.get("OLLAMA_HOST", "")
    if _models(host) is not None:
        yield host
        return
    program = shutil.which("ollama")
    if program is None:
        missing("no Ollama answers and none is installed")
        return
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{s.getsockname()[1]}"
    server = subprocess.Popen(
        [program, "serve"],
        env={**os.environ, "OLLAMA_HOST": host},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 20
        while _models(host) is None:
            if time.monotonic() > until or server.poll() is not None:
                missing("Ollama is installed and does not start")
        yield host
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def ollama_model(ollama_host: str, missing: Callable[[str], None]) -> str:
    """The smallest of the models that tests know."""
    installed = _models(ollama_host) or ()
    for name in ("smollm2:135m", "qwen2.5-coder:0.5b", "qwen2.5-coder:1.5b"):
        if name in installed:
            return name
    missing("Ollama has none of the small test models; `ollama pull smollm2:135m` gives one")
    raise AssertionError
