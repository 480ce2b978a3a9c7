"""The door of the sandboxed kernel: what Jupyter starts, and ``nexus-jupyter sandbox grant | revoke | show | save``.

Jupyter starts it isolated (``kernel.json``), in the notebook's folder: nothing of that folder may stand in for a module, not even where the
user's ``PYTHONPATH`` has an empty or relative entry.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nexus_jupyter.errors import NexusError, NotebookError

__all__ = ["add_commands", "main"]


def main(arguments: Sequence[str]) -> int:
    """Run a sandboxed kernel on the channels of a connection file."""
    from nexus_jupyter.kernel.reach import Notebook
    from nexus_jupyter.kernel.supervisor import Supervisor
    from nexus_jupyter.sandbox import ladder
    from nexus_jupyter.settings import Settings, load

    if len(arguments) != 1:
        sys.stderr.write("Jupyter starts this with a connection file. `nexus-jupyter sandbox --help` lists what you can do.\n")
        return 2
    connection = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    try:
        settings, problem = load(), ""
    except NexusError as error:
        settings, problem = Settings(), str(error)
    lowest = ladder.floor("C" if settings.allow_reduced_isolation else "B").level
    Supervisor(connection, Notebook.here(), settings.kernel, lowest=lowest, problem=problem or ladder.impossible()).run()
    return 0


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Add what `nexus-jupyter sandbox` can do."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def of_notebook(command: argparse.ArgumentParser) -> None:
        command.add_argument("place", metavar="NOTEBOOK", help="a notebook, or a folder for all notebooks in it")

    grant = commands.add_parser("grant", help="let the sandboxed kernels of a notebook read a file or folder")
    of_notebook(grant)
    grant.add_argument("paths", nargs="+", metavar="PATH")
    grant.set_defaults(do=_grant)

    revoke = commands.add_parser("revoke", help="take grants back, or all of a notebook's")
    of_notebook(revoke)
    revoke.add_argument("paths", nargs="*", metavar="PATH")
    revoke.set_defaults(do=_revoke)

    show = commands.add_parser("show", help="list grants and running sandboxed kernels")
    show.set_defaults(do=_show)

    save = commands.add_parser("save", help="copy what a running notebook wrote into its scratch folder beside the notebook")
    of_notebook(save)
    save.set_defaults(do=_save)


def _grant(options: argparse.Namespace) -> int:
    from nexus_jupyter.kernel import grants

    _list({options.place: grants.add(options.place, options.paths)})
    _say("A kernel that runs gets it when it is restarted.")
    return 0


def _revoke(options: argparse.Namespace) -> int:
    from nexus_jupyter.kernel import grants

    _list({options.place: grants.remove(options.place, options.paths)})
    _say("A kernel that runs keeps what it has until it is restarted.")
    return 0


def _show(_options: argparse.Namespace) -> int:
    from nexus_jupyter.kernel import grants, house

    _list(grants.load())
    for root, about in house.standing():
        missing = f", without {'; '.join(about['missing'])}" if about["missing"] else ""
        _say(f"running: {about['notebook'] or about['folder']} (level {about['level'] or '?'}{missing}), scratch folder {root / 'scratch'}")
    return 0


def _save(options: argparse.Namespace) -> int:
    from nexus_jupyter.kernel import house, scratch

    real = os.path.realpath(options.place)
    fitting = [(root, about) for root, about in house.standing() if real in {about["notebook"], about["folder"]}]
    if not fitting:
        raise NotebookError(f"No sandboxed kernel of `{options.place}` runs. What it wrote goes when it is shut down.")
    for root, about in fitting:
        target, count = scratch.save(root / "scratch", Path(about["folder"]), name=Path(about["notebook"]).stem)
        _say(f"{target}: {count} file{'' if count == 1 else 's'}")
    return 0


def _list(found: dict[str, Any]) -> None:
    for place, paths in found.items():
        _say(f"{place}:")
        for path in paths or ("nothing is granted",):
            _say(f"  {path}")
    if not found:
        _say("Nothing is granted to any notebook.")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
