"""Slots: what has to come out, by name, with its kind, options and decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_DECLARED = re.compile(r"@(\w+)\s*\[([^\]@]*)\]?")
_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_COUNTED = {w: i for i, w in enumerate("zero one two three four five six seven eight nine ten".split())}
_PLACES = re.compile(
    r"(?:(?P<n>\d+|one|two|three|four|five|six|seven|eight)[- ]*(?:decimal|digits? after|dp\b|places? after)|(?P<d>\d+) d\.?p|nearest (?P<unit>whole|integer|tenth|hundredth|thousandth|ten-thousandth)|"
    r"(?P<ord>first|second|third|fourth|fifth) decimal|decimals?\s*(?:=|:|of)\s*(?P<m>\d+)|with (?P<k>\d+|one|two|three|four) decimals?)",
    re.IGNORECASE,
)
_UNITS = {"whole": 0, "integer": 0, "tenth": 1, "hundredth": 2, "thousandth": 3, "ten-thousandth": 4}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}

_JOINER = r"[\"'”’\s,]*(?:and|or|as well as|&|,)?[\"'“‘\s,]*"
_SAYS = r"(?=[\"'”’]?,?\s*(?:and|or|is|are|to|should|represents?|denotes?|indicates?|rounded|,|=|:|[a-z]\b))"  # what follows a letter that is a name
_QUOTED = re.compile(r"\"([^\"\n]{1,60})\"|(?<!\w)'([^'\n]{1,60})'(?!\w)|[“‘]([^”’\n]{1,60})[”’]")

LABEL, LIST, BOOL, NUMBER = "label", "list", "bool", "number"

# what a slot is by the words of its name; the first that fits holds
HEADS: tuple[tuple[str, str], ...] = (
    ("within", r"within"),
    ("lower", r"lower (?:bound|limit|fence|whisker|threshold)|(?:ci|interval) (?:lower|low)|lower (?:ci|confidence)(?: limit| bound)?"), ("upper", r"upper (?:bound|limit|fence|whisker|threshold)|(?:ci|interval) (?:upper|high)|upper (?:ci|confidence)(?: limit| bound)?"),
    ("q1", r"q ?1|p 25|percentile 25|25 th percentile|25 th|25 percentile|first quartile|lower quartile"),
    ("q3", r"q ?3|p 75|percentile 75|75 th percentile|75 th|75 percentile|third quartile|upper quartile"),
    ("median", r"p 50|percentile 50|50 th percentile|50 percentile|q ?2"),
    ("percentile", r"p \d\d|percentile|quantile"),
    ("df", r"dof|degrees? of freedom|df"),
    ("p", r"p value|pvalue|p val|pval|p"),
    ("cv", r"cv|coefficient of variation|coeff of variation"), ("effect", r"cohens? d|cohen s d|effect size|effect|eta squared|cramers? v|cramer s v|rank biserial"),
    ("adjusted_r2", r"adj(?:usted)? r(?: ?2| squared| square)"),
    ("rmse", r"rmse|root mean squared? error"), ("mse", r"mse|mean squared? error"), ("mae", r"mae|mean absolute error"),
    ("r2", r"r2|r squared|r square|r 2|coefficient of determination|rsquared"),
    ("accuracy", r"accuracy|accuracy score"), ("f1", r"f1|f 1"), ("precision", r"precision"), ("recall", r"recall"), ("auc", r"auc|roc"),
    ("feature", r"feature \d|top feature|important feature|feature importances?"),
    ("intercept", r"intercept"), ("coef", r"coef|coefs|slope|beta"),
    ("sem", r"se|sem|standard error|std err(?:or)?"), ("std", r"std dev|std|stdev|standard deviation|sd|stddev|deviation|standard dev"), ("var", r"var|variance"),
    ("skew", r"skewness|skew"), ("kurt", r"kurtosis|kurt"),
    ("corr", r"correlation coefficient|corr coefficient|correlation|corr|coefficient|r value|r|pearson|spearman|kendall|rho|tau"),
    ("iqr", r"iqr|interquartile range"),     ("q3", r"q3|third quartile|upper quartile|75th percentile"),
    ("missing", r"missing|nulls?|nan|na"),
    ("outliers", r"outliers?"),
    ("median", r"median"), ("mode", r"mode|most common|most frequent"), ("mean", r"mean|avg|average|averages|mu"),
    ("max", r"max|maximum|highest|largest|peak"), ("min", r"min|minimum|lowest|smallest"), ("range", r"range"),
    ("sum", r"sum|total"), ("count", r"unique(?= \w)|distinct(?= \w)"),
    ("statistic", r"^[zhk]$|[zhk] (?:statistic|stat|value)|statistic|stat|t value|u|f value|chi2|chi square|chi|t|f|w|d"),
    ("left", r"left|remaining|rows?|entries|records|row count|observations|data points|size"),
    ("share", r"percentage|percent|proportion|share|fraction|rate|ratio|pct|probability"),
    ("count", r"count|counts|number|num|no|n|total number|frequency|amount"),
)  # fmt: skip
LABELS = re.compile(
    r"\b(?:types?|status|strength|decision|relationship|relation|significan\w*|conclusion|normality|is|are|has|direction|result|hypothesis|distribution|dist|difference|normal\w*|correlated)\b"
)
STAGE = {
    "before": "pre|before|original|raw|initial|old|prior|unprocessed",
    "after": "post|after|new|cleaned|clean|final|processed|updated|remaining|without|filtered|trimmed|transformed|scaled|normalized|normalised|standardized|adjusted|imputed|removed|filled",
}
STAGES = {w: k for k, ws in STAGE.items() for w in ws.split("|")}


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that has to come out.

    `name` is what it is called; `holder` the word in its brackets; `clause` what the form says of that word; `head` the kind of number
    (see `HEADS`); `type` says number, label, bool or list; `subject` are the words left that say of what.
    """

    name: str
    holder: str = ""
    clause: str = ""
    head: str = ""
    type: str = NUMBER
    options: tuple[str, ...] = ()
    decimals: int | None = None
    subject: tuple[str, ...] = ()
    stage: str = ""
    column: str = ""
    part: bool = field(default=False)


def words(text: str) -> tuple[str, ...]:
    """Give the words of a name in lower case, digits apart."""
    return tuple(w.casefold() for w in _WORDS.findall(text))


def places(text: str) -> int | None:
    """Read "two decimal places", "to the nearest hundredth", "third decimal place"; None where none or several are said."""
    found: set[int] = set()
    for m in _PLACES.finditer(text):
        if unit := m["unit"]:
            found.add(_UNITS[unit.casefold()])
        elif ordinal := m["ord"]:
            found.add(_ORDINALS[ordinal.casefold()])
        else:
            said = (m["n"] or m["d"] or m["m"] or m["k"]).casefold()
            found.add(int(said) if said.isdigit() else _COUNTED[said])
    return found.pop() if len(found) == 1 else None


def declared(form: str, rest: str) -> tuple[Slot, ...]:
    """Read the slots of a form such as `@mean[value], @p_value[p] where "p" is …`; `rest` is what else was said of rounding."""
    found: list[tuple[str, str]] = []
    for m in _DECLARED.finditer(form):
        if all(m[1] != name for name, _ in found):
            found.append((m[1], m[2].strip()))
    prose = re.sub(
        r"(?<=[\w,\"'])\n\s*(?=[\"'][\w -]+[\"'] (?:or|,|if)|[\"'][\w -]+[\"']\.?\s*$|[a-z])(?!\s*where)", " ", _DECLARED.sub(" ", form)
    )
    holders = list(dict.fromkeys(h for _, inside in found for h in _holders(inside)))
    known = {"p-value", "alpha", *(n.casefold() for n, _ in found), *(h.casefold() for h in holders)}
    general = places(rest)
    slots: list[Slot] = []
    for name, inside in found:
        parts = _holders(inside)
        composite = len(parts) > 1 and not re.search(r"\.\.\.|…|\{", inside) and "pair" not in name
        for holder in parts if composite else [", ".join(parts) or inside]:
            said = _clause(prose, holder, [*holders, *(n for n, _ in found if n not in holders)], only=len(found) == 1 and not composite)
            slots.append(_slot(name, holder, said, (general, prose, inside), known, composite=composite))
    return tuple(slots)


def _holders(inside: str) -> list[str]:
    return [h.strip(" \"'“”") for h in re.split(r",(?![^(]*\))", inside) if h.strip(" \"'")]


def _groups(prose: str, holders: list[str]) -> list[tuple[set[str], int, int]]:
    """Find where the form speaks of which holders, and where what it says of them begins and ends."""
    cores = list(dict.fromkeys(core for h in holders if (core := _core(h))))
    marks = sorted(
        {
            (m.start(), m.end(), core)
            for core in cores
            for m in re.finditer(rf"(?<!\w){re.escape(core)}(?!\w){_SAYS if len(core) < 3 else ''}", prose, re.IGNORECASE)
        }
    )
    found: list[tuple[set[str], int, int]] = []
    for start, end, core in marks:
        if re.search(r"\bof (?:the )?$", prose[:start]) and len(core) < 3:
            continue  # "the absolute value of r" speaks of r, and says nothing of it
        if found and found[-1][2] > start:
            continue  # inside a longer name
        if found and re.fullmatch(_JOINER, prose[found[-1][2] : start], re.IGNORECASE):
            found[-1] = ({*found[-1][0], core}, found[-1][1], end)
        else:
            found.append(({core}, start, end))
    spans = []
    for i, (names, _, end) in enumerate(found):
        stop = found[i + 1][1] if i + 1 < len(found) else len(prose)
        if i + 1 < len(found) and found[i + 1][0] == names:
            stop = found[i + 2][1] if i + 2 < len(found) else len(prose)
        close = re.search(r"(?<=[a-z\"')\d])\.(?:\s|$)|\n(?=\s*(?:where|\"|'))", prose[end:stop])
        spans.append((names, end, end + close.start() if close else stop))
    return spans


def _core(holder: str) -> str:
    return re.sub(r"\(.*", "", holder).strip()


def _clause(prose: str, holder: str, holders: list[str], *, only: bool) -> tuple[str, list[str]]:
    """Give what the form says of a holder, and the texts quoted in it."""
    spans = [(s, e) for names, s, e in _groups(prose, holders) if _core(holder) in names]
    if only or not spans:
        spans = spans if spans and any(e - s > 15 for s, e in spans) else [(0, len(prose))] if only else []
    quoted = [(m.start(), (m[1] or m[2] or m[3]).strip()) for m in _QUOTED.finditer(prose)]
    inside = [q for at, q in quoted if any(s <= at < e for s, e in spans)]
    return " ; ".join(prose[s:e] for s, e in spans), inside


def _options(clause: str, quoted: list[str], holder: str, names: set[str]) -> tuple[str, ...]:
    said = re.search(r"\(([^()]*/[^()]*)\)", holder)
    if said:
        return tuple(p.strip(" \"'") for p in said[1].split("/"))
    if re.fullmatch(r"\s*[\"']?\w[\w -]*[\"']?(?:\s*/\s*[\"']?\w[\w -]*[\"']?)+\s*", holder):
        return tuple(p.strip(" \"'") for p in holder.split("/"))
    if (either := re.fullmatch(r"(yes|true)[_ ]?(?:or[_ ])?(no|false)|([a-z]+)[_ ]or[_ ]([a-z]+)", holder, re.IGNORECASE)) and len(
        set(quoted) - {*either.groups()}
    ) == 0:
        return tuple(g for g in either.groups() if g)
    if re.search(r"\b(?:numbers?|integers?|floats?|floating|decimals?)\b", clause, re.IGNORECASE) and not re.search(
        r"\bstring|\bbool", clause
    ):
        return ()
    options = tuple(dict.fromkeys(q for q in quoted if q.casefold() not in names))
    if len(options) > 1 and re.search(
        r"\beither|one of|string|can be|could be|should be|takes?\b|indicat|bool|\bif\b|\bis\b|\bare\b", clause
    ):
        return options
    bare = re.search(r"\b(yes|true)\b.{1,60}\b(no|false)\b", clause, re.IGNORECASE)
    if bare:
        return (bare[1], bare[2])
    return ("True", "False") if re.search(r"\bbool", clause, re.IGNORECASE) else ()


def _head(said: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Give the kind of number that words name, and the words that do not."""
    text = " ".join(said)
    for head, pattern in HEADS:
        m = re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text)
        if m:
            return head, tuple((text[: m.start()] + text[m.end() :]).split())
    return "", said


def _slot(
    name: str, holder: str, said_of: tuple[str, list[str]], around: tuple[int | None, str, str], known: set[str], *, composite: bool
) -> Slot:
    (clause, quoted), (general, prose, inside) = said_of, around
    said = words(name)
    own = words(holder) if composite else said
    options = _options(clause, quoted, holder, known)
    typed = clause.casefold()
    decimals = next((n for n in (places(clause), places(prose), general) if n is not None), None)
    numeric = bool(re.search(r"\b(?:numbers?|numeric|floats?|floating|integers?|decimals?|coefficients?)\b", typed))
    kind = NUMBER
    if options and re.fullmatch(r"true|false", options[0], re.IGNORECASE):
        kind = BOOL
    elif options:
        kind = LABEL
    elif (re.search(r"\bpair\b|\bpairs\b", name.replace("_", " ")) and not numeric) or re.search(
        r"\blists?\b|list_of|\barray\b|\.\.\.|…|\{", f"{typed} {inside}"
    ):
        kind = LIST
    elif (
        (LABELS.search(" ".join(own)) and not numeric and words(holder)[:1] != ("p",))
        or re.search(r"\b(?:string|text|name of)\b", typed)
        or (re.search(r"(?:_|\b)name\b", holder) and not numeric)
    ):
        kind = LABEL
    head, subject = _head(own)
    second = _head(words(holder))[0] if len(holder) > 1 else ""
    if kind == NUMBER and second and (not head or (head in {"share", "count", "range"} and second in {"mean", "median", "std"})):
        head = second
    if kind == NUMBER and not head and re.search(r"\bintegers?\b|\bnumber of\b|\bcount\b", typed):
        head = "count"
    if composite:
        subject = (*subject, *(w for w in said if w not in own))
    if kind in {LABEL, BOOL}:
        return Slot(name, holder, clause, head, kind, options, None, said, _stage(said), part=composite)
    return Slot(name, holder, clause, head, kind, (), decimals, subject, _stage(subject), part=composite)


def _stage(said: tuple[str, ...]) -> str:
    """Give the stage that a word names; a number after it makes it a condition."""
    found = [(i, w) for i, w in enumerate(said) if w in STAGES]
    return next((STAGES[w] for i, w in found if not (i + 1 < len(said) and said[i + 1].isdigit())), "")
