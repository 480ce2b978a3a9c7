"""What a zygote imports before it forks, as a worker can open no file.

Libraries import parts of themselves late. The lists were made by running ordinary analyses and looking at what came
into ``sys.modules``; a name that a version lacks is passed over.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import platform
import sys
import warnings
from collections.abc import Iterable
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

from nexus_jupyter.sandbox.preload_names import FIGURES, LATE, LATE_STATISTICS

__all__ = ["CORE", "STATISTICS", "core", "needs_statistics", "statistics"]

PLAIN = (
    *("math", "cmath", "datetime", "re", "statistics", "collections", "itertools", "functools", "json", "random", "string", "textwrap"),
    *("decimal", "fractions", "operator", "typing", "dataclasses", "enum", "copy", "time", "calendar", "warnings", "heapq", "bisect", "io"),
    *("numbers", "abc", "contextlib", "zoneinfo", "unicodedata", "array", "pprint", "hashlib", "base64", "secrets", "uuid", "colorsys"),
    *("difflib", "locale", "html", "csv", "_strptime", "encodings.idna", "encodings.latin_1", "encodings.ascii", "encodings.utf_16"),
    *("encodings.cp1252", "tokenize", "linecache", "traceback", "concurrent.futures.thread", "multiprocessing.pool", "resource"),
)
CORE = (
    *("numpy", "numpy.fft", "numpy.linalg", "numpy.random", "numpy.polynomial", "numpy.ma", "numpy.rec", "numpy._core._methods"),
    *("pandas", "pandas.plotting", "pandas.core.computation.eval", "pandas.core.computation.expr", "pandas.core.computation.engines"),
    *("pandas.core.computation.scope", "pandas.core.reshape.encoding", "pandas.core.interchange.from_dataframe"),
    *(
        "pandas.core.arrays.arrow.extension_types",
        "pandas.core.arrays.arrow._arrow_utils",
        "pandas.io.formats.csvs",
        "pandas.io.formats.style",
        "pandas.io.formats.html",
    ),
    *("pandas.io.formats.string", "pandas.io.formats.info", "pandas.io.json", "pandas.io.parsers", "pandas.io.formats.console"),
    *("pandas.io.formats.format", "pandas.core.methods.describe", "pandas.core.methods.to_dict", "pandas.core.methods.selectn"),
    *("pandas.core._numba.executor", "pandas.core.resample", "pandas.tseries.holiday", "pandas.core.window.ewm", "pandas.api.types"),
    *("pyarrow", "pyarrow.compute", "pyarrow.ipc", "pyarrow.pandas_compat", "pyarrow.vendored.docscrape", "pyarrow.interchange"),
    *("polars", "polars.selectors", "polars.sql", "polars.dataframe.group_by", "polars.dataframe.plotting", "polars.series.plotting"),
    *(
        "polars._utils.construction",
        "polars._utils.getitem",
        "polars.interchange",
        "polars.interchange.protocol",
        "polars.lazyframe.group_by",
    ),
    *("plotly.graph_objects", "plotly.express", "plotly.subplots", "plotly.colors", "plotly.io", "plotly.io._json"),
    *(
        "narwhals",
        "narwhals.stable.v1",
        "RestrictedPython",
        "ast",
        "nexus_jupyter.sandbox.worker",
        "nexus_jupyter.sandbox.warm",
        "nexus_jupyter.sandbox.inputs",
    ),
)
STATISTICS = (
    *("scipy.stats", "scipy.optimize", "scipy.integrate", "scipy.interpolate", "scipy.linalg", "scipy.signal", "scipy.spatial"),
    *("scipy.spatial.distance", "scipy.cluster.hierarchy", "scipy.cluster.vq", "scipy.fft", "scipy.ndimage", "scipy.sparse"),
    *("scipy.sparse.linalg", "scipy.sparse.csgraph", "scipy.special", "scipy.constants", "scipy.stats.mstats", "scipy.stats.qmc"),
    *("scipy.stats.contingency", "statsmodels.api", "statsmodels.formula.api", "statsmodels.stats.multicomp", "statsmodels.stats.anova"),
    *("statsmodels.stats.proportion", "statsmodels.stats.weightstats", "statsmodels.stats.diagnostic", "statsmodels.stats.power"),
    *("statsmodels.stats.outliers_influence", "statsmodels.stats.multitest", "statsmodels.nonparametric.smoothers_lowess"),
    *("statsmodels.tsa.api", "statsmodels.tsa.seasonal", "statsmodels.tsa.stattools", "statsmodels.tsa.holtwinters"),
    *("statsmodels.tsa.arima.model", "statsmodels.tsa.statespace.sarimax", "patsy", "sklearn.linear_model", "sklearn.cluster"),
    *("sklearn.decomposition", "sklearn.ensemble", "sklearn.tree", "sklearn.svm", "sklearn.neighbors", "sklearn.naive_bayes"),
    *("sklearn.preprocessing", "sklearn.pipeline", "sklearn.compose", "sklearn.impute", "sklearn.metrics", "sklearn.model_selection"),
    *("sklearn.feature_selection", "sklearn.manifold", "sklearn.mixture", "sklearn.inspection", "sklearn.datasets", "sklearn.dummy"),
    *("sklearn.neural_network", "sklearn.discriminant_analysis", "sklearn.gaussian_process", "sklearn.isotonic", "sklearn.calibration"),
    *(
        "sklearn.covariance",
        "sklearn.feature_extraction.text",
        "sklearn.random_projection",
        "sklearn.multiclass",
        "joblib",
        "plotly.figure_factory",
    ),
)
# Taken along by libraries that find them, slow to import, of no use without files and a display.
ZONES: dict[str, bytes] = {}
UNWANTED = (
    *("nbformat", "IPython", "ipywidgets", "anywidget", "traitlets", "jsonschema", "matplotlib", "kaleido", "skimage", "numba", "dask"),
    *("ipykernel", "pytest", "requests", "fsspec", "s3fs", "orjson", "psutil", "torch", "tensorflow", "xarray", "modin", "duckdb"),
)
WORDS = (
    *("scipy", "statsmodels", "sklearn", "patsy", "trendline", "spearman", "kendall", "figure_factory", "interpolate", "win_type"),
    # Charts that few draw, and details of charts that few change: parts of Plotly that it loads when they are asked for.
    *("sunburst", "treemap", "icicle", "funnel", "sankey", "choropleth", "ternary", "polar", "3d", "candlestick", "ohlc", "indicator"),
    *("waterfall", "parallel", "parcats", "parcoords", "carpet", "surface", "volume", "streamtube", "cone", "colorbar", "smith"),
    *("contour", "_geo", "_map", "splom", "scatter_matrix", "timeline", "animation", "updatemenu", "slider", "gauge"),
)


def needs_statistics(code: str) -> bool:
    """Tell, from a program's words, whether it may import the statistics libraries, or a part of Plotly that is loaded with them."""
    lower = code.lower()
    return any(word in lower for word in WORDS)


def _import(names: Iterable[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in names:
            with contextlib.suppress(Exception):
                importlib.import_module(name)


class _Absent:
    """Finds the unwanted packages and fails to load them, as if they were not installed."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002 - the protocol
        """Claim the unwanted names."""
        return ModuleSpec(name, self) if name in UNWANTED else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        """Say that there is no such module."""
        message = f"No module named {spec.name!r}"
        raise ModuleNotFoundError(message, name=spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Run nothing: no module is made."""


def _time_zones() -> None:
    """Keep the files of all time zones in memory, as a worker can't read them; whoever makes a zone (pandas makes its own) gets them from there."""
    import io
    import zoneinfo

    reading: Any = importlib.import_module("zoneinfo._common")

    for name in zoneinfo.available_timezones():
        with contextlib.suppress(Exception), reading.load_tzdata(name) as file:
            ZONES[name] = file.read()

    def load(key: str) -> io.BytesIO:
        if key not in ZONES:
            raise zoneinfo.ZoneInfoNotFoundError(f"No time zone found with key {key}")
        return io.BytesIO(ZONES[key])

    reading.load_tzdata = load


def core() -> None:
    """Import what nearly every program uses, and draw a figure once, in pure Python."""
    sys.meta_path.insert(0, _Absent())
    _import((*PLAIN, *CORE, *LATE))
    if "plotly.graph_objects" in sys.modules:
        with contextlib.suppress(Exception):
            _plotly()
    with contextlib.suppress(Exception):
        _time_zones()
    with contextlib.suppress(Exception):
        platform.uname()
        platform.platform()


def _plotly() -> None:
    folder = os.path.join(os.path.dirname(importlib.import_module("plotly.graph_objs").__file__ or ""), "")  # noqa: PTH118, PTH120
    names = sorted(name[1:-3] for name in os.listdir(folder) if name.startswith("_") and name.endswith(".py") and name[1] != "_")  # noqa: PTH208
    _import(f"plotly.graph_objs._{name}" for name in names)
    _import(
        f"plotly.graph_objs.{name}" for name in (*FIGURES, "bar", "histogram", "box", "pie", "heatmap", "layout.yaxis", "layout.legend")
    )
    graph, io = sys.modules["plotly.graph_objects"], sys.modules["plotly.io"]
    for template in io.templates:
        with contextlib.suppress(Exception):
            io.templates[template]
    figure = graph.Figure([graph.Bar(x=["a"], y=[1]), graph.Scatter(x=[1], y=[1], mode="lines")])
    figure.update_layout(title="t", template="plotly", xaxis_title="x", yaxis_title="y", legend_title="z")
    figure.to_plotly_json()
    io.to_json(figure, validate=False, engine="json")


def _all_of_plotly() -> list[str]:
    """Name every module of its figures; there are more than a thousand small ones."""
    top = Path(importlib.import_module("plotly.graph_objs").__file__ or "").parent
    files = sorted(path.relative_to(top).with_suffix("") for path in top.rglob("*.py"))
    return [".".join(("plotly.graph_objs", *file.parts)).removesuffix(".__init__") for file in files if "widget" not in file.name]


def statistics() -> None:
    """Import what statistics and models need."""
    _import((*STATISTICS, *LATE_STATISTICS))
    with contextlib.suppress(Exception):
        _import(_all_of_plotly())
    with contextlib.suppress(Exception):
        import joblib

        joblib.parallel_config(backend="sequential")  # no processes, no pool: asked-for jobs run one after the other
    with contextlib.suppress(Exception):
        from sklearn.utils.parallel import _get_threadpool_controller

        _get_threadpool_controller()  # it reads /proc/self/maps once, which a worker can't
