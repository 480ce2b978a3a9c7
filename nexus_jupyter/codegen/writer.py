"""The page that is written on: names that are taken, constants, imports, and the blocks of code in order."""

from __future__ import annotations

import builtins
import keyword
import re
from collections import Counter
from collections.abc import Callable

from nexus_jupyter.codegen.chain import Chain, assign, call
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.plan.models import Cluster
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.preparation import Cut, Outliers
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Aggregate, Bin, Bucket, Combine, Derive, Filter, Join, Pivot, Select, Sort, Source, Top, Window

RESERVED = {"pd", "np", "pl", "px", "go", "result", "fig", "date", "datetime", *keyword.kwlist, *keyword.softkwlist, *dir(builtins)}
# In the order in which they are written.
IMPORTS = {
    "date": "from datetime import date",
    "datetime": "from datetime import datetime",
    "combinations": "from itertools import combinations",
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "px": "import plotly.express as px",
    "go": "import plotly.graph_objects as go",
    "pl": "import polars as pl",
    "stats": "from scipy import stats",
    "scipy_stats": "from scipy import stats as scipy_stats",
    "sm": "import statsmodels.api as sm",
}
# Where the other names come from.
PARTS = {
    "sklearn.cluster": ("KMeans",),
    "sklearn.ensemble": (
        "GradientBoostingClassifier",
        "GradientBoostingRegressor",
        "RandomForestClassifier",
        "RandomForestRegressor",
    ),
    "sklearn.linear_model": ("Lasso", "LinearRegression", "LogisticRegression", "Ridge"),
    "sklearn.metrics": (
        *("accuracy_score", "f1_score", "mean_absolute_error", "mean_squared_error", "precision_score", "r2_score", "recall_score"),
        *("roc_auc_score", "root_mean_squared_error"),
    ),
    "sklearn.model_selection": ("cross_val_score", "train_test_split"),
    "sklearn.naive_bayes": ("GaussianNB",),
    "sklearn.neighbors": ("KNeighborsClassifier", "KNeighborsRegressor"),
    "sklearn.preprocessing": ("MinMaxScaler", "StandardScaler"),
    "sklearn.svm": ("SVC", "SVR"),
    "sklearn.tree": ("DecisionTreeClassifier", "DecisionTreeRegressor"),
    "statsmodels.stats.diagnostic": ("normal_ad",),
    "statsmodels.stats.proportion": ("confint_proportions_2indep", "proportion_confint", "proportions_ztest"),
}


class Writer:
    """Collects a program while its steps are written; `render` writes one step in the dialect."""

    def __init__(self, plan: Plan, catalog: Catalog, *, render: Callable[[Step, Writer], Chain], need: dict[Step, set[str]]) -> None:
        self.catalog = catalog
        self.need = need
        self.render = render
        self.blocks: list[str] = []
        self.parts: list[int] = []
        self.part = 0
        self.imports: set[str] = set()
        self.constants: dict[str, str] = {}
        self.bound: dict[Step, str] = {}
        self.values_collected: dict[Step, str] = {}
        self.collected: set[Step] = set()
        self.figures: set[str] = set()
        self.values: dict[tuple[Step, str], str] = {}
        self.tests: dict[Step, dict[str, str]] = {}
        self.models: dict[Step, object] = {}
        self.sources = {s: s.dataset for s in plan.steps if isinstance(s, Source)}
        self.taken = {*RESERVED, *plan.datasets, *catalog.names}
        self.uses: Counter[Step] = Counter(i for s in plan.steps for i in s.inputs)
        self.uses.update(o.step for o in plan.outputs)

    def fresh(self, wish: str) -> str:
        """Give a variable name like the one wished for that nothing else has."""
        name = re.sub(r"\W+", "_", wish).strip("_").lower()[:40].strip("_")
        name = name if name and not name[0].isdigit() else f"of_{name}" if name else "table"
        if not name.isascii():
            name = name.encode("ascii", "ignore").decode().strip("_") or "table"
            name = name if name.isidentifier() else f"of_{name}"
        chosen, n = name, 2
        while chosen in self.taken:
            chosen, n = f"{name}_{n}", n + 1
        self.taken.add(chosen)
        return chosen

    @property
    def importing(self) -> tuple[str, ...]:
        """The lines that import what is used, in order."""
        lines = [line for name, line in IMPORTS.items() if name in self.imports]
        for module, parts in PARTS.items():
            used = [p for p in parts if p in self.imports]
            if used:
                lines.append(call(f"from {module} import ", *used) if len(used) > 4 else f"from {module} import {', '.join(used)}")  # noqa: PLR2004 - a line
        return tuple(lines)

    def use(self, module: str) -> str:
        """Import what is known by this name, and give the name; another one where it is taken."""
        if module == "stats" and module not in self.imports and module in self.taken:
            module = "scipy_stats"
        self.taken.add(module)
        self.imports.add(module)
        return module

    def constant(self, name: str, value: str) -> str:
        """Put a value that a person may turn on top, under this name; the same value shares it."""
        name = re.sub(r"\W+", "_", name).strip("_").upper()[:40]
        name = name if name.isascii() and name.isidentifier() else "LIMIT"
        chosen, n = name, 2
        while self.constants.get(chosen, value) != value or chosen in self.taken:
            chosen, n = f"{name}_{n}", n + 1
        self.constants[chosen] = value
        return chosen

    def emit(self, block: str) -> None:
        """Add a block of code."""
        self.blocks.append(block)
        self.parts.append(self.part)

    def bind(self, chain: Chain, variable: str) -> str:
        """Assign a chain to a variable that is free."""
        self.emit(assign(variable, chain))
        return variable

    lazy = ""

    def zoned(self, column: str) -> bool:
        """Say whether a column of some dataset holds times of a time zone."""
        profiles = (d.profiles.get(column) for d in self.catalog.datasets)
        return any(getattr(p.minimum, "tzinfo", None) is not None for p in profiles if p is not None)

    def chain(self, step: Step) -> Chain:
        """Give the step's table as an expression to go on from; what is read twice gets a variable."""
        if step in self.bound:
            chain = Chain(base=self.bound[step])
            return chain.then("lazy") if self.lazy and step in self.collected else chain
        chain = self.render(step, self)
        if self.uses[step] > 1 and chain.name is None:
            return Chain(base=self._bound(step, chain))
        return chain

    def name(self, step: Step) -> str:
        """Give a variable that holds the step's table."""
        chain = self.chain(step)
        return chain.name or self._bound(step, chain)

    def _bound(self, step: Step, chain: Chain) -> str:
        variable = self.bind(chain, self.fresh(natural(step)))
        self.bound[step] = variable
        return variable


def natural(step: Step) -> str:  # noqa: PLR0911 - one case a kind of step
    """Give the word for a step's table."""
    match step:
        case Aggregate():
            return "by_" + "_".join(step.keys[:2]) if step.keys else "totals"
        case Filter():
            return "selected"
        case Derive() | Bucket() | Bin() | Window() | Cut() | Cluster() | Outliers():
            return f"with_{step.name}"
        case Select():
            return "chosen"
        case Sort():
            return "ordered"
        case Top():
            return "top"
        case Join():
            return "joined"
        case Combine():
            return "combined"
        case Pivot():
            return "pivot"
        case Source():
            return f"{'typed' if step.casts else 'lazy'}_{step.dataset}"
        case _:
            return re.sub(r"(?<!^)(?=[A-Z])", "_", type(step).__name__).lower()
