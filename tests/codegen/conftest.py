"""Frames and plans that the tests of code share: one or more of each step, measure, expression and chart."""

# ruff: noqa: C408, E731, F841, N802, N806, RUF005 - a table of plans, with one-letter makers so that a plan fits on a line

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.context.frames import describe_frame
from nexus_jupyter.context.views import COMMA, NUMBER, PLAIN
from nexus_jupyter.plan.conversions import Across, Clip, Duration, Extract, Number, Piece, Recode, Substitute
from nexus_jupyter.plan.expressions import (
    And,
    Arith,
    Between,
    Cell,
    Col,
    Compare,
    DatePart,
    Func,
    If,
    In,
    InStep,
    IsNull,
    Like,
    Lit,
    Not,
    Or,
    Span,
    Trunc,
)  # fmt: skip
from nexus_jupyter.plan.models import Cluster, Fit, Predict, Setting, Terms
from nexus_jupyter.plan.plan import Output, Plan
from nexus_jupyter.plan.preparation import Cut, Encode, Outliers, Scale
from nexus_jupyter.plan.readings import Reading
from nexus_jupyter.plan.statistics import ConfidenceInterval, SignificanceTest
from nexus_jupyter.plan.step import Cast, Measure
from nexus_jupyter.plan.step import SortKey as K
from nexus_jupyter.plan.steps import (
    Aggregate,
    Bin,
    Bucket,
    Combine,
    Derive,
    Distinct,
    DropMissing,
    FillMissing,
    Filter,
    Join,
    Pivot,
    Select,
    Sort,
    Source,
    Top,
    Window,
)  # fmt: skip
from nexus_jupyter.plan.summaries import BoxStats, Chart, Correlation, Describe, Grid, Histogram, Missing, Overview, Thin
from nexus_jupyter.plan.surveys import Keys, Outline, Quality, Tables


def _world():
    rng = np.random.default_rng(1)
    n = 400
    df = pd.DataFrame(
        {
            "carrier": rng.choice(["AA", "UA", "DL", None], n),
            "origin": rng.choice(["JFK", "LGA"], n),
            "dep_delay": np.where(rng.random(n) < 0.1, np.nan, rng.integers(-10, 100, n)),
            "dist": rng.integers(100, 999, n),
            "when": pd.Timestamp("2013-01-01") + pd.to_timedelta(rng.integers(0, 9000, n), unit="h"),
            "late": rng.random(n) < 0.3,
            "price": [f"${i:,}" for i in rng.integers(100, 9999, n)],
        }
    )
    air = pd.DataFrame(
        {"carrier": ["AA", "UA", "DL", None], "name": ["American", "United", "Delta", "None"], "origin": ["x", "y", "z", "w"]}
    )
    ds = describe_frame("flights", df)
    da = describe_frame("airlines", air)
    cat = Catalog(datasets=(ds, da))
    S = Source(dataset="flights", table=ds.schema)
    A = Source(dataset="airlines", table=da.schema)
    M = lambda f, c=None, **k: Measure(name=k.pop("name", f"{f}_{c}" if c else f), func=f, column=c, **k)
    agg = Aggregate(input=S, keys=("carrier",), measures=(M("mean", "dep_delay"), M("size")))
    funcs = [
        "sum",
        "mean",
        "median",
        "min",
        "max",
        "count",
        "count_distinct",
        "std",
        "var",
        "std_pop",
        "var_pop",
        "first",
        "last",
        "mode",
        "range",
        "skew",
        "kurtosis",
        "any",
        "all",
    ]
    every = tuple(M(f, "late" if f in ("any", "all") else "dist") for f in funcs) + (
        M("quantile", "dep_delay", q=0.9),
        M("share", where=Compare(">", Col("dep_delay"), Lit(15))),
        M("size", name="sz", where=Compare("==", Col("origin"), Lit("JFK"))),
        M("sum", "dist", name="sw", where=Compare("==", Col("origin"), Lit("JFK"))),
        M("mean", "dist", name="mw", where=Compare("==", Col("origin"), Lit("JFK"))),
    )

    def P(step, form="table", name="answer", **k):
        return Plan(outputs=(Output(step=step, form=form, name=name, **k),))

    T = lambda f: Filter(input=S, where=f)
    mon = Bucket(input=S, column="when", unit="month", name="month")
    wd = Bucket(input=S, column="when", unit="weekday_name", name="day")
    ch = lambda i, k, x, y, **o: P(Chart(input=i, kind=k, x=x, y=y, **o), "chart", "by_carrier")
    two = Aggregate(input=S, keys=("carrier", "origin"), measures=(M("sum", "dist"),))
    num = Aggregate(input=S, keys=("origin",), measures=(M("size"),))
    plans = dict(
        chart=ch(
            Sort(input=agg, by=(K(column="mean_dep_delay", descending=True),)),
            "bar",
            "carrier",
            "mean_dep_delay",
            title="Average <b>delay</b>",
        ),
        stack=ch(two, "bar", "carrier", "sum_dist", series="origin", mode="stack"),
        hbar=ch(agg, "bar", "carrier", "size", horizontal=True),
        small=ch(two, "line", "carrier", "sum_dist", facet="origin", log_y=True),
        pie=ch(agg, "pie", "carrier", "size"),
        line=ch(Aggregate(input=mon, keys=("month",), measures=(M("size"),)), "line", "month", "size"),
        scat=ch(Grid(input=S, x="dep_delay", y="dist"), "scatter", "dep_delay", "dist", color="count"),
        hist=ch(Histogram(input=S, column="dep_delay"), "histogram", "bin_start", "count"),
        box=ch(BoxStats(input=S, column="dep_delay", by="carrier"), "box", "carrier", "median"),
        box0=ch(BoxStats(input=S, column="dep_delay"), "box", "q1", "median"),
        heat=ch(two, "heatmap", "carrier", "origin", color="sum_dist"),
        area=ch(Aggregate(input=mon, keys=("month", "origin"), measures=(M("size"),)), "area", "month", "size", series="origin"),
        value=P(Aggregate(input=S, measures=(M("mean", "dep_delay"),)), "value"),
        valuef=P(Aggregate(input=T(Compare("==", Col("origin"), Lit("JFK"))), measures=(M("max", "dep_delay"),)), "value", decimals=2),
        count=P(
            Aggregate(
                input=T(And((Compare("==", Col("origin"), Lit("JFK")), Compare(">", Col("dep_delay"), Lit(10))))), measures=(M("size"),)
            ),
            "value",
        ),
        share=P(
            Aggregate(
                input=T(Compare("==", Col("origin"), Lit("JFK"))), measures=(M("share", where=Compare(">", Col("dep_delay"), Lit(10))),)
            ),
            "value",
        ),
        every=P(Aggregate(input=S, measures=every)),
        everyby=P(Aggregate(input=S, keys=("carrier",), measures=every)),
        simpleby=P(
            Aggregate(
                input=S,
                keys=("origin", "carrier"),
                measures=tuple(m for m in every if m.func not in ("quantile", "mode", "range", "std_pop", "var_pop", "kurtosis")),
            )
        ),
        ne=P(T(Compare("!=", Col("carrier"), Lit("AA")))),
        btw=P(T(Between(Col("when"), Lit(dt.date(2013, 2, 1)), Lit(dt.date(2013, 5, 1)), open_end=True))),
        notin=P(T(In(Col("carrier"), ("AA", "UA"), negated=True))),
        orr=P(T(Or((Compare("==", Col("carrier"), Lit("AA")), And((Compare("<", Col("dist"), Lit(200)), IsNull(Col("dep_delay")))))))),
        nott=P(T(Not(Compare(">", Col("dep_delay"), Lit(0))))),
        like=P(T(Like(Col("carrier"), "contains", "a"))),
        likeneg=P(
            T(
                And(
                    (
                        Like(Col("carrier"), "starts", "A", negated=True),
                        Like(Col("origin"), "ends", "k"),
                        Like(Col("origin"), "equals", "jfk"),
                    )
                )
            )
        ),
        andor=P(
            T(
                And(
                    (
                        Or((Compare("==", Col("carrier"), Lit("AA")), Compare("==", Col("carrier"), Lit("DL")))),
                        Compare("!=", Col("carrier"), Lit("DL")),
                        Not(IsNull(Col("dep_delay"))),
                    )
                )
            )
        ),
        cell=P(T(Compare(">", Col("dep_delay"), Cell(Aggregate(input=S, measures=(M("mean", "dep_delay"),)), "mean_dep_delay")))),
        instep=P(T(InStep(Col("carrier"), Top(input=agg, n=2, by=(K(column="size", descending=True),)), "carrier"))),
        instepneg=P(T(InStep(Col("carrier"), Filter(input=A, where=Compare("==", Col("name"), Lit("United"))), "carrier", negated=True))),
        having=P(Filter(input=agg, where=Compare(">", Col("size"), Lit(90)))),
        top=P(Top(input=agg, n=2, by=(K(column="mean_dep_delay", descending=True),))),
        top1=P(Top(input=agg, n=1, by=(K(column="carrier"),))),
        ties=P(Top(input=S, n=3, by=(K(column="dist"),), ties=True)),
        ties2=P(Top(input=S, n=3, by=(K(column="origin"), K(column="dist", descending=True)), ties=True, offset=1)),
        tiesw=P(Top(input=S, n=2, by=(K(column="dist", descending=True),), ties=True, within=("origin",))),
        within=P(Top(input=S, n=2, by=(K(column="dist", descending=True),), within=("origin", "carrier"))),
        within_off=P(Top(input=S, n=2, by=(K(column="dist", descending=True),), within=("origin",), offset=1)),
        within0=P(Top(input=S, n=2, within=("origin",))),
        off=P(Top(input=S, n=3, offset=2, by=(K(column="dist"), K(column="origin", descending=True)))),
        head=P(Top(input=S, n=5)),
        sort=P(Sort(input=S, by=(K(column="dep_delay", descending=True),))),
        sort2=P(Sort(input=S, by=(K(column="origin"), K(column="dep_delay", descending=True)))),
        sel=P(Select(input=S, columns=("origin", "dist"), names=("from", "km"))),
        dist=P(Distinct(input=S, columns=("carrier", "origin"))),
        dist0=P(Distinct(input=S)),
        month=P(Aggregate(input=mon, keys=("month",), measures=(M("sum", "dist"),))),
        week=P(Aggregate(input=Bucket(input=S, column="when", unit="week", name="week"), keys=("week",), measures=(M("sum", "dist"),))),
        wd=P(Aggregate(input=wd, keys=("day",), measures=(M("size"),))),
        bin=P(Aggregate(input=Bin(input=S, column="dep_delay", width=10, name="bin"), keys=("bin",), measures=(M("size"),))),
        join=P(Join(left=S, right=A, left_on=("carrier",), right_on=("carrier",))),
        joinl=P(Join(left=S, right=A, left_on=("carrier",), right_on=("carrier",), how="left")),
        joind=P(Join(left=S, right=A, left_on=("origin",), right_on=("name",), how="left")),
        joinagg=P(
            Aggregate(
                input=Join(left=S, right=A, left_on=("carrier",), right_on=("carrier",)), keys=("name",), measures=(M("mean", "dist"),)
            )
        ),
        union=P(Combine(left=Select(input=S, columns=("carrier",)), right=Select(input=A, columns=("name",)), how="union")),
        inter=P(Combine(left=Select(input=S, columns=("carrier",)), right=Select(input=A, columns=("carrier",)), how="intersect")),
        exc=P(
            Combine(
                left=Select(input=A, columns=("carrier",)),
                right=Select(input=T(Compare("==", Col("carrier"), Lit("AA"))), columns=("carrier",)),
                how="except",
            )
        ),
        pivot=P(Pivot(input=S, index="carrier", columns="origin", values="dist")),
        pivotn=P(Pivot(input=S, index="carrier", columns="origin", values="dist", func="size")),
        pivotq=P(Pivot(input=mon, index="origin", columns="month", values="dist", func="std_pop")),
        drop=P(DropMissing(input=S, columns=("dep_delay",))),
        drop0=P(DropMissing(input=S)),
        fill=P(FillMissing(input=S, column="dep_delay", how="mean")),
        fillv=P(FillMissing(input=S, column="carrier", how="value", value="?")),
        fillm=P(FillMissing(input=S, column="carrier", how="mode")),
        desc=P(Describe(input=S, columns=("dep_delay", "dist", "late"))),
        over=P(Overview(input=S)),
        miss=P(Missing(input=S, columns=ds.schema.names)),
        miss1=P(Missing(input=S, columns=ds.schema.names, only_with=True)),
        corr=P(Correlation(input=S, columns=("dep_delay", "dist")), "value"),
        corrs=P(Correlation(input=S, columns=("dep_delay", "dist"), method="spearman"), "value"),
        pairs=P(Correlation(input=S, columns=("dep_delay", "dist", "late"), shape="pairs")),
        pairt=P(Correlation(input=S, columns=("dep_delay", "dist", "late"), shape="pairs", target="dist")),
        matrix=P(Correlation(input=S, columns=("dep_delay", "dist"), shape="matrix")),
        keys=P(Keys(left=S, right=A, left_on=("carrier",), right_on=("carrier",))),
        outline=P(Outline(input=S, keys=("about", "flights"), within="flights")),
        tables=P(Tables(tables=(S, A), called=("flights", "airlines"))),
        quality=P(Quality(input=S, numbers=("dep_delay", "dist"), texts=("carrier", "price"))),
        thin=P(Thin(input=S, x="when", y="dist", n=50)),
        thin2=P(Thin(input=S, x="when", y="dist", n=5000)),
        cast=P(
            Aggregate(
                input=Source(dataset="flights", table=ds.schema, casts=(Cast(column="price", to="number"),)), measures=(M("sum", "price"),)
            ),
            "value",
        ),
        two=Plan(
            outputs=(
                Output(step=agg, form="table", name="stats"),
                Output(step=Chart(input=agg, kind="bar", x="carrier", y="size"), form="chart", name="chart"),
                Output(step=Aggregate(input=S, measures=(M("median", "dist"),)), form="value", name="mid"),
            )
        ),
    )
    for f in ["rank", "row_number", "cumsum", "cummean", "rolling_mean", "rolling_sum", "lag", "diff", "pct_change", "share", "zscore"]:
        plans["w_" + f] = P(
            Window(input=S, name="w", func=f, column="dist" if f != "cummean" else "dep_delay", size=3, order=(K(column="when"),))
        )
        plans["wb_" + f] = P(
            Window(input=S, name="w", func=f, column="dist" if f != "cummean" else "dep_delay", size=2, by=("origin",), descending=True)
        )
    D = lambda e: P(Derive(input=S, name="d", value=e))
    for i, e in enumerate(
        [
            Arith("/", Col("dist"), Arith("+", Col("dep_delay"), Lit(3))),
            Arith("-", Col("dist"), Arith("-", Col("dist"), Lit(-3))),
            DatePart(Col("when"), "month_name"),
            Arith("+", Arith("*", DatePart(Col("when"), "month"), Lit(100)), DatePart(Col("when"), "day")),
            Func("round", Arith("/", Col("dist"), Lit(7)), 2),
            Func("length", Col("carrier")),
            Func("upper", Col("carrier")),
            Func("sqrt", Col("dist")),
            If(Compare(">", Col("dep_delay"), Lit(15)), Lit("late"), Lit("ok")),
            If(Compare(">", Col("dep_delay"), Lit(15)), Col("dist"), Lit(0)),
            If(IsNull(Col("dep_delay")), Lit(0.0), Col("dep_delay")),
            Span(Lit(dt.date(2012, 1, 1)), Col("when"), "days"),
            Trunc(Col("when"), "quarter"),
            DatePart(Col("when"), "week"),
            DatePart(Col("when"), "date"),
            Compare(">", Col("dep_delay"), Lit(5)),
            Not(Compare(">", Col("dep_delay"), Lit(5))),
            Trunc(Col("when"), "hour"),
        ]
    ):
        plans[f"d{i}"] = D(e)
    return {"flights": df, "airlines": air}, cat, plans


def _birds():
    rng = np.random.default_rng(7)
    n = 160
    species = rng.choice(["Adelie", "Chinstrap", "Gentoo"], n, p=[0.45, 0.2, 0.35])
    flipper = np.round(190 + 25 * (species == "Gentoo") + rng.normal(0, 6, n), 1)
    mass = np.round(40 * flipper - 3800 + rng.normal(0, 250, n))
    frame = pd.DataFrame(
        {
            "species": species,
            "sex": rng.choice(["female", "male", None], n, p=[0.48, 0.48, 0.04]),
            "name": [f"{t} {i}, Bird" for i, t in enumerate(rng.choice(["Mr.", "Mrs.", "Dr"], n))],
            "flipper": np.where(rng.random(n) < 0.05, np.nan, flipper),
            "bill": np.round(42 + 5 * (species != "Adelie") + rng.normal(0, 3, n), 1),
            "mass": mass,
            "chicks": rng.integers(0, 4, n),
            "tagged": rng.random(n) < 0.4,
            "swim": [f"{h}:{m:02}:{s:02}" if h else f"{m}:{s:02}" for h, m, s in rng.integers(0, [3, 60, 60], (n, 3))],
            "paid": [f"${v:,.2f}" if v else "none" for v in np.where(rng.random(n) < 0.1, 0, rng.integers(500, 5000, n))],
        }
    )
    birds = describe_frame("birds", frame)
    B = Source(dataset="birds", table=birds.schema)
    P = lambda step, form="table", **k: Plan(outputs=(Output(step=step, form=form, name="answer", **k),))
    D = lambda e: P(Derive(input=B, name="d", value=e))
    plans = dict(
        out_z=P(Outliers(input=B, column="mass", method="zscore", threshold=2)),
        out_zby=P(Outliers(input=B, column="flipper", method="zscore", threshold=1.5, by=("species",), ddof=0, side="high")),
        out_iqr=P(
            Aggregate(
                input=Filter(input=Outliers(input=B, column="flipper"), where=Col("outlier")), measures=(Measure(name="n", func="size"),)
            ),
            "value",
        ),
        out_kept=P(Filter(input=Outliers(input=B, column="bill", threshold=1), where=Not(Col("outlier")))),
        out_iqrby=P(Outliers(input=B, column="flipper", threshold=0.5, by=("species", "tagged"), side="low", name="short")),
        out_mad=P(Outliers(input=B, column="flipper", method="mad", threshold=1.2)),
        out_madby=P(Outliers(input=B, column="flipper", method="mad", threshold=2, by=("species",))),
        scale=P(Scale(input=B, columns=("mass", "flipper"))),
        scale_mm=P(Scale(input=B, columns=("mass",), method="minmax", names=("scaled",))),
        scale_by=P(Scale(input=B, columns=("mass", "bill"), method="robust", names=("m", "b"), by=("species",))),
        scale_c=P(Scale(input=B, columns=("bill",), method="centre", by=("species",))),
        enc=P(Encode(input=B, column="species")),
        enc_gap=P(Encode(input=B, column="sex", name="code", first=1)),
        enc_v=P(Encode(input=B, column="sex", values=("male", "female"))),
        onehot=P(Encode(input=B, column="species", method="onehot")),
        onehot_v=P(Encode(input=B, column="sex", method="onehot", values=("female", "male"), drop_first=True)),
        cut=P(Cut(input=B, column="flipper", name="size", edges=(190, 205.5), labels=("small", "middle", "big"))),
        cut_in=P(Cut(input=B, column="chicks", name="c", edges=(0, 1, 3), open_ends=False)),
        cut_left=P(Cut(input=B, column="chicks", name="c", edges=(1, 3), right=False)),
        cut_q=P(
            Aggregate(input=Cut(input=B, column="flipper", name="q", quantiles=4), keys=("q",), measures=(Measure(name="n", func="size"),))
        ),
        cut_n=P(Cut(input=B, column="mass", name="c", bins=3, labels=("low", "medium", "high"))),
        fill_by=P(FillMissing(input=B, column="flipper", how="median", by=("species",))),
        fill_modeby=P(FillMissing(input=B, column="sex", how="mode", by=("species",))),
        fill_f=P(FillMissing(input=B, column="sex", how="forward")),
        fill_bby=P(FillMissing(input=B, column="flipper", how="backward", by=("species",))),
        fill_line=P(FillMissing(input=B, column="flipper", how="line")),
        c_extract=D(Extract(Col("name"), r"^(\w+)\.")),
        c_digits=D(Extract(Col("name"), r"(\d+)", number=True)),
        c_piece=D(Piece(Col("name"), ",", 1)),
        c_piece9=D(Piece(Col("name"), " ", 2)),
        c_sub=D(Func("length", Substitute(Col("name"), r"\s", pattern=True))),
        c_sub2=D(Substitute(Col("name"), ".", "$")),
        c_number=D(Number(Col("paid"))),
        c_number2=D(Number(Col("chicks"))),
        c_clock=D(Duration(Col("swim"))),
        c_clock2=D(Duration(Col("swim"), "minutes", "hours")),
        c_recode=D(Recode(Col("sex"), ("female", "male"), (1, 0))),
        c_recode2=D(Recode(Col("species"), ("Gentoo",), ("big",), otherwise="small")),
        c_recode3=D(Recode(Col("species"), ("Gentoo",), ("G",), keep=True)),
        c_recode4=D(Recode(Col("chicks"), (3,), (2.5,), keep=True)),
        c_clip=D(Clip(Col("mass"), 3500, 4500.5)),
        c_mean=D(Across("mean", (Col("flipper"), Col("bill")))),
        c_sum=D(Across("sum", (Col("flipper"), Arith("*", Col("bill"), Lit(2))))),
        c_max=D(Across("max", (Col("flipper"), Col("bill")))),
        c_first=D(Across("first", (Col("flipper"), Col("bill")))),
        c_log=D(Func("log1p", Col("chicks"))),
        c_log2=D(Func("log2", Col("bill"))),
        c_sign=D(Func("sign", Arith("-", Col("bill"), Lit(45)))),
        c_title=D(Func("title", Col("sex"))),
        c_words=D(Func("words", Col("name"))),
    )
    more = tuple(Measure(name=f, func=f, column="flipper") for f in ("missing", "skew_pop", "kurtosis_pop", "iqr", "mad", "sem"))
    more += (Measure(name="weighted", func="weighted_mean", column="flipper", weight="chicks"),)
    plans["m_more"] = P(Aggregate(input=B, measures=more))
    plans["m_by"] = P(Aggregate(input=B, keys=("species",), measures=more))
    plans["m_where"] = P(
        Aggregate(input=Filter(input=B, where=Compare("==", Col("species"), Lit("Adelie"))), measures=more[-2:-1]), "value"
    )
    for f in [
        "dense_rank",
        "percent_rank",
        "cummin",
        "cummax",
        "rolling_median",
        "rolling_std",
        "rolling_min",
        "rolling_max",
        "ewm_mean",
        "lead",
    ]:
        plans["w_" + f] = P(Window(input=B, name="w", func=f, column="bill", size=3))
        plans["wb_" + f] = P(Window(input=B, name="w", func=f, column="mass", size=2, by=("species",), descending=True))
    T = lambda kind, *columns, **k: P(SignificanceTest(input=B, kind=kind, columns=columns, **k))
    two = {"by": "species", "groups": ("Adelie", "Gentoo")}
    plans |= dict(
        t_pearson=T("pearson", "flipper", "mass"),
        t_spearman=T("spearman", "flipper", "mass"),
        t_kendall=T("kendall", "flipper", "chicks", alternative="greater"),
        t_partial=T("partial", "flipper", "mass", control=("bill",)),
        t_welch=T("t", "flipper", **two, level=0.9),
        t_equal=T("t_equal", "mass", "bill"),
        t_mann=T("mann_whitney", "flipper", **two),
        t_ks2=T("ks_two", "flipper", **two),
        t_prop=T("proportions", **two, where=Compare("==", Col("sex"), Lit("female"))),
        t_paired=T("t_paired", "flipper", "bill"),
        t_wilcoxon=T("wilcoxon", "flipper", "bill"),
        t_one=T("t_one", "flipper", mean=200, alternative="less"),
        t_anova=T("anova", "flipper", by="species"),
        t_kruskal=T("kruskal", "flipper", by="species", groups=("Adelie", "Chinstrap", "Gentoo")),
        t_levene=T("levene", "flipper", by="sex"),
        t_bartlett=T("bartlett", "flipper", "bill"),
        t_chi2=T("chi2", "species", "sex"),
        t_chi2n=T("chi2", "tagged", "sex", correction=False),
        t_fisher=T("fisher", "tagged", "sex"),
        t_shapiro=T("shapiro", "flipper"),
        t_ks=T("ks_normal", "flipper"),
        t_anderson=T("anderson", "flipper"),
        t_dagostino=T("dagostino", "flipper"),
        t_jarque=T("jarque_bera", "flipper"),
        ci=P(ConfidenceInterval(input=B, column="flipper")),
        ci_by=P(ConfidenceInterval(input=B, column="flipper", by=("species", "tagged"), level=0.9)),
        ci_p=P(ConfidenceInterval(input=B, of="proportion", where=Compare("==", Col("sex"), Lit("female")))),
        ci_pby=P(ConfidenceInterval(input=B, of="proportion", by=("species",), where=Compare("==", Col("sex"), Lit("female")))),
    )
    welch = SignificanceTest(input=B, kind="t", columns=("flipper",), **two)
    plans["t_value"] = P(Select(input=welch, columns=("p_value",)), "value", decimals=4)
    plans["t_cell"] = P(Filter(input=B, where=Compare("<", Col("flipper"), Cell(welch, "mean_1"))))
    plans["t_both"] = Plan(
        outputs=tuple(Output(step=Select(input=welch, columns=(c,)), form="value", name=c) for c in ("statistic", "p_value"))
    )
    F = lambda kind, target, *features, task="regression", **k: Fit(input=B, kind=kind, target=target, features=features, task=task, **k)
    ols = F("linear", "mass", "flipper", "species", "tagged")
    split = F("linear", "mass", "flipper", "bill", test_size=0.25, seed=3)
    tree = F(
        "tree",
        "species",
        "flipper",
        "bill",
        "sex",
        task="classification",
        test_size=0.3,
        stratify=True,
        settings=(Setting(name="max_depth", value=2),),
    )
    logit = F("logistic", "sex", "flipper", "mass", task="classification", positive="male", scale="standard")
    plans |= dict(
        f_ols=P(ols),
        f_terms=P(Terms(input=ols)),
        f_both=Plan(
            outputs=(
                Output(step=Select(input=ols, columns=("r2",)), form="value", name="r2"),
                Output(step=Terms(input=ols), form="table", name="terms"),
            )
        ),
        f_predict=P(Predict(input=ols, values=(200, "Gentoo", True)), "value"),
        f_split=P(split),
        f_mse=P(Select(input=split, columns=("mse",)), "value", decimals=2),
        f_ridge=P(Terms(input=F("ridge", "mass", "flipper", "bill", scale="minmax", settings=(Setting(name="alpha", value=0.5),)))),
        f_round=P(F("linear", "tagged", "flipper", "mass", task="classification", test_size=0.2, positive=True)),
        f_logit=P(logit),
        f_odds=P(Terms(input=logit)),
        f_tree=P(tree),
        f_vital=P(Terms(input=tree, n=2)),
        f_case=P(Predict(input=tree, values=(215.0, 47, "male")), "value"),
        f_forest=P(F("forest", "mass", "flipper", "bill", test_size=0.2, settings=(Setting(name="n_estimators", value=5),))),
        f_boost=P(F("boosting", "species", "flipper", "bill", task="classification", settings=(Setting(name="n_estimators", value=5),))),
        f_knn=P(F("knn", "species", "flipper", "bill", task="classification", test_size=0.2, shuffle=False, average="macro")),
        f_svm=P(F("svm", "sex", "flipper", "bill", task="classification", scale="standard", positive="female")),
        f_bayes=P(F("bayes", "species", "flipper", "bill", task="classification", test_size=0.2)),
        cluster=P(Cluster(input=B, columns=("flipper", "mass"), k=2)),
        cluster_s=P(Cluster(input=B, columns=("flipper", "bill"), k=3, scale="standard", name="group")),
    )
    return {"birds": frame}, birds, plans


def _films():
    """A page of films with cells as people write them."""
    frame = pd.DataFrame(
        {
            "title": ["Dunes\n(short)", "Harbour", "Night Train", "Quiet Hills"],
            "budget": ["$11 million", "$450 thousand", None, "n/a"],
            "people": ["1 420 436 seen", "317,169", "~12 †", "–"],
            "change": ["−3.5 (a)", "+0,4", "12", "?"],
            "share": ["7,4", "10,25", "?", "3"],
            "shown": ["12 May 1994 (Rome)", "3 June 1994", "unknown", "1995"],
        }
    )
    films = describe_frame("films", frame)
    F = Source(dataset="films", table=films.schema)
    P = lambda step: Plan(outputs=(Output(step=step, form="table", name="answer"),))
    D = lambda column, *a, **k: P(Derive(input=F, name="d", value=Reading(Col(column), *a, **k)))
    plans = dict(
        r_number=D("people", "number", PLAIN),
        r_minus=D("change", "number", NUMBER),
        r_scaled=D("budget", "number", PLAIN, scaled=True),
        r_comma=D("share", "number", COMMA, ","),
        r_date=D("shown", "date", r"(\d{1,2} [A-Z][a-z]+ \d{4})", "%d %B %Y"),
        r_text=D("title", "text", r"^([^\n]+)"),
        last=P(Top(input=F, n=2, last=True)),
        pick=P(
            Select(
                input=Filter(input=F, where=Compare("==", Col("title"), Lit("a title that is long enough for a line of its own" * 2))),
                columns=("people",),
            )
        ),
    )
    return {"films": frame}, films, plans


FRAMES, CATALOG, PLANS = _world()
for frames_, dataset_, plans_ in (_birds(), _films()):
    FRAMES, CATALOG, PLANS = FRAMES | frames_, Catalog(datasets=(*CATALOG.datasets, dataset_)), PLANS | plans_


@pytest.fixture
def frames():
    return {name: frame.copy() for name, frame in FRAMES.items()}


@pytest.fixture
def catalog():
    return CATALOG


@pytest.fixture
def plans():
    return PLANS


def pytest_generate_tests(metafunc):
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", sorted(PLANS))
