"""The sandbox as its callers see it: give a program and frames, get an outcome. It never raises for what a program does."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import threading
import time
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from nexus_jupyter.errors import DataError, SandboxError
from nexus_jupyter.sandbox import inputs, ladder, pool, preload, wire
from nexus_jupyter.sandbox.limits import Limits
from nexus_jupyter.sandbox.outcome import Outcome, without_controls
from nexus_jupyter.sandbox.turn import Turn
from nexus_jupyter.sandbox.violation import Violation
from nexus_jupyter.sandbox.watch import watch

__all__ = ["Sandbox"]

KEPT_BYTES, KEPT_FRAMES = 2 << 30, 32
SIGNALS = {
    6: "it aborted",
    9: "it was killed",
    11: "it crashed",
    31: "it made a system call that is never allowed",
    24: "it used up its time",
}


class Sandbox:
    """Runs programs in fresh, confined processes, one at a time.

    Parameters
    ----------
    limits
        The bounds of each run.
    lowest
        The lowest level that is accepted: ``A``, ``B`` or ``C`` (reduced isolation).
    policy
        Whether programs go through the policy. Only tests switch it off.
    """

    def __init__(self, limits: Limits | None = None, *, lowest: str = "B", policy: bool = True) -> None:
        self.limits = limits or Limits()
        self.floor = ladder.floor(lowest)
        self.policy = policy
        self._zygote: pool.Zygote | None = None
        self._turn = Turn()
        self._waking = threading.Lock()
        self._wake: int | None = None
        self._running: int | None = None
        self._kept: OrderedDict[tuple[str, str, tuple[str, ...] | None], inputs.Sent] = OrderedDict()

    # ---- life
    def start(self) -> Self:
        """Start or join the zygote in the background; returns at once."""
        if self._zygote is None:
            self._zygote = pool.acquire()
        elif not self._zygote.alive:
            self._zygote = pool.acquire(self._zygote)
        return self

    def close(self) -> None:
        """Stop what runs, forget kept frames and leave the zygote."""
        self.interrupt()
        with self._turn:
            for sent in self._kept.values():
                os.close(sent.fd)
            self._kept.clear()
            if self._zygote is not None:
                self._zygote = None
                pool.release()

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close."""
        self.close()

    @property
    def ready(self) -> bool:
        """Whether a run would start at once."""
        zygote = self._zygote
        return zygote is not None and zygote.alive and zygote.ready["core"].is_set()

    @property
    def known(self) -> bool:
        """Whether the level is known, so that asking for it does not wait."""
        return self._zygote is not None and self._zygote.known.is_set()

    @property
    def level(self) -> str:
        """The rung of isolation: ``A``, ``B``, ``C``, or ``D`` when nothing can be run. Waits until it is known."""
        zygote = self.start()._zygote  # noqa: SLF001 - its own
        assert zygote is not None
        zygote.known.wait(pool.START_S)
        return zygote.level or "D"

    @property
    def missing(self) -> tuple[str, ...]:
        """What could not be applied on this machine."""
        level, zygote = self.level, self._zygote
        return zygote.missing if zygote is not None and level != "D" else (zygote.error if zygote else "",)

    def allow(self, lowest: str) -> ladder.Floor:
        """Accept levels down to this one, as far as an administrator lets it; give what holds now."""
        self.floor = ladder.floor(lowest)
        return self.floor

    def interrupt(self) -> None:
        """Stop the run that is going on, from any thread; it ends as ``killed``."""
        with self._waking:  # so that the descriptor is not closed, and another file under its number, in between
            if self._wake is not None:
                os.eventfd_write(self._wake, 1)

    def _wakes(self, wake: int | None) -> None:
        with self._waking:
            self._wake = wake

    # ---- running
    def run(
        self,
        code: str,
        frames: Mapping[str, Any] | None = None,
        names: Sequence[str] = (),
        *,
        columns: Mapping[str, Sequence[str]] | None = None,
        keys: Mapping[str, str] | None = None,
        lazy: Collection[str] = (),
    ) -> Outcome:
        """Run a program and give its outcome.

        Parameters
        ----------
        code
            The program; its answer is the name ``result``.
        frames
            The frames that it uses, by name. Those that the text does not name are not sent.
        names
            Other names to bring back, under ``outcome.names``.
        columns
            For a frame's name, the only columns to send.
        keys
            For a frame's name, a fingerprint; a frame of a known fingerprint is not sent again.
        lazy
            Names of polars frames that the program gets as lazy frames.
        """
        begun = time.perf_counter()
        with self._turn:
            outcome = self._attempt(code, frames or {}, names, columns or {}, keys or {}, lazy)
        return _timed(outcome, begun, self._zygote.level if self._zygote else "")

    def _attempt(self, code: str, frames: Mapping[str, Any], names: Sequence[str], *how: Any) -> Outcome:
        given: object = code
        if not isinstance(given, str):
            return Outcome(status="error", message=f"The program has to be text; this is {type(code).__name__}.")
        if len(code) > self.limits.code_kb << 10 or len(code.encode("utf-8", "replace")) > self.limits.code_kb << 10:
            message = f"The program has {len(code):,} characters; the limit is {self.limits.code_kb} kB."
            return Outcome(status="refused", findings=(Violation(rule="size", line=1, message=message),), message=message)
        bad = [name for name in frames if not name.isidentifier() or name.startswith("_")]
        if bad:
            return Outcome(status="error", message=f"`{bad[0]}` can't be the name of a frame. Use letters, digits and inner underscores.")
        try:
            return self._on_zygotes(code, frames, names, how)
        except (SandboxError, DataError) as error:
            return Outcome(status="error", message=str(error))
        except OSError as error:
            return Outcome(status="error", message=f"The sandbox could not run the program: {error}.")

    def _on_zygotes(self, code: str, frames: Mapping[str, Any], names: Sequence[str], how: tuple[Any, ...]) -> Outcome:
        kind = "statistics" if preload.needs_statistics(code) else "core"
        with contextlib.ExitStack() as stack:
            specs, files = self._inputs(code, frames, how, stack)
            for attempt in (1, 2, 3):
                zygote = self.start()._zygote  # noqa: SLF001
                assert zygote is not None
                if refused := self._too_low():
                    return refused
                try:
                    outcome, missing = self._once(zygote, kind, code, specs, names, files)
                except SandboxError:
                    if attempt == 3 or self._zygote is None:  # noqa: PLR2004 - the last
                        raise
                    continue
                if missing and kind == "core":  # it imports more than its words tell
                    kind = "statistics"
                    continue
                return outcome
        return outcome

    def _too_low(self) -> Outcome | None:
        level = self.level
        if level == "D":
            return Outcome(status="refused", message=f"Programs can't be run here. {', '.join(self.missing)}")
        if level > self.floor.level:
            return Outcome(status="refused", message=ladder.refusal(level, self.missing, self.floor))
        return None

    def _inputs(
        self,
        code: str,
        frames: Mapping[str, Any],
        how: tuple[Any, ...],
        stack: contextlib.ExitStack,
    ) -> tuple[list[Any], list[int]]:
        columns, keys, lazy = how
        specs, files = [], []
        for name, frame in frames.items():
            if not re.search(rf"\b{re.escape(name)}\b", code):
                continue
            only = tuple(columns[name]) if name in columns else None
            lib = type(frame).__module__.partition(".")[0]
            sent = self._known(keys[name], lib, only) if name in keys else None
            if sent is None:
                sent = inputs.send_frame(name, frame, only)
                if name in keys:
                    self._kept[keys[name], lib, only] = sent
                else:
                    stack.callback(os.close, sent.fd)
            narrower = list(only) if only is not None and set(sent.columns or ()) > set(only) else None
            spec = {"name": name, "lib": sent.lib, "columns": sent.columns, "raw": sent.raw, "only": narrower}
            specs.append(spec | {"lazy": name in lazy or type(frame).__name__ == "LazyFrame"})
            files.append(sent.fd)
        self._forget(set(files))
        return specs, files

    def _known(self, key: str, lib: str, only: tuple[str, ...] | None) -> inputs.Sent | None:
        """Find a kept frame of this fingerprint that has these columns, or more."""
        for kept, sent in reversed(self._kept.items()):
            if kept[:2] == (key, lib) and (kept[2] == only or (only is not None and set(only) <= set(sent.columns or ()))):
                self._kept.move_to_end(kept)
                return sent
        return None

    def _forget(self, used: set[int]) -> None:
        while len(self._kept) > KEPT_FRAMES or sum(sent.size for sent in self._kept.values()) > KEPT_BYTES:
            oldest = next((key for key, sent in self._kept.items() if sent.fd not in used), None)
            if oldest is None:
                return
            os.close(self._kept.pop(oldest).fd)

    def _once(
        self,
        zygote: pool.Zygote,
        kind: str,
        code: str,
        specs: list[Any],
        names: Sequence[str],
        files: list[int],
    ) -> tuple[Outcome, bool]:
        limits = self.limits
        bounds = {"wall_s": limits.wall_s, "memory_mb": limits.memory_mb, "output_mb": limits.output_mb, "stdout_kb": limits.stdout_kb}
        request = {"code": code, "frames": specs, "names": list(names), "policy": self.policy, "limits": bounds | {"threads": 12}}
        with contextlib.ExitStack() as stack:
            asked, reply, printed = (inputs.memfd(f"nexus-{part}") for part in ("request", "reply", "printed"))
            for fd in (asked, reply, printed):
                stack.callback(os.close, fd)
            os.write(asked, json.dumps(request).encode("ascii"))
            mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            stack.callback(mine.close)
            wake, done = (os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK) for _ in "wd")
            stack.callback(os.close, wake)
            stack.callback(os.close, done)
            stack.callback(theirs.close)
            self._wakes(wake)
            stack.callback(self._wakes, None)
            if not zygote.wait(kind, wake):
                return _outcome("user", 0, 0.0, "", b"", limits)
            zygote.send(kind, [asked, reply, printed, theirs.fileno(), done, *files])
            theirs.close()
            try:
                limit, status, peak = watch(mine, wake, done, limits, zygote.anonymous_kb[kind])
            except SandboxError as error:  # gone or hung: another one takes its place, and the question
                zygote.fail(str(error))
                raise
            stdout = without_controls(wire.read_all(printed, limits.stdout_kb << 10).decode("utf-8", "replace"))
            data = b"" if limit else wire.read_all(reply, (limits.output_mb + 1) << 20)
        return _outcome(limit, status, peak, stdout, data, limits)


def _outcome(limit: str, status: int, peak: float, stdout: str, data: bytes, limits: Limits) -> tuple[Outcome, bool]:
    peak = round(max(peak, 0.0), 1)
    if limit:
        words = {
            "time": f"The program took longer than {limits.wall_s:g} seconds and was stopped. Use fewer rows or a simpler step.",
            "memory": f"The program used more than {limits.memory_mb} MB and was stopped. Use fewer rows or columns.",
            "user": "The program was interrupted.",
        }
        return Outcome(status="killed", message=words[limit], stdout=stdout, peak_mb=peak), False
    if status != 0:
        why = SIGNALS.get(-status, f"it ended with status {status}")
        message = f"The program's process ended early: {why}. Often this is memory; the limit is {limits.memory_mb} MB."
        return Outcome(status="killed", message=message, stdout=stdout, peak_mb=peak), False
    try:
        said = wire.read_reply(data)
    except wire.WireError as error:
        return Outcome(status="error", message=str(error), stdout=stdout, peak_mb=peak), False
    kind, line = said.get("status"), said.get("line")
    line = line if type(line) is int and 0 < line < 1 << 31 else None
    message = without_controls(str(said.get("message") or ""))[:4000]
    if kind == "ok":
        return Outcome(status="ok", result=said.get("result"), names=said["names"], stdout=stdout, peak_mb=peak), False
    if kind == "refused":
        given = said.get("findings")
        findings = tuple(Violation.from_json(f) for f in (given if isinstance(given, list) else [])[:50] if isinstance(f, dict))
        message = "\n".join(f"Line {f.line}: {f.message} {f.hint}".strip() for f in findings) or "The policy refused the program."
        return Outcome(
            status="refused",
            findings=findings,
            message=message,
            stdout=stdout,
            line=findings[0].line if findings else None,
        ), False
    if kind == "memory":
        message = f"The program needed more than {limits.memory_mb} MB. Use fewer rows or columns."
        return Outcome(status="killed", message=message, stdout=stdout, line=line, peak_mb=peak), False
    return Outcome(status="error", message=message, stdout=stdout, line=line, peak_mb=peak), isinstance(said.get("missing"), str)


def _timed(outcome: Outcome, begun: float, level: str) -> Outcome:
    from dataclasses import replace

    return replace(outcome, elapsed_ms=round((time.perf_counter() - begun) * 1000, 2), level=level)
