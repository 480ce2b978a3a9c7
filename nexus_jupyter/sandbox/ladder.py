"""The ladder of isolation: what each level means, how low it may be here, and who says so."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["MEANING", "Floor", "floor", "impossible", "refusal", "sentence"]

MEANING = {
    "A": "system-call filter, Landlock, namespaces, limits and policy",
    "B": "system-call filter, limits and policy, Landlock where there is any",
    "C": "reduced isolation: a process of its own, limits, a watchdog and the policy",
    "D": "no worker is possible; programs are shown and not run",
}
SYSTEM = Path("/etc/nexus-jupyter/settings.toml")
VARIABLE = "NEXUS_SANDBOX_LOWEST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The lowest level that is accepted, and by whom it was set: empty for the user's own settings."""

    level: str
    source: str = ""


def floor(wanted: str, environment: Mapping[str, str] | None = None) -> Floor:
    """Give the lowest level: the user's wish, or what an administrator set in the system's settings or the environment.

    What can't be read counts as ``B``: an administrator meant to forbid something.
    """
    found = Floor(level=wanted)
    asked = (os.environ if environment is None else environment).get(VARIABLE)
    for level, source in ((asked, f"the variable {VARIABLE}"), (_of_system(), str(SYSTEM))):
        if level is None:
            continue
        kept = level.strip().upper() if level.strip().upper() in MEANING else "B"
        if kept < found.level:
            found = Floor(level=kept, source=source)
    return found


def _of_system() -> str | None:
    """Read ``lowest`` of the section ``sandbox`` in the system's settings."""
    if not SYSTEM.exists():
        return None
    import tomllib

    try:
        section = tomllib.loads(SYSTEM.read_text(encoding="utf-8")).get("sandbox", {})
        return None if "lowest" not in section else str(section["lowest"])
    except (OSError, ValueError, AttributeError, TypeError):
        return ""


def impossible() -> str:
    """Say why no worker can be made on this machine; empty when one can. Each thing is tried, not looked up."""
    import platform
    import sys

    if sys.platform != "linux":
        name = {"darwin": "macOS", "win32": "Windows"}.get(sys.platform, sys.platform)
        return f"The sandbox needs Linux; this is {name}. Run Jupyter in a Linux container or virtual machine to have answers computed."
    tried = (("memfd", "files in memory (memfd_create, Linux 3.17)"), ("pidfd", "handles of processes (pidfd_open, Linux 5.3)"))
    for name, what in tried:
        try:
            os.close(os.memfd_create("nexus-try") if name == "memfd" else os.pidfd_open(os.getpid()))
        except (OSError, AttributeError) as error:
            return f"The sandbox needs {what}, which Linux {platform.release()} does not give here ({error})."
    if not Path("/proc/self/statm").exists():
        return "The sandbox needs /proc to watch the memory of programs, and it is not mounted here. Mount it: mount -t proc proc /proc."
    return ""


def sentence(level: str, missing: tuple[str, ...]) -> str:
    """Say what a level means here."""
    text = f"{level}: {MEANING.get(level, '')}"
    return text + (f"; missing: {', '.join(missing)}" if missing and level != "A" else "")


def refusal(level: str, missing: tuple[str, ...], lowest: Floor) -> str:
    """Say why nothing is run at this level, and what to do."""
    lack = ", ".join(missing) or "unknown"
    if lowest.source:
        return f"Programs are not run here: the isolation has level {level} (missing: {lack}), and {lowest.source} asks for {lowest.level} or better."
    return (
        f"Programs are not run here: the isolation is reduced (level {level}; missing: {lack}). "
        "`%nexus isolation reduced` allows it once and for all; what that means is in docs/security.md."
    )
