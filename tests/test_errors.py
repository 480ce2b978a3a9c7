from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest

import nexus_jupyter
from nexus_jupyter import errors


def _modules():
    for info in pkgutil.walk_packages(nexus_jupyter.__path__, "nexus_jupyter."):
        if info.name.rsplit(".", 1)[-1] not in {"__main__", "worker"}:
            yield importlib.import_module(info.name)


def _drawn() -> dict[str, str]:
    """The drawing's classes, each with its parent by indentation."""
    parents, stack = {}, []
    for line in (errors.__doc__ or "").splitlines():
        text = line.strip("│├└─ \t")
        name = text.split()[0] if text else ""
        if not name[:1].isupper() or not ("├" in line or "└" in line or name == "NexusError"):
            continue
        depth = len(line) - len(line.lstrip("│├└─ \t"))
        while stack and stack[-1][0] >= depth:
            stack.pop()
        parents[name] = stack[-1][1] if stack else "Exception"
        stack.append((depth, name))
    return parents


def test_every_exception_of_the_package_is_in_the_drawing_under_its_parent():
    drawn = _drawn()
    found = {}
    for module in _modules():
        for value in vars(module).values():
            if inspect.isclass(value) and issubclass(value, BaseException) and value.__module__.startswith("nexus_jupyter"):
                found[value.__name__] = value
    for name in ("PolicyError", "NotUnderstood"):
        signal = found[name]
        assert signal.__base__ is Exception
        assert f"`{name}`" in (errors.__doc__ or "")
        found = {n: cls for n, cls in found.items() if not issubclass(cls, signal)}
    assert set(found) == set(drawn)
    for name, cls in found.items():
        assert cls.__base__ is not None
        assert cls.__base__.__name__ == drawn[name]


@pytest.mark.parametrize("name", errors.__all__)
def test_public_names_exist(name):
    assert hasattr(errors, name)


def test_a_misspelt_column_gets_the_nearest_name():
    assert "Did you mean `revenue`?" in str(errors.ColumnNotFound.among("revnue", ["revenue", "region"], where="sales"))


def test_a_hopeless_name_gets_the_list_cut_short():
    message = str(errors.DatasetNotFound.among("zzz", [f"table_{i}" for i in range(12)]))
    assert "and 4 more" in message


def test_a_missing_extra_ends_with_the_pip_line():
    message = str(errors.MissingExtra.needed("scipy", "statistics", what="A t-test"))
    assert message.endswith("pip install 'nexus-jupyter[statistics]'")
