"""Tokens of a question, and the stems by which words are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nexus_jupyter.context.naming import singular, words_of

_TOKEN = re.compile(
    r"(?P<quote>\"[^\"\n]{1,80}\"|“[^”\n]{1,80}”|`[^`\n]{1,80}`|(?<!\w)'[^'\n]{1,60}'(?!\w)|(?<!\w)‘[^’\n]{1,60}’(?!\w))"  # noqa: RUF001
    r"|(?P<date>\b\d{4}-\d\d-\d\d\b)"
    r"|(?P<number>(?<![\w.])[-−]?[$€£]?\d+(?:,\d{3})*(?:\.\d+)?%?(?![\w]))"  # noqa: RUF001
    r"|(?P<word>[^\W_]+(?:_[^\W_]+)*)"
    r"|(?P<mark>[,.;:?!()=<>&/+*-]+)"
)
_ACRONYMS = re.compile(r"[A-Z]{2,6}s")
"""Several of a thing that is called by capitals: "IPs"."""
_IRREGULAR = {
    "ids": "id", "people": "person", "children": "child", "men": "man", "women": "woman", "countries": "country", "data": "data", "series": "series",
    "species": "species", "indices": "index", "matches": "match", "movies": "movie", "bases": "base", "phases": "phase", "courses": "course",
    "houses": "house", "nurses": "nurse", "purchases": "purchase", "classes": "class", "addresses": "address", "heads": "head", "stories": "story",
    "cookies": "cookie", "lens": "lens", "lenses": "lens", "prizes": "prize", "sizes": "size", "breeds": "breed", "analyses": "analysis", "feet": "foot",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the question: its text, what it is ("word", "number", "quote", "date", "mark"), and where it stands."""

    text: str
    kind: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """The text in lower case, without quotes."""
        return self.text.strip("\"'`“”‘’").casefold() if self.kind == "quote" else self.text.casefold()  # noqa: RUF001


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """Give the singular of a word in lower case."""
    low = word.casefold()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low.endswith(("ases", "oses", "ises", "uses")) and len(low) > 5:
        return low[:-1]
    return singular(low)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Give a crude stem: the singular without -ing, -ed and a last e."""
    low = lemma(word)
    for end, least in (("ing", 6), ("ed", 5)):
        if low.endswith(end) and len(low) >= least:
            low = low[: -len(end)]
            if len(low) > 3 and low[-1] == low[-2] and low[-1] not in "sl":
                low = low[:-1]
            break
    if low.endswith("y") and len(low) > 3:
        low = low[:-1] + "i"
    return low[:-1] if low.endswith("e") and len(low) > 3 else low


@lru_cache(maxsize=20_000)
def name_words(name: str) -> tuple[str, ...]:
    """Give the lemmas of a name's words."""
    words = words_of(name)
    if len(words) > 1 and sum(len(w) == 1 for w in words) > len(words) / 2:
        return (lemma("".join(words)),)
    return tuple(lemma(w) for w in words)


def tokenize(text: str) -> tuple[Token, ...]:
    """Split a question into tokens; `snake_case` and possessive words are taken apart, quotes stay whole."""
    text = text.replace("``", '"').replace("''", '"').replace("’", "'").replace("\\n", "  ")  # noqa: RUF001
    found: list[Token] = []
    for m in _TOKEN.finditer(text):
        kind = m.lastgroup or "mark"
        if kind == "word" and found and found[-1].text == "'":
            continue
        if kind == "word" and m.group().casefold() == "s" and m.start() > 0 and text[m.start() - 1] == "'":
            found.append(Token("'s", "mark", m.start() - 1, m.end()))
        elif kind == "word" and m.group().casefold() == "t" and m.start() > 0 and text[m.start() - 1] == "'" and found:
            last = found.pop()
            found += [Token(last.text.removesuffix("n"), "word", last.start, last.end), Token("not", "word", m.start(), m.end())]
        elif kind == "word" and ("_" in m.group() or _camel(m.group())):
            at = m.start()
            for part in re.finditer(r"[^\W_]+", m.group()):
                pieces = _pieces(part.group()) if _camel(part.group()) else [part.group()]
                p = at + part.start()
                for piece in pieces:
                    found.append(Token(piece, "word", p, p + len(piece)))
                    p += len(piece)
        elif kind == "word" and _ACRONYMS.fullmatch(m.group()):
            found.append(Token(m.group()[:-1], kind, m.start(), m.end()))
        else:
            found.append(Token(m.group(), kind, m.start(), m.end()))
    return tuple(found)


def _camel(word: str) -> bool:
    return bool(re.search(r"[a-z][A-Z]", word)) and word[:2] not in {"Mc", "De"}


def _pieces(word: str) -> list[str]:
    return re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+", word) or [word]


def number_of(text: str) -> int | float | None:
    """Read a written number: `1,200`, `$5`, `12%`, `-3.5`."""
    bare = text.replace(",", "").replace("−", "-").strip("$€£%")  # noqa: RUF001
    bare = re.sub(r"^-[$€£]", "-", bare)
    try:
        return int(bare)
    except ValueError:
        try:
            return float(bare)
        except ValueError:
            return None


def python_name(words: str) -> str:
    """Make a name for code."""
    name = re.sub(r"\W+", "_", words.casefold()).strip("_")
    return name if name and not name[0].isdigit() else f"result_{name}".rstrip("_")
