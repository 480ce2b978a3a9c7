"""The process that runs one program and ends: it gives up everything first, then compiles, runs and writes one reply."""

from __future__ import annotations

import builtins
import contextlib
import io
import json
import mmap
import os
import random
import select
import socket
import sys
from typing import Any, NoReturn

from nexus_jupyter.sandbox import confine, guards, inputs, limits, policy, rules, warm
from nexus_jupyter.sandbox.encode import Writer

__all__ = ["run", "wait"]

TEXT = 2000
AHEAD = "The sandbox opens no files, so `{module}` would have to be loaded ahead, and it is not: it is not installed, or not on the list (please report it)."
TAIL_MB = 1 << 20


class _Printer(io.TextIOBase):
    """What a program prints, up to a bound."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left

    def writable(self) -> bool:
        """Say that it can be printed to."""
        return True

    def write(self, text: str) -> int:
        """Keep what still fits."""
        if self.left > 0:
            data = text[: self.left].encode("utf-8", "replace")
            self.left -= len(data)
            with contextlib.suppress(OSError):
                os.write(1, data)
        return len(text)


def wait(box: int, *, confined: bool) -> NoReturn:
    """Get warm while there is no request, then run the one that comes on the socket `box`."""
    confine.close_all_but({0, 1, 2, box})
    line = socket.socket(fileno=box)
    statm = os.open("/proc/self/statm", os.O_RDONLY)
    if confined:
        with contextlib.suppress(OSError):
            confine.landlock(())  # while there is one thread: the others inherit it
    for patience_ms, step in warm.STEPS:
        if select.select([line], [], [], patience_ms / 1000)[0]:
            break
        with contextlib.suppress(Exception):
            step()
    message, fds, _, _ = socket.recv_fds(line, 64, 200)
    if not message:
        os._exit(0)
    line.close()
    data_kb = int(os.pread(statm, 200, 0).split()[5]) * 4
    os.close(statm)
    run(fds, data_kb, confined=confined)


def run(fds: list[int], data_kb: int, *, confined: bool) -> NoReturn:
    """Run the request in ``fds[0]`` and write the reply to ``fds[1]``; printed text goes to ``fds[2]``, frames are the rest."""
    try:
        request, reply, printed, done, *files = fds
        os.dup2(printed, 1)
        os.dup2(0, 2)
        os.close(printed)
        wanted = json.loads(os.pread(request, os.fstat(request).st_size, 0))
        maps = [mmap.mmap(fd, 0, access=mmap.ACCESS_COPY) for fd in files]
        for fd in (request, *files):
            os.close(fd)
        bounds = wanted["limits"]
        sys.stdout = sys.stderr = _Printer(bounds["stdout_kb"] << 10)
        random.seed()
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()
        limits.apply(
            wall_s=bounds["wall_s"],
            memory_mb=bounds["memory_mb"],
            output_mb=bounds["output_mb"],
            data_kb=data_kb + (sum(map(len, maps)) >> 10),  # a private mapping counts as data
            threads=bounds["threads"],
        )
        if confined:
            confine.install()
        head, writer = _execute(wanted, maps)
        try:
            pieces = writer.packed(head, bounds["output_mb"] << 20)
        except ValueError as error:
            writer = Writer()
            pieces = writer.packed({"status": "error", "message": str(error)[:TEXT]}, TAIL_MB)
        for piece in pieces:
            view = memoryview(piece).cast("B")
            while view:
                view = view[os.write(reply, view[: 1 << 26]) :]
        os.write(done, (1).to_bytes(8, sys.byteorder))
    except BaseException as error:  # noqa: BLE001 - our own failure, to be seen as such
        with contextlib.suppress(OSError):
            os.write(1, f"{type(error).__name__}: {error}".encode("utf-8", "replace")[:TEXT])
        os._exit(3)
    finally:
        os._exit(0)


def _execute(wanted: dict[str, Any], maps: list[mmap.mmap]) -> tuple[dict[str, Any], Writer]:
    writer = Writer()
    code: Any
    if wanted["policy"]:
        code, found = policy.compile_program(wanted["code"])
        if found:
            return {"status": "refused", "findings": [_finding(f) for f in found]}, writer
        space = guards.namespace()
    else:
        try:
            code = compile(wanted["code"], policy.NAME, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            return {"status": "error", "message": f"{type(error).__name__}: {error}"[:TEXT], "line": getattr(error, "lineno", None)}, writer
        space = {"__builtins__": builtins, "__name__": "__main__"}
    try:
        for spec, data in zip(wanted["frames"], maps, strict=True):
            space[spec["name"]] = inputs.frame_of(spec, data)
        exec(code, space)  # noqa: S102 - this process exists for it
        head: dict[str, Any] = {"status": "ok"}
        if "result" in space:
            head["result"] = writer.result(space["result"])
        head["names"] = {name: writer.result(space[name]) for name in wanted["names"] if name in space}
    except BaseException as error:  # noqa: BLE001 - whatever the program raises is its answer
        writer = Writer()
        head = _failure(error)
    if guards.refused:
        return {"status": "refused", "findings": [_finding(f) for f in guards.refused[: policy.FOUND]]}, Writer()
    return head, writer


def _failure(error: BaseException) -> dict[str, Any]:
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == policy.NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    try:
        text = str(error)[:TEXT]
    except BaseException:  # noqa: BLE001 - its __str__ is the program's
        text = ""
    name = type(error).__name__[:100]
    if isinstance(error, MemoryError):
        return {"status": "memory", "message": text, "line": line}
    missing = getattr(error, "name", None) if isinstance(error, ImportError) else None
    denied = isinstance(error, PermissionError)
    hint = " Files, the network and other programs can't be reached from the sandbox." if denied else ""
    if isinstance(missing, str) and rules.module_allowed(missing):
        return {"status": "error", "message": f"{name}: {text}. {AHEAD.format(module=missing)}", "line": line, "missing": missing}
    message = f"{name}: {text}.{hint}" if denied else f"{name}: {text}"
    return {"status": "error", "message": message, "line": line, "missing": missing if isinstance(missing, str) else None}


def _finding(found: policy.Violation) -> dict[str, Any]:
    return {"rule": found.rule, "line": found.line, "message": found.message[:TEXT], "hint": found.hint}
