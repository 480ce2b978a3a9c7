"""New columns of a request: which one a line is about, and how it is added."""

from __future__ import annotations

import re

from nexus_jupyter.plan.expressions import Expr
from nexus_jupyter.plan.steps import Derive
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.recipe import DERIVE, Recipe

NEW = "new_feature"
NAMED = r"(?:called|named|feature|variable|column|attribute|metric|labell?ed)"


def name_of(r: Recipe, line: Line) -> str:
    """Give the new column that a line is about."""
    said = [p.target for p in line.pieces if p.kind == "column" and p.target in r.linker.made]
    undefined = [n for n in r.linker.made if n not in r.made]
    return said[0] if said else undefined[0] if len(undefined) == 1 else r.new or NEW


def defines(r: Recipe, line: Line) -> bool:
    """Say whether a line defines a new column."""
    return bool(
        re.search(
            r"\b(?:new|creat\w+|generat\w+|add|adding|deriv\w+|comput\w+|calculat\w+|defined|represents|feature engineering)\b", line.mask
        )
    ) and (
        bool(re.search(r"\bnew\b|feature engineering", line.mask))
        or any(p.kind == "column" and p.target in r.linker.made for p in line.pieces)
    )


def derive(r: Recipe, line: Line, value: Expr, sources: list[str]) -> bool:
    """Add the new column that a line is about."""
    name = name_of(r, line)
    if name in sources or (name in r.made and r.made[name] is not None):
        return name not in sources and name in r.made
    r.made[name] = lambda: value
    r.new = name
    r.role("source", *sources)
    r.add(DERIVE, f"derive {name}", lambda s: Derive(input=s, name=name, value=value))
    return True
