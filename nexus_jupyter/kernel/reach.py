"""What a sandboxed kernel is told and may reach: its folders, its environment, Python's own installation."""

from __future__ import annotations

import json
import os
import stat
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nexus_jupyter.kernel import grants
from nexus_jupyter.kernel.bounds import Bounds
from nexus_jupyter.kernel.house import House

__all__ = ["Notebook", "environment", "orders", "python_paths"]

KEPT = ("PATH", "LANG", "LANGUAGE", "TZ", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "CONDA_PREFIX", "NUMBA_NUM_THREADS", "OMP_NUM_THREADS")
PREFIXES = ("LC_", "NEXUS_JUPYTER_")
PLAIN_FILES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """The notebook that a kernel is for, as far as it is known, and its folder."""

    folder: str
    path: str = ""

    @classmethod
    def here(cls) -> Notebook:
        """Give that of this process: Jupyter starts a kernel in the notebook's folder and names the notebook in the environment."""
        folder = os.path.realpath(Path.cwd())
        named = os.environ.get("JPY_SESSION_NAME", "")
        path = os.path.realpath(named) if named.endswith(".ipynb") else ""
        return cls(folder=folder, path=path if path and Path(path).parent == Path(folder) else "")

    @property
    def place(self) -> str:
        """What grants are kept for."""
        return self.path or self.folder

    @property
    def whole(self) -> bool:
        """Whether all of the folder may be read: not when the home folder lies in it."""
        return not grants.too_wide(self.folder)

    def readable(self) -> list[str]:
        """Give the folder, or, where it holds the home folder, the plain files that lie in it and are not hidden."""
        if self.whole:
            return [self.folder]
        entries = [entry for entry in os.scandir(self.folder) if not entry.name.startswith(".")]
        return sorted(e.path for e in entries if stat.S_ISREG(e.stat(follow_symlinks=False).st_mode))[:PLAIN_FILES]


def python_paths() -> list[str]:
    """Give the folders of Python's installation and of its packages; never one that holds the home folder."""
    package = Path(__file__).resolve().parents[1]
    scheme = [path for key in ("stdlib", "platstdlib", "purelib", "platlib") if (path := sysconfig.get_path(key))]
    executable = [str(Path(sys.executable).parent), str(Path(os.path.realpath(sys.executable)).parent)]
    places = [*sys.path, sys.prefix, sys.base_prefix, sys.exec_prefix, *scheme, *executable, str(package), *_linked()]
    real = [os.path.realpath(place) for place in places if place]
    return [place for place in dict.fromkeys(real) if Path(place).exists() and not grants.too_wide(place)]


def _linked() -> list[str]:
    """Give what the packages' own finders point to: editable installations keep their sources elsewhere."""
    found = []
    for finder in sys.meta_path:
        mapping = getattr(sys.modules.get(getattr(finder, "__module__", ""), None), "MAPPING", None)
        if isinstance(mapping, dict):
            found += [str(path) for path in mapping.values() if isinstance(path, str)]
    return found


def environment(room: Path) -> dict[str, str]:
    """Give the environment that the kernel starts with: the user's, but for a few names, is none of its business."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT or name.startswith(PREFIXES)}
    home = str(room / "home")
    return kept | {"HOME": home, "TMPDIR": home, "IPYTHONDIR": f"{home}/.ipython", "JUPYTER_NO_CONFIG": "1", "JOBLIB_MULTIPROCESSING": "0"}


def orders(
    *, notebook: Notebook, house: House, room: Path, key: str, bounds: Bounds, lowest: str, granted: tuple[str, ...]
) -> dict[str, Any]:
    """Write the orders of one start; `child` reads them."""
    scratch = str(house.scratch)
    after = {"HOME": scratch, "TMPDIR": str(house.scratch / "tmp"), "MPLCONFIGDIR": f"{scratch}/.matplotlib"}
    return {
        "parent": os.getpid(),
        "key": key,
        "channels": str(room / "c"),
        "readable": [*python_paths(), *notebook.readable(), *granted],
        "owned": [scratch, str(room)],
        "environment": after | {"XDG_CACHE_HOME": f"{scratch}/.cache"} | ({"JPY_SESSION_NAME": notebook.path} if notebook.path else {}),
        "bounds": {name: getattr(bounds, name) for name in ("memory_mb", "scratch_mb", "cell_s", "cpu_s")},
        "lowest": lowest,
        "without": os.environ.get("NEXUS_SANDBOX_WITHOUT", ""),
        "extension": os.environ.get("NEXUS_JUPYTER_AUTOLOAD", "1") != "0",
        "about": {
            "folder": notebook.folder,
            "whole": notebook.whole,
            "notebook": notebook.path,
            "granted": list(granted),
            "scratch": scratch,
            "memory_mb": bounds.memory_mb,
        },
    }


def command(door: int) -> list[str]:
    """Give the command that starts the kernel: a clean interpreter with this one's paths, and nothing from the notebook's folder."""
    path = json.dumps([place for place in sys.path if place])
    boot = f"import sys; sys.path[:] = {path}; from nexus_jupyter.kernel.child import main; main({door})"
    return [sys.executable, "-I", "-B", "-c", boot]
