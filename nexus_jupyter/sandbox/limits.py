"""How much a single run may use, and how these bounds are put on a process."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]

MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one run.

    Parameters
    ----------
    wall_s
        Seconds from the request to the end; then the worker is killed.
    memory_mb
        What the run may use in addition to what the libraries take.
    output_mb
        The largest result, all parts together.
    stdout_kb
        How much of the printed text is kept.
    code_kb
        The largest program.
    """

    wall_s: float = 10.0
    memory_mb: int = 1024
    output_mb: int = 48
    stdout_kb: int = 256
    code_kb: int = 100

    def __post_init__(self) -> None:
        """Refuse bounds that make no sense."""
        from nexus_jupyter.errors import SettingsError

        for name in ("wall_s", "memory_mb", "output_mb", "stdout_kb", "code_kb"):
            if not getattr(self, name) > 0:
                msg = f"The sandbox's limit `{name}` is {getattr(self, name)!r}. It has to be greater than zero."
                raise SettingsError(msg)


def apply(*, wall_s: float, memory_mb: int, output_mb: int, data_kb: int, threads: int) -> None:
    """Put the bounds on this process; they cannot be raised again once the system-call filter is on.

    `data_kb` is what the process has mapped for data now (VmData), so that libraries do not count.
    """
    import resource
    import signal

    def bound(what: int, value: int) -> None:
        _, hard = resource.getrlimit(what)
        top = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (top, top))

    # Each native thread maps a stack of up to 8 MB and an arena that is never touched: that is address space, not memory.
    bound(resource.RLIMIT_DATA, (data_kb << 10) + memory_mb * MIB + threads * 16 * MIB)
    bound(resource.RLIMIT_FSIZE, (output_mb + 4) * MIB)
    bound(resource.RLIMIT_CORE, 0)
    bound(resource.RLIMIT_CPU, int(wall_s * max(threads, 1)) + 2)
    bound(resource.RLIMIT_NOFILE, 128)
    bound(resource.RLIMIT_MEMLOCK, 0)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
