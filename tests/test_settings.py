"""Settings: defaults, file, environment; wrong ones are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from nexus_jupyter.errors import SettingsError
from nexus_jupyter.settings import Settings, load


def test_the_environment_comes_after_the_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('engine = "rules"\ndialect = "polars"\n[limits]\nwall_s = 3.0\n')
    settings = load({"NEXUS_JUPYTER_DIALECT": "pandas", "NEXUS_JUPYTER_HEADLESS": "1"}, file)
    assert (settings.engine, settings.dialect, settings.headless, settings.limits.wall_s) == ("rules", "pandas", True, 3.0)


def test_a_setting_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('engin = "rules"\n')
    with pytest.raises(SettingsError, match="Did you mean `engine`"):
        load({}, file)


@pytest.mark.parametrize("text", ['engine = "rule"', "engine = ", "[limits]\nwall = 3", "[limits]\nwall_s = -1"])
def test_a_value_that_cannot_be_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=r"\S"):
        load({}, file)


def test_nothing_remote_and_nothing_reduced_by_default() -> None:
    assert not Settings().allow_remote
    assert not Settings().allow_reduced_isolation
