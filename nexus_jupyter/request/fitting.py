"""Slots that a model gives: scores, coefficients."""

from __future__ import annotations

from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.plan.models import Fit, Setting
from nexus_jupyter.plan.step import Step
from nexus_jupyter.request.aims import PLAIN, paired, same
from nexus_jupyter.request.learning import METRICS
from nexus_jupyter.request.rows import Rows
from nexus_jupyter.request.slots import Slot


def modelled(rows: Rows, slot: Slot) -> tuple[Step, str]:
    """Build a score or a term of the model that is described."""
    fit = fitted(rows, slot)
    head = slot.head
    if head in {"coef", "p"}:
        words = [w for w in slot.subject if w not in PLAIN]
        found = (
            [c for c in fit.features if any(same(w, c) for w in words)] if words else list(fit.features) if len(fit.features) == 1 else []
        )
        name = f"{'coefficient' if head == 'coef' else 'p_value'}_{found[0]}" if len(found) == 1 else ""
        if name not in fit.schema:
            raise NotUnderstood(f"which feature “{slot.name}” is about")
        return fit, name
    name = {"share": "accuracy"}.get(head, head)
    if name not in fit.schema:
        raise NotUnderstood(f"the model gives no {name}")
    return fit, name


def fitted(rows: Rows, slot: Slot) -> Fit:
    """Build the model."""
    told = rows.recipe.learning
    if told is not None and told.kind and not told.target and (pair := paired(rows)) and slot.head in {"r2", "corr"}:
        told.features, told.target = [pair[0]], pair[1]
    if told is None or not told.kind or not told.target:
        raise NotUnderstood("which model of what")
    features = tuple(f for f in dict.fromkeys(told.features) if f != told.target)
    step = rows.at(slot)
    made = [n for n in rows.recipe.made if n in step.schema and step.schema.column(n).kind.numeric]
    if made and slot.stage == "before":
        features = tuple(f for f in features if f not in made)
    elif made and features and any(same(w, n) for w in slot.subject for n in made):
        features = tuple(dict.fromkeys([*features, *made]))
    if not features:
        aside = set(made) if slot.stage == "before" else set()
        features = tuple(
            c.name for c in step.schema if c.kind.numeric and c.name not in {told.target, *aside} and not c.name.startswith("Unnamed")
        )
        rows.notes.append(("features", f"All other numeric columns are features: {', '.join(features)}."))
    for c, values in rows.recipe.dummies.items():
        coded = tuple(f"{c}_{v}" for v in values)
        features = tuple(x for f in features for x in (coded if f == c else (f,)))
    rates = {"accuracy", "f1", "precision", "recall", "auc"}
    classes = told.kind in {"logistic", "bayes"} or any(s.head in rates for s in rows.slots)
    scored = any(s.head in METRICS - {"coef", "intercept", "feature"} for s in rows.slots)
    size = told.test_size
    if told.folds is not None:
        size = None
    elif size is None and scored and not told.whole and not any(s.head in {"coef", "intercept"} for s in rows.slots):
        size = 0.2
        rows.notes.append(("split", "A fifth of the rows is held out for the test."))
    if size is not None and told.seed is None:
        rows.notes.append(("seed", "The split uses the seed 42."))
    held = step.schema.column(told.target) if told.target in step.schema else None
    coded = rows.linker.values(told.target) if held is not None and told.target in rows.linker.columns else ()
    positive = 1 if classes and sorted(map(str, coded)) == ["0", "1"] and held is not None and held.kind.numeric else None
    settings = (Setting(name="class_weight", value="balanced"),) if told.balanced else ()
    return Fit(
        input=step, kind=told.kind, target=told.target, features=features, task="classification" if classes else "regression",  # type: ignore[arg-type]
        test_size=size, seed=42 if told.seed is None else told.seed, settings=settings, positive=positive, folds=told.folds,
    )  # fmt: skip
