"""The wire shapes are typed once, and what is really sent has those shapes."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.magic.commands import describe
from nexus_jupyter.payloads import Frame, FromKernel, ToKernel

ROOT = Path(__file__).parents[1]


def _writer() -> Any:
    spec = importlib.util.spec_from_file_location("write_payloads", ROOT / "labextension" / "write_payloads.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not (ROOT / "labextension").is_dir(), reason="the front end's sources are not in this distribution")
def test_the_typescript_of_the_messages_is_what_the_python_says():
    writer = _writer()
    assert writer.TARGET.read_text() == writer.write(), "stale: run `python labextension/write_payloads.py`"


def test_described_frames_have_the_shape_that_the_page_reads(fits: Callable[[Any, Any], bool]):
    catalog, *_ = build_catalog({"trips": pd.DataFrame({"class": ["a", None], "fare": [1.0, 2.0]})})
    frames = describe(catalog.datasets)
    assert fits(frames, list[Frame])
    assert frames[0]["columns"][0]["missing"] == 1


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (FromKernel, {"op": "insert", "request": "r", "group": "g", "anchor": 7, "cells": []}),
        (FromKernel, {"op": "stage", "request": "r", "stage": "run", "state": "perhaps", "ms": None, "detail": ""}),
        (ToKernel, {"op": "inserted", "request": "r", "group": "g"}),
    ],
)
def test_a_message_of_another_shape_is_told_apart(kind: Any, message: dict[str, Any], fits: Callable[[Any, Any], bool]):
    assert not fits(message, kind)
