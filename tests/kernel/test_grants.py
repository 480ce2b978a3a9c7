"""Grants: kept outside, for one notebook or folder, never for the whole home."""

from __future__ import annotations

import pytest

from nexus_jupyter.cli import main
from nexus_jupyter.errors import SettingsError
from nexus_jupyter.kernel import grants


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "conf"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "home" / "data").mkdir(parents=True)
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "a.ipynb").write_text("{}")
    return tmp_path


def test_a_grant_holds_for_its_notebook_and_one_of_a_folder_for_all_in_it(home):
    book, folder, data = home / "work" / "a.ipynb", home / "work", home / "home" / "data"
    grants.add(str(book), [str(data)])
    assert grants.granted(str(book), str(folder)) == (str(data),)
    assert grants.granted(str(folder / "b.ipynb"), str(folder)) == ()
    grants.add(str(folder), [str(book)])
    assert grants.granted("", str(folder)) == (str(book),)
    assert grants.store().stat().st_mode & 0o777 == 0o600


def test_what_would_open_the_home_folder_is_refused(home):
    for path in ("~", "/", str(home)):
        with pytest.raises(SettingsError, match="home folder"):
            grants.add(str(home / "work"), [path])
    with pytest.raises(SettingsError, match="There is no"):
        grants.add(str(home / "work"), [str(home / "nothing")])
    with pytest.raises(SettingsError, match="neither a notebook nor a folder"):
        grants.add(str(home / "nothing.ipynb"), [str(home / "work")])


def test_a_link_is_granted_as_what_it_leads_to_now(home):
    (home / "link").symlink_to(home / "home" / "data")
    assert grants.add(str(home / "work"), [str(home / "link")]) == (str(home / "home" / "data"),)


def test_a_file_that_cannot_be_read_is_named(home):
    grants.store().parent.mkdir(parents=True)
    grants.store().write_text("[1")
    with pytest.raises(SettingsError, match=r"grants\.json"):
        grants.load()


def test_the_command_line_grants_shows_and_revokes(home, capsys):
    work, data = str(home / "work"), str(home / "home" / "data")
    assert main(["sandbox", "grant", work, data]) == 0
    assert main(["sandbox", "show"]) == 0
    assert data in capsys.readouterr().out
    assert main(["sandbox", "revoke", work]) == 0
    assert main(["sandbox", "revoke", work]) == 2
    assert main(["sandbox", "save", work]) == 2
    assert "No sandboxed kernel" in capsys.readouterr().err
