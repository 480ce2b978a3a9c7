"""The draft of an answer: each stage adds to it, and at any point it can be handed over as it is."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from nexus_jupyter.answer import Answer, Status
from nexus_jupyter.errors import NexusError

if TYPE_CHECKING:
    from nexus_jupyter.agents.agent import Claim
    from nexus_jupyter.codegen.program import Program
    from nexus_jupyter.context.dataset import Catalog
    from nexus_jupyter.language.language import Understanding
    from nexus_jupyter.llm.egress import Receipt
    from nexus_jupyter.plan.accounting import Account
    from nexus_jupyter.plan.plan import Plan
    from nexus_jupyter.question import Question
    from nexus_jupyter.results.result import Part
    from nexus_jupyter.review.finding import Finding
    from nexus_jupyter.sandbox.outcome import Outcome


@dataclass(slots=True, kw_only=True)
class Draft:
    """What is known of the answer so far."""

    text: str
    on_stage: Callable[[str, str, float, str], None] | None = None
    question: Question | None = None
    catalog: Catalog | None = None
    understanding: Understanding | None = None
    plan: Plan | None = None
    program: Program | None = None
    findings: tuple[Finding, ...] = ()
    parts: tuple[Part, ...] = ()
    claims: tuple[Claim, ...] = ()
    engine: str = "rules"
    egress: tuple[dict[str, Any], ...] = ()
    rows: str = ""
    level: str = ""
    missing: tuple[str, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[Callable[[str], None]]:
        """Time a stage and tell whoever watches; the callable that it gives adds a detail."""
        detail: list[str] = []
        start = time.perf_counter()
        self._tell(name, "running", 0.0, "")
        state = "failed"
        try:
            yield detail.append
            state = "done"
        finally:
            self.timings[name] = (time.perf_counter() - start) * 1e3
            self._tell(name, state, self.timings[name], "".join(detail))

    def _tell(self, name: str, state: str, ms: float, detail: str) -> None:
        if self.on_stage is not None:
            self.on_stage(name, state, ms, detail)

    # --- what the stages found ---------------------------------------------------------------------------------------
    def saw(self, question: Question, catalog: Catalog) -> None:
        """Keep the question and the data that it is about."""
        self.question, self.catalog = question, catalog

    def planned_by(self, engine: str, receipt: Receipt | None) -> None:
        """Keep which model planned, and what it was shown."""
        self.engine = engine
        self.egress = (receipt.to_dict(),) if receipt is not None else ()

    def understood(self, claims: tuple[Claim, ...], understanding: Understanding) -> None:
        """Keep who took the question, and what was made of it."""
        self.claims, self.understanding = claims, understanding

    def wrote(self, plan: Plan, program: Program) -> None:
        """Keep the plan and its code."""
        self.plan, self.program = plan, program

    def read(self, outcome: Outcome) -> None:
        """Read the results of the run as the parts that were asked for."""
        from collections.abc import Mapping

        from nexus_jupyter.results.result import read

        if self.plan is None or self.program is None:
            return
        result: Any = outcome.result
        if not isinstance(result, Mapping):
            # A dict of scalars alone comes back as one scalar that holds a dict.
            inner = getattr(result, "value", None)
            result = inner if isinstance(inner, Mapping) else {self.plan.outputs[0].name: result}
        found = {str(k): v for k, v in result.items()}
        below = {name: getattr(found.get(f"{name}.table"), "frame", None) for name, _ in self.program.tables}
        parts = (read(found.get(o.name), name=o.name, form=o.form, label=o.label, decimals=o.decimals) for o in self.plan.outputs)
        self.parts = tuple(_over(p, below[p.name]) if p.name in below else p for p in parts)

    def counted(self, told: Account | None, outcome: Outcome) -> None:
        """Write the sentence of row accounting, where rows were left out."""
        from nexus_jupyter.results.narrative import account, repeated
        from nexus_jupyter.results.result import plain

        if told is None:
            return
        result: Any = outcome.result
        numbers = getattr(result, "value", result)
        counts = (
            {k.removeprefix("rows."): plain(getattr(v, "value", v)) for k, v in numbers.items() if k.startswith("rows.")}
            if hasattr(numbers, "items")
            else {}
        )
        kept, total = counts.get("kept"), counts.get("total")
        if not isinstance(kept, int) or not isinstance(total, int):
            return
        missing = kept - int(counts.get(told.missing, kept)) if told.missing else 0
        if told.joined and kept > total:
            if told.measured:
                self.rows = repeated(kept, total, dataset=told.dataset).text
            return  # a share of one table's rows would say nothing
        if kept != total or missing:
            self.rows = account(kept, total, missing=missing, of=told.column, dataset=f"rows of {told.dataset}").text

    # --- how it may end ------------------------------------------------------------------------------------------------
    def answered(self, level: str, missing: tuple[str, ...] = ()) -> Answer:
        """Hand over an answer: its sentences, one a part."""
        from nexus_jupyter.notebook.cells import tame
        from nexus_jupyter.plan.plan import LEFT_OUT
        from nexus_jupyter.plan.subject import subject
        from nexus_jupyter.results.narrative import say

        self.level, self.missing = level, missing
        outputs = self.plan.outputs if self.plan else ()
        if self.parts and all(p.form == "value" and p.value is None for p in self.parts):
            nothing = " ".join(say(part, subject(output)).text for part, output in zip(self.parts, outputs, strict=True))
            return self._answer("unanswerable", nothing)
        sentences = [say(part, subject(output)).text for part, output in zip(self.parts, outputs, strict=True)]
        sentences += [tame(a.text) for a in (self.plan.assumptions if self.plan else ()) if a.about == LEFT_OUT]
        return self._answer("answered", " ".join(dict.fromkeys(s for s in sentences if s)))

    def planned(self) -> Answer:
        """Hand over a plan and its code, of which nothing ran."""
        return self._answer("answered", "Planned and reviewed; nothing ran.")

    def not_answered(self) -> Answer:
        """Hand over the readings to choose from, or why there is no answer."""
        understanding = self.understanding
        if understanding is None:
            return self._answer("unanswerable", "The question was not understood.")
        if understanding.status == "ambiguous":
            return self._answer("ambiguous", understanding.reason or "This can be read in more than one way.")
        return self._answer("unanswerable", understanding.reason or "The question was not understood.")

    def refused(self) -> Answer:
        """Hand over what review refused, and why."""
        errors = [f for f in self.findings if f.severity == "error"]
        return self._answer("refused", "The code was refused: " + " ".join(f.message for f in errors[:3]))

    def stopped(self, outcome: Outcome) -> Answer:
        """Hand over a run that did not end well."""
        message = outcome.message or "The program stopped."
        if outcome.status == "error" and (error := re.match(r"\w+(?:Error|Exception): (.+)", message, re.DOTALL)):
            message = f"This could not be computed: {error[1].rstrip('.')}. Convert the column, or ask in other words."
        return self._answer("refused" if outcome.status == "refused" else "failed", message)

    def failed(self, error: NexusError | None, text: str = "") -> Answer:
        """Hand over everything up to an error."""
        from nexus_jupyter.errors import DataError, QuestionError

        status: Status = "unanswerable" if isinstance(error, (DataError, QuestionError)) else "failed"
        return self._answer(status, text or str(error))

    def _answer(self, status: Status, text: str) -> Answer:
        from nexus_jupyter.plan.plan import LEFT_OUT

        u = self.understanding
        assumed = tuple(a for a in (self.plan.assumptions if self.plan else ()) if a.about != LEFT_OUT)
        marks = [(n, self.catalog.dataset(n).fingerprint) for n in (self.plan.datasets if self.plan else ())] if self.catalog else []
        identity = f"{self.text}|{self.plan.hash if self.plan else ''}|{marks}|{self.program.dialect if self.program else ''}"
        answer = Answer(
            id=hashlib.sha256(identity.encode()).hexdigest()[:8], question=self.text, status=status, text=text, parts=self.parts,
            program=self.program, plan=self.plan, rows=self.rows, assumptions=assumed,
            findings=self.findings, readings=u.readings if u is not None and status == "ambiguous" else (), unknown=u.unknown if u is not None else (),
            links=u.links if u is not None else (),
            passed=u.readings[1:] if u is not None and status == "answered" else (),
            confidence=self._confidence() if status == "answered" else 0.0,
            engine=self.engine, agent=self.claims[0] if self.claims else None, claims=self.claims,
            timings=dict(self.timings), egress=self.egress,
        )  # fmt: skip
        return replace(answer, provenance=self._provenance(answer, marks))

    def _confidence(self) -> float:
        """Give the chance that the reading is right: what was measured for the rules, what a model is given for a model."""
        from nexus_jupyter.language.confidence import confidence

        u = self.understanding
        if u is None or not u.readings:
            return 0.0
        return confidence(u) if self.engine == "rules" else u.readings[0].score

    def _provenance(self, answer: Answer, marks: list[tuple[str, str]]) -> dict[str, Any]:
        return {
            "version": 1,
            "id": answer.id,
            "question": self.text,
            "status": answer.status,
            "engine": self.engine,
            "agent": answer.agent.to_dict() if answer.agent else None,
            "claims": [c.to_dict() for c in self.claims],
            "plan": self.plan.to_dict() if self.plan else None,
            "plan_hash": self.plan.hash if self.plan else None,
            "code_hash": hashlib.sha256(self.program.text.encode()).hexdigest()[:16] if self.program else None,
            "dialect": self.program.dialect if self.program else None,
            "data": [{"name": n, "fingerprint": f} for n, f in marks],
            "assumptions": [a.to_dict() for a in answer.assumptions],
            "findings": [f.to_dict() for f in self.findings],
            "sandbox": self.level,
            "sandbox_missing": list(self.missing),
            "egress": list(self.egress),
            "timings": {k: round(v, 1) for k, v in self.timings.items()},
        }


def _over(part: Part, table: Any) -> Part:
    """Give the part with the table that its chart draws; a table without rows leaves nothing to draw."""
    return replace(part, table=table, figure=part.figure if table is None or table.shape[0] else None)
