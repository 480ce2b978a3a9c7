"""The desk: one kernel's questions, from a cell or from the sidebar, and what became of their cells."""

from __future__ import annotations

import datetime as dt
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nexus_jupyter.comm import Ask, Bridge, working_cell
from nexus_jupyter.errors import DatasetNotFound, NexusError
from nexus_jupyter.kernel import about
from nexus_jupyter.magic import commands, display
from nexus_jupyter.magic.completion import columns
from nexus_jupyter.magic.completion import frames as frames_in
from nexus_jupyter.magic.interpolation import frame_like, interpolate
from nexus_jupyter.magic.options import Options, command_of, parse
from nexus_jupyter.notebook.cells import Cell, group, prose, tame
from nexus_jupyter.payloads import Frame

if TYPE_CHECKING:
    from nexus_jupyter.answer import Answer
    from nexus_jupyter.pipeline import Session

__all__ = ["Desk", "Kept"]

_REMEMBERED: Final = 50
_PATIENCE: Final = 0.7
_SHOWN: Final = 20


@dataclass(slots=True, kw_only=True)
class Kept:
    """An answer of this kernel, the group of its cells, and where these are."""

    answer: Answer
    group: str
    state: str = "output"


class Desk:
    """Takes the questions of one kernel.

    Parameters
    ----------
    shell
        The running IPython shell.
    session
        Gives the session; called at the first use.
    headless
        True where no page will ever come.
    """

    def __init__(self, shell: Any, session: Callable[[], Session], *, headless: bool = False) -> None:
        self.shell = shell
        self.bridge: Bridge | None = None
        self.headless = headless
        self.matcher: Any = None
        self.errors: dict[int, str] = {}
        self._session = session
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._turn = threading.RLock()
        self._from_page = ""

    # --- the magic ----------------------------------------------------------------------------------------------------
    def magic(self, line: str, cell: str | None = None) -> None:
        """Answer the question of a line or cell, or do what a sub-command says; errors become one calm line."""
        try:
            known = tuple(frames_in(self.shell.user_ns))
            command = command_of(line, known) if cell is None else None
            if command is not None:
                self.say(self._command(*command))
                return
            options = parse(line, cell)
            if options.help:
                self.say(commands.help_text())
                return
            self._question(options)
        except NexusError as error:
            self.say(str(error))
        except KeyboardInterrupt:
            self.say("Stopped. Nothing was changed.")

    def say(self, text: str) -> None:
        """Show Markdown in the output of the running cell."""
        plain = text.removeprefix("```text\n").removesuffix("\n```")
        self.shell.display_pub.publish(data={"text/markdown": text, "text/plain": plain})

    def _command(self, name: str, argument: str) -> str:
        match name:
            case "frames":
                return commands.frames_text(self.session.frames())
            case "status":
                page = self.bridge is not None and self.bridge.anchor is not None and self.bridge.present
                return commands.status_text(self.session.status(), page=page)
            case "isolation":
                return self.session.isolation(argument)
            case "sandbox":
                return about.text(about.here)
            case "history":
                return commands.history_text(self._kept.values())
            case "undo":
                return self._undo(argument)
            case "explain":
                kept = self._find(argument)
                if kept is None:
                    return self._unknown(argument)
                checked = self._session().agreement_of(kept.answer, wait=2.0)
                return commands.explain_text(kept.answer) + (f"\n\n{checked}" if checked else "")
            case _:
                return commands.help_text(argument)

    # --- a question ---------------------------------------------------------------------------------------------------
    @property
    def session(self) -> Session:
        """The session, which looks for frames in the user's namespace."""
        session = self._session()
        session.namespace = self.shell.user_ns
        return session

    def _asked(self, text: str) -> Session:
        """Give the session, which does not take the tables of earlier answers for data unless the question names one.

        Once an answer was accepted and run, its table is a variable too, and has the very words of the question in its names.
        """
        session = self.session
        made = {p.name: tuple(p.table.columns) for k in self._kept.values() for p in k.answer.parts if p.table is not None}
        words = set(text.split())

        def ours(name: str, value: Any) -> bool:
            return name in made and name not in words and frame_like(value) and tuple(columns(value)) == made[name]

        session.namespace = {n: v for n, v in list(self.shell.user_ns.items()) if not ours(n, v)}
        return session

    def _question(self, options: Options) -> None:
        text, referred = interpolate(options.question, self.shell.user_ns, self.errors)
        data = self._data(options.data, referred)
        anchor = None if self.headless or self.bridge is None else self.bridge.anchor
        name = secrets.token_hex(4)
        shows_plan = options.dry or options.form in {"plan", "code"}
        waiting = _Waiting(self.bridge, name, anchor if not shows_plan else None, text)
        try:
            with self._turn:
                answer = self._asked(text).ask(
                    text,
                    data=data,
                    engine=options.engine,
                    model=options.model,
                    form="auto" if shows_plan else options.form,
                    dialect=options.dialect,
                    run=not shows_plan,
                    on_stage=self._stages(name, text),
                )
        except BaseException:
            if waiting.end() and self.bridge is not None:
                self.bridge.remove(name)
            raise
        shown = waiting.end()
        keep = self._keep(answer, name)
        cells = [] if shows_plan else self._cells(keep, options.accept)
        if not cells:
            if shown and self.bridge is not None:
                self.bridge.remove(name)
            planned = shows_plan and answer.plan is not None
            self.say(display.plan_text(answer) if planned else display.no_answer(answer))
            return
        if options.into:
            self.shell.push({options.into: next((v for v in (answer.table, answer.value, answer.figure) if v is not None), None)})
        self._hand_over(keep, cells, anchor, working=shown)

    def _hand_over(self, keep: Kept, cells: list[Cell], anchor: str | None, *, working: bool) -> None:
        """Let the page insert the cells, or leave everything in the output."""
        bridge = self.bridge
        if bridge is not None and anchor is not None and bridge.present:
            done = bridge.update(keep.group, cells) if working else bridge.insert(keep.group, anchor, cells)
            if done:
                keep.state = "proposed"
                return
            bridge.remove(keep.group)
        for data, metadata in display.answer_outputs(keep.answer, keep.group, cells):
            self.shell.display_pub.publish(data=data, metadata=metadata)
        if not self.headless and (anchor is not None or self.bridge is None):
            self.shell.set_next_input(keep.answer.code.strip(), replace=False)

    def _data(self, names: tuple[str, ...], referred: Mapping[str, Any]) -> dict[str, Any] | None:
        """Give the frames and files that were named; None leaves the choice to the session."""
        if not names:
            return dict(referred) if any(n.startswith("_") for n in referred) else None
        from nexus_jupyter.context.naming import identifier_from

        found = dict(referred)
        for name in names:
            if name in self.shell.user_ns:
                found[name] = self.shell.user_ns[name]
            elif "." in name or "/" in name:
                found[identifier_from(Path(name).name.split(".", 1)[0])] = Path(name)
            else:
                raise DatasetNotFound.among(name, frames_in(self.shell.user_ns))
        return found

    def _cells(self, keep: Kept, accept: str = "insert") -> list[Cell]:
        cells = group(keep.answer, group_id=keep.group, created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))
        if cells and accept != "insert":
            cells[0]["metadata"]["nexus"]["accept"] = accept
        return cells

    # --- what was asked -----------------------------------------------------------------------------------------------
    def _keep(self, answer: Answer, name: str) -> Kept:
        keep = Kept(answer=answer, group=name, state="output" if answer.status == "answered" else "none")
        self._kept[name] = keep
        while len(self._kept) > _REMEMBERED:
            self._kept.popitem(last=False)
        return keep

    def _find(self, argument: str, *, inserted: bool = False) -> Kept | None:
        fitting = [k for k in reversed(self._kept.values()) if not inserted or k.state in {"proposed", "accepted"}]
        if argument in {"", "last"}:
            return fitting[0] if fitting else None
        return next((k for k in fitting if argument in {k.answer.id, k.group}), None)

    def _unknown(self, argument: str) -> str:
        if not argument:
            return "Nothing was asked in this kernel yet."
        return f"There is no answer `{argument}` in this kernel. `%nexus history` lists them."

    def _undo(self, argument: str) -> str:
        keep = self._find(argument, inserted=True)
        if keep is None:
            if self._find(argument) is not None:
                return "No cells of this answer were inserted by this kernel, so there is nothing to take back."
            return self._unknown(argument)
        if self.bridge is None or not self.bridge.remove(keep.group):
            return f"No page is connected. In the file: `nexus-jupyter materialize NOTEBOOK --undo {keep.group}`"
        keep.state = "removed"
        return f"Took back the cells of “{tame(keep.answer.question)}”."

    # --- the page -----------------------------------------------------------------------------------------------------
    def _stages(self, request: str, question: str) -> Callable[[str, str, float, str], None] | None:
        bridge = self.bridge
        if bridge is None:
            return None

        def told(stage: str, state: str, ms: float, detail: str) -> None:
            bridge.stage(request, stage, state, ms=ms, detail=detail, question=question)

        return told

    def on_ask(self, ask: Ask) -> dict[str, Any]:
        """Answer a question of the sidebar, on the bridge's thread."""
        told = self._stages(ask.request, ask.question)
        with self._turn:
            self._from_page = ask.request
            try:
                answer = self._asked(ask.question).ask(
                    ask.question,
                    engine=str(ask.options.get("engine", "")),
                    model=str(ask.options["model"]) if ask.options.get("model") else None,
                    form=str(ask.options.get("form", "auto")),
                    on_stage=told,
                )
            finally:
                self._from_page = ""
        keep = self._keep(answer, secrets.token_hex(4))
        return self._payload(keep)

    def _payload(self, keep: Kept) -> dict[str, Any]:
        from nexus_jupyter.results.tables import names, rows

        answer = keep.answer
        table = answer.table
        return {
            "id": answer.id,
            "group": keep.group,
            "status": answer.status,
            "text": prose(answer) if answer.status == "answered" else answer.text,
            "readings": [{"label": r.title, "question": getattr(r, "question", "") or r.title} for r in answer.readings],
            "assumptions": [],
            "code": answer.code,
            "table": {"columns": names(table), "rows": rows(table, _SHOWN)} if table is not None else None,
            "cells": self._cells(keep),
        }

    def on_stop(self, request: str) -> None:
        """Stop a question of the sidebar, and no other."""
        if request and request == self._from_page:
            self._session().stop()

    def on_frames(self) -> list[Frame]:
        """Describe the frames for the sidebar."""
        return commands.describe(self.session.frames())

    def on_group(self, name: str, event: str) -> None:
        """Keep what the page did with a group."""
        keep = self._kept.get(name)
        if keep is not None:
            keep.state = {"inserted": "proposed"}.get(event, event)

    def status(self) -> dict[str, str]:
        """Say what the status bar shows."""
        held = {"kernel": about.here.summary} if about.here is not None else {}
        return {**self._session().status(), **held}

    def ran(self, result: Any) -> None:
        """Keep the error of a cell for ``Err[n]``; IPython calls this after each cell."""
        error = result.error_in_exec or result.error_before_exec
        if error is not None and result.execution_count:
            self.errors[result.execution_count] = f"{type(error).__name__}: {error}"


class _Waiting:
    """A cell that says that an answer is being worked out, once it takes long enough for somebody to wonder."""

    def __init__(self, bridge: Bridge | None, name: str, anchor: str | None, question: str) -> None:
        self._bridge, self._name, self._anchor, self._question = bridge, name, anchor, question
        self._lock = threading.Lock()
        self._over = self._shown = False
        self._timer: threading.Timer | None = None
        if bridge is not None and anchor is not None:
            self._timer = threading.Timer(_PATIENCE, self._show)
            self._timer.daemon = True
            self._timer.start()

    def _show(self) -> None:
        with self._lock:
            if self._over or self._bridge is None:
                return
            text = f"*Working on “{tame(self._question)}” …*"
            self._shown = self._bridge.insert(self._name, self._anchor, [working_cell(self._name, text)], timeout=0)

    def end(self) -> bool:
        """Stop waiting; true if the cell is there."""
        with self._lock:
            self._over = True
        if self._timer is not None:
            self._timer.cancel()
        return self._shown
