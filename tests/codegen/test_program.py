from __future__ import annotations

from nexus_jupyter.codegen.program import Program


def program(**changes):
    given = {
        "dialect": "pandas", "imports": ("import pandas as pd",), "reading": ('sales = pd.read_csv("sales.csv")',), "constants": ("TOP_N = 3",),
        "body": ('top = sales.nlargest(TOP_N, "price")',), "parts": (0,), "outputs": (("top", "top", "table"),), "tables": (),
        "inputs": (("sales", None),), "plan_hash": "0",
    }  # fmt: skip
    return Program(**{**given, **changes})


def test_the_cell_reads_files_and_shows_the_answer():
    assert program().text.splitlines() == [
        "import pandas as pd", "", 'sales = pd.read_csv("sales.csv")', "", "TOP_N = 3", "", 'top = sales.nlargest(TOP_N, "price")', "", "top",
    ]  # fmt: skip


def test_the_job_reads_no_file_and_binds_the_result():
    assert "read_csv" not in program().job
    assert program().job.splitlines()[-1] == 'result = {"top": top}'


def test_the_table_below_a_chart_travels_with_it():
    job = program(tables=(("top", "by_price"),)).job
    assert job.endswith('result = {"top": top, "top.table": by_price}')
