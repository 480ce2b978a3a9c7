from __future__ import annotations

import pytest

from nexus_jupyter.llm.egress import Receipt, is_loopback


@pytest.mark.parametrize("url", ["http://127.0.0.1:11434", "http://localhost:1", "http://[::1]:11434", "http://127.8.9.1"])
def test_this_machine_is_loopback(url):
    assert is_loopback(url)


@pytest.mark.parametrize(
    "url",
    ["http://10.0.0.1", "https://ollama.com", "http://127.0.0.1.example.org", "http://localhost.example.org", "nonsense"],
)
def test_other_machines_are_not(url):
    assert not is_loopback(url)


def test_the_json_form_comes_back_equal():
    receipt = Receipt(what=("question",), bytes=12, to="http://127.0.0.1:1", model="m", local=True)
    assert Receipt.from_dict(receipt.to_dict()) == receipt
