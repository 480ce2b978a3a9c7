"""Mentions: which words of a sentence are columns, values, numbers or new names, with the sentence written over them."""

from __future__ import annotations

import re
from typing import Any

from nexus_jupyter.context.dataset import Dataset, Profile
from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.lexicon import ABBREVIATIONS, ASKING, FREE, GENERIC, NOISE, NUMBER_WORDS
from nexus_jupyter.language.tokens import Token, lemma, name_words, number_of, stem, tokenize
from nexus_jupyter.language.vocabulary import BAG, CONCEPT, DROPPED, PART, fold, vocabulary
from nexus_jupyter.request.lexicon import CONCEPTS, OPERATIONS, ORDINALS
from nexus_jupyter.request.lines import Line, Piece

_SMALL = frozenset("of the in for a an".split())
_MARKS = frozenset("-/&'s*")
_PLAIN = FREE | NOISE | ASKING | OPERATIONS
_LONGEST = 6
_FEW = 60
_MEASURES = frozenset("mean average median mode sum total maximum minimum highest lowest variance deviation".split())


class Linker:
    """Links the words of sentences to the columns and values of one dataset, and to names that the request itself makes."""

    def __init__(self, dataset: Dataset, made: tuple[str, ...] = ()) -> None:
        self.dataset, self.made = dataset, made
        self.words = vocabulary(dataset)
        self.aliases: dict[tuple[str, ...], str] = {}
        self.columns = [c.name for c in dataset.schema if not c.name.startswith("Unnamed:") and c.name.strip("\ufeff ")]
        self.own = {tuple(stem(w) for w in name_words(n)): n for n in made}
        self.entities = self._entities()
        self.owned = self._owned()

    def _entities(self) -> set[str]:
        """Give the words for a row of the table: its name, and what its keys count."""
        found = set(name_words(self.dataset.name))
        for c in self.dataset.schema:
            said = name_words(c.name)
            if len(said) > 1 and said[-1] in {"id", "key", "no", "number", "code"} and c.role is Role.IDENTIFIER:
                found.update(said[:-1])
            elif m := re.fullmatch(r"(\w{3,})id", c.name.casefold()):
                found.add(lemma(m[1]))
        return found - {"data", "dataset", "row"}

    def _owned(self) -> dict[str, str]:
        """Give the columns that are named by what a key names and one more word: `poi_id` makes `poi_duration` a duration."""
        keys = {words[0] for c in self.columns if len(words := name_words(c)) == 2 and words[-1] in {"id", "key", "no"}}
        rest = [
            (words[1], c)
            for c in self.columns
            if len(words := name_words(c)) == 2 and words[0] in keys and words[1] not in {"id", "key", "no"}
        ]
        return {w: c for w, c in rest if [x for x, _ in rest].count(w) == 1 and len(w) > 3}

    def line(self, text: str, zone: str) -> Line:
        """Link a sentence."""
        text = text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').replace("``", '" ').replace("''", '" ')
        literal = self._literal(text)
        written = [w for w in self._written(text) if not any(s < w[1] and w[0] < e for s, e, _, _ in literal)]
        taken = [(s, e) for s, e, *_ in literal] + [(s, e) for s, e, _ in written]
        tokens = [t for t in tokenize(text) if not any(s < t.end and t.start < e for s, e in taken)]
        spans: list[tuple[int, int, Piece]] = [(s, e, Piece(text[s:e], "column", name, quoted=q)) for s, e, name, q in literal]
        spans += [*written, *self._covered(tokens, text)]
        spans.sort(key=lambda f: f[0])
        self._equal([p for _, _, p in spans])
        return Line(text, zone, self._bracketed(Line(text, zone, [p for _, _, p in spans])))

    def _equal(self, pieces: list[Piece]) -> None:
        """Link "I" in "Sex = I": what a column is said to equal, as it is written, is its value however short it is."""
        for column, mark, said in zip(pieces, pieces[1:], pieces[2:], strict=False):
            equals = column.kind == "column" and column.target in self.columns and mark.text in {"=", "=="} and said.kind == "word"
            if equals and said.text in self._profile(column.target).values:
                said.kind, said.target = "value", (column.target, said.text)

    # --- names as they are written
    def _literal(self, text: str) -> list[tuple[int, int, str, bool]]:
        found: list[tuple[int, int, str, bool]] = []
        for name in sorted({*self.columns, *self.made}, key=len, reverse=True):
            bare = name.strip("\ufeff \"'")
            plain = bare.islower() and bare.isalpha()
            for m in re.finditer(rf"(?<![\w<]){re.escape(bare)}(?!\w)(?!\.\w+\()", text):
                s, e = m.span()
                quoted = s > 0 and e < len(text) and text[s - 1] in "\"'`" and text[e] in "\"'`"
                cued = bool(re.match(r"['\"]?\s*(?:column|feature|variable|field|attribute)s?\b", text[e:]))
                if not quoted and (
                    len(bare) < 2
                    or (plain and bare in _PLAIN and not cued)
                    or (bare.isupper() and bare in {"NO", "OR", "AND"} and not cued)
                ):
                    continue
                if not quoted and bare.istitle() and bare.casefold() in _PLAIN and not cued and not text[:s].strip():
                    continue  # a capital at the beginning says nothing
                if quoted:
                    s, e = s - 1, e + 1
                if not any(s < b and a < e for a, b, _, _ in found):
                    found.append((s, e, name, quoted))
        return found

    def _written(self, text: str) -> list[tuple[int, int, Piece]]:
        """Find values that are written as in the data, with a capital and more than one word's letters run together or marked."""
        found: list[tuple[int, int, Piece]] = []
        for c in self.columns:
            profile = self._profile(c)
            if self.dataset.schema.column(c).kind is not Kind.STRING or not profile.complete or profile.distinct > _FEW:
                continue
            for v in profile.values:
                if isinstance(v, str) and len(v) > 3 and re.search(r"[a-z][A-Z]|[A-Z]{2}|[-_/&0-9]", v):
                    found += [
                        (m.start(), m.end(), Piece(v, "value", (c, v), low=v.casefold()))
                        for m in re.finditer(rf"(?<![\w\"'@]){re.escape(v)}(?![\w\"'])", text)
                    ]
        found.sort(key=lambda f: f[0] - f[1])
        kept: list[tuple[int, int, Piece]] = []
        for s, e, p in found:
            if not any(s < b and a < e for a, b, _ in kept):
                kept.append((s, e, p))
        return kept

    # --- the other words
    def _covered(self, tokens: list[Token], text: str) -> list[tuple[int, int, Piece]]:
        options: list[tuple[float, int, int, Piece]] = []
        stems = [stem(t.low) for t in tokens]
        for i, token in enumerate(tokens):
            if token.kind == "quote":
                options.append((100.0, i, i + 1, self._quoted(token)))
                continue
            if token.kind == "mark" or token.low in _SMALL:
                continue
            for length in range(min(_LONGEST, len(tokens) - i), 0, -1):
                window = tokens[i : i + length]
                if any(t.kind == "quote" or (t.kind == "mark" and t.text not in _MARKS) for t in window) or window[-1].kind == "mark":
                    continue
                if "\n" in text[window[0].start : window[-1].end] or window[-1].low in _SMALL:
                    continue
                hit = self._column(window, stems[i : i + length]) or self._value(window, text)
                if hit is not None:
                    score, piece = hit
                    size = sum(t.kind != "mark" and t.low not in _SMALL for t in window)
                    options.append((10 * size + 5 * score, i, i + length, piece))
        taken = [False] * len(tokens)
        chosen: list[tuple[int, int, Piece]] = []
        for _, i, j, piece in sorted(options, key=lambda o: (-o[0], o[1])):
            if not any(taken[i:j]):
                taken[i:j] = [True] * (j - i)
                chosen.append((tokens[i].start, tokens[j - 1].end, piece))
        for k, t in enumerate(tokens):
            if not taken[k]:
                chosen.append((t.start, t.end, self._plain(t)))
        for _, _, p in chosen:
            p.low = p.low or p.text.casefold()
        return chosen

    def _quoted(self, token: Token) -> Piece:
        inside = token.text[1:-1].strip()
        said = tuple(stem(w) for w in fold(inside))
        if said in self.own:
            return Piece(inside, "column", self.own[said], quoted=True)
        found = {r.column for r, t in self.words.columns.get(said, {}).items() if t >= PART}
        hits = self.words.values.get(fold(inside), [])
        exact = [h for h in hits if h[1] == inside]
        if exact and len({h[0] for h in exact}) == 1:
            return Piece(inside, "value", (exact[0][0].column, exact[0][1]), quoted=True)
        if len(found) == 1:
            return Piece(inside, "column", found.pop(), quoted=True)
        if hits and len({h[0] for h in hits}) == 1:
            return Piece(inside, "value", (hits[0][0].column, hits[0][1]), quoted=True)
        return Piece(inside, "quote", inside, quoted=True)

    def _column(self, window: list[Token], stems: list[str]) -> tuple[float, Piece] | None:
        said = tuple(s for s, t in zip(stems, window, strict=True) if t.kind != "mark")
        content = tuple(s for s, t in zip(stems, window, strict=True) if t.kind != "mark" and t.low not in _SMALL)
        text = " ".join(t.text for t in window)
        if not content or all(t.kind == "number" for t in window):
            return None
        if said in self.own or content in self.own:
            return 1.0, Piece(text, "column", self.own.get(said) or self.own[content])
        if content in self.aliases:
            return 0.95, Piece(text, "column", self.aliases[content])
        alone = len(content) == 1 and len(said) == 1
        low = window[0].low
        if alone and (low in _PLAIN or low in GENERIC):
            return None
        if alone and lemma(low) in self.entities:
            return 0.99, Piece(text, "entity", lemma(low))
        found: dict[str, float] = {}
        joined = (stem("".join(t.low for t in window if t.kind != "mark")),)
        for option in (
            self.words.columns.get(said),
            self.words.columns.get(joined) if len(said) > 1 else None,
            self.words.bags.get(tuple(sorted(set(content)))) if len(content) > 1 else None,
        ):
            for ref, tier in (option or {}).items():
                if not ref.column.startswith("Unnamed:"):
                    found[ref.column] = max(tier, found.get(ref.column, 0))
        least = min(DROPPED, CONCEPT - 0.05)
        best = max(found.values(), default=0)
        if best >= least:
            top = [c for c, tier in found.items() if tier >= best - 0.01]
            if len(top) == 1 and not (best <= CONCEPT and alone and low in _PLAIN):
                return best, Piece(text, "column", top[0], sure=best >= BAG)
            return None
        return self._contracted(window, text)

    def _contracted(self, window: list[Token], text: str) -> tuple[float, Piece] | None:
        """Link "passenger class" to `Pclass`, "experience" to `exper`: each word shortened, in order, none left over."""
        said = [t.low for t in window if t.kind == "word" and t.low not in _SMALL and t.low not in {"column", "variable", "recorded"}]
        if not said or len(said) > 4 or any(t.kind == "number" for t in window) or any(w in FREE | ASKING for w in said):
            return None
        if len(said) == 1 and lemma(said[0]) in self.owned and said[0] not in _PLAIN:
            return 0.6, Piece(text, "column", self.owned[lemma(said[0])])
        concept = CONCEPTS.get(" ".join(lemma(w) for w in said), "")
        named = [c for c in self.columns if "".join(name_words(c)) in concept.split()]
        if len(named) == 1:
            return 0.6, Piece(text, "column", named[0])
        found = [c for c in self.columns if shortened(said, c)]
        if len(found) == 1 and not (len(said) == 1 and said[0] in _PLAIN):
            return 0.55, Piece(text, "column", found[0], sure=len(said) > 1)
        return None

    def _value(self, window: list[Token], text: str) -> tuple[float, Piece] | None:
        said = tuple(w for t in window if t.kind != "mark" for w in fold(t.text))
        shown = text[window[0].start : window[-1].end]
        if not said or all(w in _PLAIN or w in _SMALL for w in said) or (len(said) == 1 and (said[0].isdigit() or len(said[0]) < 3)):
            return None
        proper = any(t.text[:1].isupper() for t in window)
        hits = self.words.values.get(said, [])
        if not hits and len(said) == 1 and len(said[0]) > 3:
            hits = [h for key in (("~", stem(said[0])), (stem(said[0]),)) for h in self.words.values.get(key, [])][:1]
        hits = [h for h in hits if h[1] == shown] or hits
        hits = [h for h in hits if str(h[1]) == shown or proper or self._profile(h[0].column).distinct <= 30]
        if hits and len({h[0] for h in hits}) == 1:
            return (0.9 if hits[0][1] == shown else 0.5), Piece(shown, "value", (hits[0][0].column, hits[0][1]))
        return None

    def _plain(self, token: Token) -> Piece:
        if token.kind == "number" and (n := number_of(token.text)) is not None:
            return Piece(token.text, "number", n)
        if token.kind == "word" and token.low in NUMBER_WORDS:
            return Piece(token.text, "number", NUMBER_WORDS[token.low])
        if token.kind == "mark":
            return Piece(token.text, "mark", low=token.text)
        if lemma(token.low) in self.entities:
            return Piece(token.text, "entity", lemma(token.low))
        return Piece(token.text, "word")

    def _bracketed(self, line: Line) -> list[Piece]:
        """Take "wind direction (DIR)" as a definition: the words before the brackets mean the column from then on, and are one piece."""
        twice = line.find(r"<c(\d+)>(?: (?:column|variable|feature))? \( <c(\d+)> \)")
        ends = [(m.start(), m.end(), line.pieces[int(m[1])].target, line.pieces[int(m[2])].target) for m in twice]
        merged = [(start, end, one) for start, end, one, other in ends if one == other]
        for m in re.finditer(r"((?:[a-z'-]+ ){1,4})\( (?:the )?(<c(\d+)>)(?: (?:column|variable|feature|field))? \)", line.mask):
            name = line.pieces[int(m[3])].target
            said: list[tuple[int, str]] = []
            for i in range(len(line.pieces)):
                if m.start(1) <= line.starts[i] < m.end(1):
                    word = line.pieces[i].low
                    measure = word in _MEASURES and lemma(word) not in name_words(name)
                    if word in FREE or word in ASKING or measure or word in {"between", "and", "of"}:
                        said = []
                    elif word not in {"column", "variable", "feature", "amount", "value"}:
                        said.append((i, word))
            if said:
                self.aliases[tuple(stem(w) for _, w in said)] = name
                merged.append((line.starts[said[0][0]], m.end(), name))
        pieces: list[Piece] = []
        for i, p in enumerate(line.pieces):
            inside = next(((s, e, n) for s, e, n in merged if s <= line.starts[i] < e), None)
            if inside is None:
                pieces.append(p)
            elif inside[0] == line.starts[i]:
                text = " ".join(q.text for q, at in zip(line.pieces, line.starts, strict=True) if inside[0] <= at < inside[1])
                pieces.append(Piece(text, "column", inside[2], low=text.casefold()))
        return pieces

    def _profile(self, name: str) -> Profile:
        return self.dataset.profiles.get(name) or Profile()

    # --- what columns are
    def number(self, name: str) -> bool:
        """Say whether a column holds numbers, perhaps written as text."""
        c = self.dataset.schema.column(name)
        return c.kind.numeric or c.kind is Kind.BOOLEAN or (c.kind is Kind.STRING and self._profile(name).number_format is not None)

    def dated(self, name: str) -> bool:
        """Say whether a column holds dates."""
        c = self.dataset.schema.column(name)
        return c.kind.temporal or (c.kind is Kind.STRING and self._profile(name).date_format is not None)

    def clock(self, name: str) -> str:
        """Give the format of a column that holds times of the day as text, or nothing."""
        values = [v for v in self._profile(name).values[:100] if isinstance(v, str)]
        for pattern, form in (
            (r"\d{1,2}:\d\d [AP]M", "%I:%M %p"),
            (r"\d{1,2}:\d\d:\d\d [AP]M", "%I:%M:%S %p"),
            (r"\d{1,2}:\d\d", "%H:%M"),
            (r"\d{1,2}:\d\d:\d\d", "%H:%M:%S"),
        ):
            if values and all(re.fullmatch(pattern, v.strip()) for v in values):
                return form
        return ""

    def values(self, name: str) -> tuple[Any, ...]:
        """Give the known values of a column."""
        return self._profile(name).values

    def truth(self, name: str) -> tuple[Any, Any] | None:
        """Give the values of a column that mean yes and no, where it has two such values."""
        values = self.values(name)
        if len(values) != 2:
            return None
        for yes, no in (("1", "0"), ("yes", "no"), ("y", "n"), ("true", "false"), ("t", "f")):
            by = {str(v).casefold(): v for v in values}
            if set(by) == {yes, no}:
                return by[yes], by[no]
        return None

    def label(self, name: str) -> bool:
        """Say whether a column names the rows: text that never repeats."""
        return self._profile(name).unique and self.dataset.schema.column(name).kind is Kind.STRING

    def code(self, name: str) -> bool:
        """Say whether the numbers of a column are labels."""
        return self.dataset.schema.column(name).role in {Role.CATEGORY, Role.DATE, Role.BOOLEAN, Role.IDENTIFIER}

    def ordinal(self, word: str) -> int | None:
        """Read "first", "3rd"."""
        m = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word)
        return int(m[1]) if m else ORDINALS.get(word)


def shortened(said: list[str], column: str) -> bool:
    """Say whether a column's name is these words, each cut short, in their order."""
    target = "".join(name_words(column)).replace("#", "")
    tokens = [ABBREVIATIONS.get(w, w) for w in name_words(column)]
    if len(said) == 1:
        word, own = lemma(said[0]), name_words(column)
        return len(own) == 1 and len(own[0]) >= 4 and len(word) > len(own[0]) and word.startswith(own[0])
    if len(tokens) == len(said):
        pairs = list(zip(tokens, said, strict=True))
        return (
            all(w.startswith(t) or t.startswith(w) for t, w in pairs)
            and any(len(t) > 2 and len(w) > 2 for t, w in pairs)
            and len(pairs) > 1
        )
    if len(name_words(column)) == 1 and len(target) >= 4:
        return _segments(target, [lemma(w) for w in said])
    return False


def _segments(text: str, said: list[str]) -> bool:
    """Say whether a text is made of beginnings of the words, one of each, in order, at least one of them nearly whole."""
    if not said:
        return not text
    first, rest = said[0], said[1:]
    most = min(len(first), len(text) - len(rest))
    return any(text.startswith(first[:n]) and _segments(text[n:], rest) and (n > 2 or bool(rest)) for n in range(most, 0, -1))
