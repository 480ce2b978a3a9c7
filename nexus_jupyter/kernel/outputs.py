"""What a sandboxed kernel may show: the outputs that reach the page, part by part. Fails closed: what is not listed is left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from nexus_jupyter.kernel.markup import plain_html, plain_markdown
from nexus_jupyter.kernel.messages import Message
from nexus_jupyter.sandbox import figures

__all__ = ["passed"]

NOTE = "The Nexus sandbox does not show {kinds} of a notebook that you do not trust."
ECHO = frozenset("status stream execute_input error clear_output display_data update_display_data execute_result".split())
COMMS = frozenset("comm_open comm_msg comm_close".split())
STATES = frozenset({"busy", "idle"})  # that it starts is said outside, before it can
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
WIDGETS = frozenset({"@jupyter-widgets/base", "@jupyter-widgets/controls", "@jupyter-widgets/output"})
# Widgets that show what an address names, or HTML.
MARKED = frozenset({"value", "description", "placeholder", "tooltip", "_options_labels", "options", "titles", "_titles"})
LOADING = frozenset({"ImageModel", "AudioModel", "VideoModel", "FileUploadModel"})
TARGETS = frozenset({"jupyter.widget", "jupyter.widget.control", "nexus_jupyter"})
LOADS = re.compile(r"(?:url|src|image|image-set|attr|element|expression)\s*\(|\\|@import", re.IGNORECASE)
TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+;=-]{1,80}")


def passed(message: Message, channel: str = "iopub") -> Message | None:
    """Give the message as it may go on to the page, or None."""
    kind = message.kind
    if channel != "iopub":
        if kind.endswith("_reply"):
            _replies(message)
            return message
        return message if channel == "stdin" and kind == "input_request" else None
    if kind == "status":
        return message if message.body().get("execution_state") in STATES else None
    if kind in {"display_data", "update_display_data", "execute_result"}:
        content = message.body()
        content["data"], content["metadata"] = _bundle(content.get("data")), _sizes(content.get("metadata"))
        return message
    if kind in COMMS:
        return _comm(message)
    return message if kind in ECHO else None


def _bundle(data: Any) -> dict[str, Any]:
    """Cut a bundle down to the types that show without running, loading or linking."""
    if not isinstance(data, dict):
        return {}
    kept: dict[str, Any] = {}
    left: list[str] = []
    for kind, value in data.items():
        made = _shown(str(kind), value)
        if made is None:
            left.append(str(kind))
        else:
            kept[kind] = made
    if left and not (kept.keys() - {"text/plain"}):
        shown = ", ".join(k for k in left if TYPE.fullmatch(k))[:200] or "outputs of this kind"
        kept["text/plain"] = f"{kept.get('text/plain', '')}\n{NOTE.format(kinds=shown)}".strip()
    return kept


def _shown(kind: str, value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        value = "".join(value)
    makers: dict[str, Callable[[str], str]] = {"text/html": plain_html, "text/markdown": plain_markdown}
    if kind in makers:
        return makers[kind](value) if isinstance(value, str) else None
    if kind in {"text/plain", "text/latex"} or kind in PICTURES:
        return value if isinstance(value, str) else None
    if kind == "application/vnd.plotly.v1+json":
        return figures.clean(value) if isinstance(value, dict) else None
    if kind == "application/vnd.jupyter.widget-view+json" and isinstance(value, dict):
        return {k: v for k, v in value.items() if k in {"model_id", "version_major", "version_minor"} and isinstance(v, (str, int))}
    if kind == "application/json":
        return value
    return None


def _sizes(metadata: Any) -> dict[str, Any]:
    """Keep how large a picture is; nothing else of the metadata is for the page to act on."""
    if not isinstance(metadata, dict):
        return {}
    found = {k: _numbers(v) for k, v in metadata.items() if k in PICTURES and isinstance(v, dict)}
    own = metadata.get("nexus")
    return found | ({"nexus": own} if isinstance(own, dict) else {})


def _numbers(value: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in value.items() if k in {"width", "height"} and isinstance(v, (int, float))}


def _outputs(outputs: Any) -> list[dict[str, Any]]:
    """Clean the outputs that stand in a cell or in a widget."""
    found = []
    for output in outputs if isinstance(outputs, (list, tuple)) else ():
        if isinstance(output, dict) and output.get("output_type") in {"display_data", "execute_result"}:
            found.append(output | {"data": _bundle(output.get("data")), "metadata": _sizes(output.get("metadata"))})
        elif isinstance(output, dict) and output.get("output_type") in {"stream", "error"}:
            found.append(output)
    return found


def _replies(message: Message) -> None:
    """Clean what a reply shows: the tooltip, the pager, the next cell's text."""
    if message.kind not in {"inspect_reply", "execute_reply"}:
        return
    content = message.body()
    if "data" in content:
        content["data"] = _bundle(content["data"])
    for payload in content.get("payload") or ():
        if isinstance(payload, dict) and "data" in payload:
            payload["data"] = _bundle(payload["data"])
    for value in (content.get("user_expressions") or {}).values():
        if isinstance(value, dict) and "data" in value:
            value["data"] = _bundle(value["data"])


# --------------------------------------------------------------------------------------------------------------- comms
def _comm(message: Message) -> Message | None:
    content = message.body()
    if message.kind == "comm_open" and content.get("target_name") not in TARGETS:
        return None
    data = content.get("data")
    if not isinstance(data, dict):
        return message
    if isinstance(data.get("state"), dict):
        state = _state(data["state"], message)
        if state is None:
            return None
        data["state"] = state
    if isinstance(data.get("states"), dict):  # all widgets at once
        states = {key: _state(one.get("state"), message) for key, one in data["states"].items() if isinstance(one, dict)}
        data["states"] = {key: data["states"][key] | {"state": state} for key, state in states.items() if state is not None}
    if isinstance(data.get("cells"), list):
        data["cells"] = [_cell(cell) for cell in data["cells"] if isinstance(cell, dict)]
    if data.get("method") == "custom":
        return None
    return message


def _state(state: Any, message: Message) -> dict[str, Any] | None:
    """Clean a widget's state; None for one that brings code of its own or loads."""
    if not isinstance(state, dict):
        return None
    for name in ("_model_module", "_view_module"):
        if state.get(name) is not None and name in state and state[name] not in WIDGETS:
            return None
    if state.get("_model_name") in LOADING or any(str(k).startswith(("_esm", "_css", "_anywidget")) for k in state):
        return None
    clean = {k: _marked(v) if k in MARKED else _styled(v) for k, v in state.items() if k != "_dom_classes"}
    for name in ("description_allow_html", "tooltip_allow_html"):
        if name in clean:
            clean[name] = False
    if "outputs" in clean:
        clean["outputs"] = _outputs(clean["outputs"])
    if clean.get("format") == "url":
        message.buffers = []
        clean.pop("format")
    return clean


def _marked(value: Any) -> Any:
    """Take the tags from a text that a widget might take for HTML; anything else is no markup."""
    if isinstance(value, str):
        return plain_html(value) if re.search(r"<[A-Za-z/!?]|&", value) else value
    if isinstance(value, list):
        return [_marked(v) for v in value]
    return value


def _styled(value: Any) -> Any:
    """Empty a text that would make a style load something."""
    return "" if isinstance(value, str) and LOADS.search(value) else value


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    made = dict(cell)
    if made.get("cell_type") == "markdown":
        source = made.get("source")
        made["source"] = plain_markdown("".join(source) if isinstance(source, list) else str(source or ""))
        made.pop("attachments", None)
    if isinstance(made.get("metadata"), dict):
        made["metadata"] = {k: v for k, v in made["metadata"].items() if k != "trusted"}
    if "outputs" in made:
        made["outputs"] = _outputs(made["outputs"])
    return made
