"""The folders of a kernel, and what is left in them."""

from __future__ import annotations

import os

import pytest

from nexus_jupyter.kernel.house import House, standing, sweep


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_house_that_is_lived_in_stands_and_one_that_is_not_is_removed():
    house, left = House.build(), House.build()
    house.tell({"notebook": "n"})
    os.close(left.lock)
    sweep()
    assert [(root, about["notebook"]) for root, about in standing()] == [(house.root, "n")]
    assert not left.root.exists()
    house.tear_down()
    assert standing() == []


def test_a_room_is_new_at_each_start_and_the_scratch_folder_stays():
    house = House.build()
    first = house.room()
    (first / "trap").touch()
    (house.scratch / "kept").touch()
    second = house.room()
    assert not first.exists()
    assert [p.name for p in second.iterdir()] == ["home"]
    assert (house.scratch / "kept").exists()
    house.tear_down()


def test_whatever_a_notebook_left_a_house_can_be_torn_down_and_lived_in():
    house = House.build()
    (house.scratch / "tmp").symlink_to("/nowhere")
    house.room()
    handle = os.open(house.scratch, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=handle)
        inner = os.open("d", os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    os.close(handle)
    house.tear_down()
    assert not house.root.exists()


def test_a_house_of_another_kind_is_left_alone(temporary):
    (temporary / "nexus-kernel-open").mkdir()
    (temporary / "nexus-kernel-open").chmod(0o755)
    (temporary / "nexus-kernel-link").symlink_to("/")
    sweep()
    assert (temporary / "nexus-kernel-open").exists()
