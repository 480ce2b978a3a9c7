from __future__ import annotations

import pytest

from nexus_jupyter.errors import ModelError
from nexus_jupyter.llm.provider import Prompt, Provider
from nexus_jupyter.llm.scripted import Scripted

PROMPT = Prompt(system="", text="hello", what=("question",))


def test_replies_come_in_order_and_the_prompts_are_kept():
    provider = Scripted(["one", {"two": 2}])
    assert [provider.complete(PROMPT).text, provider.complete(PROMPT, {"type": "object"}).text] == ["one", '{"two": 2}']
    assert provider.prompts == [PROMPT, PROMPT]
    assert provider.schemas == [None, {"type": "object"}]


def test_a_function_replies_to_the_prompt():
    assert Scripted(lambda p: p.text.upper()).complete(PROMPT).text == "HELLO"


def test_an_empty_script_says_so():
    with pytest.raises(ModelError, match="no reply left"):
        Scripted([]).complete(PROMPT)


def test_a_reply_that_is_an_error_is_raised():
    with pytest.raises(ModelError, match="silent"):
        Scripted([ModelError("silent")]).complete(PROMPT)


def test_nothing_leaves_the_process():
    receipt = Scripted(["x"]).complete(PROMPT).receipt
    assert (receipt.bytes, receipt.local, receipt.what) == (0, True, ("question",))


def test_it_is_a_provider():
    assert isinstance(Scripted([]), Provider)
