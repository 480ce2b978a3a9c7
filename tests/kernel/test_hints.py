"""Bare errors of the wall become sentences; other errors stay as they are."""

from __future__ import annotations

import pytest

from nexus_jupyter.kernel.hints import hint

FACTS = {"notebook": "/w/my book.ipynb", "folder": "/w", "scratch": "/s", "memory_mb": 4096}


def test_a_file_is_named_with_the_command_that_grants_it():
    said = hint(PermissionError(13, "Permission denied", "/h/.ssh/id"), FACTS)
    assert "use /h/.ssh/id." in said
    assert "nexus-jupyter sandbox grant '/w/my book.ipynb' PATH" in said


def test_a_cause_inside_another_error_is_found():
    class Wrapped(Exception):
        reason = PermissionError(1, "Operation not permitted")

    assert hint(Wrapped(), FACTS).startswith("The Nexus sandbox does not let this notebook")
    error = ValueError("x")
    error.__cause__ = MemoryError()
    assert "4,096 MB" in hint(error, FACTS)


@pytest.mark.parametrize("error", [ValueError("x"), FileNotFoundError(2, "No such file", "x"), KeyError("x"), OSError("x")])
def test_an_error_of_the_notebook_s_own_gets_none(error):
    assert hint(error, FACTS) == ""
