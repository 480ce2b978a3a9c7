"""The bounds of a kernel."""

from __future__ import annotations

import pytest

from nexus_jupyter.errors import SettingsError
from nexus_jupyter.kernel.bounds import Bounds
from nexus_jupyter.settings import load


@pytest.mark.parametrize("bad", [{"memory_mb": 0}, {"scratch_mb": "1"}, {"cell_s": -1}, {"cpu_s": True}])
def test_a_bound_that_makes_no_sense_is_refused(bad):
    with pytest.raises(SettingsError, match=next(iter(bad))):
        Bounds(**bad)


def test_they_are_read_from_the_settings_file(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("[kernel]\nmemory_mb = 700\n[limits]\nwall_s = 3\n")
    settings = load({}, file)
    assert (settings.kernel.memory_mb, settings.limits.wall_s) == (700, 3)
    file.write_text("[kernel]\nmemori_mb = 700\n")
    with pytest.raises(SettingsError):
        load({}, file)
