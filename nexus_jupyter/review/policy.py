"""Policy: what the sandbox would refuse, said before it is started."""

from __future__ import annotations

from nexus_jupyter.review.finding import Finding


def findings(job: str, text: str) -> tuple[Finding, ...]:
    """Give what the sandbox's policy refuses in `job`, at the lines of `text`, the code that a person sees."""
    from nexus_jupyter.sandbox.policy import check

    return tuple(
        Finding(rule=f"policy.{v.rule}", severity="error", line=_shown(v.line, job, text), message=v.message, hint=v.hint)
        for v in check(job)
    )


def _shown(line: int, job: str, text: str) -> int:
    """Give the line of `text` that holds what `job` holds at `line`; lines that read files come only in `text`."""
    jobs, shown = job.splitlines(), text.splitlines()
    if not 1 <= line <= len(jobs):
        return line
    try:
        return shown.index(jobs[line - 1], line - 1) + 1
    except ValueError:
        return line
