"""Files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from nexus_jupyter import atomic
from nexus_jupyter.settings import remember


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        atomic.write(file, "new, and then half a character: \ud800")
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("settings.toml", "old")]


def test_a_link_stays_a_link_and_its_file_keeps_its_permissions(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "link.toml"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    atomic.write(link, "new\r\n")
    assert link.is_symlink()
    assert (real.read_bytes(), real.stat().st_mode & 0o777) == (b"new\r\n", 0o640)


def test_a_remembered_choice_keeps_the_rest_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = tmp_path / "nexus-jupyter" / "settings.toml"
    file.parent.mkdir()
    file.write_text('# mine\nengine = "rules"\n[limits]\nwall_s = 3.0\n')
    assert str(file) in remember("allow_reduced_isolation", value=True)
    assert file.read_text() == 'allow_reduced_isolation = true\n# mine\nengine = "rules"\n[limits]\nwall_s = 3.0\n'
    assert list(file.parent.iterdir()) == [file]
