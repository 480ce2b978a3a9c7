"""What a kernel may reach."""

from __future__ import annotations

import os
import sys

from nexus_jupyter.kernel.reach import Notebook, command, environment, python_paths


def test_python_s_folders_are_reached_and_never_the_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "lib").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path), str(tmp_path / "home"), str(tmp_path / "home" / "lib")])
    found = python_paths()
    assert os.path.realpath(sys.base_prefix) in found
    assert str(tmp_path / "home" / "lib") in found
    assert not {str(tmp_path), str(tmp_path / "home"), "/"} & set(found)


def test_the_notebook_is_the_one_that_jupyter_names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "a.ipynb"))
    assert Notebook.here() == Notebook(folder=str(tmp_path), path=str(tmp_path / "a.ipynb"))
    monkeypatch.setenv("JPY_SESSION_NAME", "/elsewhere/a.ipynb")
    assert Notebook.here().path == ""


def test_a_folder_that_holds_the_home_is_not_read_as_a_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("a.csv", ".netrc"):
        (tmp_path / name).touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / ".netrc")
    assert Notebook(folder=str(tmp_path)).readable() == [str(tmp_path / "a.csv")]


def test_little_of_the_environment_is_handed_on(tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s")
    monkeypatch.setenv("JUPYTER_TOKEN", "s")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    given = environment(tmp_path)
    assert "s" not in given.values()
    assert given["LC_ALL"] == "C.UTF-8"
    assert given["HOME"].startswith(str(tmp_path))


def test_the_kernel_starts_isolated(monkeypatch):
    monkeypatch.setattr(sys, "path", ["", "/a"])
    assert command(3)[1] == "-I"
    assert 'sys.path[:] = ["/a"]' in command(3)[-1]
