"""The startup file that IPython runs in every kernel of the environment."""

from __future__ import annotations

import logging
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

STARTUP = Path(__file__).parents[1] / "jupyter-config" / "ipython-startup" / "50-nexus_jupyter.py"


@pytest.fixture
def start():
    def start(load):
        shell = SimpleNamespace(extension_manager=SimpleNamespace(load_extension=load))
        return runpy.run_path(str(STARTUP), init_globals={"get_ipython": lambda: shell})

    return start


def test_every_kernel_loads_the_extension(start, monkeypatch):
    monkeypatch.delenv("NEXUS_JUPYTER_AUTOLOAD", raising=False)
    loaded = []
    start(loaded.append)
    assert loaded == ["nexus_jupyter"]


def test_a_switch_turns_it_off(start, monkeypatch):
    monkeypatch.setenv("NEXUS_JUPYTER_AUTOLOAD", "0")
    start(lambda _: pytest.fail("loaded"))


def test_a_broken_extension_never_keeps_a_kernel_from_starting(start, monkeypatch, caplog):
    monkeypatch.delenv("NEXUS_JUPYTER_AUTOLOAD", raising=False)

    def broken(name):
        raise ImportError(name)

    with caplog.at_level(logging.WARNING):
        start(broken)
    assert "could not be loaded" in caplog.text


def test_it_leaves_no_names_behind(start, monkeypatch):
    monkeypatch.setenv("NEXUS_JUPYTER_AUTOLOAD", "0")
    assert "os" not in start(lambda _: None)
