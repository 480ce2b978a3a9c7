"""Policy: what the sandbox would refuse, said before it is asked. Fails closed."""

from __future__ import annotations

from nexus_jupyter.review.finding import Finding


def check(code: str) -> tuple[Finding, ...]:
    """Give the sandbox policy's violations as findings."""
    from nexus_jupyter.sandbox import policy

    return tuple(
        Finding(rule=f"policy-{v.rule}", severity="error", line=v.line, message=v.message, hint=v.hint) for v in policy.check(code)
    )
