"""The answer: everything that a question came to, up to the stage that it reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from nexus_jupyter.plan.plan import Assumption, Plan
from nexus_jupyter.results.result import Part, jsonable

if TYPE_CHECKING:
    from nexus_jupyter.agents.agent import Claim
    from nexus_jupyter.codegen.program import Program
    from nexus_jupyter.language.language import Link, Reading
    from nexus_jupyter.review.finding import Finding

Status = Literal["answered", "ambiguous", "unanswerable", "refused", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """What came of a question.

    Attributes
    ----------
    id
        Short and stable: made from question, plan and data, so that the same question of the same data gets the same.
    status
        "answered"; "ambiguous", with `readings`; "unanswerable", with the `unknown` words or the reason in `text`; "refused" by review or
        sandbox; "failed", with what happened in `text`.
    text
        Markdown; every number in it was computed.
    parts
        What the question asked for, one each; `value`, `table` and `figure` look at the first that has one.
    rows
        A sentence of row accounting, or "".
    unknown
        Words that matter and were not understood.
    confidence
        How sure the reading is, from 0 to 1; 0 where nothing was answered. `docs/quality.md` says how true it is.
    links
        What the words became, and why.
    passed
        Readings that were found besides, and passed over for a better one.
    timings
        Milliseconds by stage.
    egress
        What went to a model: empty when nothing did.
    """

    id: str
    question: str
    status: Status
    text: str
    parts: tuple[Part, ...] = ()
    program: Program | None = None
    plan: Plan | None = None
    rows: str = ""
    assumptions: tuple[Assumption, ...] = ()
    findings: tuple[Finding, ...] = ()
    readings: tuple[Reading, ...] = ()
    unknown: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    passed: tuple[Reading, ...] = ()
    confidence: float = 0.0
    engine: str = "rules"
    agent: Claim | None = None
    claims: tuple[Claim, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
    egress: tuple[dict[str, Any], ...] = ()
    provenance: dict[str, Any] = field(default_factory=dict)

    @property
    def value(self) -> Any:
        """The scalar, or list of scalars, or None; of several parts that have one, a dict by their names."""
        found = {p.name: p.value for p in self.parts if p.value is not None}
        return found if len(found) > 1 else next(iter(found.values()), None)

    @property
    def table(self) -> Any:
        """The first table, in the dialect of the code, or None."""
        return next((p.table for p in self.parts if p.table is not None), None)

    @property
    def figure(self) -> Any:
        """The first figure, or None."""
        return next((p.figure for p in self.parts if p.figure is not None), None)

    @property
    def code(self) -> str:
        """The program as the cell shows it, or ""."""
        return self.program.text if self.program is not None else ""

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form: tables as lists of records, figures as Plotly JSON."""
        import json

        from nexus_jupyter.results.tables import records

        return {
            "id": self.id,
            "question": self.question,
            "status": self.status,
            "value": jsonable(self.value),
            "table": records(self.table) if self.table is not None else None,
            "figure": json.loads(self.figure.to_json()) if self.figure is not None else None,
            "text": self.text,
            "rows": self.rows,
            "code": self.code,
            "plan": self.plan.to_dict() if self.plan is not None else None,
            "assumptions": [a.to_dict() for a in self.assumptions],
            "findings": [f.to_dict() for f in self.findings],
            "readings": [r.title for r in self.readings],
            "unknown": list(self.unknown),
            "confidence": round(self.confidence, 3),
            "engine": self.engine,
            "agent": self.agent.to_dict() if self.agent else None,
            "timings": {k: round(v, 2) for k, v in self.timings.items()},
            "egress": list(self.egress),
        }

    def _repr_markdown_(self) -> str:
        return self.text

    def __repr__(self) -> str:
        """Show the status and the sentence."""
        return f"<Answer {self.id} {self.status}: {self.text}>"
