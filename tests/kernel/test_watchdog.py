"""What is seen of a process from outside."""

from __future__ import annotations

import os

from nexus_jupyter.kernel.bounds import Bounds
from nexus_jupyter.kernel.watchdog import Watchdog


def test_memory_that_is_held_in_files_without_a_name_counts(tmp_path):
    file = os.memfd_create("x")
    os.write(file, bytes(300 << 20))
    watch = Watchdog(os.getpid(), tmp_path, Bounds(memory_mb=256))
    assert "more than 256 MB" in watch.look()
    assert watch.held_mb > 300
    os.close(file)


def test_a_scratch_folder_that_grows_too_large_is_seen(tmp_path):
    (tmp_path / "large").write_bytes(bytes(2 << 20))
    assert "scratch folder" in Watchdog(os.getpid(), tmp_path, Bounds(scratch_mb=1)).look()
    assert Watchdog(os.getpid(), tmp_path, Bounds(scratch_mb=9, memory_mb=100_000)).look() == ""


def test_a_process_that_is_gone_needs_no_sentence(tmp_path):
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    assert Watchdog(pid, tmp_path, Bounds()).look() == ""
