from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from nexus_jupyter.cli import main

ROOT = Path(__file__).parents[1]
SALES = "region,price,day\nnorth,10,2024-01-01\nnorth,20,2024-01-02\nsouth,5,2024-01-03\n"


@pytest.fixture
def sales(tmp_path):
    path = tmp_path / "sales.csv"
    path.write_text(SALES)
    return path


def test_an_answer_is_readable_in_a_terminal(sales, capsys):
    assert main(["ask", "average price by region, highest first", str(sales)]) == 0
    out = capsys.readouterr().out
    assert "north" in out
    assert "15" in out
    assert "groupby" in out
    assert "**" not in out.split("groupby")[0]


def test_json_is_one_object_with_the_public_names(sales, capsys):
    assert main(["ask", "average price by region, highest first", str(sales), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {
        "status",
        "value",
        "table",
        "figure",
        "text",
        "code",
        "plan",
        "assumptions",
        "findings",
        "readings",
        "engine",
        "timings",
        "egress",
    } <= set(found)
    assert found["status"] == "answered"
    assert [r["region"] for r in found["table"]] == ["north", "south"]
    assert found["egress"] == []


def test_missing_values_are_null_and_dates_are_iso(tmp_path, capsys):
    path = tmp_path / "sales.csv"
    path.write_text("region,price,day\nnorth,10,2024-01-01\nsouth,,2024-01-03\n")
    assert main(["ask", "average price by region", str(path), "--json"]) == 0
    out = capsys.readouterr().out
    assert "NaN" not in out
    assert any(None in r.values() for r in json.loads(out)["table"]) or len(json.loads(out)["table"]) == 1


def test_what_is_not_understood_is_not_answered(sales, capsys):
    assert main(["ask", "average glorbification by region", str(sales)]) == 1
    assert "glorbification" in capsys.readouterr().out


def test_code_is_the_program_alone(sales, capsys):
    assert main(["ask", "average price by region", str(sales), "--code"]) == 0
    compile(capsys.readouterr().out, "program.py", "exec")


def test_a_missing_file_is_a_bad_call_with_a_hint(sales, capsys):
    assert main(["ask", "average price", str(sales.with_name("slaes.csv"))]) == 2
    err = capsys.readouterr().err
    assert "There is no file" in err
    assert "sales.csv" in err


def test_an_unknown_command_or_no_command_is_a_bad_call():
    for arguments in (["aks"], [], ["ask"]):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2


def test_help_starts_without_anything_heavy():
    code = (
        "import sys; from nexus_jupyter.cli import _parser; _parser().format_help();"
        "print([m for m in ('pandas', 'polars', 'numpy', 'plotly', 'nbformat', 'nbclient') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip() == "[]"


def test_run_writes_the_answers_into_the_notebook(sales, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    book = nbformat.v4.new_notebook()
    book.cells = [
        nbformat.v4.new_code_cell("%load_ext nexus_jupyter\nimport pandas as pd\nsales = pd.read_csv('sales.csv')"),
        nbformat.v4.new_code_cell("%%nexus\naverage price by region as a bar chart"),
    ]
    path, out = tmp_path / "book.ipynb", tmp_path / "out.ipynb"
    nbformat.write(book, path)
    monkeypatch.setenv("NEXUS_JUPYTER_HEADLESS", "1")
    assert main(["run", str(path), "-o", str(out)]) == 0
    assert "1 answer put in" in capsys.readouterr().out
    made = nbformat.read(out, as_version=4)
    nbformat.validate(made)
    assert "application/vnd.plotly.v1+json" in json.dumps(made.cells[2:])
    assert main(["materialize", str(out)]) == 0
    assert "no new answer" in capsys.readouterr().out
    group = made.cells[2].metadata.nexus.group
    assert main(["materialize", str(out), "--undo", group]) == 0
    assert len(nbformat.read(out, as_version=4).cells) == 2


def test_a_failing_cell_is_said_and_what_ran_is_kept(tmp_path, capsys):
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_code_cell("print('kept')\n1 / 0")]
    path = tmp_path / "book.ipynb"
    nbformat.write(book, path)
    assert main(["run", str(path)]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert "kept" in path.read_text()


def test_what_is_no_notebook_is_a_bad_call(tmp_path, capsys):
    path = tmp_path / "x.ipynb"
    path.write_text("{")
    assert main(["materialize", str(path)]) == 2
    assert "is not a notebook" in capsys.readouterr().err


def test_doctor_says_what_works_here(capsys):
    main(["doctor"])
    out = capsys.readouterr().out
    for word in ("python", "pandas", "sandbox", "ollama"):
        assert word in out
