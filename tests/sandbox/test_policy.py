"""Each form of the policy, allowed and refused, in pairs."""

from __future__ import annotations

import pytest

from nexus_jupyter.sandbox.policy import check

PAIRS = [
    ("import", "import pandas as pd", "import os"),
    ("import", "from scipy import stats", "from pandas.io.common import os"),
    ("import", "import numpy as np", "from numpy import *"),
    ("import", "from sklearn.linear_model import Ridge", "from numpy.testing import runstring"),
    ("private", "_kept = 1", "__builtins__ = 1"),
    ("private", "x = 1", "_getattr_ = 1"),
    ("private", "type(x).__name__", "x.__globals__"),
    ("private", "self_ = x.__class__.__name__", "x.__class__.__base__"),
    ("private", "class A:\n    def __repr__(self):\n        return 'a'", "class A:\n    def __getattr__(self, n):\n        return 1"),
    ("private", "p._replace(x=1)", "p._secret"),
    ("private", "class A:\n    def __init__(s):\n        s.v = 1\n    def _w(self):\n        return other._w", "other._w = 1"),
    ("internal", "e.args", "e.tb_frame"),
    ("builtin", "print(1)", "open('x')"),
    ("builtin", "len(x)", "(lambda e: e)(eval)"),
    ("reader", "df.head()", "pd.read_parquet('x')"),
    ("reader", "pd.read_csv(io.StringIO(t))", "pd.read_csv('x.csv')"),
    ("writer", "df.sum()", "df.to_pickle('x')"),
    ("writer", "df.agg('sum')", "df.agg('to_pickle', path='x')"),
    ("writer", "df.agg({'to_pickle': 'sum'})", "df.agg({'a': ['to_pickle']})"),
    ("writer", "df.agg(n=('save', 'sum'))", "df.agg(n=('a', 'to_pickle'))"),
    ("text", "df.to_csv(index=False)", "df.to_csv('x.csv')"),
    ("evaluator", "operator.itemgetter(1)", "operator.attrgetter('a.b')"),
    ("evaluator", "functools.reduce(f, x)", "functools.update_wrapper(f, g, updated=('a',))"),
    ("string-code", "df.query('a > 1 and b == \"x\"')", "df.query(\"@pd.compat.os.system('x') == 0\")"),
    ("string-code", "df.query('a > @limit')", "df.eval('a.__class__')"),
    ("string-code", "df.query('`a b` > 1')", "df.query('f(a) > 1')"),
    ("form", "class A:\n    pass", "class A(metaclass=M):\n    pass"),
    ("form", "def f():\n    yield 1", "async def f():\n    pass"),
    ("syntax", "x = 1", "x = = 1"),
    ("size", "x = " + "(" * 20 + "1" + ")" * 20, "x = " + "-" * 5000 + "1"),
    ("size", "x = [1]", "x = 1\n" * 60_000),
]


@pytest.mark.parametrize(("rule", "allowed", "refused"), PAIRS)
def test_each_form_has_a_legal_and_a_refused_way(rule: str, allowed: str, refused: str) -> None:
    assert check(allowed) == ()
    found = check(refused)
    assert rule in {violation.rule for violation in found}
    assert all(violation.message and violation.line >= 1 for violation in found)


@pytest.mark.parametrize(
    "code",
    [
        "df['a'] += 1",
        "try:\n    f()\nexcept* ValueError as group:\n    pass",
        "s.map({'a': 'open', 'b': 'source'})",
        "encoder.transform(['save', 'source'])",
        "import csv",
        "df.x = 1",
        "a[1:3] *= 2",
        "x: int = 3",
        "f'{x:.2f} {y!r}'",
        "'{:.2f}'.format(x)",
        "[y for v in x if (y := v) > 1]",
        "match v:\n    case {'k': k}:\n        pass\n    case [a, *_]:\n        pass\n    case int(real=r):\n        pass",
        "def f():\n    n = 0\n    def g():\n        nonlocal n\n        n += 1\n    return g",
        "with np.errstate(divide='ignore'):\n    pass",
        "a, (b, *c) = x",
        "del d['a']",
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int = 0",
    ],
)
def test_what_analyses_are_made_of_is_allowed(code: str) -> None:
    assert check(code) == ()


def test_normalised_identifiers_are_compared() -> None:
    assert [v.rule for v in check("x.__cl\u00aass__")] == ["private"]


def test_null_bytes_and_lone_surrogates_are_refused_not_raised() -> None:
    assert [v.rule for v in check("x = 1\x00")] == ["syntax"]
    assert check("x = '\ud800'")[0].rule == "syntax"


def test_nested_brackets_by_the_thousand_are_refused() -> None:
    assert check("[" * 50_000)[0].rule in ("size", "syntax")
