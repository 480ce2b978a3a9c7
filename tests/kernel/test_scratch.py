"""Saving what a notebook wrote."""

from __future__ import annotations

import os

import pytest

from nexus_jupyter.errors import NotebookError
from nexus_jupyter.kernel.scratch import save


def test_plain_files_are_copied_to_a_new_folder_each_time(tmp_path):
    scratch = tmp_path / "s"
    for name in ("a.csv", "sub/b.csv", ".hidden", ".cache/x", "tmp/y"):
        (scratch / name).parent.mkdir(parents=True, exist_ok=True)
        (scratch / name).write_text(name)
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key").write_text("k")
    (scratch / "link").symlink_to(secret / "key")
    (scratch / "folder").symlink_to(secret)
    os.mkfifo(scratch / "pipe")
    for number in ("", "-2"):
        target, count = save(scratch, tmp_path, name="book")
        assert (target.name, count) == (f"book-scratch{number}", 2)
        assert sorted(p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file()) == ["a.csv", "sub/b.csv"]


def test_an_empty_folder_is_said_to_be_empty(tmp_path):
    with pytest.raises(NotebookError, match="no files"):
        save(tmp_path, tmp_path)
    assert list(tmp_path.iterdir()) == []
