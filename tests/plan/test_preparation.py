from __future__ import annotations

import json

import pytest

from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.errors import ColumnNotFound, PlanError
from nexus_jupyter.plan.conversions import Across, Clip, Duration, Extract, Number, Piece, Recode, Substitute
from nexus_jupyter.plan.expressions import Col, Compare, Lit
from nexus_jupyter.plan.models import Cluster, Fit, Predict, Setting, Terms
from nexus_jupyter.plan.plan import Output, Plan
from nexus_jupyter.plan.preparation import Cut, Encode, Outliers, Scale
from nexus_jupyter.plan.statistics import ConfidenceInterval, SignificanceTest
from nexus_jupyter.plan.step import Measure
from nexus_jupyter.plan.steps import Derive, FillMissing, Source


def column(name, kind):
    return Column(name=name, kind=kind, role=Role.CATEGORY if kind is Kind.STRING else Role.MEASURE)


BIRDS = Schema(
    (column("species", Kind.STRING), column("sex", Kind.STRING), column("mass", Kind.INTEGER), column("bill", Kind.FLOAT),
     column("flipper", Kind.FLOAT), column("tagged", Kind.BOOLEAN), column("hatched", Kind.DATE))
)  # fmt: skip
S = Source(dataset="birds", table=BIRDS)
TEST = SignificanceTest(input=S, kind="t", columns=("mass",), by="species", groups=("a", "b"))
FIT = Fit(
    input=S, kind="linear", target="mass", features=("bill", "sex"), task="regression", test_size=0.2,
    settings=(Setting(name="fit_intercept", value=True),),
)  # fmt: skip
GOOD = [
    Outliers(input=S, column="mass", method="zscore", threshold=2.5, by=("species",), ddof=0, side="high"),
    Scale(input=S, columns=("mass", "bill"), method="minmax", names=("m", "b")),
    Encode(input=S, column="sex", method="onehot", values=("f", "m"), drop_first=True),
    Cut(input=S, column="mass", name="size", edges=(3000, 4500.5), labels=("light", "middle", "heavy")),
    FillMissing(input=S, column="bill", how="mean", by=("species",)),
    TEST,
    SignificanceTest(input=S, kind="proportions", by="species", groups=("a", "b"), where=Compare("==", Col("sex"), Lit("f"))),
    SignificanceTest(input=S, kind="partial", columns=("mass", "bill"), control=("flipper",)),
    ConfidenceInterval(input=S, column="mass", by=("species",), level=0.9),
    FIT,
    Terms(input=FIT),
    Predict(input=FIT, values=(41.5, "f")),
    Cluster(input=S, columns=("mass", "bill"), k=3),
    Derive(input=S, name="title", value=Extract(Col("species"), r"(\w+)\.")),
    Derive(input=S, name="code", value=Recode(Col("sex"), ("f", "m"), (0, 1))),
    Derive(input=S, name="row", value=Across("mean", (Col("mass"), Col("bill")))),
]


@pytest.mark.parametrize("step", GOOD, ids=[f"{type(s).__name__}{i}" for i, s in enumerate(GOOD)])
def test_a_step_survives_json(step):
    plan = Plan(outputs=(Output(step=step, form="table", name="answer"),))
    again = Plan.from_dict(json.loads(json.dumps(plan.to_dict())))
    assert again == plan
    assert again.hash == plan.hash


BAD = [
    (lambda: Outliers(input=S, column="sex"), "needs numbers"),
    (lambda: Outliers(input=S, column="mass", threshold=0), "above 0"),
    (lambda: Scale(input=S, columns=("mass",), ddof=2), "n - 1"),
    (lambda: Scale(input=S, columns=("mass", "bill"), names=("m",)), "1 names"),
    (lambda: Encode(input=S, column="sex", values=(1, 2)), "never equals"),
    (lambda: Cut(input=S, column="mass", name="c"), "one of them"),
    (lambda: Cut(input=S, column="mass", name="c", edges=(5, 1)), "have to rise"),
    (lambda: Cut(input=S, column="mass", name="c", quantiles=4, labels=("a", "b")), "4 classes and 2 labels"),
    (lambda: FillMissing(input=S, column="sex", how="mean"), "needs numbers"),
    (lambda: Measure(name="w", func="weighted_mean", column="mass").output(BIRDS), "column of weights"),
    (lambda: Measure(name="w", func="mean", column="mass", weight="bill").output(BIRDS), "column of weights"),
    (lambda: SignificanceTest(input=S, kind="t", columns=("sex",), by="species", groups=("a", "b")), "needs numbers"),
    (lambda: SignificanceTest(input=S, kind="t", columns=("mass",), by="species", groups=("a",)), "two groups, and 1"),
    (lambda: SignificanceTest(input=S, kind="t", columns=("mass",)), "Name the column"),
    (lambda: SignificanceTest(input=S, kind="anova", columns=("mass",), by="species", groups=("a",)), "two or more groups"),
    (lambda: SignificanceTest(input=S, kind="anova", columns=("mass",), by="species", groups=(1, 2)), "never equals"),
    (lambda: SignificanceTest(input=S, kind="pearson", columns=("mass",)), "needs 2 columns, and 1"),
    (lambda: SignificanceTest(input=S, kind="partial", columns=("mass", "bill")), "control"),
    (lambda: SignificanceTest(input=S, kind="proportions", by="species", groups=("a", "b")), "condition"),
    (lambda: SignificanceTest(input=S, kind="shapiro", columns=("mass",), level=1.0), "between 0 and 1"),
    (lambda: ConfidenceInterval(input=S), "needs a column"),
    (lambda: ConfidenceInterval(input=S, column="sex"), "needs numbers"),
    (lambda: Fit(input=S, kind="linear", target="sex", features=("mass",), task="regression"), "needs numbers"),
    (lambda: Fit(input=S, kind="logistic", target="mass", features=("bill",), task="regression"), "tells classes apart"),
    (lambda: Fit(input=S, kind="linear", target="mass", features=("hatched",), task="regression"), "a category"),
    (lambda: Fit(input=S, kind="linear", target="mass", features=(), task="regression"), "at least one feature"),
    (lambda: Fit(input=S, kind="linear", target="mass", features=("bill",), task="regression", test_size=2), "held-out part"),
    (lambda: Terms(input=S), "belong to a model"),
    (lambda: Predict(input=FIT, values=(1,)), "2 features and 1 values"),
    (lambda: Cluster(input=S, columns=("mass",), k=1), "2 to 100"),
    (lambda: Derive(input=S, name="x", value=Extract(Col("sex"), "a")), "one group"),
    (lambda: Derive(input=S, name="x", value=Extract(Col("sex"), "(")), "no regular expression"),
    (lambda: Derive(input=S, name="x", value=Piece(Col("mass"), ",", 0)), "needs text"),
    (lambda: Derive(input=S, name="x", value=Substitute(Col("sex"), "")), "something to look for"),
    (lambda: Derive(input=S, name="x", value=Number(Col("hatched"))), "read from text"),
    (lambda: Derive(input=S, name="x", value=Duration(Col("mass"))), "needs text"),
    (lambda: Derive(input=S, name="x", value=Recode(Col("sex"), ("f",), ())), "one each"),
    (lambda: Derive(input=S, name="x", value=Recode(Col("sex"), ("f",), (1,), keep=True)), "several kinds"),
    (lambda: Derive(input=S, name="x", value=Clip(Col("mass"))), "upper limit"),
    (lambda: Derive(input=S, name="x", value=Across("sum", (Col("mass"),))), "at least two"),
]


@pytest.mark.parametrize(("make", "why"), BAD, ids=[f"{i}-{why}" for i, (_, why) in enumerate(BAD)])
def test_what_cannot_be_done_is_no_step(make, why):
    with pytest.raises(PlanError, match=why):
        make()


@pytest.mark.parametrize("step", [Outliers, Scale, SignificanceTest])
def test_a_column_that_is_not_there_is_named(step):
    more = {"column": "height"} if step is Outliers else {"columns": ("height",)}
    with pytest.raises(ColumnNotFound, match="height"):
        step(input=S, **({"kind": "shapiro"} if step is SignificanceTest else {}), **more)


def test_a_test_gives_what_its_kind_gives():
    assert TEST.schema.names == ("statistic", "p_value", "df", "n_1", "n_2", "mean_1", "mean_2", "difference", "low", "high", "effect")
    assert TEST.schema.column("n_1").kind is Kind.INTEGER


def test_a_model_names_the_coefficients_of_its_numbers():
    assert {"r2", "rmse", "intercept", "coefficient_bill", "p_value_bill"} <= set(FIT.schema.names)
    assert "coefficient_sex" not in FIT.schema


def test_classes_without_labels_say_their_edges():
    assert Cut(input=S, column="mass", name="c", edges=(1, 2.5)).words == ("up to 1", "1 to 2.5", "above 2.5")
    assert Cut(input=S, column="mass", name="c", edges=(1, 2.5), right=False).words == ("below 1", "1 to 2.5", "2.5 and above")
    assert Cut(input=S, column="mass", name="c", quantiles=2).words == ("Q1", "Q2")
