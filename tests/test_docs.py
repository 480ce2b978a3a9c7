"""The documentation names everything that there is, and its links lead somewhere."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from nexus_jupyter import errors
from nexus_jupyter.cli import _parser
from nexus_jupyter.kernel.bounds import Bounds
from nexus_jupyter.magic.options import COMMANDS, OPTIONS
from nexus_jupyter.notebook.provenance import Provenance
from nexus_jupyter.plan.statistics import GIVES
from nexus_jupyter.sandbox.limits import Limits
from nexus_jupyter.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def _read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("field", [f.name for f in fields(Settings) if f.name not in {"limits", "kernel"}])
def test_a_setting_is_documented_with_its_variable(field):
    assert f"| `{field}` |" in _read("reference/settings.md")
    assert PREFIX + field.upper() in _read("reference/settings.md")


@pytest.mark.parametrize("limit", fields(Limits), ids=lambda f: f.name)
def test_a_limit_is_documented_with_its_default(limit):
    assert f"| `{limit.name}` | {limit.default:g} |" in _read("reference/settings.md")


@pytest.mark.parametrize("bound", fields(Bounds), ids=lambda f: f.name)
def test_a_bound_of_the_sandboxed_kernel_is_documented_with_its_default(bound):
    assert f"| `{bound.name}` | {bound.default:g} |" in _read("reference/settings.md")


@pytest.mark.parametrize("option", OPTIONS, ids=lambda o: o.names[-1])
def test_an_option_of_the_magic_is_documented_with_its_choices(option):
    line = next(
        line for line in _read("guide/magic.md").splitlines() if line.startswith("| `") and option.names[-1] in line.split(" | ")[0]
    )
    assert all(name in line for name in option.names)
    assert "\\|".join(option.choices) in line


@pytest.mark.parametrize("kind", GIVES)
def test_a_test_is_documented_with_what_it_gives(kind):
    rows = [line for line in _read("reference/statistics.md").splitlines() if line.startswith("|") and f"`{kind}`" in line.split(" | ")[0]]
    assert len(rows) == 1
    short = {"mean_1", "mean_2"} if "means" in rows[0] else set()
    assert all(name in rows[0] for name in GIVES[kind] if name != "effect" and name not in short)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_magic_is_documented(command):
    assert f"| `%nexus {command}" in _read("guide/magic.md")


def test_the_command_line_is_documented():
    actions = next(a for a in _parser()._actions if hasattr(a, "choices") and a.choices)
    for command in actions.choices:
        assert f"## {command}\n" in _read("guide/command-line.md")


@pytest.mark.parametrize("field", [f.name for f in fields(Provenance)])
def test_a_field_of_the_provenance_is_documented(field):
    assert f"| `{field}` |" in _read("reference/provenance.md")


def test_the_errors_are_drawn_as_in_the_code():
    drawing = [line.strip() for line in (errors.__doc__ or "").splitlines() if re.match(r"\s*(NexusError|[│├└])", line)]
    assert drawing == [line.strip() for line in _read("reference/errors.md").splitlines() if re.match(r"(NexusError$|[│├└])", line)]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


def test_every_page_is_in_the_index():
    index = _read("README.md")
    for page in DOCS.rglob("*.md"):
        name = page.relative_to(DOCS).as_posix()
        assert name == "README.md" or name.startswith("decisions/") or f"]({name})" in index, name
