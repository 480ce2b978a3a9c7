from __future__ import annotations

import ast

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus_jupyter.codegen.generate import generate
from nexus_jupyter.codegen.literals import keywords, text
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.context.frames import describe_frame
from nexus_jupyter.plan.expressions import Col, Compare, Lit
from nexus_jupyter.plan.plan import Output, Plan
from nexus_jupyter.plan.step import Measure, SortKey
from nexus_jupyter.plan.steps import Aggregate, Derive, Filter, Sort, Source

hostile = st.text(min_size=1, max_size=12) | st.sampled_from(
    ['"', "\\", '"]; import os #', "{x}", "a\nb", "\u2028", "def", "a b", "𝔘", "é", "func", "self", "__x__"]
)


@given(st.text())
def test_any_text_reads_back_as_itself(value):
    assert ast.literal_eval(text(value)) == value


@given(st.lists(hostile, unique=True, min_size=1))
def test_any_name_survives_as_a_keyword(names):
    said = f"dict({', '.join(keywords([(n, str(i)) for i, n in enumerate(names)]))})"
    assert eval(said) == {n: i for i, n in enumerate(names)}


@settings(max_examples=40, deadline=None)
@given(hostile.filter(lambda s: s.strip()), hostile.filter(lambda s: s.strip()), hostile)
def test_hostile_columns_and_values_go_through_a_whole_program(key, measure, value):
    from nexus_jupyter.errors import NexusError

    if key == measure or any(0xD800 <= ord(c) <= 0xDFFF for c in key + measure + value):
        return
    frame = pd.DataFrame({key: [value, "other", value], measure: [1, 2, 3]})
    try:
        dataset = describe_frame("frame", frame)
    except NexusError:
        return
    source = Source(dataset="frame", table=dataset.schema)
    kept = Filter(input=source, where=Compare("==", Col(key), Lit(value)))
    if kept.schema.column(key).kind != "string":
        return
    total = f"{measure} total"
    grouped = Aggregate(input=kept, keys=(key,), measures=(Measure(name=total, func="sum", column=measure),))
    derived = Derive(input=grouped, name=f"{key} again", value=Col(key))
    plan = Plan(outputs=(Output(step=Sort(input=derived, by=(SortKey(column=total),)), form="table", name="answer"),))
    for dialect in ("pandas", "polars"):
        names = {"frame": frame}
        if dialect == "polars":
            import polars as pl

            names = {"frame": pl.from_pandas(frame)}
        exec(generate(plan, Catalog(datasets=(dataset,)), dialect=dialect).job, names)
        assert names["result"]["answer"][total].to_list() == [4 if value != "other" else 6]
