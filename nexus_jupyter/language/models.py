"""Models that a question asks for: regressions and clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.draft import Impossible, NotUnderstood
from nexus_jupyter.plan.models import Cluster, Fit, Terms
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.step import Measure
from nexus_jupyter.plan.steps import Aggregate, Select

MOST_GROUPS = 50

if TYPE_CHECKING:
    from nexus_jupyter.language.case import Case


def regression(case: Case, asked: list[str]) -> Output:
    """Plan a regression: its scores and its terms."""
    b, d = case.b, case.d
    refs = list(dict.fromkeys(q.ref for q in d.selects if q.ref is not None))
    if case.groups or case.by is not None or case.counted or len(set(asked)) > 1 or set(asked) - {"logistic", "linear"} or not refs:
        raise NotUnderstood("a regression of what")
    turned = int(d.figures.get("regress", 0))  # "X predicts Y": what stands before the verb explains
    target, features = (refs[turned], refs[:turned]) if 0 < turned < len(refs) else (refs[0], refs[1:])
    if turned and len(refs) > turned + 1:
        raise NotUnderstood("two columns to predict")
    logistic = "logistic" in asked or not case.r.number(target) or case.r.info(target).kind is Kind.BOOLEAN
    profile = case.r.profile(target)
    if logistic and not (profile.complete and len(profile.values) == 2):
        raise Impossible(f"A regression explains a number, or a column of two values, and `{target.column}` is neither.")
    case.numbers = [x for x in refs if case.r.number(x)]
    case.categories = [x for x in refs if x not in case.numbers]
    for ref in case.categories:
        if ref != target and case.r.profile(ref).distinct > MOST_GROUPS:
            raise Impossible(f"`{ref.column}` has {case.r.profile(ref).distinct:,} different values, too many for a regression.")
    step = case.base()
    names = tuple(case.name(x) for x in features)
    if not names:
        names = tuple(c.name for c in step.schema if c.kind.numeric and c.role is Role.MEASURE and c.name != case.name(target))
        b.notes.append(("features", f"All other measured numbers explain {target.column}: {', '.join(names)}."))
    positive = max(profile.values, key=str) if logistic else None
    fit = Fit(
        input=step, kind="logistic" if logistic else "linear", target=case.name(target), features=names,
        task="classification" if logistic else "regression", positive=positive,
    )  # fmt: skip
    if logistic:
        b.notes.append(("positive", f"{target.column} = {positive} counts as 1."))
    if features and any(b.reader.cue(i, "cmp", "between") for i in range(len(b.reader.items))):
        b.notes.append(("target", f"{target.column} is explained by {' and '.join(x.column for x in features)}."))
    case.alpha()
    shown = (
        ("accuracy", "precision", "recall", "f1", "auc", "n") if logistic else ("r2", "adjusted_r2", "rmse", "f_statistic", "p_value", "n")
    )
    b.more.append(Output(step=Terms(input=fit), form="table", name="terms", label=f"terms of the model of {case.name(target)}"))
    return Output(step=Select(input=fit, columns=shown), form="table", name="model", label=f"model of {case.name(target)}")


def clusters(case: Case, asked: list[str]) -> Output:
    """Plan k-means clusters: how many rows lie in each, and their means."""
    k = case.d.figures.get("k")
    if asked or case.categories or case.groups or case.counted:
        raise NotUnderstood("clusters of what")
    numbers = case.numbers + ([case.by] if case.by is not None and case.r.number(case.by) else [])
    numbers += [ref for ref, unit in case.d.keys if not unit and ref not in numbers and case.r.number(ref)]
    if case.by is not None and case.by not in numbers:
        raise NotUnderstood("clusters for each group")
    if k is None or not float(k).is_integer():
        raise Impossible("Clusters need a number. Say how many, as in “into 3 clusters”.")
    if not numbers:
        raise Impossible("Clusters are made of columns of numbers. Name them.")
    case.numbers, case.by = numbers, None
    step = case.base()
    columns, name = tuple(case.name(x) for x in numbers), "cluster"
    while name in step.schema:
        name += "_"
    made = Cluster(input=step, columns=columns, k=int(k), name=name, scale="standard" if len(columns) > 1 else "none")
    case.b.notes.append(
        ("cluster", f"The clusters are those of k-means{', of columns scaled to one standard deviation' if len(columns) > 1 else ''}.")
    )
    measures = (Measure(name="size", func="size"), *(Measure(name=f"mean_{c}", func="mean", column=c) for c in columns))
    return Output(
        step=Aggregate(input=made, keys=(name,), measures=measures),
        form="table",
        name="clusters",
        label=f"clusters by {' and '.join(columns)}",
    )
