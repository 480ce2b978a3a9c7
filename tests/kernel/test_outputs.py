"""What of a kernel's messages reaches the page."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_jupyter.kernel.messages import Message
from nexus_jupyter.kernel.outputs import passed


def said(kind, content, buffers=()):
    return Message([b"t"], {"msg_type": kind, "msg_id": "1"}, {}, content=content, buffers=list(buffers))


def shown(data, metadata=None):
    return passed(said("display_data", {"data": data, "metadata": metadata or {}})).content


@pytest.mark.parametrize(
    "kind",
    [
        "text/javascript",
        "application/javascript",
        "image/svg+xml",
        "application/pdf",
        "application/geo+json",
        "application/vnd.vega.v5+json",
    ],
)
def test_what_runs_or_loads_becomes_a_note(kind):
    assert shown({kind: "x", "text/plain": "t"})["data"] == {
        "text/plain": f"t\nThe Nexus sandbox does not show {kind} of a notebook that you do not trust."
    }


def test_pictures_text_and_figures_pass():
    figure = {"data": [{"type": "bar", "x": [1]}], "layout": {"images": [{"source": "http://e.org/7"}], "title": {"text": "t"}}}
    made = shown(
        {"image/png": "AA", "text/plain": ["a", "b"], "application/vnd.plotly.v1+json": figure},
        {"image/png": {"width": 9, "style": "x"}, "isolated": True},
    )
    assert made["data"]["image/png"] == "AA"
    assert made["data"]["text/plain"] == "ab"
    assert "e.org" not in str(made["data"])
    assert made["metadata"] == {"image/png": {"width": 9}}


@pytest.mark.parametrize("kind", ["debug_event", "made_up", "iopub_welcome", "shutdown"])
def test_a_message_of_an_unknown_kind_does_not_pass(kind):
    assert passed(said(kind, {})) is None


def test_a_message_passes_on_its_own_channel_only():
    assert passed(said("input_request", {"prompt": "?"}), "stdin") is not None
    assert passed(said("input_request", {"prompt": "?"}), "shell") is None
    assert passed(said("inspect_reply", {"data": {}})) is None
    assert passed(said("display_data", {"data": {"text/html": "<script>1</script>"}}), "shell") is None


def test_a_kernel_cannot_say_that_it_is_started_anew_nor_that_it_starts_after_it_was_ready():
    for state in ("restarting", "starting"):
        assert passed(said("status", {"execution_state": state})) is None
    assert passed(said("status", {"execution_state": "busy"})) is not None


def test_a_tooltip_and_a_pager_are_cleaned_too():
    reply = passed(said("inspect_reply", {"status": "ok", "data": {"text/html": "<img src=x><b>d</b>"}}), "shell")
    assert reply.content["data"] == {"text/html": "<b>d</b>"}
    reply = passed(
        said("execute_reply", {"status": "ok", "payload": [{"source": "page", "data": {"text/html": "<script>1</script>"}}]}), "shell"
    )
    assert reply.content["payload"][0]["data"] == {"text/html": ""}


def widget(**state):
    return said("comm_open", {"target_name": "jupyter.widget", "data": {"state": state}})


CONTROLS = "@jupyter-widgets/controls"


def test_a_widget_that_brings_code_or_loads_does_not_open():
    assert passed(widget(_model_module="anywidget", _model_name="AnyModel", _esm="go()")) is None
    assert passed(widget(_model_module=CONTROLS, _model_name="ImageModel", value="http://e.org")) is None
    assert passed(said("comm_open", {"target_name": "my_extension", "data": {}})) is None
    assert passed(said("comm_msg", {"data": {"method": "custom", "content": {}}})) is None


def test_a_widget_s_texts_are_no_markup():
    made = passed(
        widget(_model_module=CONTROLS, _model_name="HTMLModel", value="<img src=x onerror=go()>7 < 8", description_allow_html=True)
    )
    state = made.content["data"]["state"]
    assert "<img" not in state["value"]
    assert state["description_allow_html"] is False


def test_a_widget_s_style_and_outputs_load_nothing():
    state = {
        "background": "url(http://e.org)",
        "width": "50%",
        "outputs": [{"output_type": "display_data", "data": {"text/html": "<script>1</script>"}, "metadata": {}}],
    }
    made = passed(said("comm_msg", {"data": {"method": "update", "state": state}})).content["data"]["state"]
    assert made["background"] == ""
    assert made["width"] == "50%"
    assert made["outputs"][0]["data"] == {"text/html": ""}


def test_cells_that_a_kernel_puts_in_are_cleaned():
    cells = [
        {"cell_type": "markdown", "source": "![x](http://e.org)", "attachments": {}},
        {"cell_type": "code", "source": "1", "outputs": [{"output_type": "display_data", "data": {"application/javascript": "1"}}]},
    ]
    made = passed(said("comm_msg", {"data": {"op": "insert", "cells": cells}})).content["data"]["cells"]
    assert "![" not in made[0]["source"]
    assert "application/javascript" not in made[1]["outputs"][0]["data"]


# What the page looks for in a message, and what a hostile kernel would put there.
WORDS = (
    *("data", "metadata", "state", "states", "cells", "method", "outputs", "output_type", "target_name", "payload", "user_expressions"),
    *("jupyter.widget", "nexus_jupyter", "display_data", "stream", "execution_state", "busy", "cell_type", "markdown", "source", "nexus"),
    *("_model_module", "_model_name", "@jupyter-widgets/base", "format", "url", "value", "options", "layout", "images", "name", "width"),
    *("text/html", "text/plain", "text/markdown", "image/png", "image/svg+xml", "text/javascript", "application/vnd.plotly.v1+json"),
    *("<img src=http://e.org>", "<script>go()</script>", "![x](http://e.org)"),
)
KINDS = (
    *("status", "stream", "execute_input", "error", "display_data", "update_display_data", "execute_result", "comm_open", "comm_msg"),
    *("comm_close", "inspect_reply", "execute_reply", "complete_reply", "input_request", "debug_event"),
)
CONTENT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5),
    max_leaves=25,
)
# What the supervisor takes for a message that was made by hand, and leaves out with a note.
REFUSED = (RecursionError, TypeError, ValueError, AttributeError)


def bundles(value):
    """Give the bundles of types that stand anywhere in a message's outputs."""
    if isinstance(value, dict):
        if isinstance(value.get("data"), dict) and value.get("output_type", "display_data") == "display_data":
            yield value["data"]
        for one in value.values():
            yield from bundles(one)


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(WORDS), CONTENT, max_size=6), st.sampled_from(["iopub", "shell", "stdin"]))
def test_any_message_is_refused_or_cleaned(kind, content, channel):
    try:
        made = passed(said(kind, json.loads(json.dumps(content))), channel)
    except REFUSED:
        return
    if made is None or kind not in {"display_data", "update_display_data", "execute_result"} or channel != "iopub":
        return
    for bundle in bundles(made.content):
        assert not bundle.keys() & {"image/svg+xml", "text/javascript"}
        assert "<" not in str(bundle.get("text/html", ""))
        assert "![" not in str(bundle.get("text/markdown", ""))
