"""Families of steps: what a plan may hold besides the steps that every question may need, and the words that call for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nexus_jupyter.plan.conversions import CONVERSIONS
from nexus_jupyter.plan.expressions import Cell, Expr, Func, If, InStep, Span, Trunc
from nexus_jupyter.plan.models import Cluster, Fit, Predict, Terms
from nexus_jupyter.plan.preparation import Cut, Encode, Outliers, Scale
from nexus_jupyter.plan.statistics import ConfidenceInterval, SignificanceTest
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Bin, Combine, DropMissing, FillMissing, Pivot
from nexus_jupyter.plan.summaries import BoxStats, Grid, Overview, Thin
from nexus_jupyter.plan.surveys import SURVEYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Steps and expressions that belong together.

    Attributes
    ----------
    cues
        Beginnings of words that call for the family; one that ends with "." is a whole word, and "_" stands for a blank.
    steps, expressions
        What is offered.
    names
        Names of columns that its steps make.
    told
        What a model has to know of it, in a sentence or two.
    """

    cues: str
    steps: tuple[type[Step], ...] = ()
    expressions: tuple[type[Expr], ...] = ()
    names: tuple[str, ...] = ()
    told: str

    def called_for(self, question: str) -> bool:
        """Say whether the question has one of the words."""
        cues = "|".join(re.escape(c.replace("_", " ")).replace("\\.", r"\b") for c in self.cues.split())
        return re.search(rf"\b(?:{cues})", question.casefold()) is not None


FAMILIES: tuple[Family, ...] = (
    Family(
        cues="signific p-val p_val hypothes test. tests. testing. t-test anova chi-sq chi_sq chi2 fisher wilcoxon mann whitney"
        " kruskal shapiro normally. normality. levene bartlett proportion confidence interval differ partial kendall spearman"
        " pearson",
        steps=(SignificanceTest, ConfidenceInterval),
        told="significance_test compares: kind t, t_equal or mann_whitney the one column of numbers between two groups of `by`; anova or"
        " kruskal all its groups; pearson, spearman or kendall two columns of numbers; chi2 two categories; shapiro one column."
        " confidence_interval estimates the mean of `column`.",
    ),
    Family(
        cues="outlier anomal z-score zscore standardi normali scale. scaled. scaling. min-max minmax encod one-hot onehot dummy"
        " dummies missing null nan. imput fill bin. bins. binn class. classes. categor quartile tercile quintile decile bucket"
        " band. bands. groups_of",
        steps=(Outliers, Scale, Encode, Cut, Bin, DropMissing, FillMissing),
        names=("outlier", "class"),
        told="outliers adds a boolean column `outlier`; scale, encode and fill_missing change columns in place; cut adds a column `class` by"
        " `edges`, `quantiles` or `bins`; drop_missing leaves rows out.",
    ),
    Family(
        cues="regress predict model train fit. fitted. classif accuracy r2. r-squared r_squared mse. rmse. mae. forest decision_tree"
        " logistic feature importan cluster k-means kmeans segment coefficient",
        steps=(Fit, Terms, Predict, Cluster),
        names=("cluster",),
        told="fit gives the scores of a model of `target` from `features` as one row; terms and predict read a fit; cluster adds a column `cluster`.",
    ),
    Family(
        cues="both. neither. but_not except. in_common union. or. not. never. without. pivot cross versus. vs. than. above. below.",
        steps=(Combine, Pivot),
        expressions=(InStep, Cell),
        told="combine takes the rows of left and right: union, intersect or except. The expression cell reads one number of another step, in_step"
        " asks whether a value is among a step's column.",
    ),
    Family(
        cues="if. round absolute log. logs. logarithm square_root sqrt length letter character upper lower word first_name last_name"
        " extract after_the before_the days_between how_long duration time_between split replac rename clip cap. across.",
        expressions=(Func, If, Span, Trunc, *CONVERSIONS),
        told="Expressions: func (round, abs, log, upper, length …), if, span (time from start to end), extract, piece, substitute, number, recode, clip.",
    ),
    Family(
        cues="box heatmap heat_map scatter density distribut",
        steps=(BoxStats, Grid, Thin),
        told="A box chart draws a box_stats step, a heat map a grid; thin takes some of many points for a scatter.",
    ),
    Family(
        cues="descri overview summar column table quality issue problem clean duplicat join. joins. key. keys. structure dataset"
        " data_set what_is what_can",
        steps=(Overview, *SURVEYS),
        told="overview lists the columns of a table; quality lists what looks wrong in it; keys checks by which columns two source steps join.",
    ),
)


def called_for(question: str) -> tuple[Family, ...]:
    """Give the families whose words a question has; all of them for no question.

    Examples
    --------
    >>> [f.steps[0].__name__ for f in called_for("is the price significantly higher in the north?")]
    ['SignificanceTest']
    >>> called_for("average price by region")
    ()
    """
    return tuple(f for f in FAMILIES if not question or f.called_for(question))
