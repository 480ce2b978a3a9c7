"""Steps that fit a model by a recipe: scores as a row, terms as a table, predictions and clusters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.errors import PlanError
from nexus_jupyter.plan.expressions import NUMBERS, Scalar, comparable, kind_of
from nexus_jupyter.plan.preparation import numbers
from nexus_jupyter.plan.statistics import row_of
from nexus_jupyter.plan.step import Step, replaced, unique

ModelKind = Literal["linear", "ridge", "lasso", "logistic", "tree", "forest", "boosting", "knn", "svm", "bayes"]
LINEAR = frozenset({"linear", "ridge", "lasso"})
ERRORS = ("r2", "mse", "rmse", "mae")
RATES = ("accuracy", "precision", "recall", "f1")
SIZES = ("n", "n_train", "n_test")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A parameter of a model as scikit-learn calls it: `max_depth` = 3."""

    name: str
    value: int | float | str | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit(Step):
    """A model of `target` from `features`, fitted to the rows that miss none of them: one row of scores.

    Text features with two values become 0 or 1, others one column a value but the first (in sorted order). Without `test_size` the
    scores are those of the rows that it was fitted to, else of the held-out part, split by `seed` (and evenly by target, with
    `stratify`; in the order of the rows, without `shuffle`). With `folds` they are means over so many parts, each held out once in the order
    of the rows (for classes: each part with its share of every class).

    Regressions give r2, mse, rmse, mae; classifications accuracy, precision, recall and f1 (of the `positive` class, which adds auc, or
    by `average`); all give n, n_train and n_test (0 without a held-out part). "linear", "ridge" and "lasso" add intercept and
    `coefficient_FEATURE` of the numeric features; "linear" also adjusted_r2, f_statistic, p_value (of the whole model) and
    `p_value_FEATURE`, from the rows that it was fitted to. A linear classification says 1 from 0.5 on.
    """

    input: Step
    kind: ModelKind
    target: str
    features: tuple[str, ...]
    task: Literal["regression", "classification"]
    test_size: float | None = None
    seed: int = 42
    stratify: bool = False
    shuffle: bool = True
    scale: Literal["none", "standard", "minmax"] = "none"
    positive: Scalar = None
    average: Literal["binary", "macro", "weighted"] = "weighted"
    folds: int | None = None
    settings: tuple[Setting, ...] = ()

    def derive(self) -> Schema:
        """Check target and features, and give the scores."""
        schema = self.input.schema
        unique((self.target, *self.features), "The model")
        target, features = schema.column(self.target), schema.only(self.features)
        if not self.features:
            raise PlanError(f"A model of `{self.target}` needs at least one feature.")
        for c in features:
            if c.kind not in NUMBERS and c.kind is not Kind.STRING:
                raise PlanError(f"A feature is a number or a category, and `{c.name}` is {c.kind}. Derive a number from it.")
        if self.task == "regression" and target.kind not in NUMBERS:
            raise PlanError(f"A regression needs numbers, and `{self.target}` is {target.kind}.")
        if self.task == "regression" and self.kind in {"logistic", "bayes"}:
            raise PlanError(f"A {self.kind} model tells classes apart. Choose a linear model for numbers.")
        if self.task == "classification" and self.kind in LINEAR and target.kind not in NUMBERS:
            raise PlanError(f"A linear model needs a target of 0 and 1, and `{self.target}` is {target.kind}. Encode it first.")
        if target.kind.temporal or target.kind in {Kind.NESTED, Kind.OTHER}:
            raise PlanError(f"`{self.target}` is {target.kind} and cannot be modelled.")
        if self.positive is not None and not comparable(target.kind, kind_of(self.positive)):
            raise PlanError(f"`{self.target}` is {target.kind} and never equals {self.positive!r}.")
        self._checked()
        names = (*(ERRORS if self.task == "regression" else RATES), *(("auc",) if self.positive is not None else ()), *SIZES)
        if self.kind in LINEAR:
            plain = [c.name for c in features if c.kind in NUMBERS]
            names += ("intercept", *(f"coefficient_{n}" for n in plain))
            if self.kind == "linear":
                names += ("adjusted_r2", "f_statistic", "p_value", *(f"p_value_{n}" for n in plain))
        made = row_of(names)
        return Schema(tuple(Column(name=c.name, kind=Kind.INTEGER if c.name in SIZES else c.kind, role=c.role) for c in made))

    def _checked(self) -> None:
        """Check how the model is tested and set."""
        if self.test_size is not None and not 0 < self.test_size < 1:
            raise PlanError(f"The held-out part is between 0 and 1, and it is {self.test_size}.")
        for s in self.settings:
            if not s.name.isidentifier():
                raise PlanError(f"`{s.name}` is no parameter of a model.")
        if self.folds is not None:
            self._folded()

    def _folded(self) -> None:
        if self.folds is None or not 2 <= self.folds <= 100:  # noqa: PLR2004 - fewer hold nothing out, more nobody waits for
            raise PlanError(f"A cross-validation has 2 to 100 parts, and {self.folds} were asked for.")
        if self.test_size is not None:
            raise PlanError("A model is tested on a held-out part or by cross-validation: one of them.")
        if self.task == "classification" and self.kind in LINEAR:
            raise PlanError("A linear model has no classes to cross-validate. Choose a logistic regression.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(Step):
    """What a fitted model rests on, one row a term.

    Linear and logistic models: term, coefficient, std_error, statistic, p_value, low, high (of 95 %), the intercept first ("linear" and
    "logistic" over the rows that were fitted to; "ridge" and "lasso" give term and coefficient only). Trees, forests and
    boosting: term, importance, the largest first.
    """

    input: Step
    n: int | None = None

    def derive(self) -> Schema:
        """Give the table of terms."""
        if not isinstance(self.input, Fit):
            raise PlanError("Terms belong to a model. Fit one first.")
        kind = self.input.kind
        if kind in {"knn", "svm", "bayes"}:
            raise PlanError(f"A {kind} model has no terms. Choose a linear model or a forest.")
        if kind == "logistic" and self.input.positive is None and self.input.input.schema.column(self.input.target).kind not in NUMBERS:
            raise PlanError(f"The terms of a logistic model need to know which value of `{self.input.target}` counts as 1.")
        term = Column(name="term", kind=Kind.STRING, role=Role.CATEGORY, nullable=False)
        if kind in {"tree", "forest", "boosting"}:
            return Schema((term, *row_of(("importance",)).columns))
        more = () if kind in {"ridge", "lasso"} else ("std_error", "statistic", "p_value", "low", "high")
        return Schema((term, *row_of(("coefficient", *more)).columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Predict(Step):
    """What a fitted model says of one case: `values` in the order of the model's features give `prediction`."""

    input: Step
    values: tuple[Scalar, ...]

    def derive(self) -> Schema:
        """Give the prediction."""
        fit = self.input
        if not isinstance(fit, Fit):
            raise PlanError("A prediction needs a model. Fit one first.")
        if len(self.values) != len(fit.features):
            raise PlanError(f"The model has {len(fit.features)} features and {len(self.values)} values are given.")
        for c, v in zip(fit.input.schema.only(fit.features), self.values, strict=True):
            if not comparable(c.kind, kind_of(v)):
                raise PlanError(f"`{c.name}` is {c.kind} and never equals {v!r}.")
        kind = Kind.FLOAT if fit.task == "regression" else fit.input.schema.column(fit.target).kind
        return Schema((Column(name="prediction", kind=kind, role=Role.MEASURE),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster(Step):
    """The rows that miss none of `columns`, with the number (from 0) of the k-means cluster in which each lies."""

    input: Step
    columns: tuple[str, ...]
    k: int
    name: str = "cluster"
    scale: Literal["none", "standard", "minmax"] = "none"
    seed: int = 42

    def derive(self) -> Schema:
        """Add the cluster."""
        numbers(self.input.schema, self.columns, "Clustering")
        unique(self.columns, "Clustering")
        if not self.columns:
            raise PlanError("Clustering needs at least one column.")
        if not 2 <= self.k <= 100:  # noqa: PLR2004 - fewer are no clusters, more nobody reads
            raise PlanError(f"There have to be 2 to 100 clusters, and {self.k} were asked for.")
        return replaced(self.input.schema, Column(name=self.name, kind=Kind.INTEGER, role=Role.CATEGORY, nullable=False))
