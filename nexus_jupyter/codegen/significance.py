"""Tests of hypotheses as SciPy code. A dialect gives the samples; what is done with them is the same in all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nexus_jupyter.codegen.chain import Chain, call
from nexus_jupyter.codegen.literals import number, text
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.plan.statistics import CORRELATIONS, NORMALITY, PAIRED, SAMPLES, TABLES, SignificanceTest
from nexus_jupyter.plan.step import Step

Cells = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """How a dialect writes samples as variables that hold arrays without missing values.

    `columns` gives the sample of each column by itself, `paired` those of the rows that miss none of them, `matrix` these as one
    two-dimensional array, `group` the sample of one group, `groups` one variable with the samples of all groups, `table` the counts of
    two categories, `shares` 0/1 samples of a condition.
    """

    columns: Callable[[SignificanceTest, Writer], list[str]]
    paired: Callable[[SignificanceTest, Writer], list[str]]
    matrix: Callable[[SignificanceTest, Writer], str]
    groups: Callable[[SignificanceTest, Writer], str]
    named: Callable[[SignificanceTest, Writer], list[str]]
    table: Callable[[SignificanceTest, Writer], str]
    shares: Callable[[SignificanceTest, Writer], list[str]]


def cells(step: SignificanceTest, writer: Writer, samples: Samples) -> Cells:
    """Write the test once, and give each of its numbers as an expression."""
    if step not in writer.tests:
        writer.tests[step] = _cells(step, writer, samples)
    return writer.tests[step]


def tested(samples: Samples, step: Step, writer: Writer) -> Cells:
    """Give the numbers of a test as expressions, or nothing for other steps."""
    return cells(step, writer, samples) if isinstance(step, SignificanceTest) else {}


def row(found: Cells, step: Step, writer: Writer) -> Chain:
    """Write a table of one row, with what is read of it."""
    wanted = [c for c in step.schema.names if c in writer.need[step]] or list(step.schema.names)
    lines = "".join(f"    {text(c)}: [{found[c]}],\n" for c in wanted)
    chain = Chain(base=f"{writer.use('pl' if writer.lazy else 'pd')}.DataFrame({{\n{lines}}})")
    return chain.then("lazy") if writer.lazy else chain


def _cells(step: SignificanceTest, writer: Writer, samples: Samples) -> Cells:
    kind = step.kind
    if kind == "partial":
        return _partial(step, writer, samples.matrix(step, writer))
    if kind in CORRELATIONS:
        return _correlation(step, writer, samples.paired(step, writer))
    if kind in PAIRED:
        return _paired(step, writer, samples.paired(step, writer))
    if kind in TABLES:
        return _table(step, writer, samples.table(step, writer))
    if kind in NORMALITY:
        return _normality(step, writer, samples.columns(step, writer)[0])
    if kind == "t_one":
        return _one(step, writer, samples.columns(step, writer)[0])
    if kind == "proportions":
        return _proportions(step, writer, samples.shares(step, writer))
    if kind in SAMPLES:
        return _several(step, writer, samples)
    return _two(step, writer, samples.named(step, writer) if step.by else samples.columns(step, writer))


def _run(step: SignificanceTest, writer: Writer, function: str, *arguments: str) -> Cells:
    """Write the call of a test, and give its statistic and p-value."""
    variable = writer.fresh("test")
    writer.emit(call(f"{variable} = {writer.use('stats')}.{function}", *arguments, *_sided(step)))
    return {"": variable, "statistic": f"{variable}.statistic", "p_value": f"{variable}.pvalue"}


def _sided(step: SignificanceTest) -> tuple[str, ...]:
    return () if step.alternative == "two-sided" else (f"alternative={text(step.alternative)}",)


def _interval(step: SignificanceTest, writer: Writer, test: str) -> Cells:
    """Write the test's confidence interval, where it is read."""
    if not {"low", "high"} & writer.need[step]:
        return {}
    interval = writer.fresh("interval")
    writer.emit(f"{interval} = {test}.confidence_interval({writer.constant('CONFIDENCE', number(step.level))})")
    return {"low": f"{interval}.low", "high": f"{interval}.high"}


def _correlation(step: SignificanceTest, writer: Writer, pair: list[str]) -> Cells:
    function = {"pearson": "pearsonr", "spearman": "spearmanr", "kendall": "kendalltau"}[step.kind]
    done = _run(step, writer, function, *pair)
    if step.kind == "pearson":
        done |= {"df": f"len({pair[0]}) - 2", **_interval(step, writer, done[""])}
    return {**done, "n": f"len({pair[0]})"}


def _partial(step: SignificanceTest, writer: Writer, matrix: str) -> Cells:
    np, stats = writer.use("np"), writer.use("stats")
    known, rest, r, df, t = (writer.fresh(w) for w in ("known", "rest", "r", "df", "t"))
    writer.emit(f"{known} = {np}.column_stack([{np}.ones(len({matrix})), {matrix}[:, 2:]])")
    writer.emit(f"{rest} = {matrix}[:, :2] - {known} @ {np}.linalg.lstsq({known}, {matrix}[:, :2])[0]")
    writer.emit(f"{r} = {stats}.pearsonr({rest}[:, 0], {rest}[:, 1]).statistic")
    writer.emit(f"{df} = len({matrix}) - 2 - {len(step.control)}")
    writer.emit(f"{t} = {r} * {np}.sqrt({df} / (1 - {r}**2))")
    p = {"two-sided": f"2 * {stats}.t.sf(abs({t}), {df})", "greater": f"{stats}.t.sf({t}, {df})", "less": f"{stats}.t.cdf({t}, {df})"}
    return {"statistic": r, "p_value": p[step.alternative], "n": f"len({matrix})", "df": df}


def _two(step: SignificanceTest, writer: Writer, pair: list[str]) -> Cells:
    a, b = pair
    np, need = "np", writer.need[step]
    sizes = {"n_1": f"len({a})", "n_2": f"len({b})"}
    if step.kind == "ks_two":
        return {**_run(step, writer, "ks_2samp", a, b), **sizes}
    if step.kind == "mann_whitney":
        done = _run(step, writer, "mannwhitneyu", a, b)
        medians = {f"median_{i}": f"{np}.median({s})" for i, s in enumerate(pair, 1)}
        if need & set(medians):
            writer.use("np")
        return {**done, **sizes, **medians, "effect": f"2 * {done['statistic']} / (len({a}) * len({b})) - 1"}
    done = _run(step, writer, "ttest_ind", a, b, *(() if step.kind == "t_equal" else ("equal_var=False",)))
    done |= {"df": f"{done['']}.df", **_interval(step, writer, done[""])}
    if "effect" in need:
        variances, weights, spread = (writer.fresh(w) for w in ("variances", "weights", "spread"))
        writer.use("np")
        writer.emit(f"{variances} = [{a}.var(ddof=1), {b}.var(ddof=1)]")
        writer.emit(f"{weights} = [len({a}) - 1, len({b}) - 1]")
        writer.emit(f"{spread} = {np}.sqrt({np}.average({variances}, weights={weights}))")
        done["effect"] = f"({a}.mean() - {b}.mean()) / {spread}"
    return {**done, **sizes, "mean_1": f"{a}.mean()", "mean_2": f"{b}.mean()", "difference": f"{a}.mean() - {b}.mean()"}


def _proportions(step: SignificanceTest, writer: Writer, pair: list[str]) -> Cells:
    a, b = pair
    z, p = writer.fresh("z"), writer.fresh("p")
    tail = () if step.alternative == "two-sided" else (f'alternative="{ {"less": "smaller", "greater": "larger"}[step.alternative] }"',)
    counts, sizes = f"[{a}.sum(), {b}.sum()]", f"[len({a}), len({b})]"
    writer.emit(call(f"{z}, {p} = {writer.use('proportions_ztest')}", counts, sizes, *tail))
    done = {"statistic": z, "p_value": p, "n_1": f"len({a})", "n_2": f"len({b})", "share_1": f"{a}.mean()", "share_2": f"{b}.mean()"}
    if {"low", "high"} & writer.need[step]:
        low, high, level = writer.fresh("low"), writer.fresh("high"), writer.constant("CONFIDENCE", number(step.level))
        arguments = (f"{a}.sum()", f"len({a})", f"{b}.sum()", f"len({b})", f"alpha=1 - {level}")
        writer.emit(call(f"{low}, {high} = {writer.use('confint_proportions_2indep')}", *arguments))
        done |= {"low": low, "high": high}
    return {**done, "difference": f"{a}.mean() - {b}.mean()"}


def _paired(step: SignificanceTest, writer: Writer, pair: list[str]) -> Cells:
    a, b = pair
    need = writer.need[step]
    done = _run(step, writer, "ttest_rel" if step.kind == "t_paired" else "wilcoxon", a, b)
    if "effect" in need:
        change = writer.fresh("change")
        writer.emit(f"{change} = {a} - {b}")
        done["effect"] = f"{change}.mean() / {change}.std(ddof=1)"
        if step.kind == "wilcoxon":
            np, ranks = writer.use("np"), writer.fresh("ranks")
            writer.emit(f"{change} = {change}[{change} != 0]")
            writer.emit(f"{ranks} = {writer.use('stats')}.rankdata(abs({change}))")
            done["effect"] = f"{np}.sign({change}) @ {ranks} / {ranks}.sum()"
    if step.kind == "wilcoxon":
        if {"median_1", "median_2"} & need:
            writer.use("np")
        return {**done, "n": f"len({a})", "median_1": f"np.median({a})", "median_2": f"np.median({b})"}
    done |= {"df": f"{done['']}.df", **_interval(step, writer, done[""])}
    return {**done, "n": f"len({a})", "mean_1": f"{a}.mean()", "mean_2": f"{b}.mean()", "difference": f"{a}.mean() - {b}.mean()"}


def _one(step: SignificanceTest, writer: Writer, sample: str) -> Cells:
    mean = writer.constant("EXPECTED_MEAN", number(step.mean))
    done = _run(step, writer, "ttest_1samp", sample, mean)
    difference = f"{sample}.mean() - {mean}"
    more = {"df": f"{done['']}.df", "n": f"len({sample})", "mean_1": f"{sample}.mean()", "difference": difference}
    return {**done, **more, **_interval(step, writer, done[""]), "effect": f"({difference}) / {sample}.std(ddof=1)"}


def _several(step: SignificanceTest, writer: Writer, samples: Samples) -> Cells:
    if step.by:
        groups = samples.groups(step, writer)
    else:
        groups = writer.fresh("samples")
        writer.emit(f"{groups} = [{', '.join(samples.columns(step, writer))}]")
    function = {"anova": "f_oneway", "kruskal": "kruskal", "levene": "levene", "bartlett": "bartlett"}[step.kind]
    done = _run(step, writer, function, f"*{groups}")
    k, n = f"len({groups})", f"sum(len(values) for values in {groups})"
    more = {"df": f"{k} - 1", "df_within": f"{n} - {k}", "n": n, "groups": k, "smallest_n": f"min(len(values) for values in {groups})"}
    if step.kind == "kruskal":
        more["effect"] = f"{done['statistic']} / ({n} - 1)"
    if step.kind == "anova" and "effect" in writer.need[step]:
        between, within = writer.fresh("between"), writer.fresh("within")
        writer.emit(f"{between}, {within} = {more['df']}, {more['df_within']}")
        more |= {"df": between, "df_within": within}
        more["effect"] = f"{done['statistic']} * {between} / ({done['statistic']} * {between} + {within})"
    return {**done, **more}


def _table(step: SignificanceTest, writer: Writer, table: str) -> Cells:
    if step.kind == "fisher":
        done = _run(step, writer, "fisher_exact", table)
        return {**done, "n": f"{table}.sum()"}
    done = _run(step, writer, "chi2_contingency", table, *(() if step.correction else ("correction=False",)))
    more = {"df": f"{done['']}.dof", "n": f"{table}.sum()", "expected": f"{done['']}.expected_freq.min()"}
    return {**done, **more, "effect": f'{writer.use("stats")}.contingency.association({table}, method="cramer")'}


def _normality(step: SignificanceTest, writer: Writer, sample: str) -> Cells:
    stats = writer.use("stats")
    shape = {
        "n": f"len({sample})",
        "skewness": f"{stats}.skew({sample}, bias=False)",
        "kurtosis": f"{stats}.kurtosis({sample}, bias=False)",
    }
    if step.kind == "anderson":
        statistic, p = writer.fresh("statistic"), writer.fresh("p")
        writer.emit(f"{statistic}, {p} = {writer.use('normal_ad')}({sample})")
        return {"statistic": statistic, "p_value": p, **shape}
    if step.kind == "ks_normal":
        return {**_run(step, writer, "kstest", sample, '"norm"', f"args=({sample}.mean(), {sample}.std(ddof=1))"), **shape}
    function = {"shapiro": "shapiro", "dagostino": "normaltest", "jarque_bera": "jarque_bera"}[step.kind]
    return {**_run(step, writer, function, sample), **shape}
