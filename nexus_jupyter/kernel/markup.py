"""HTML and Markdown of a notebook that nobody trusts, cut down to what shows and neither runs, loads nor links.

A page runs what an output holds with all that the user may do on the server, and an image's address can carry data out. Fails closed: a tag or
an attribute that is not listed does not come through.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

__all__ = ["plain_html", "plain_markdown"]

TAGS = frozenset(
    "table thead tbody tfoot tr th td caption colgroup col div span p br hr b strong i em u s sub sup small code pre kbd var samp "
    "ul ol li dl dt dd h1 h2 h3 h4 h5 h6 blockquote details summary mark del ins abbr".split()
)
EMPTY = frozenset({"br", "hr", "col"})
# What is in these is no text.
SILENT = frozenset({"script", "style", "template", "iframe", "object", "svg", "math", "title", "noscript", "textarea", "xmp", "noembed"})
NUMBERS = frozenset({"colspan", "rowspan", "border", "start", "span"})
CLASSES = frozenset({"dataframe", "tex2jax_ignore", "mathjax_ignore"})
SCOPES = frozenset({"row", "col", "rowgroup", "colgroup"})
ALIGNED = frozenset({"left", "right", "center"})
# A declaration that can only colour, weigh or align; no address, no position, no escape.
STYLE = re.compile(
    r"(?:color|background-color|font-weight|font-style|text-align|white-space|padding|padding-left|padding-right|width|text-decoration)"
    r"\s*:\s*(?:[a-z-]{1,30}|#[0-9a-f]{3,8}|\d{1,4}(?:\.\d{1,6})?(?:px|em|%|pt)?|rgba?\([\d., %]{1,40}\))\s*",
    re.IGNORECASE,
)
# What `DataFrame.style` writes above its table: cells by their identifiers, and what they look like.
CELL = re.compile(r"#(T_[0-9a-z]{1,32}_[0-9a-z_]{1,64})")
LONGEST_LOOK = 2000
LARGEST = 8 << 20
BREAK = "\u200b"  # shows nothing, and takes the meaning from the sign before it


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[str] = []
        self.silent = 0
        self.looks: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag in TAGS and not self.silent:
            kept = "".join(f' {name}="{html.escape(value)}"' for name, value in map(_attribute, self._with_looks(attrs)) if value)
            self.out.append(f"<{tag}{kept}>")
            if tag not in EMPTY:
                self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in EMPTY:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in self.open and not self.silent:
            while True:
                last = self.open.pop()
                self.out.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(html.escape(data))
        elif self.cdata_elem == "style":
            for rule in data.split("}"):
                cells, _, look = rule.partition("{")
                self.looks |= {name: f"{self.looks.get(name, '')};{look}"[:LONGEST_LOOK] for name in CELL.findall(cells)}

    def _with_looks(self, attrs: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
        """Put what a style sheet says of one cell into the cell, as the sheet itself stays behind."""
        given = dict(attrs)
        look = self.looks.get(given.get("id") or "")
        return [*given.items()] if look is None else [*(given | {"style": f"{given.get('style') or ''};{look}"}).items()]


def _attribute(pair: tuple[str, str | None]) -> tuple[str, str]:
    name, value = pair[0], (pair[1] or "").strip()
    if name in NUMBERS and re.fullmatch(r"\d{1,5}", value):
        return name, value
    if name == "class":
        return name, " ".join(word for word in value.split() if word in CLASSES)
    if name == "style":
        return name, "; ".join(part.strip() for part in value.split(";") if STYLE.fullmatch(part.strip()))
    if (name == "scope" and value in SCOPES) or (name in {"align", "valign"} and value in ALIGNED):
        return name, value
    return name, ""


def plain_html(text: str) -> str:
    """Give HTML with the tags of tables and text only.

    Examples
    --------
    >>> plain_html('<b onclick="x()">7</b><script>go()</script><img src="http://example.org/7">')
    '<b>7</b>'
    """
    if len(text) > LARGEST:
        return ""
    reader = _Plain()
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, ValueError, RecursionError):
        return ""
    return "".join(reader.out) + "".join(f"</{tag}>" for tag in reversed(reader.open))


def plain_markdown(text: str) -> str:
    r"""Give Markdown without HTML, images, links and drawings; each loses its meaning to a sign that does not show.

    Examples
    --------
    >>> plain_markdown("![x](http://example.org/7) <b>").replace("\u200b", "~")
    '!~[x]~(http://example.org/7) <~b>'
    """
    text = re.sub(r"<(?=[A-Za-z/!?])", f"<{BREAK}", text)
    text = text.replace("![", f"!{BREAK}[").replace("](", f"]{BREAK}(").replace("]:", f"]{BREAK}:").replace("][", f"]{BREAK}[")
    return re.sub(r"(mer)(maid)", rf"\1{BREAK}\2", text, flags=re.IGNORECASE)
