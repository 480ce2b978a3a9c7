"""A sandbox gives what the program made, in the program's dialect, and ends whatever does not end."""

from __future__ import annotations

import asyncio

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from nexus_jupyter.sandbox import Figure, Limits, Sandbox, Scalar, Table, Text

FRAME = pd.DataFrame({"k": ["a", "b", "a"], "v": [1, 2, 3], "t": pd.to_datetime(["2024-01-01", "2024-02-01", None])})


@pytest.mark.parametrize(
    "value",
    [
        *("1", "1.5", "None", "True", "[1, 'a', None]", "{'a': [1, 2]}", "(1, (2.5,))", "{1, 2}", "2 ** 80", "float('inf')", "b'ab'", "1j"),
        *("__import__", "{(1, 2): 3}", "-2 ** 70"),
    ],
)
def test_plain_values_come_back_as_they_are(sandbox: Sandbox, value: str) -> None:
    outcome = sandbox.run(f"result = {value}")
    if "__" in value:
        assert outcome.status == "refused"
    else:
        assert outcome.result == Scalar(value=eval(value))


def test_dates_come_back_as_dates(sandbox: Sandbox) -> None:
    code = "import datetime as d\nresult = [d.date(2024, 1, 2), d.datetime(2024, 1, 2, 3), d.timedelta(hours=1), d.time(4)]"
    import datetime as dt

    assert sandbox.run(code).result.value == [
        dt.date(2024, 1, 2),
        dt.datetime(2024, 1, 2, 3),  # noqa: DTZ001 - naive on purpose
        dt.timedelta(hours=1),
        dt.time(4),
    ]


def test_a_pandas_frame_goes_and_comes_back_as_pandas(sandbox: Sandbox) -> None:
    outcome = sandbox.run("result = df", frames={"df": FRAME})
    pd.testing.assert_frame_equal(outcome.result.frame, FRAME, check_freq=False)


def test_kinds_of_columns_survive(sandbox: Sandbox) -> None:
    frame = pd.DataFrame(
        {
            "i": pd.array([1, None], dtype="Int64"),
            "c": pd.Categorical(["a", "b"]),
            "z": pd.to_datetime(["2024-01-01", "2024-01-02"]).tz_localize("Europe/Paris"),
            "b": [True, False],
            "f": pd.array([1.5, 2.5], dtype="float32"),
            "n": [None, "x"],
        },
    )
    back = sandbox.run("result = df", frames={"df": frame}).result.frame
    assert back.dtypes.astype(str).to_dict() == frame.dtypes.astype(str).to_dict()
    assert back["i"].isna().tolist() == [False, True]


def test_indexes_and_labels_survive(sandbox: Sandbox) -> None:
    code = "result = df.groupby(['k', 'v'])['v'].agg(['sum', 'max']).unstack()"
    expected = FRAME.groupby(["k", "v"])["v"].agg(["sum", "max"]).unstack()  # noqa: PD010 - two levels of columns
    pd.testing.assert_frame_equal(sandbox.run(code, frames={"df": FRAME}).result.frame, expected, check_dtype=False)
    named = FRAME.set_index("k")
    assert sandbox.run("result = df.loc['a', 'v'].sum()", frames={"df": named}).result.value == 4
    filtered = FRAME[FRAME["v"] > 1]
    assert sandbox.run("result = df.index.tolist()", frames={"df": filtered}).result.value == [1, 2]


def test_polars_stays_polars_and_can_be_lazy(sandbox: Sandbox) -> None:
    frame = pl.DataFrame({"k": ["a", "b"], "v": [[1, 2], [3]], "s": [{"x": 1}, {"x": 2}]})
    assert sandbox.run("result = df", frames={"df": frame}).result.frame.equals(frame)
    outcome = sandbox.run("result = df.select('k').collect()", frames={"df": frame}, lazy={"df"})
    assert isinstance(outcome.result.frame, pl.DataFrame)


def test_an_arrow_table_is_taken(sandbox: Sandbox) -> None:
    assert sandbox.run("result = df.num_rows", frames={"df": pa.table({"a": [1, 2]})}).result.value == 2


def test_a_dict_of_frames_and_figures_comes_back_by_name(sandbox: Sandbox) -> None:
    code = (
        "import plotly.express as px\ng = df.groupby('k', as_index=False)['v'].mean()\n"
        "result = {'table': g, 'figure': px.bar(g, x='k', y='v'), 'note': 'x', 'n': 2}"
    )
    result = sandbox.run(code, frames={"df": FRAME}).result
    assert {name: type(part) for name, part in result.items()} == {"table": Table, "figure": Figure, "note": Text, "n": Scalar}
    assert result["figure"].to_dict()["data"][0]["type"] == "bar"


def test_other_names_come_back_when_asked(sandbox: Sandbox) -> None:
    outcome = sandbox.run("a = 1\nb = 'x'", names=("a", "b", "c"))
    assert outcome.names == {"a": Scalar(value=1), "b": Text(text="x")}


def test_only_asked_columns_and_named_frames_are_sent(sandbox: Sandbox) -> None:
    assert sandbox.run("result = list(df.columns)", frames={"df": FRAME}, columns={"df": ["v"]}).result.value == ["v"]
    assert sandbox.run("result = 1", frames={"df": pd.DataFrame({"a": [object()]})}).status == "ok"


def test_a_frame_of_a_known_fingerprint_is_not_sent_again(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    from nexus_jupyter.sandbox import inputs

    sent = []
    real = inputs.send_frame
    monkeypatch.setattr(inputs, "send_frame", lambda *a: sent.append(a[0]) or real(*a))
    for _ in range(3):
        assert sandbox.run("df['v'] = 0\nresult = df", frames={"df": FRAME}, keys={"df": "print-1"}).status == "ok"
    assert sent == ["df"]
    assert sandbox.run("result = int(df['v'].sum())", frames={"df": FRAME}, keys={"df": "print-1"}).result.value == 6


def test_a_column_that_can_not_be_sent_is_named(sandbox: Sandbox) -> None:
    outcome = sandbox.run("result = len(df)", frames={"df": pd.DataFrame({"good": [1, 2], "bad": [object(), 1]})})
    assert outcome.status == "error"
    assert "`bad`" in outcome.message


def test_errors_name_the_line(sandbox: Sandbox) -> None:
    outcome = sandbox.run("x = 1\n\ny = x / 0\n")
    assert (outcome.status, outcome.line) == ("error", 3)
    assert "ZeroDivisionError" in outcome.message


def test_refusals_name_line_and_rule(sandbox: Sandbox) -> None:
    outcome = sandbox.run("x = 1\nimport os\n")
    assert outcome.status == "refused"
    assert [(f.rule, f.line) for f in outcome.findings] == [("import", 2)]
    caught = sandbox.run(
        "import pandas as pd\ntry:\n    n = 'to_' + 'pickle'\n    getattr(pd.DataFrame(), n)\nexcept Exception:\n    pass\nresult = 1",
    )
    assert (caught.status, caught.findings[0].line) == ("refused", 4)


def test_printed_text_is_kept_cut_and_plain(sandbox: Sandbox) -> None:
    outcome = sandbox.run("print('hi', '\\x1b]52;c;ZXZpbA==\\x07there')\nprint('x' * 10_000_000)")
    assert outcome.stdout.startswith("hi there\nxxx")
    assert len(outcome.stdout) <= 256 << 10


def test_endless_loops_are_killed_at_their_limit() -> None:
    with Sandbox(limits=Limits(wall_s=0.5), lowest="C") as quick:
        quick.run("result = 1")
        outcome = quick.run("while True:\n    try:\n        while True: pass\n    except BaseException: continue")
    assert outcome.status == "killed"
    assert 500 <= outcome.elapsed_ms < 1500
    assert "0.5 seconds" in outcome.message


@pytest.mark.parametrize(
    "code",
    ["result = 'x' * 10 ** 10", "import numpy as np\nresult = np.ones(2 * 10 ** 9).sum()", "a = []\nwhile True: a.append('x' * 10 ** 6)"],
)
def test_memory_is_bounded(sandbox: Sandbox, code: str) -> None:
    assert sandbox.run(code).status == "killed"


def test_results_are_bounded(sandbox: Sandbox) -> None:
    outcome = sandbox.run("result = 'x' * 60_000_000")
    assert outcome.status == "error"
    assert "limit is 48 MB" in outcome.message


def test_runs_share_nothing(sandbox: Sandbox) -> None:
    assert sandbox.run("left = 1\nimport math\nresult = 1").status == "ok"
    assert sandbox.run("result = left").status == "error"
    draws = {
        sandbox.run("import random, numpy as np\nresult = [random.random(), float(np.random.rand())]").result.value[n]
        for n in (0, 1)
        for _ in "ab"
    }
    assert len(draws) == 4


def test_runs_from_many_threads_and_a_loop_all_end(sandbox: Sandbox) -> None:
    async def many() -> list[object]:
        outcomes = await asyncio.gather(*(asyncio.to_thread(sandbox.run, f"result = {n}") for n in range(8)))
        outcomes.append(sandbox.run("result = 8"))
        return [o.result.value for o in outcomes]

    assert asyncio.run(many()) == list(range(9))


def test_statistics_run_although_their_words_are_not_in_the_code(sandbox: Sandbox) -> None:
    code = "m = 'spear' + 'man'\nresult = round(float(df['v'].corr(df['v'], method=m)), 3)"
    assert sandbox.run(code, frames={"df": FRAME}).result.value == 1.0


def test_the_zygotes_threads_are_few(sandbox: Sandbox) -> None:
    sandbox.run("result = 1")
    assert sandbox._zygote is not None
    assert sandbox._zygote.threads["core"] <= 8
