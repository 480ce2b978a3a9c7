"""Find the modules that libraries import late, and write `nexus_jupyter/sandbox/preload_names.py` anew.

    python benchmarks/preload_names.py [--check] [--also CORPUS.jsonl ...]

A worker can open no file, so what a library imports at its first use has to be there before. Ordinary analyses run here, in a
process that has imported what a zygote imports, without confinement; what comes into ``sys.modules`` meanwhile is the list. It
depends on the versions of the libraries, which are written down with it. ``--check`` only says what is missing; ``--also`` runs the
ordinary snippets of more corpora of the form of ``tests/sandbox/data/ordinary.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "nexus_jupyter" / "sandbox" / "preload_names.py"
CORPUS = ROOT / "tests" / "sandbox" / "data" / "ordinary.jsonl"
LIBRARIES = ("pandas", "polars", "pyarrow", "plotly", "narwhals", "numpy", "scipy", "statsmodels", "scikit-learn")
HEAD = '''"""Modules that libraries import late, found by running ordinary analyses; made by `benchmarks/preload_names.py` (`make preload`)."""

from __future__ import annotations

__all__ = ["FIGURES", "LATE", "LATE_STATISTICS", "MADE_WITH"]

'''

# Every kind of chart, and what people change in one.
CHARTS = (
    *("px.bar(df, x='k', y='v', color='g', barmode='group')", "px.bar(df, x='k', y='v', facet_col='g', text_auto=True)"),
    *(
        "px.line(df, x='t', y='v', color='k', markers=True)",
        "px.area(df, x='t', y='v', color='k')",
        "px.scatter(df, x='v', y='w', size='v', color='k')",
    ),
    *(
        "px.scatter(df, x='v', y='w', marginal_x='histogram', marginal_y='violin')",
        "px.histogram(df, x='v', nbins=5, marginal='box', color='k')",
    ),
    *(
        "px.box(df, x='k', y='v', points='all')",
        "px.violin(df, x='k', y='v', box=True)",
        "px.strip(df, x='k', y='v')",
        "px.ecdf(df, x='v', color='k')",
    ),
    *(
        "px.pie(df, names='k', values='v', hole=0.4)",
        "px.sunburst(df, path=['g', 'k'], values='v')",
        "px.treemap(df, path=['g', 'k'], values='v')",
    ),
    *("px.icicle(df, path=['g', 'k'], values='v')", "px.funnel(df, x='v', y='k')", "px.funnel_area(df, names='k', values='v')"),
    *(
        "px.density_heatmap(df, x='v', y='w', marginal_x='rug')",
        "px.density_contour(df, x='v', y='w')",
        "px.imshow([[1, 2], [3, 4]], text_auto=True)",
    ),
    *("px.imshow(df.pivot_table(index='k', columns='g', values='v'))", "px.scatter_matrix(df, dimensions=['v', 'w'], color='k')"),
    *(
        "px.parallel_coordinates(df, color='v')",
        "px.parallel_categories(df[['k', 'g']])",
        "px.scatter_3d(df, x='v', y='w', z='w', color='k')",
    ),
    *(
        "px.line_3d(df, x='v', y='w', z='w')",
        "px.scatter_polar(df, r='v', theta='k')",
        "px.line_polar(df, r='v', theta='k', line_close=True)",
    ),
    *("px.bar_polar(df, r='v', theta='k')", "px.scatter_ternary(df, a='v', b='w', c='v')", "px.line_ternary(df, a='v', b='w', c='v')"),
    *(
        "px.scatter_geo(df, lat='v', lon='w')",
        "px.choropleth(df, locations='k', locationmode='ISO-3', color='v')",
        "px.scatter_map(df, lat='v', lon='w')",
    ),
    *("px.timeline(df, x_start='t', x_end='t', y='k')", "px.scatter(df, x='v', y='w', animation_frame='k')"),
    "px.bar(pl.from_pandas(df.iloc[:0]), x='k', y='v', color='g')",
    *("px.bar(pl.DataFrame({'k': ['a'], 'v': [1]}), x='k', y='v')", "px.line(df['v'])", "px.line(df.groupby('k')['v'].sum())"),
    *(
        "go.Figure(go.Waterfall(x=['a'], y=[1]))",
        "go.Figure(go.Indicator(value=3, mode='gauge+number+delta', delta={'reference': 2}))",
        "go.Figure(go.Candlestick(x=[1], open=[1], high=[2], low=[0], close=[1]))",
    ),
    *(
        "go.Figure(go.Sankey(node={'label': ['a', 'b']}, link={'source': [0], 'target': [1], 'value': [2]}))",
        "go.Figure(go.Table(header={'values': ['a']}, cells={'values': [[1]]}))",
    ),
    *(
        "go.Figure(go.Heatmap(z=[[1]], colorbar={'title': 'x'}, texttemplate='%{z}'))",
        "go.Figure(go.Contour(z=[[1, 2], [2, 3]]))",
        "go.Figure(go.Surface(z=[[1, 2], [2, 3]]))",
    ),
    *(
        "go.Figure(go.Scatter(x=[1], y=[1], error_y={'array': [1]}, fill='tozeroy', line={'dash': 'dot'}, marker={'symbol': 'x', 'line': {'width': 1}}))",
        "go.Figure(go.Histogram2d(x=[1], y=[1]))",
    ),
    *(
        "go.Figure(go.Scattergl(x=[1], y=[1], marker={'color': [1], 'colorbar': {}}))",
        "go.Figure(go.Ohlc(x=[1], open=[1], high=[2], low=[0], close=[1]))",
        "go.Figure(go.Barpolar(r=[1], theta=['a']))",
    ),
)
CHANGES = """
fig.update_layout(title='t', template='plotly_white', legend={'orientation': 'h'}, margin={'l': 1}, hovermode='x unified', font={'size': 12}, height=400)
fig.update_layout(xaxis={'title': 'x', 'tickangle': 45, 'rangeslider': {'visible': True}}, coloraxis={'colorbar': {'title': 'c'}})
fig.update_layout(xaxis={'rangeselector': {'buttons': [{'count': 1, 'step': 'month'}]}})
fig.update_traces(hovertemplate='%{x}')
fig.update_xaxes(tickformat='%b', showgrid=False, tickfont={'size': 9}); fig.update_yaxes(rangemode='tozero', title_text='y')
fig.add_annotation(text='n', x=0.5, y=0.5, xref='paper', yref='paper', showarrow=False, font={'color': 'red'})
fig.add_hline(y=1, annotation_text='one'); fig.add_vline(x=1); fig.add_hrect(y0=0, y1=1)
fig.add_vrect(x0=0, x1=1); fig.add_shape(type='line', x0=0, x1=1, y0=0, y1=1)
fig.to_json(); fig.to_dict(); str(fig)
"""
TABLES = (
    *(
        "df.describe(include='all')",
        "df.pivot_table(index='k', columns='g', values='v', aggfunc=['sum', 'mean'], margins=True)",
        "df.groupby('k').agg(a=('v', 'sum'), b=('w', 'median'))",
    ),
    *(
        "df.groupby(pd.Grouper(key='t', freq='ME'))['v'].sum()",
        "df.set_index('t')['v'].resample('W').mean()",
        "df.set_index('t')['v'].rolling('7D').mean()",
        "df['v'].ewm(span=3).mean()",
    ),
    *(
        "pd.cut(df['v'], 3).value_counts()",
        "pd.qcut(df['v'], 2)",
        "pd.get_dummies(df['k'])",
        "pd.crosstab(df['k'], df['g'])",
        "df.merge(df, on='k', how='outer', indicator=True)",
        "pd.merge_asof(df, df, on='t')",
    ),
    *(
        "df.melt(id_vars='k', value_vars=['v', 'w'])",
        "df.stack()",
        "df.unstack()",
        "df['k'].str.extract('(a)')",
        "df['k'].str.get_dummies()",
        "df['t'].dt.strftime('%Y-%m')",
        "df['t'].dt.tz_localize('UTC').dt.tz_convert('Asia/Tokyo')",
    ),
    *(
        "df.corr(numeric_only=True)",
        "df['v'].corr(df['w'])",
        "df['v'].quantile([0.1, 0.9])",
        "df['v'].interpolate()",
        "df.to_string()",
        "df.to_html()",
        "df.to_csv()",
        "df.to_json()",
        "df.to_dict('records')",
        "df.info(buf=io.StringIO())",
    ),
    *(
        "df.query('v > 1 and k == \"a\"')",
        "df.eval('z = v + w')",
        "df.style.format('{:.1f}', subset=['v']).to_html()",
        "df.rank()",
        "df.nlargest(2, 'v')",
        "df.sample(2, random_state=1)",
        "df.explode('k')",
        "df.convert_dtypes()",
    ),
    *(
        "pd.date_range('2024', periods=3, freq='B')",
        "pd.period_range('2024', periods=3, freq='M')",
        "pd.to_datetime(['01/02/2024', '3 March 2024'], format='mixed')",
        "pd.to_numeric(['1', 'x'], errors='coerce')",
        "pd.json_normalize([{'a': {'b': 1}}])",
        "pd.read_csv(io.StringIO('a,b\\n1,2'))",
    ),
    *(
        "pd.interval_range(0, 3)",
        "df.apply(lambda r: r['v'], axis=1)",
        "df.transform({'v': 'cumsum'})",
        "df.groupby('k')['v'].apply(list)",
        "df.groupby('k').filter(lambda g: len(g) > 1)",
        "df.groupby('k')['v'].rolling(2).sum()",
        "df['v'].hist if False else df['v'].value_counts(bins=3)",
    ),
    *(
        "pf.group_by('k').agg(pl.col('v').mean(), pl.len())",
        "pf.lazy().filter(pl.col('v') > 1).collect()",
        "pf.group_by_dynamic('t', every='1mo').agg(pl.col('v').sum())",
        "pf.pivot('g', index='k', values='v', aggregate_function='sum')",
        "pf.join(pf, on='k')",
        "pf.describe()",
        "pf.to_pandas()",
    ),
    *(
        "pf.with_columns(pl.col('k').map_elements(str.upper, return_dtype=pl.String))",
        "pf.select(pl.col('t').dt.strftime('%Y'), pl.col('k').str.contains('a'))",
        "pf.unpivot(index='k', on=['v'])",
        "pf.upsample('t', every='1d')",
        "pl.from_pandas(df)",
        "str(pf)",
        "pf.to_dicts()",
        "pf.sample(2, seed=1)",
    ),
    *(
        "pf.rolling('t', period='7d').agg(pl.col('v').sum())",
        "pf.select(pl.corr('v', 'w'))",
        "pf.sql('select k, sum(v) from self group by k')",
        "pf.write_csv()",
        "pf.write_json()",
        "pf['k'].value_counts()",
        "pf.top_k(2, by='v')",
        "pf.select(pl.col('v').qcut(2))",
    ),
    *(
        "np.linalg.lstsq(np.eye(2), np.ones(2), rcond=None)",
        "np.polyfit([1, 2, 3], [1, 2, 4], 1)",
        "np.fft.fft([1, 2])",
        "np.random.default_rng(1).normal(size=3)",
        "np.histogram([1, 2], bins='auto')",
        "np.percentile([1, 2], 50)",
        "np.array2string(np.eye(2))",
        "np.ma.masked_array([1])",
    ),
)
STATISTICS = (
    *(
        "stats.ttest_ind([1, 2, 3], [2, 3, 5])",
        "stats.mannwhitneyu([1, 2, 3], [2, 3, 5])",
        "stats.chi2_contingency([[1, 2], [3, 4]])",
        "stats.pearsonr([1, 2, 3], [1, 2, 4])",
        "stats.spearmanr([1, 2, 3], [1, 2, 4])",
        "stats.f_oneway([1, 2], [2, 4])",
    ),
    *(
        "stats.shapiro([1, 2, 3, 4])",
        "stats.kstest([1, 2, 3], 'norm')",
        "stats.gaussian_kde([1, 2, 4])(1)",
        "stats.linregress([1, 2, 3], [1, 2, 4])",
        "stats.bootstrap(([1, 2, 3],), np.mean, n_resamples=50)",
        "df['v'].corr(df['w'], method='kendall')",
    ),
    *(
        "smf.ols('v ~ w + C(k)', df).fit().summary().as_text()",
        "sm.OLS(df['v'], sm.add_constant(df['w'])).fit().params",
        "smf.logit('b ~ w', df.assign(b=[0, 1, 0, 1, 1, 0] * 4)).fit(disp=0).params",
        "sm.stats.anova_lm(smf.ols('v ~ C(k)', df).fit())",
        "px.scatter(df, x='v', y='w', trendline='ols')",
        "px.scatter(df, x='v', y='w', trendline='lowess')",
    ),
    *(
        "seasonal_decompose(df['v'], period=4)",
        "ExponentialSmoothing(df['v'], trend='add').fit().forecast(2)",
        "ARIMA(df['v'], order=(1, 0, 0)).fit().forecast(2)",
        "sm.tsa.stattools.adfuller(df['v'])",
        "sm.stats.multicomp.pairwise_tukeyhsd(df['v'], df['k']).summary()",
    ),
    *(
        "KMeans(2, n_init=2, random_state=0).fit_predict(df[['v', 'w']])",
        "PCA(2).fit_transform(df[['v', 'w']])",
        "RandomForestRegressor(5, random_state=0).fit(df[['w']], df['v'])",
        "cross_val_score(LinearRegression(), df[['w']], df['v'], cv=2)",
        "repr(make_pipeline(StandardScaler(), LogisticRegression()).fit(df[['w']], df['k']))",
    ),
    *(
        "train_test_split(df, random_state=0)",
        "classification_report(['a', 'b'], ['a', 'a'], zero_division=0)",
        "GridSearchCV(Ridge(), {'alpha': [1]}, cv=2).fit(df[['w']], df['v'])",
        "IsolationForest(n_estimators=5, random_state=0).fit_predict(df[['v']])",
        "silhouette_score(df[['v', 'w']], [0, 1] * 12)",
    ),
    *(
        "TSNE(2, perplexity=3, init='random', max_iter=250).fit_transform(df[['v', 'w']])",
        "permutation_importance(LinearRegression().fit(df[['w']], df['v']), df[['w']], df['v'])",
        "linkage(df[['v', 'w']])",
        "minimize(lambda x: (x - 1) ** 2, 0)",
        "curve_fit(lambda x, a: a * x, [1, 2], [1, 2])",
        "interp1d([1, 2], [1, 2])(1.5)",
    ),
)
BEFORE = """
import io, numpy as np, pandas as pd, polars as pl, plotly.express as px, plotly.graph_objects as go
df = pd.DataFrame({'k': list('abc') * 8, 'g': ['x', 'y'] * 12, 'v': [n % 7 + n / 10 + 1 for n in range(24)], 'w': [n * n % 11 + 1.0 for n in range(24)]})
df['t'] = pd.date_range('2024-01-01', periods=24, freq='D')
pf = pl.from_pandas(df)
"""
BEFORE_STATISTICS = """
from scipy import stats
from scipy.cluster.hierarchy import linkage
from scipy.interpolate import interp1d
from scipy.optimize import curve_fit, minimize
import statsmodels.api as sm, statsmodels.formula.api as smf
from statsmodels.tsa.seasonal import seasonal_decompose
from statsmodels.tsa.holtwinters import ExponentialSmoothing
from statsmodels.tsa.arima.model import ARIMA
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest, RandomForestRegressor
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.manifold import TSNE
from sklearn.metrics import classification_report, silhouette_score
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
"""


def _frames(case: dict[str, Any]) -> dict[str, Any]:
    import pandas as pd
    import polars as pl

    made: dict[str, Any] = {}
    for name, spec in (case.get("frames") or case.get("setup", {}).get("frames", {})).items():
        made[name] = (pl if spec["lib"] == "polars" else pd).DataFrame(spec["data"])
        for column, kind in spec.get("dtypes", {}).items():
            if kind == "datetime":
                made[name][column] = pd.to_datetime(made[name][column])
            elif spec["lib"] == "polars" and kind == "date":
                made[name] = made[name].with_columns(pl.col(column).str.to_date())
    return made


def _run(programs: list[tuple[str, dict[str, Any]]]) -> None:
    import io
    from contextlib import redirect_stderr, redirect_stdout

    for code, space in programs:
        try:
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                exec(code, space)
                kept = [value for name, value in space.items() if name in ("result", "fig", "table")]
                from nexus_jupyter.sandbox.encode import Writer

                Writer().result(kept[-1] if kept else None)
        except BaseException as error:  # noqa: BLE001 - one program that a version lacks must not end the others
            print(f"did not run: {code.strip().splitlines()[-1][:90]}: {type(error).__name__}: {str(error)[:90]}", file=sys.stderr)


def find(also: list[Path]) -> dict[str, list[str]]:
    """Run the analyses in this process and give what was imported late."""
    import warnings

    from nexus_jupyter.sandbox import preload

    warnings.simplefilter("ignore")
    preload.LATE = preload.FIGURES = preload.LATE_STATISTICS = ()  # type: ignore[assignment, misc] # nothing of the old list helps
    preload.core()
    cases = [json.loads(line) for path in (CORPUS, *also) for line in path.read_text().splitlines()]
    found: dict[str, list[str]] = {}

    def late(before: set[str]) -> Iterator[str]:
        roots = set(preload.UNWANTED) | {"__main__", "__mp_main__"}
        return (
            n for n in sorted(set(sys.modules) - before) if n.partition(".")[0] not in roots and getattr(sys.modules[n], "__spec__", None)
        )

    space: dict[str, Any] = {}
    before = set(sys.modules)
    exec(BEFORE, space)
    changes = "".join(
        f"\ntry:\n    {line}\nexcept ValueError:\n    pass" for line in CHANGES.strip().splitlines()
    )  # not every chart takes all
    charts = [(f"fig = {chart}{changes}", dict(space)) for chart in CHARTS]
    subplots = (
        "from plotly.subplots import make_subplots\n"
        "fig = make_subplots(2, 2, subplot_titles=['a', 'b'], specs=[[{'secondary_y': True}, {}], [{}, {}]])\n"
        "fig.add_trace(go.Bar(x=[1], y=[1]), 1, 1)\n"
    )
    tables = [(f"table = {one}", dict(space)) for one in TABLES]
    ordinary = [c for c in cases if not preload.needs_statistics(c["code"])]
    _run([*charts, (subplots, dict(space)), *tables, *((c["code"], _frames(c)) for c in ordinary)])
    core = list(late(before))
    graph = "plotly.graph_objs."
    statistical = ("scipy", "statsmodels", "sklearn", "patsy", "joblib", "threadpoolctl", "plotly.figure_factory")
    found["LATE"] = [n for n in core if not n.startswith((graph, *statistical))]
    found["FIGURES"] = [n.removeprefix(graph) for n in core if n.startswith(graph)]
    preload.statistics()
    before = set(sys.modules)
    exec(BEFORE_STATISTICS, space)
    needing = [c for c in cases if preload.needs_statistics(c["code"])]
    _run([*((f"table = {one}", dict(space)) for one in STATISTICS), *((c["code"], _frames(c)) for c in needing)])
    found["LATE_STATISTICS"] = [n for n in late(before) if not n.startswith(graph)]
    found["FIGURES"] = sorted({*found["FIGURES"], *(n.removeprefix(graph) for n in late(before) if n.startswith(graph))})
    return found


def versions() -> dict[str, str]:
    """Give the versions of the libraries that are installed."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def missing(found: dict[str, list[str]]) -> list[str]:
    """Give what was found and is not in the list that is there."""
    from nexus_jupyter.sandbox import preload_names

    return [name for kind, names in found.items() for name in names if name not in getattr(preload_names, kind)]


def main() -> int:
    """Find, and write or compare."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--check", action="store_true")
    options.add_argument("--child", action="store_true")
    options.add_argument("--also", nargs="*", type=Path, default=[])
    chosen = options.parse_args()
    sys.path.insert(0, str(ROOT))
    if chosen.child:
        print(json.dumps(find(chosen.also)))
        return 0
    command = [sys.executable, __file__, "--child", "--also", *map(str, chosen.also)]
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    if chosen.check:
        lacking = missing(found)
        print(
            "\n".join([f"{len(lacking)} modules are not in the list; run `make preload`", *lacking]) if lacking else "the list is complete"
        )
        return 1 if lacking else 0
    comment = {"FIGURES": "# Below plotly.graph_objs.\n"}
    lists = [f"{comment.get(kind, '')}{kind} = {json.dumps(names, indent=4)}\n" for kind, names in found.items()]
    TARGET.write_text(HEAD + f"MADE_WITH = {json.dumps(versions(), indent=4)}\n" + "".join(lists))
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(TARGET)], check=False)
    print(f"{TARGET.relative_to(ROOT)}: " + ", ".join(f"{len(names)} {kind}" for kind, names in found.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
