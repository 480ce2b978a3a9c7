"""The sentence: select, claim, plan, generate, review, run, check, record. The only module that knows the order of the stages."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nexus_jupyter.answer import Answer
from nexus_jupyter.errors import DataError, ModelError, NexusError
from nexus_jupyter.question import Question
from nexus_jupyter.record import Draft
from nexus_jupyter.settings import CHOICES, Settings, choice, load

if TYPE_CHECKING:
    from nexus_jupyter.agents.agent import Claim
    from nexus_jupyter.codegen.program import Dialect, Program
    from nexus_jupyter.context.dataset import Catalog, Dataset
    from nexus_jupyter.llm.provider import Provider
    from nexus_jupyter.plan.accounting import Account
    from nexus_jupyter.plan.plan import Plan
    from nexus_jupyter.review.finding import Finding
    from nexus_jupyter.sandbox.outcome import Outcome
    from nexus_jupyter.sandbox.runner import Sandbox

OnStage = Callable[[str, str, float, str], None]


class Session:
    """What a kernel holds: settings, the sandbox, the answers so far. One question at a time; others wait.

    Parameters
    ----------
    settings
        How to answer; read from file and environment when None.
    namespace
        The user's variables, in which frames are looked for when a question names no data.
    """

    def __init__(self, settings: Settings | None = None, *, namespace: MutableMapping[str, Any] | None = None) -> None:
        self.settings = settings or load()
        self.namespace: MutableMapping[str, Any] = {} if namespace is None else namespace
        self.history: list[Answer] = []
        self.agreements: dict[str, tuple[Finding, ...]] = {}
        self._checks: dict[str, threading.Thread] = {}
        self._sandbox: Sandbox | None = None
        self._turn = threading.Lock()
        self._stopped = threading.Event()
        self._provider: Provider | None = None

    # --- the stages, in their order ----------------------------------------------------------------------------------
    def ask(
        self,
        text: str,
        *,
        data: Mapping[str, Any] | None = None,
        engine: str = "",
        model: str | None = None,
        form: str = "auto",
        dialect: str = "",
        run: bool = True,
        on_stage: OnStage | None = None,
    ) -> Answer:
        """Answer a question; whatever happens, an `Answer` comes back that holds everything up to it.

        Parameters
        ----------
        text
            The question, in plain words.
        data
            Frames, or paths of files, by name. Without it, frames of the namespace and files named in the question.
        engine, model, form, dialect
            Override the settings for this question; `form` is the wanted form of the answer.
        run
            False stops before the sandbox: plan and code are there, nothing ran.
        on_stage
            Is told `(stage, "running" | "done" | "failed", ms, detail)`.
        """
        with self._turn:
            self._stopped.clear()
            draft = Draft(text=text, on_stage=on_stage)
            try:
                answer = self._answer(draft, data, (engine or self.settings.engine, model, form, dialect or self.settings.dialect), run=run)
            except NexusError as error:
                answer = draft.failed(error)
            except KeyboardInterrupt:
                self.stop()
                answer = draft.failed(None, "Stopped. Nothing was changed.")
            except Exception as error:  # a mistake of ours, which must not look like one of the user's
                logging.getLogger(__name__).debug("A question could not be answered", exc_info=True)
                answer = draft.failed(None, _mistake(error))
            self.history.append(answer)
        if self.settings.agreement == "after" and answer.status == "answered" and answer.program is not None and answer.parts:
            self._check_after(answer, data)
        return answer

    def _check_after(self, answer: Answer, data: Mapping[str, Any] | None) -> None:
        """Have the other engine work the answer out again, once it is there: the user does not wait for it."""

        def check() -> None:
            with contextlib.suppress(NexusError, KeyboardInterrupt):  # it could not be checked, which `agreement_of` says
                self.agree(answer, data)

        self._checks[answer.id] = thread = threading.Thread(target=check, name="nexus-agreement", daemon=True)
        thread.start()

    def agreement_of(self, answer: Answer, *, wait: float = 0.0) -> str:
        """Say what the other engine made of an answer, or "" where it was not asked; `wait` is in seconds."""
        thread = self._checks.get(answer.id)
        if thread is not None:
            thread.join(wait)
        found = self.agreements.get(answer.id)
        if found is None:
            return (
                ""
                if thread is None
                else "The other engine is still at it."
                if thread.is_alive()
                else "The other engine could not check it."
            )
        return " ".join(f.message for f in found) or "The other engine gives the same result."

    def _answer(self, draft: Draft, data: Mapping[str, Any] | None, options: tuple[str, str | None, str, str], *, run: bool) -> Answer:
        engine, model, form, dialect = options
        choice("engine", engine, CHOICES["engine"])
        choice("dialect", dialect, CHOICES["dialect"])
        with draft.stage("context"):
            question = Question.of(draft.text, form=form, data=tuple(data or ()))
            catalog, frames = self._select(question, data)
            draft.saw(question, catalog)
        with draft.stage("plan"):
            plan = self._plan(draft, question, catalog, engine, model)
            if plan is None:
                return draft.not_answered()
        with draft.stage("code"):
            from nexus_jupyter.codegen.generate import generate

            program = generate(plan, catalog, dialect=self._dialect(dialect, plan, catalog))
            draft.wrote(plan, program)
        with draft.stage("review"):
            from nexus_jupyter.review.review import review

            draft.findings = review(program, plan, catalog)
            if any(f.severity == "error" for f in draft.findings):
                return draft.refused()
        if not run:
            return draft.planned()
        with draft.stage("run") as told:
            self._still_wanted()
            counted, job = self._counting(plan, program, catalog)
            outcome = self._run(job, catalog, frames)
            if outcome.status == "error" and job is not program:  # counting rows must not cost an answer
                outcome = self._run(program, catalog, frames)
            told(f"{outcome.elapsed_ms:.0f} ms in the sandbox")
            if outcome.status != "ok":
                return draft.stopped(outcome)
        with draft.stage("result"):
            draft.read(outcome)
            draft.counted(counted, outcome)
        return draft.answered(self.sandbox.level, self.sandbox.missing)

    # --- each stage ---------------------------------------------------------------------------------------------------
    def _select(self, question: Question, data: Mapping[str, Any] | None) -> tuple[Catalog, dict[str, Any]]:
        from nexus_jupyter.context.catalog import build_catalog, files_in, namespace_frames, select, spoken

        if data is not None:
            catalog, frames = build_catalog(data)
            return spoken(catalog, question.text), frames
        found: dict[str, Any] = dict(namespace_frames(self.namespace))
        files = {f: f for f in files_in(question.text)}
        if not found and not files:
            msg = "There is no data to ask about. Load a frame (`df = pd.read_csv(…)`), or name a file in the question."
            raise DataError(msg)
        catalog, frames = build_catalog(files or found)
        return select(catalog, question.text), frames

    def _plan(self, draft: Draft, question: Question, catalog: Catalog, engine: str, model: str | None) -> Plan | None:
        from nexus_jupyter.agents.agent import Brief

        brief = Brief(question, catalog, self.settings.words)
        if engine == "model":
            from nexus_jupyter.agents.modelled import Modelled
            from nexus_jupyter.llm.ollama import Ollama

            agent = Modelled(
                Ollama(model or self.settings.model or None, host=self.settings.ollama_host, allow_remote=self.settings.allow_remote)
            )
            claims: tuple[Claim, ...] = (agent.claim(brief),)
            self._provider = agent.provider
            try:
                understanding = agent.plan(brief)
            except ModelError:
                self._still_wanted()
                raise
            finally:
                self._provider = None
            draft.planned_by(agent.provider.name, agent.receipt)
        else:
            from nexus_jupyter.agents.registry import registry

            chosen, claim, others = registry().route(brief)
            claims = (claim, *(c for c in others if c is not claim))
            understanding = chosen.plan(brief)
        draft.understood(claims, understanding)
        return understanding.readings[0].plan if understanding.status == "answered" and understanding.readings else None

    def _dialect(self, wanted: str, plan: Plan, catalog: Catalog) -> Dialect:
        from nexus_jupyter.context.convert import dialect_of

        chosen = wanted if wanted != "auto" else dialect_of([catalog.dataset(n).flavor for n in plan.datasets])
        return "polars" if chosen == "polars" else "pandas"

    def _run(self, program: Program, catalog: Catalog, frames: Mapping[str, Any]) -> Outcome:
        from nexus_jupyter.context.convert import in_dialect

        given: dict[str, Any] = {}
        keys: dict[str, str] = {}
        for name, columns in program.inputs:
            mark = catalog.dataset(name).fingerprint
            given[name] = in_dialect(name, frames[name], columns, program.dialect, mark)
            keys[name] = f"{mark}:{program.dialect}"
        columns_used = {name: tuple(columns) for name, columns in program.inputs if columns}
        return self.sandbox.run(program.job, frames=given, keys=keys, columns=columns_used)

    def _counting(self, plan: Plan, program: Program, catalog: Catalog) -> tuple[Account | None, Program]:
        from nexus_jupyter.codegen.generate import generate
        from nexus_jupyter.plan.accounting import account

        counted = account(plan)
        if counted is None:
            return None, program
        return counted, program.counting(generate(counted.plan, catalog, dialect=program.dialect))

    # --- besides ------------------------------------------------------------------------------------------------------
    @property
    def sandbox(self) -> Sandbox:
        """The sandbox of the session, started at the first use."""
        if self._sandbox is None:
            from nexus_jupyter.sandbox.runner import Sandbox

            self._sandbox = Sandbox(limits=self.settings.limits, lowest="C" if self.settings.allow_reduced_isolation else "B")
        return self._sandbox

    def warm(self) -> None:
        """Start the sandbox in the background; returns at once."""
        threading.Thread(target=self._warm, name="nexus-warm", daemon=True).start()

    def _warm(self) -> None:
        with contextlib.suppress(NexusError):  # said when a question needs it
            self.sandbox.start()

    def stop(self) -> None:
        """Stop the question that is being answered."""
        self._stopped.set()
        if (provider := self._provider) is not None:
            provider.stop()
        if self._sandbox is not None:
            self._sandbox.interrupt()

    def _still_wanted(self) -> None:
        if self._stopped.is_set():
            raise KeyboardInterrupt

    def agree(self, answer: Answer, data: Mapping[str, Any] | None = None) -> tuple[Finding, ...]:
        """Work an answer out again in the other engine and compare; findings where they differ, none where they agree."""
        from nexus_jupyter.agents.reviewer import Reviewer
        from nexus_jupyter.agreement import second_opinion

        if answer.plan is None or answer.program is None or answer.status != "answered":
            return ()
        with self._turn:
            catalog, frames = self._select(Question.of(answer.question), data)
            other = Reviewer().second(answer.program.dialect)
            found = second_opinion(answer, other, catalog, lambda p: self._run(p, catalog, frames))
        self.agreements[answer.id] = found
        return found

    def frames(self) -> tuple[Dataset, ...]:
        """Describe the frames of the namespace; one that cannot be described is left out."""
        from nexus_jupyter.context.catalog import namespace_frames
        from nexus_jupyter.context.frames import describe_frame

        found = []
        for name, frame in namespace_frames(self.namespace).items():
            try:
                found.append(describe_frame(name, frame))
            except DataError:
                continue
        return tuple(found)

    def status(self) -> dict[str, str]:
        """Say what answers, where code runs, and how many answers there are."""
        ready = self._sandbox is not None and self._sandbox.ready
        level = self.sandbox.level if ready else "starting" if self._sandbox is not None else "not started"
        missing = ", ".join(self.sandbox.missing) if ready else ""
        told = {"state": "ready", "engine": self.settings.engine, "sandbox": level, "missing": missing}
        return told | {"isolation": self._isolation(), "answers": str(len(self.history))}

    def isolation(self, wanted: str = "") -> str:
        """Say how programs are walled in; "reduced" allows that from now on, "walled" takes it back.

        The wish is kept in the settings' file; an administrator's wish is stronger (see `sandbox.ladder`).
        """
        from nexus_jupyter.settings import remember

        kept = ""
        if wanted:
            self.settings = self.settings.changed(allow_reduced_isolation=wanted == "reduced")
            self.sandbox.allow("C" if wanted == "reduced" else "B")
            kept = " " + remember("allow_reduced_isolation", value=wanted == "reduced")
        _ = self.sandbox.level  # waits until it is known
        return f"{self._isolation()}.{kept}"

    def _isolation(self) -> str:
        """Say the level, what is missing, and how low it may be."""
        from nexus_jupyter.sandbox.ladder import sentence

        if self._sandbox is None:
            return ""
        lowest = self._sandbox.floor
        accepted = f"accepted from level {lowest.level} on" + (f" ({lowest.source})" if lowest.source else "")
        if not self._sandbox.known:
            return f"starting; {accepted}"
        return f"{sentence(self._sandbox.level, self._sandbox.missing)}; {accepted}"

    def close(self) -> None:
        """Stop the sandbox."""
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = None


def _mistake(error: Exception) -> str:
    """Say that the fault is ours and where it is, in one line that can be reported."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    code = None if trace is None else trace.tb_frame.f_code
    where = "" if code is None or trace is None else f" in `{Path(code.co_filename).name}`, line {trace.tb_lineno}"
    said = " ".join(str(error).split())[:200]
    return (
        f"Nexus Jupyter made a mistake ({type(error).__name__}{where}{': ' + said if said else ''}). Nothing was answered and nothing was changed. "
        "Ask in other words, and please report this line with the question."
    )


_default: list[Session] = []
_starting = threading.Lock()


def session() -> Session:
    """Give the session that `ask` uses, made at the first call."""
    with _starting:
        if not _default:
            _default.append(Session())
        return _default[0]


def ask(
    text: str,
    *,
    data: Mapping[str, Any] | None = None,
    engine: str = "",
    model: str | None = None,
    form: str = "auto",
    dialect: str = "",
    **frames: Any,
) -> Answer:
    """Answer a question about frames or files: `ask("average price by region", sales=df)`.

    `data` gives frames or paths by name; keyword arguments are frames too. See `Session.ask`.
    """
    given = {**(data or {}), **frames} or None
    return session().ask(text, data=given, engine=engine, model=model, form=form, dialect=dialect)
