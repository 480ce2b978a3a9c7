"""Small catalogs to ask about."""

from __future__ import annotations

import pytest

from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.context.dataset import Catalog


@pytest.fixture(scope="session")
def flights() -> Catalog:
    """Flights and the names of their airlines."""
    import pandas as pd

    n = 60
    frame = pd.DataFrame(
        {
            "month": [1 + i % 12 for i in range(n)],
            "dep_delay": [float(i % 17) if i % 20 else None for i in range(n)],
            "arr_delay": [float(i % 13) for i in range(n)],
            "carrier": [("UA", "AA", "B6", "DL")[i % 4] for i in range(n)],
            "origin": [("JFK", "LGA", "EWR")[i % 3] for i in range(n)],
            "dest": [("LAX", "SFO", "ATL", "BOS", "MIA")[i % 5] for i in range(n)],
            "distance": [100 + 7 * i for i in range(n)],
            "time_hour": pd.date_range("2013-01-01", periods=n, freq="6D"),
        }
    )
    airlines = pd.DataFrame(
        {"carrier": ["UA", "AA", "B6", "DL"], "name": ["United Air Lines", "American Airlines", "JetBlue Airways", "Delta Air Lines"]}
    )
    return build_catalog({"flights": frame, "airlines": airlines})[0]


@pytest.fixture(scope="session")
def penguins() -> Catalog:
    """Penguins, one table."""
    import pandas as pd

    n = 40
    frame = pd.DataFrame(
        {
            "species": [("Adelie", "Gentoo", "Chinstrap")[i % 3] for i in range(n)],
            "island": [("Dream", "Biscoe")[i % 2] for i in range(n)],
            "bill_length_mm": [35 + 0.37 * i for i in range(n)],
            "body_mass_g": [3000.5 + 41 * i for i in range(n)],
            "sex": [("male", "female")[i % 2] for i in range(n)],
        }
    )
    return build_catalog({"penguins": frame})[0]
