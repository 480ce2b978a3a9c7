"""The shape of the package, counted."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "nexus_jupyter"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "labextension" not in p.parts)
FORBIDDEN = re.compile(r"(^|_)(utils?|helpers?|common|core|base|misc|manager)$")
HEAVY = ("pandas", "numpy", "polars", "pyarrow", "plotly", "chromadb", "jupyter_server", "ollama", "httpx", "RestrictedPython", "nbformat")
# A heavy library is named in these rooms or modules only.
ONLY_IN = {
    "RestrictedPython": ("sandbox/", "review/"),
    "chromadb": ("knowledge/",),
    "jupyter_server": ("server/",),
    "tornado": ("server/",),
    "ollama": ("llm/ollama.py",),
    "httpx": ("llm/ollama.py",),
}


def _rel(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_the_package_is_found():
    assert len(MODULES) > 20


@pytest.mark.parametrize("path", MODULES, ids=_rel)
def test_a_module_is_small_and_shallow_and_has_a_telling_name(path):
    assert len(path.read_text().splitlines()) <= 400
    assert len(path.relative_to(PACKAGE).parts) <= 2
    assert not FORBIDDEN.search(path.stem)


def test_half_of_the_modules_have_at_most_150_lines():
    sizes = sorted(len(p.read_text().splitlines()) for p in MODULES)
    assert sizes[len(sizes) // 2] <= 150


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_heavy_library_is_imported_in_its_own_place_only(library):
    importing = re.compile(rf"^\s*(import|from)\s+{library}\b", re.MULTILINE)
    strays = [_rel(p) for p in MODULES if importing.search(p.read_text()) and not _rel(p).startswith(ONLY_IN[library])]
    assert strays == []


def test_importing_the_package_loads_nothing_heavy():
    code = f"import sys, nexus_jupyter; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_every_room_says_what_it_is_for():
    for room in (p for p in PACKAGE.iterdir() if p.is_dir() and p.name not in {"labextension", "__pycache__"}):
        text = (room / "__init__.py").read_text()
        assert text.startswith('"""'), f"{room.name}/__init__.py has no docstring"


def test_the_network_guard_is_on():
    import socket

    with pytest.raises(AssertionError, match="stay on this machine"), socket.socket() as s:
        s.connect(("192.0.2.1", 80))
