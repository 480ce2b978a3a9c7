"""Claims to be tested, in plain words: "do men and women differ in fare", "does A matter once B is held constant"."""

from __future__ import annotations

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.context.schema import Role
from nexus_jupyter.language import inference, ratios
from nexus_jupyter.language.case import MOST_GROUPS
from nexus_jupyter.language.comparisons import comparison
from nexus_jupyter.language.conditions import equality
from nexus_jupyter.language.draft import Draft, NotUnderstood, Pred, Quantity
from nexus_jupyter.language.lexicon import PLACES
from nexus_jupyter.language.linking import Item
from nexus_jupyter.language.phrases import GROUPING, RANKING, SIGNS, correlated, phrase
from nexus_jupyter.language.reader import Reader, Rule
from nexus_jupyter.language.vocabulary import EXACT, Ref
from nexus_jupyter.plan.models import Fit
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.statistics import CORRELATIONS, ConfidenceInterval, SignificanceTest
from nexus_jupyter.plan.summaries import Correlation

WOMEN, MEN = frozenset("woman women female females girl girls".split()), frozenset("man men male males boy boys".split())
SEXES = WOMEN | MEN | {"sex", "sexes", "gender", "genders"}


class Claim(Reader):
    """A reader of claims, in which the order of words says little and every word has its part."""

    def __init__(self, items: tuple[Item, ...], scope: tuple[str, ...], catalog: Catalog) -> None:
        """Start with nothing held constant and no outcome."""
        super().__init__(items, scope, catalog, chart=False)
        self.said: set[str] = set()
        self.outcome: list[Pred] = []
        self.sharing = False
        self.holding = False
        self.control: list[Ref] = []
        self.flags: list[Ref] = []
        self.inside: set[int] = set()

    def run(self, rules: tuple[Rule, ...]) -> Draft:
        """Read the words, and put together what they say where all of them have a part."""
        super().run(rules)
        if not self.left:
            _settle(self)
        return self.draft

    def add(self, ref: Ref, func: str = "") -> None:
        """Keep a column: what is compared, or what is held constant."""
        if self.holding:
            self.control.append(ref)
        elif all(q.ref != ref for q in self.draft.selects):
            self.draft.selects.append(Quantity(func, ref))


# --- words


def _figure(r: Reader, i: int) -> int | None:
    if r.items[i].number is None and not r.cue(i, "test", *inference.FIGURES):
        return None
    before = len(r.draft.tests)
    r.draft.tests.append("significant")  # a level needs a test that it belongs to
    j = inference.test(r, i)
    del r.draft.tests[before]
    return j


def _expected(r: Reader, i: int) -> int | None:
    """Take the number with which a mean is compared: "above 100", "different from 12", "equal to 5"."""
    op, j = (r.items[i].cue or ("", ""))[1], r.skip(i + 1, also=frozenset({"than", "to", "from"}))
    number, last = (r.items[j].number if r.at(j) is not None else None), r.draft.selects[-1:]
    if (
        number is not None
        and last
        and not last[0].func
        and any(it.low == "on average" for it in r.items)
        and last[0].ref
        and r.number(last[0].ref)
    ):
        last[0].func = "mean"
    sides = {"!=": "two-sided", "==": "two-sided", ">": "greater", "<": "less"}
    if not r.cue(i, "cmp") or number is None or not last or last[0].func != "mean" or op not in sides:
        return None
    r.draft.tests.append("t_one")
    r.draft.figures["mean"], r.draft.alternative = number, sides[op]
    return j + 1


def _named(r: Reader, i: int) -> int | None:
    """Take a column that is written as it is called, or one that something says more about than a phrase does."""
    if not isinstance(r, Claim) or not r.is_column(i) or r.candidates(i)[0][1] < EXACT:
        return None
    return _column(r, i)


def _column(r: Reader, i: int) -> int | None:
    if not isinstance(r, Claim) or not r.has_column(i) or (r.has_table(i) and not r.is_column(i)):
        return None
    ref = r.column(i)
    if r.info(ref).role is Role.IDENTIFIER and r.tiers[i] < EXACT and "id" not in r.items[i].lows:
        return i + 1  # "patients" of `patient_id` are the rows
    grouping = [r.items[k].low for k in range(max(0, i - 3), i) if k not in r.inside and r.items[k].low not in {"the", "a", "of"}]
    if r.sharing and not r.holding:
        found = r.flag(ref)
        if found is None:
            raise NotUnderstood("the share of what")
        r.outcome, r.sharing = [Pred("cmp", ref, "==", found[0])], False
    elif (
        not r.holding
        and grouping
        and (grouping[-1] in GROUPING or grouping[-1].endswith(" different") or (grouping[-2:-1] and grouping[-1] == "different"))
        and r.profile(ref).distinct <= MOST_GROUPS
    ):
        if (ref, "") not in r.draft.keys and all(q.ref != ref for q in r.draft.selects):
            r.draft.keys.append((ref, ""))
    else:
        r.add(ref, "mean" if "mean" in r.said and r.number(ref) else "")
        r.said.discard("mean")
    return i + 1


def _grouping(before: list[str]) -> bool:
    """Say whether the words before a column make it a group: "by", "between", "with different"."""
    return bool(before) and (before[-1] in GROUPING or before[-1].endswith(" different") or (len(before) > 1 and before[-1] == "different"))


def _said(r: Reader, i: int) -> int | None:
    """Take a phrase of a claim."""
    found = phrase(r.items, i)
    if not isinstance(r, Claim) or found is None:
        return None
    arg, j = found
    r.touched = True
    if arg == "hold":
        if not any((later := phrase(r.items, k)) and later[0] == "held" for k in range(j, len(r.items))):
            return j if r.items[i].free else None
        r.holding = True
    elif arg == "held":
        if not r.control:
            return None
        r.holding = False
    elif arg == "control":
        r.holding = True
    elif arg == "share" and (r.items[i].low.startswith("rate") and (flag := _before(r, i)) is not None):
        r.outcome, r.draft.selects = [flag], [q for q in r.draft.selects if q.ref != flag.ref]  # "the survival rate"
    elif arg == "share":
        r.sharing = True
    elif arg in {"mean", "filler", *RANKING, *SIGNS}:
        r.said.add(arg)
    else:
        r.inside |= set(range(i, j))
        r.said.add(arg)
        r.draft.tests.append(arg)
    return j


def _before(r: Claim, i: int) -> Pred | None:
    """Give what the flag says that the word before an item names."""
    flag = next((q.ref for q in r.draft.selects if q.ref and r.consumed.get(i - 1) == f"column {q.ref.table}.{q.ref.column}"), None)
    said = r.flag(flag) if flag is not None else None
    return Pred("cmp", flag, "==", said[0]) if said else None


def _adjective(r: Reader, i: int) -> int | None:
    """Take "heavier than" without a number: what it speaks of differs."""
    if not isinstance(r, Claim) or not r.cue(i, "cmpadj"):
        return None
    ref = r.hinted((r.items[i].cue or ("", ""))[1].partition("|")[2], list(r.scope))
    if ref is None or r.holding:
        return None
    r.touched = True
    r.consumed[i] = f"column {ref.table}.{ref.column}"
    r.add(ref)
    r.draft.tests.append("difference")
    return i + 1


def _ordinal(r: Reader, i: int) -> int | None:
    """Take "third class": the value of a column of numbers."""
    place = PLACES.get(r.items[i].low)
    refs = [ref for ref, _ in r.candidates(i + 1) if r.number(ref) and r.profile(ref).complete and place in r.profile(ref).values]
    if place is None or len(refs) != 1 or not isinstance(r, Claim) or r.holding:
        return None
    r.touched = True
    r.consumed[i + 1] = f"value of {refs[0].table}.{refs[0].column}"
    r.draft.preds.append(Pred("cmp", refs[0], "==", place))
    return i + 2


def _method(r: Reader, i: int) -> int | None:
    """Take the name of a test or another word of statistics."""
    if r.is_column(i) or not r.cue(i, "test"):
        return None
    return inference.test(r, i)


def _value(r: Reader, i: int) -> int | None:
    """Take a value: one side of what is compared, a condition, or what is counted."""
    if not isinstance(r, Claim) or not r.has_value(i) or r.is_column(i):
        return None
    known = [p.ref for p in r.draft.preds]
    ref, value = r.value(i, next((v[0] for v in r.items[i].values if v[0] in known), None))
    if r.holding:
        return None
    if r.sharing:
        r.outcome, r.sharing = [Pred("cmp", ref, "==", value)], False
    elif r.cue(i - 1, "logic", "not"):
        return None
    else:
        r.draft.preds.append(Pred("cmp", ref, "==", value))
    return i + 1


def _outcome(r: Reader, i: int) -> int | None:
    """Take a noun or verb for what a flag says: "survivors", "survival", "smoking", and "women" of the flag `female`."""
    it = r.items[i]
    if not isinstance(r, Claim) or it.linked or it.mark or len(it.lows) != 1:
        return None
    flags = [Ref(t, c.name) for t in r.scope for c in r.catalog.dataset(t).schema if r.flag(Ref(t, c.name))]
    found = [ref for ref in flags if it.low in SEXES and ref.column.casefold() in SEXES] or [
        ref for ref in flags if derived(it.low, ref.column)
    ]
    if len(found) != 1:
        return None
    r.touched = True
    r.consumed[i] = f"column {found[0].table}.{found[0].column}"
    if r.sharing:
        r.outcome, r.sharing = [Pred("cmp", found[0], "==", (r.flag(found[0]) or (1, 0))[0])], False
    else:
        r.flags.append(found[0])
        r.add(found[0])
    return i + 1


def derived(word: str, column: str) -> bool:
    """Say whether a word and a column's name are of one verb: survival, survivors and `survived`, smoking and `smoker`."""
    a, b = root(word), root(column)
    return (a == b and len(a) >= ratios.SHORTEST_ROOT) or ratios.same_root(word, column)


def root(word: str) -> str:
    """Cut the endings that make nouns and participles of a verb."""
    low = word.casefold()
    for end in ("ations", "ation", "ings", "ing", "ers", "ors", "er", "or", "als", "al", "ed", "es", "e", "y", "s"):
        if low.endswith(end) and len(low) - len(end) >= ratios.SHORTEST_ROOT:
            return low[: -len(end)]
    return low


def _other(r: Reader, i: int) -> int | None:
    """Take "non-smokers" beside "smokers": the other side of a flag."""
    if not r.cue(i, "logic", "not"):
        return None
    j = i + 1
    while r.mark(j) == "-":
        j += 1
    said = r.at(j)
    other = {ref for k in range(len(r.items)) if k != j for ref, _ in r.candidates(k)}
    again = said is not None and any(k != j and it.low == said.low for k, it in enumerate(r.items))
    return j if again or any(r.flag(ref) and ref in other for ref, _ in r.candidates(j)) else None


def _filled(r: Reader, i: int) -> int | None:
    """Step over a table's name, free words and marks."""
    it = r.items[i]
    if it.mark == "," and isinstance(r, Claim):
        r.holding = r.holding and not r.control
    if it.mark or it.free or (r.people(i) and it.low not in SEXES) or (r.has_table(i) and not r.has_value(i)):
        return i + 1
    if r.cue(i, "logic", "and") or r.cue(i, "each") or r.cue(i, "cmp", "between") or r.cue(i, "weak"):
        return i + 1
    return None


RULES: tuple[Rule, ...] = (
    _figure,
    _expected,
    _ordinal,
    _named,
    equality,
    comparison,
    _adjective,
    _said,
    _method,
    _value,
    _column,
    _outcome,
    _other,
    _filled,
)


# --- what they come to
def inferred(plan: Plan | None) -> bool:
    """Say whether a plan infers something: a test, an interval, a correlation or a model."""
    return plan is not None and any(isinstance(step, (SignificanceTest, ConfidenceInterval, Correlation, Fit)) for step in plan.steps)


def _settle(r: Claim) -> None:
    d = r.draft
    if r.sharing:
        raise NotUnderstood("the share of what")
    if r.said & RANKING:
        _ranked(r)
        return
    if r.said & SIGNS:
        raise NotUnderstood("on which side")
    if not (set(d.tests) - {"significant"} or r.said & {"explained", "explains"} or r.control):
        raise NotUnderstood("what is claimed")
    _often(r)
    _sides(r)
    named = {
        t
        for t in d.tests
        if t not in {"difference", "associated", "significant", "often", "rank", "middle", "paired", "effect", "explained", "explains"}
    }
    plain = {"middle": "rank", "often": "difference"}
    d.tests = [plain.get(t, t) for t in d.tests if t not in {"explained", "explains"}]
    if r.said & {"explained", "explains"}:
        d.tests = [t for t in d.tests if t not in {"difference", "associated"}] + ["regress"]
    if "levene" in named and not named - {"levene"}:
        d.tests = [t for t in d.tests if t not in {"difference", "associated", "rank"}]
    if "associated" in d.tests and "difference" not in d.tests:
        d.statistic = ""
    if r.control:
        _controlled(r)
    for pred in r.outcome:
        d.selects = [q for q in d.selects if q.ref != pred.ref]
        d.selects.append(Quantity("share", pred.ref, where=pred))


def _ranked(r: Claim) -> None:
    """Ask for the strongest or weakest of all correlations, or of those with one column."""
    d = r.draft
    if not correlated(r.items) or d.keys or len(d.selects) > 1 or r.control or r.outcome or len(r.said & RANKING) + len(r.said & SIGNS) > 2:
        raise NotUnderstood("which correlation is meant")
    d.tests = [t for t in d.tests if t in CORRELATIONS] + ["pairs"]
    d.figures["pairs"] = -1 if "weakest" in r.said else 1
    d.alternative = next(iter(r.said & SIGNS), d.alternative)


def _often(r: Claim) -> None:
    """Let the flag that a verb names be what is counted: "did women survive more often than men"."""
    if not r.said & {"often", "proportions"} or r.outcome:
        return
    flags = [q.ref for q in r.draft.selects if q.ref is not None and r.flag(q.ref)]
    if len(flags) != 1:
        raise NotUnderstood("what happens more often")
    r.outcome = [Pred("cmp", flags[0], "==", (r.flag(flags[0]) or (1, 0))[0])]


def _sides(r: Claim) -> None:
    """Make groups of the values of one column; a single value of two is compared with the other one, where nothing else is compared."""
    d = r.draft
    values: dict[Ref, list[Pred]] = {}
    for p in d.preds:
        if p.kind == "cmp" and p.op == "==" and p.ref is not None and not p.negated:
            values.setdefault(p.ref, []).append(p)
    several = [ref for ref, preds in values.items() if len(preds) > 1]
    if len(several) > 1:
        raise NotUnderstood("groups of two columns")
    compared = set(d.tests) & {"difference", "often", "levene", "effect", "rank", "middle", "proportions", "t", "t_equal", "mann_whitney"}
    beside = d.keys or any(q.ref in r.flags for q in d.selects) or len(d.selects) > 1
    if not several and compared and len(values) == 1 and not beside:
        (ref,) = values
        both = r.profile(ref).values
        if r.profile(ref).complete and len(both) == 2:
            values[ref] += [Pred("cmp", ref, "==", v) for v in both if v != values[ref][0].value]
            several = [ref]
    alone = [ref for ref in values if ref not in several and (any(q.ref == ref for q in d.selects) or any(k == ref for k, _ in d.keys))]
    if alone:
        raise NotUnderstood(f"which groups of `{alone[0].column}` are compared")
    for ref in several:
        d.preds = [p for p in d.preds if not (p.kind == "cmp" and p.op == "==" and p.ref == ref)]
        d.selects = [q for q in d.selects if q.ref != ref]
        d.keys = [k for k in d.keys if k[0] != ref]
        d.preds.append(Pred("in", ref, value=tuple(dict.fromkeys(p.value for p in values[ref]))))


def _controlled(r: Claim) -> None:
    """Hold columns constant: a partial correlation of numbers, else a regression."""
    d = r.draft
    main = [q.ref for q in d.selects if q.ref is not None]
    if len(main) != 2 or d.keys or any(p.kind == "in" for p in d.preds):
        raise NotUnderstood("what is related, with something held constant")
    plain = all(r.number(ref) and r.profile(ref).distinct > 2 for ref in [*main, *r.control])
    if not plain:
        main.sort(key=lambda ref: not (r.number(ref) and r.profile(ref).distinct > 2))
        d.tests = [*(t for t in d.tests if t in inference.FIGURES), "regress"]
    else:
        d.tests = [t for t in d.tests if t not in {"difference", "associated"}] + ["significant"]
        d.figures["control"] = 2
    d.selects = [Quantity("", ref) for ref in [*main, *dict.fromkeys(r.control)]]
