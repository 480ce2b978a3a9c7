"""Decision rules: "if the p-value is less than 0.05, report …; otherwise …" as conditions that choose one of the options."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from nexus_jupyter.language.tokens import stem

QUANTITIES = (
    ("p", r"p[\s-]*_?values?|pvalue|\bp\b(?=\s*(?:<|>|=|≤|≥|is|was))|significance value"),
    ("r2", r"r[\s-]?\^?(?:squared|square|2)(?: value| score)?|r²|coefficient of determination"),
    ("r", r"correlation coefficients?|pearson'?s? (?:r|correlation)|correlation values?|\bcoefficients?\b|(?<![\w'])r(?![\w'-])|\bcorrelation\b(?=\s*(?:is|<|>|=|≤|≥))"),
    ("skew", r"skewness(?: values?| coefficients?)?|(?<!\w)skew(?!\w)"),
    ("kurt", r"kurtosis(?: values?)?"),
    ("stat", r"test statistics?|statistic values?|\bstatistic\b|[ftuw]-(?:statistic|value)"),
    ("it", r"(?:if|when|and|or|,)\s+it(?='?s?\s+(?:is|was|lies)?)"),
)  # fmt: skip
_ABS = r"absolute(?: value)?(?:s)?(?: of)?(?: the)?(?: pearson)?|\|"
_OPS: tuple[tuple[str, str], ...] = (
    (">=", r"greater than or equal to|(?:more|higher|larger) than or equal to|at least|not less than|no less than|>=|≥|equal to or (?:greater|higher|more) than|or more|or greater|is not (?:less|smaller) than"),
    ("<=", r"(?:less|smaller|lower) than or equal to|at most|not (?:greater|more) than|no (?:greater|more) than|<=|≤|equal to or less than|does not exceed"),
    (">", r"greater than|more than|larger than|higher than|above|exceeds?|exceeding|over|>"),
    ("<", r"less than|smaller than|lower than|below|under|<"),
    ("==", r"equal to|equals?|==?|is exactly|is(?=\s*-?\d)"),
)  # fmt: skip
_NUMBER = r"[-−]?\d*\.?\d+\s*%?"
_NEGATIVE = re.compile(
    r"\b(?:no|not|non|none|neither|cannot|never|fail(?:s|ed)?|lack|insignificant|n't|isn|doesn|false|without|reject(?:ed|s|ing)?)\b|\bnon(?=\w)|\bun(?=correlated|related)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|when|where|whenever|in case|for|as long as|provided that|based on whether)\b", re.IGNORECASE)
_ELSE = re.compile(r"\b(?:otherwise|else|if not|in all other cases|for all other cases)\b", re.IGNORECASE)
_YES_NO = frozenset("not no none non yes ye tru fals".split())
_QUANTITY = re.compile("|".join(p for n, p in QUANTITIES if n != "it"), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """A comparison: `quantity op bound`, of the absolute value where `absolute`."""

    quantity: str
    op: str
    bound: float
    absolute: bool = False

    def holds(self, values: dict[str, float]) -> bool:
        """Say whether it is true of these values."""
        v = abs(values[self.quantity]) if self.absolute else values[self.quantity]
        return {"<": v < self.bound, "<=": v <= self.bound, ">": v > self.bound, ">=": v >= self.bound, "==": v == self.bound}[self.op]


@dataclass(frozen=True, slots=True)
class Rule:
    """Terms that all have to hold for an option; no terms: in every other case."""

    terms: tuple[Term, ...]
    option: str


def compiled(sentences: Sequence[str], options: tuple[str, ...], *, alpha: float = 0.05, standard: str = "") -> tuple[Rule, ...]:
    """Compile the sentences that decide between options; empty where they do not decide in every case.

    Parameters
    ----------
    sentences
        The sentences that may hold rules.
    options
        What the result may be called.
    alpha
        The level of significance, where a rule names it without its number.
    standard
        What is decided when no sentence says: "normal" or "significant".
    """
    rules: list[Rule] = []
    last = ("", False)
    for said in sentences:
        for clause in _clauses(said):
            found = _rule(clause, options, (alpha, standard), last)
            if found is not None and found not in rules:
                rules.append(found)
            if found is not None and found.terms:
                last = (found.terms[-1].quantity, found.terms[-1].absolute)
    rules = [r for r in rules if r.terms] + [r for r in rules if not r.terms][:1]
    if not rules and standard and len(options) == 2:
        yes, no = _sides(options)
        op = "<" if standard == "significant" else ">="
        rules = [Rule((Term("p", op, alpha),), yes), Rule((), no)]
    return _complete(rules, options)


def _clauses(said: str) -> list[str]:
    said = re.sub(r"(?:,|,?\s+and|,?\s+or)?\s+([\"'“‘][^\"'”’]{1,40}[\"'”’])\s+(otherwise|else)\b", r"; \2 \1", said, flags=re.IGNORECASE)
    parts = re.split(
        r"[;.]\s+(?=[A-Z])|;\s+|,?\s+(?=otherwise\b|else\b)|\s+(?=else\b)|,\s+(?:while|whereas)\s+|,\s+(?=(?:and )?if\b)|,\s+(?:and|but)\s+(?=if\b|when\b|(?:a|an)\b[^,]*\bif\b)",
        said,
        flags=re.IGNORECASE,
    )
    out: list[str] = []
    for part in parts:
        # "strong if …, moderate if …, and weak if …": each option has its own condition
        ifs = [m.start() for m in re.finditer(r"\bif\b", part, re.IGNORECASE)]
        if len(ifs) > 1 and not re.match(r"\s*if\b", part, re.IGNORECASE):
            cuts = [m.start() for m in re.finditer(r",\s*(?:and\s+)?(?=[^,]*\bif\b)|\band\s+(?=\w+ \bif\b)", part)]
            pieces = [part[a:b] for a, b in itertools.pairwise([0, *cuts, len(part)])]
            out += [p.strip(" ,") for p in pieces]
        else:
            out.append(part)
    return [c for c in out if c.strip()]


def _rule(clause: str, options: tuple[str, ...], known: tuple[float, str], last: tuple[str, bool]) -> Rule | None:
    alpha, standard = known
    if re.match(r"\s*(?:otherwise|else|if not)\b", clause, re.IGNORECASE):
        option = _option(_ELSE.sub("", clause), options, standard)
        return Rule((), option) if option else None
    condition, main = _divided(clause)
    terms = _terms(condition, alpha, last)
    if not terms:
        return None
    option = _option(main, options, standard)
    return Rule(terms, option) if option else None


def _divided(clause: str) -> tuple[str, str]:
    """Give the condition of a sentence, and what follows from it."""
    text = clause.strip()
    if m := re.match(
        r"(?:if|when|where|for|provided that)\b(.*?)(?:,(?!\s*(?:and|or)\b[^,]*\d)\s*(?:then\s+)?|\bthen\b)(.+)",
        text,
        re.IGNORECASE | re.DOTALL,
    ):
        return m[1], m[2]
    if m := re.search(r"(?:\band|,|;|:)\s*(?:if|when)\b(.*?\d.*?)(?:,\s*(?:then\s+)?|\bthen\b)(.+)", text, re.IGNORECASE | re.DOTALL):
        return m[1], m[2]
    if m := re.match(
        rf"(?:if|when)\b(.*?(?:{_NUMBER}|\bpositive\b|\bnegative\b))\s+(?!and\b|or\b)([a-z].+)", text, re.IGNORECASE | re.DOTALL
    ):
        return m[1], m[2]
    if m := re.match(
        r"(.+?\d%?)\s*(?:means?|indicates?|implies|suggests?|shows?|denotes?|signifies)\b(.+)", text, re.IGNORECASE | re.DOTALL
    ):
        return m[1], m[2]
    if m := re.match(
        r"((?:a|an|the|any|values?|correlations?|coefficients?)\b.+\d%?)\s+(?:is|are|should be)\s+(?:considered |deemed |called )?([a-z].+)",
        text,
        re.IGNORECASE | re.DOTALL,
    ):
        return m[1], m[2]
    if m := re.match(r"(.+?)\b(?:if|when|where|whenever|for)\b(.+)", text, re.IGNORECASE | re.DOTALL):
        return m[2], m[1]
    if m := re.match(r"(.+?\d)\s*[:→-]+>?\s*(\D.+)", text, re.DOTALL):
        return m[1], m[2]
    return "", text


def _terms(text: str, alpha: float, last: tuple[str, bool]) -> tuple[Term, ...]:
    text = re.sub(
        r"(?:the )?(?:significance level|alpha(?: level)?|level of significance|significance threshold)(?: \(?(?:alpha|α)\)?)?(?: of)?(?: \(?(0?\.\d+)\)?)?",
        lambda m: m[1] or str(alpha),
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(r"\bzero\b", "0", text)
    text = re.sub(rf"({_NUMBER})\s*(<=?|≤)\s*(\|?[a-z][\w -]*?\|?)\s*(<=?|≤)\s*({_NUMBER})", r"\3 >= \1 and \3 \4 \5", text)
    scan = re.compile(
        "|".join(f"(?P<{name}>{pattern})" for name, pattern in QUANTITIES)
        + rf"|(?P<abs>{_ABS})|(?P<between>(?:between|from)\s+({_NUMBER})\s*(?:and|to|-)\s*({_NUMBER}))|"
        + "|".join(f"(?P<op{i}>{pattern})" for i, (_, pattern) in enumerate(_OPS))
        + rf"|(?P<number>{_NUMBER})|(?P<zero>positive|negative)",
        re.IGNORECASE,
    )
    quantity, absolute, op = "", False, ""
    if (
        last[0]
        and re.search(r"\b(?:it|a value|the value|its value|values?|positive|negative)\b", text, re.IGNORECASE)
        and not _QUANTITY.search(text)
    ):
        quantity, absolute = last
    terms: list[Term] = []
    for m in scan.finditer(text):
        kind = m.lastgroup or ""
        kind = next((n for n, _ in QUANTITIES if m.group(n)), kind)
        if m.group("between"):
            low, high = re.findall(_NUMBER, m.group("between"))[:2]
            if quantity:
                terms += [Term(quantity, ">=", _value(low), absolute), Term(quantity, "<=", _value(high), absolute)]
        elif kind == "it":
            continue
        elif kind in {n for n, _ in QUANTITIES}:
            quantity, absolute = (
                kind,
                absolute and bool(re.search(rf"(?:{_ABS})\s*(?:of )?(?:the )?(?:pearson )?$", text[: m.start()], re.IGNORECASE)),
            )
            if re.match(r"\s*(?:coefficient )?\(absolute(?: value)?\)", text[m.end() :], re.IGNORECASE):
                absolute = True
        elif m.group("abs"):
            absolute = True
        elif m.group("number"):
            if quantity and op:
                terms.append(Term(quantity, op, _value(m.group("number")), absolute))
                op = ""
        elif m.group("zero"):
            if quantity and not op:
                terms.append(Term(quantity, ">" if m.group("zero").casefold() == "positive" else "<", 0.0))
        else:
            op = next((o for i, (o, _) in enumerate(_OPS) if m.group(f"op{i}")), op)
            if re.search(r"\bor equal to\b", text[m.end() : m.end() + 14]) and op in {"<", ">"}:
                op += "="
    if (
        len(terms) == 2
        and re.search(r"\bor\b", text)
        and terms[0].quantity == terms[1].quantity
        and terms[0].bound == -terms[1].bound != 0
        and {terms[0].op[0], terms[1].op[0]} == {"<", ">"}
    ):
        outside = next(t for t in terms if t.bound > 0)
        return (Term(outside.quantity, outside.op, outside.bound, absolute=True),) if outside.op[0] == ">" else ()
    if re.search(r"\bor\b", re.sub(r"or equal to|equal to or", "", text)) and len(terms) > 1:
        return ()
    return tuple(terms)


def _value(text: str) -> float:
    bare = text.replace("−", "-").strip()
    return float(bare.rstrip("% ")) / (100 if bare.endswith("%") else 1)


def _stems(text: str) -> set[str]:
    spaced = re.sub(r"\bnon[\s-]*(?=\w)", "not ", text, flags=re.IGNORECASE)
    return {stem(w) for w in re.findall(r"[a-z]+", spaced.casefold())}


def _negated(text: str) -> bool:
    """Say whether a clause says no; rejecting the hypothesis of normality or of no difference is left to the caller."""
    return bool(_NEGATIVE.search(re.sub(r"\bnot only\b", "", text)))


def _sides(options: tuple[str, ...]) -> tuple[str, str]:
    """Give the option that says yes and the one that says no."""
    no = [o for o in options if _negated(o)]
    if len(options) == 2 and len(no) == 1:
        return next(o for o in options if o != no[0]), no[0]
    return options[0], options[-1]


def _option(main: str, options: tuple[str, ...], standard: str) -> str | None:
    """Choose the option that the words of a clause mean."""
    quoted = [o for o in options if re.search(rf"[\"'“‘]{re.escape(o)}[\"'”’]", main, re.IGNORECASE)]
    if len(quoted) == 1:
        return quoted[0]
    words, no = _stems(main), _negated(main)
    shared = set.intersection(*(_stems(o) for o in options)) if options else set()
    yes_no = len(options) == 2 and not (shared or any(_stems(o) - _YES_NO for o in options))
    if "hypothesis" in words or "hypothes" in words:
        failed = bool(re.search(r"\b(?:fail\w* to|not|cannot be|can ?not|do not|don't)\b", main, re.IGNORECASE)) or "accept" in words
        rejected = ("reject" in words) and not failed
        meant = _mentioned(re.sub(r"[^,.;]*\bhypothesis\b[^,.;]*?(?:\band\b|[,;.]|$)", " ", main), options)
        if meant:
            return meant
        if len(options) == 2 and ("reject" in words or "accept" in words):
            yes, other = _sides(options)
            if standard == "normal":
                return other if rejected else yes
            return yes if rejected else other
        return None
    meant = _mentioned(main, list(options))
    if meant:
        return meant
    if len(options) == 2:
        yes, other = _sides(options)
        if yes_no or no or standard:
            if standard == "normal" and not words & {"normal", "normalli", "gaussian", "distribut"}:
                return None
            return other if no else yes
    negatives = [o for o in options if _negated(o)]
    return negatives[0] if no and len(negatives) == 1 else None


def _mentioned(main: str, options: Sequence[str]) -> str | None:
    said, no = _stems(main) | _parts(main), _negated(main)
    hits: list[tuple[int, str]] = []
    for o in options:
        own = (_stems(o) | _parts(o)) - _YES_NO
        unsaid = {c for c in own if c not in said and not (len(c) >= 5 and any(w.startswith(c[:-1]) for w in said))}
        if own and not unsaid and _negated(o) == no:
            hits.append((len(own), o))
    if hits:
        best = max(n for n, _ in hits)
        top = [o for n, o in hits if n == best]
        return top[0] if len(top) == 1 else None
    if no:
        negatives = [o for o in options if _negated(o)]
        return negatives[0] if len(negatives) == 1 else None
    return None


def _parts(text: str) -> set[str]:
    """Give whole words that the stems run together: `nonlinear` is not `linear`."""
    return {"nonlinear" for _ in [0] if re.search(r"\bnon[\s-]?linear\b", text, re.IGNORECASE)}


def _complete(rules: list[Rule], options: tuple[str, ...]) -> tuple[Rule, ...]:
    """Check that exactly one rule fires wherever the quantities may lie; one gap may belong to the option that nobody claimed."""
    if not rules:
        return ()
    firm = [r for r in rules if r.terms]
    names = sorted({t.quantity for r in firm for t in r.terms})
    grid = {
        n: sorted(
            {
                b + d
                for r in firm
                for t in r.terms
                if t.quantity == n
                for b in ((t.bound, -t.bound) if t.absolute or n != "p" else (t.bound,))
                for d in (-0.004, 0.004)
            }
            | ({0.0001, 0.9} if n == "p" else {-0.95, 0.001, 0.95})
        )
        for n in names
    }
    gap = False
    for point in itertools.product(*grid.values()):
        fires = {r.option for r in firm if all(t.holds(dict(zip(names, point, strict=True))) for t in r.terms)}
        if len(fires) > 1:
            return ()
        gap = gap or not fires
    rest = next((r.option for r in rules if not r.terms), None)
    if gap and rest is None:
        unclaimed = [o for o in options if all(r.option != o for r in firm)]
        negatives = [o for o in options if _negated(o)]
        rest = unclaimed[0] if len(unclaimed) == 1 else negatives[0] if len(negatives) == 1 and len(options) > 2 else None
    if gap and rest is None:
        return ()
    if rest is None:
        unclaimed = [o for o in options if all(r.option != o for r in firm)]
        rest = unclaimed[0] if len(unclaimed) == 1 else firm[-1].option
    chosen = (*firm, Rule((), rest))
    return chosen if len({r.option for r in chosen}) > 1 else ()
