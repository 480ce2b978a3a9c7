"""How much a sandboxed kernel may use."""

from __future__ import annotations

from dataclasses import dataclass

from nexus_jupyter.errors import SettingsError

__all__ = ["Bounds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The bounds of a sandboxed kernel.

    Parameters
    ----------
    memory_mb
        What the kernel may hold in memory; beyond it, it is ended and started anew.
    scratch_mb
        What it may write into its scratch folder.
    cell_s
        Seconds that one cell may run; 0 is without end. It is interrupted first.
    cpu_s
        Seconds of processor time of a kernel from its start; 0 is without end.
    """

    memory_mb: int = 4096
    scratch_mb: int = 2048
    cell_s: float = 0
    cpu_s: int = 0

    def __post_init__(self) -> None:
        """Refuse bounds that make no sense."""
        for name, least in (("memory_mb", 256), ("scratch_mb", 1), ("cell_s", 0), ("cpu_s", 0)):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, (int, float)) or value < least:
                raise SettingsError(f"The sandboxed kernel's bound `{name}` is {value!r}. It has to be a number of at least {least}.")
