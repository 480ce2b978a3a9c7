"""The confidence of a reading: fitted, monotone, the same each time."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pandas as pd
import pytest

from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.language.confidence import BASE, WEIGHTS, Doubts, chance, confidence, doubts
from nexus_jupyter.language.language import understand

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "confidence.py"


@pytest.fixture(scope="module")
def catalog():
    frame = pd.DataFrame(
        {
            "species": ["Adelie", "Gentoo"] * 4,
            "island": list("abcdabcd"),
            "sex": ["male", "female"] * 4,
            "body_mass_g": range(3000, 3800, 100),
        }
    )
    return build_catalog({"penguins": frame})[0]


@pytest.fixture(scope="module")
def fitted():
    spec = importlib.util.spec_from_file_location("confidence_counts", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["confidence_counts"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("doubt", ["conditions", "rivals", "weak", "slips"])
def test_a_doubt_more_is_never_more_sure(doubt):
    assert chance(Doubts(**{doubt: 1})) < chance(Doubts())
    assert chance(Doubts(conditions=2, **({doubt: 1} if doubt != "conditions" else {"rivals": 1}))) < chance(Doubts(conditions=2))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("how many penguins", Doubts()),
        ("average body_mass_g of male penguins", Doubts(conditions=1)),
        ("average body_mass_g of male Adelie penguins", Doubts(conditions=2)),
        ("average mass by species", Doubts(weak=1)),
        ("average body_mass_g by speceis", Doubts(slips=1)),
    ],
)
def test_what_is_doubtful_is_counted(text, found, catalog):
    understanding = understand(text, catalog)
    assert understanding.status == "answered", understanding.reason
    assert doubts(understanding) == found
    assert confidence(understanding) == confidence(understand(text, catalog)) == chance(found)


def test_the_numbers_are_those_of_the_counts_rounded(fitted):
    weights = fitted.fit(fitted.counts())
    assert [round(float(w), 1) for w in weights] == pytest.approx([BASE, *WEIGHTS], abs=0.101)


def test_the_confidence_says_more_than_a_constant_on_sets_that_it_was_not_fitted_on(fitted):
    counts = fitted.counts()
    assert fitted.loss(fitted.left_out(counts)) < fitted.loss(fitted.constant(counts))
    assert len({c.set for c in counts}) >= 5
