"""Figure JSON that came from a worker, cut down to what cannot load, link or run anything."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["clean"]

TEXT_TAG = re.compile(r"</?(?:b|i|u|s|em|strong|sub|sup|br|extra|span)\s*/?>", re.IGNORECASE)
ATTRIBUTES = re.compile(r"<\s*(/?[A-Za-z][\w:-]*)[^<>]*=[^<>]*(?:>|$)")  # a tag that carries attributes, closed or not
DEPTH = 40
# Keys under which Plotly loads or links to what a text names; matched by the last part of a dotted path.
SINKS = frozenset({"source", "src", "url", "href", "geojson", "topojsonurl", "plotlyserverurl", "accesstoken", "sourceattribution", "link"})
DROPPED = frozenset({"images", "config", "post_script", "mapboxaccesstoken"})
MAPS = frozenset({"map", "mapbox"})


def clean(figure: dict[str, Any]) -> dict[str, Any]:
    """Give the figure's data, layout and frames, without what could reach another place."""
    data = figure.get("data")
    layout = figure.get("layout")
    parts: dict[str, Any] = {"data": data if isinstance(data, list) else [], "layout": layout if isinstance(layout, dict) else {}}
    if isinstance(figure.get("frames"), list):
        parts["frames"] = figure["frames"]
    return {key: _clean(part, (), 0) for key, part in parts.items()}


def _clean(value: Any, path: tuple[str, ...], depth: int) -> Any:
    if isinstance(value, str):
        return _text(value)
    if depth > DEPTH:
        return None
    if isinstance(value, list):
        if not value or (isinstance(value[0], (int, float)) and all(type(v) in (int, float, bool, type(None)) for v in value)):
            return value
        return [_clean(v, path, depth + 1) for v in value]
    if isinstance(value, dict):
        if value.keys() >= {"bdata", "dtype"}:  # a typed array: base64 of numbers
            return {k: v for k, v in value.items() if k in ("bdata", "dtype", "shape") and isinstance(v, str)}
        kept = ((str(k), v, _last(str(k))) for k, v in value.items())
        return {k: _clean(v, (*path, last), depth + 1) for k, v, last in kept if not _sink(k, last, v, path)}
    return value


def _last(key: str) -> str:
    return re.sub(r"\[\d+\]", "", key).rpartition(".")[2].casefold()


def _sink(key: str, last: str, value: Any, path: tuple[str, ...]) -> bool:
    parts = set(re.sub(r"\[\d+\]", "", key).casefold().split("."))
    if parts & DROPPED or (last in SINKS and _has_text(value)):
        return True
    on_map = bool((set(path[-1:]) | parts) & MAPS)
    return on_map and last in ("style", "layers") and value != "white-bg"


def _has_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and any(isinstance(v, str) for v in value))


def _text(text: str) -> str:
    if "<" not in text:
        return text
    text = ATTRIBUTES.sub(r"<\1 …>", text)
    out, at = [], 0
    for tag in TEXT_TAG.finditer(text):
        out += [text[at : tag.start()].replace("<", "&lt;").replace(">", "&gt;"), tag.group()]
        at = tag.end()
    rest = text[at:]
    return "".join([*out, rest.replace("<", "&lt;").replace(">", "&gt;") if "<" in rest else rest])
