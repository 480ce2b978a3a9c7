"""The gate: every content word of what is asked has to be explained by the finished plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.tokens import lemma, name_words, stem
from nexus_jupyter.plan.expressions import DatePart, Expr, If, IsNull, Lit
from nexus_jupyter.plan.models import Fit, Terms
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.preparation import Encode, Outliers, Scale
from nexus_jupyter.plan.statistics import CORRELATIONS, NORMALITY, PAIRED, SAMPLES, TWO_SAMPLES, ConfidenceInterval, SignificanceTest
from nexus_jupyter.plan.step import Measure, SortKey, Step
from nexus_jupyter.plan.steps import Aggregate, Derive, Distinct, DropMissing, FillMissing, Filter, Top, Window
from nexus_jupyter.plan.summaries import Correlation, Missing
from nexus_jupyter.request.lexicon import CONCEPTS, ENTITIES, SAYS_NOTHING
from nexus_jupyter.request.lines import Line, Piece
from nexus_jupyter.request.recipe import Recipe
from nexus_jupyter.request.slots import Slot, words

# words of an operation, and what the plan has to do for them
CUES: tuple[tuple[str, str], ...] = (
    (r"(?:arithmetic(?:al)? )?(?:means?|averages?|avg)(?: operation)?", "mean"), (r"medians?", "median"), (r"modes?", "mode"), (r"(?:sample |population )?standard deviations?|std(?: dev)?|stdev", "std"),
    (r"variances?", "var"), (r"standard errors?", "sem"), (r"coefficients? of variation|variation", "std"), (r"minimum|min", "min"), (r"maximum|max", "max"), (r"sums?|totals?|summing", "sum"), (r"skew(?:ness|ed)?|positively|negatively", "skew"), (r"kurtosis", "kurt"),
    (r"correlations?|correlat(?:ed|e|es|ing)|coefficients?|relationships?|relations?|associat\w+|linearly|matrix|relate[ds]?|\( r \)|linear|nonlinear|non - linear|monotonic", "corr"),
    (r"outliers?|anomal\w+", "outliers"), (r"z - scores?|z scores?", "zscore"), (r"iqr|interquartile range", "iqr"), (r"threshold(?: value)?", "outliers"),
    (r"normal(?:ly|ity)?(?: distribut\w+)?|gaussian|adheres?|follows?|distribut\w+", "normal"), (r"shapiro|wilk|kolmogorov|smirnov|anderson|darling|mann|whitney|anova|chi|square|squared|welch|pearson|spearman|kendall|tau|u|t", "test"),
    (r"tests?|regressor|classifier|independent|dependent", "fit"), (r"independent|dependent|independence|assum\w+|unequal|equal|variances?", "test"), (r"depend\w*|affect\w*|influenc\w*|impact\w*|var(?:y|ies)|effects?|same|equal|cohen 's|cohen|d|size|pooled|intervals?|confidence|bounds?", "test"), (r"tests?|hypothesis|significan\w+|alpha|p - values?|p|level|two - tailed|tailed", "test"), (r"differences?|differs?", "difference"), (r"plus|minus|times|moving|rolling|simple|consecutive|daily|change|today|previous", "derive"), (r"common|frequent|popular", "top"), (r"degrees of freedom", "test"),
    (r"missing|nulls?|nan|not null", "missing"), (r"weekdays?|weekends?|between", "week"), (r"imput\w+|fill\w*|replac\w+|imputation|strategy|deletion", "fill"), (r"duplicate\w*", "dedupe"),
    (r"count|many|number of|numbers?|frequency", "count"), (r"remov\w+|delet\w+|exclud\w+|drop\w*", "removed"), (r"rows?|entries|observations?|records?|left|remaining|occurrences", "count"),
    (r"regression|classif\w+|predict\w*|model\w*|train\w*|testing|split|accuracy|rmse|mse|error|squared|root|logistic|forest|random|tree|neighbou?rs?|seed|state|evaluation|metric|reproducib\w+|build|develop|logisticregression|linearregression|sets?|simple|mean squared error|mean absolute error|apply\w*|learning|function|fit|goodness|decision|size|multiple|intercept|coefficients?|slope|r - squared|coefficient of determination|determination", "fit"),
    (r"folds?|cross|validat\w+|cross - validat\w+|stratified", "folds"),
    (r"normaliz\w+|normalis\w+|scal\w+|min - max|minmax|standardiz\w+|standardis\w+|normalization", "scale"), (r"encod\w*|one - hot|label|coded|numerical|categorical|labels", "encode"),
    (r"each|every|per|separately|group\w*|bin|bins|binn\w+|bucket\w*|segment\w*|fall|falls|belongs?|categor\w+|class|classes|separate|unique|combination", "group"), (r"monthly|month|yearly|year|daily|weekday\w*|weekend\w*|hour|day", "date"),
    (r"new|otherwise|binary|creat\w+|generat\w+|multiply\w*|adding|subtract\w*|divid\w+|combin\w+|extract\w*|percentage|change|previous|formula|representing|represents|defined|difference|range|product|ratio|log", "derive"),
    (r"classify|positive|negative|type|status|direction|strength|strong|weak|moderate|strongest", "label"), (r"highest|lowest|largest|smallest|top|most|strongly|greatest", "top"), (r"between|among|with|together", "corr"), (r"between|among|from|across", "difference"), (r"not|no|non|never|without|except|excluding|other", "removed"), (r"percentage|percent|proportion|share|fraction|rate", "share"), (r"percentiles?|quartiles?|\d+(?:st|nd|rd|th)", "iqr"), (r"bounds?|limits?|multiplier", "outliers"), (r"unique|distinct|different", "unique"),
)  # fmt: skip


_NOTHING = {stem(w) for w in SAYS_NOTHING}
_UNITS = "mm|cm|m|km|kg|g|usd|eur|dollars|euros|percent|%|degrees|years|minutes|seconds|hours|meters|miles"
_ENTITY = "|".join(sorted(ENTITIES))
# phrases that add nothing, whatever the plan does
_PHRASES = (
    rf"(?:in|to) (?:{_UNITS})\b", rf"\w+(?:ed|ing|en) (?:by|from|during|in|on|at|to|of) (?:the |a |an |each |all )*(?:{_ENTITY})(?:e?s)?\b", r"\( <n\d+> = \w+ , <n\d+> = \w+ \)",
    r"i \. e \.?.*$", r"\bor not\b", r"(?:after|before) (?:\w+ )?\w+(?:ing|tion|ment|al)\b", rf"(?<=> )(?:{_UNITS})\b", r"each other", r"(?:that is |which is )?(?:located |lies |lying )?outside (?:of )?the whiskers of (?:the|a) box ?plot", r"\( <n\d+> days (?:a|per|in a) year \)", r"(?:est|common|frequent|popular|same|this|that) <n\d+>(?= ?[.?,])", r"which <n\d+>(?: \w+)? (?:variables|columns|features)", r"null hypothes[ie]s", r"(?:in|of|for) each of the(?: following)? (?:columns?|features?|variables?)?", r"(?:each|every) (?:column|variable|feature)\b", r"<c\d+> (?:speed|price|score|level|rate|amount|value|index)s?\b", r"(?:and )?(?:what|where) (?:are|is) (?:their|its|the) (?:locations?|positions?)", r"how many", r"<c\d+>(?: \w+){1,2} (?:columns?|variables?|features?|fields?)\b", r"\( (?:in )?<n\d+> - hour (?:format|clock) \)", r"\( e \. g \. ?,?[^)]*\)", r"\( <[qv]\d+>[^)]*\)", rf"when each (?:{_ENTITY}) \w+ed",
    r"\w+(?:ed|en) (?:by|in|from|at|on) (?:the |each |every )?(?=<c\d+>)", r"(?:\w+ ){1,2}(?=\( <c\d+> (?:, <c\d+> )+)", r"(?:that are |which are )?(?:not null|non - null)",
    r"(?:null|missing) (?:<c\d+> |values? |entries )*(?:(?:in|of) <c\d+> )?(?:are|is|should be|will be) (?:not (?:taken into|considered|included|counted)|ignored|excluded)(?: into| in)?(?: the)?(?: calculations?| account| analysis)?",
)  # fmt: skip
_ROUNDED = (
    r"(?<![\w<])(?:please )?round(?: (?:off|up)?)?(?: (?:it|them|the|both|all|each|your|final|numerical|numeric|and|,|results?|answers?|values?|numbers?|figures?"
    r"|coefficients?|means?|medians?|averages?|statistics?|scores?|(?:p|t|f|z) -? ?(?:value|statistic|score)s?)){0,7} (?:to|at) (?:the )?<n\d+> (?:decimal|digit)\w*"
)


def unexplained(lines: list[Line], plan: Plan, recipe: Recipe, slots: tuple[Slot, ...]) -> tuple[str, ...]:
    """Name the words of the ask that nothing in the plan explains."""
    done = {*_done(plan), *(c.why for c in recipe.changes)}
    columns = set(_columns(plan))
    literals = [x.value for x in _walk(plan) if isinstance(x, Lit) and isinstance(x.value, (int, float))]
    parts = {w for c in columns for w in name_words(c)}
    said = {stem(w) for s in slots for w in words(s.name)} | {
        w for alias, c in recipe.linker.aliases.items() if c in columns for w in alias
    }
    counted = {len(labels) for labels in recipe.labels.values()}
    left: list[str] = []
    for line in (x for x in lines if x.zone == "ask" and not x.done):
        covered = _covered(line, done)
        _described(line, [x for x in lines if x.zone == "rule"], recipe, covered)
        for i, p in enumerate(line.pieces):
            if p.kind == "mark" or covered[i]:
                continue
            if p.kind == "column":
                if (
                    not _rows_of(p, recipe)
                    and p.target not in columns
                    and not _restated(p.target, columns)
                    and (p.sure or not all(_plain(w.casefold(), parts) for w in p.text.split()))
                ):
                    left.append(p.text)
            elif p.kind in {"value", "number", "quote"}:
                if (
                    not p.why
                    and not (p.kind == "number" and (p.target in literals or p.target in counted or _all_of(line, i, recipe)))
                    and not _named(p, recipe, plan)
                ):
                    left.append(p.text)
            elif p.kind != "entity" and not _plain(p.low, parts) and stem(p.low) not in said:
                left.append(p.text)
    return tuple(dict.fromkeys(left))


def _plain(low: str, parts: set[str]) -> bool:
    if low in SAYS_NOTHING or stem(low) in _NOTHING or lemma(low) in ENTITIES or len(low) == 1:
        return True
    if len(low) > 6 and low[0] in "cdeip" and any(_typed(low, w) for w in SAYS_NOTHING if abs(len(w) - len(low)) < 2):
        return True
    if any(w in parts for w in CONCEPTS.get(low, "").split()):
        return True
    return any(stem(low) == stem(w) or (len(w) >= 3 and low.startswith(w) and len(low) > len(w) + 1) for w in parts)


def _rows_of(p: Piece, recipe: Recipe) -> bool:
    """Say whether a column is named for the rows themselves: "countries" where each row is a country."""
    return (
        not p.quoted
        and p.target in recipe.linker.columns
        and recipe.linker.label(p.target)
        and p.text.casefold() == p.text
        and lemma(p.text) in ENTITIES
    )


def _typed(word: str, meant: str) -> bool:
    """Say whether a word is another with one letter missing or too many."""
    short, long = sorted((word, meant), key=len)
    return len(short) + 1 == len(long) and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _named(p: Any, recipe: Recipe, plan: Plan) -> bool:
    text = str(p.target[1] if p.kind == "value" else p.target)
    return (
        text in recipe.made
        or any(text in map(str, labels) for labels in recipe.labels.values())
        or any(text == o.name for o in plan.outputs)
    )


def _all_of(line: Line, i: int, recipe: Recipe) -> bool:
    """Say whether a number is how many values the column after it has: "the three regions"."""
    after = line.pieces[i + 1] if i + 1 < len(line.pieces) else None
    return after is not None and after.kind == "column" and len(recipe.linker.values(after.target)) == line.pieces[i].target


def _restated(name: str, columns: set[str]) -> bool:
    """Say whether a mention is of a column whose words are among those of a column that is used."""
    own = {w for w in name_words(name) if w not in {"total", "number", "count"}}
    return any(own <= set(name_words(c)) for c in columns)


def _described(line: Line, rules: list[Line], recipe: Recipe, covered: list[bool]) -> None:
    """Take "…, which represents the size of a family" as a description of a new column that is defined already."""
    given = {line.pieces[int(m[1])].target for line in rules for m in line.find(r"<c(\d+)> = ")}
    for m in line.find(r"<c(\d+)>(?: \w+)? by (?:summing|adding|combining|multiplying|dividing|subtracting)\b.*$"):
        if line.pieces[int(m[1])].target in given & set(recipe.made):  # a constraint gives the formula
            for i, at in enumerate(line.starts):
                covered[i] = covered[i] or (at >= m.start() and line.pieces[i].kind in {"word", "entity"})
    for m in line.find(r"<c(\d+)>.{0,80}?(?:which|that|representing|indicating|describing)(?: represents?| indicates?| describes?)? "):
        if line.pieces[int(m[1])].target in recipe.made and re.search(r"represent|indicat|describ", m[0]):
            for i, at in enumerate(line.starts):
                covered[i] = covered[i] or (at >= m.start() and line.pieces[i].kind in {"word", "entity"})


def _covered(line: Line, done: set[str]) -> list[bool]:
    covered = [False] * len(line.pieces)
    for i, p in enumerate(line.pieces):
        if p.kind in {"word", "entity", "number", "value", "quote"} and p.why and any(_satisfied(w, done) for w in p.why):
            covered[i] = True
    for pattern, tag in CUES:
        if tag in done:
            for m in line.find(rf"(?<![\w<])(?:{pattern})(?![\w>])"):
                for i, at in enumerate(line.starts):
                    if m.start() <= at < m.end() and line.pieces[i].kind == "word":
                        covered[i] = True
    for pattern in (*_PHRASES, _ROUNDED, r"(?:to|up to|with|rounded to)?(?: the)? ?<n\d+> (?:decimal|digits)\w*(?: places?| points?)?"):
        for m in line.find(pattern):
            for i, at in enumerate(line.starts):
                if m.start() <= at < m.end() and line.pieces[i].kind != "column":
                    covered[i] = True
    return covered


def _satisfied(why: str, done: set[str]) -> bool:
    return (
        why in done
        or why.split(maxsplit=1)[0] in done
        or why in {"alpha", "split", "seed", "target", "features", "ordinal", "pair", "within", "often", "order"}
    )


def _walk(plan: Plan) -> Iterator[Any]:
    stack: list[Any] = list(plan.steps)
    while stack:
        x = stack.pop()
        yield x
        if isinstance(x, Step):
            stack += [getattr(x, f.name) for f in fields(x) if f.name != "schema" and not isinstance(getattr(x, f.name), Step)]
        elif isinstance(x, Measure):
            stack += [x.where] if x.where is not None else []
        elif isinstance(x, Expr):
            stack += list(x.children())
        elif isinstance(x, tuple):
            stack += list(x)


def _done(plan: Plan) -> set[str]:
    """Give what a plan does, as tags of `CUES`."""
    found: set[str] = set()
    for x in _walk(plan):
        match x:
            case Measure():
                found |= {
                    x.func.removesuffix("_pop"),
                    {"kurtosis": "kurt", "size": "count", "count_distinct": "unique", "quantile": "iqr"}.get(x.func, x.func),
                }
                found |= {"count"} if x.func in {"size", "count", "count_distinct"} else {"filter"} if x.func == "share" else set()
            case Top():
                found |= {"top", "order"}
            case SignificanceTest():
                found |= {"test", x.kind, f"test {x.kind}"}
                found |= (
                    {"corr"}
                    if x.kind in CORRELATIONS
                    else {"normal"}
                    if x.kind in NORMALITY
                    else {"difference", "mean", "group"}
                    if x.kind in TWO_SAMPLES | SAMPLES | PAIRED | {"t_one"}
                    else {"corr"}
                )
            case ConfidenceInterval():
                found |= {"test", "mean"}
            case Correlation():
                found |= {"corr", "test pearson", "label", "test"}
            case Outliers():
                found |= {"outliers", x.method, "mean", "std", "removed", "fill", "iqr"}
            case Fit():
                found |= {"fit", "corr", "linear", "count"} | ({"label", "group"} if x.task == "classification" else set())
                found |= {"folds", "mean"} if x.folds is not None else set()
                found |= {"encode"} if any(c.kind is Kind.STRING for c in x.input.schema.only(x.features)) else set()
            case Terms():
                found |= {"top"}
            case Missing():
                found |= {"missing", "count", "group", "top"}
            case FillMissing():
                found |= {"fill", "missing", x.how}
            case DropMissing():
                found |= {"drop", "missing", "fill", "removed", "count"}
            case Distinct():
                found |= {"dedupe", "removed", "count", "unique"}
            case Scale():
                found |= {"scale", "min", "max"} if x.method == "minmax" else {"scale", "mean", "std"}
            case Encode():
                found |= {"encode"}
            case IsNull():
                found |= {"missing"}
            case DatePart():
                found |= {"date", "derive"}
            case Filter():
                found |= {"filter", "years", "group"}
            case Derive() | Window():
                found |= {"derive"}
            case If():
                found |= {"label", "group"}
            case Aggregate():
                found |= {"group", "often"} if x.keys else set()
            case _:
                pass
    if "skew" in found or "kurt" in found:
        found.add("normal")
    return found


def computed(plan: Plan, head: str) -> bool:
    """Say whether a plan computes the kind of number that a slot wants; kinds that have no tag of their own pass."""
    done = _done(plan)
    return head in done or (head in {"max", "min"} and "top" in done) or head not in {tag for _, tag in CUES}


def _columns(plan: Plan) -> Iterator[str]:
    """Name every column that a plan reads."""
    for x in _walk(plan):
        if isinstance(x, Expr):
            yield from x.columns()
        elif isinstance(x, (Step, Measure)):
            for name in ("column", "target", "by", "name"):
                value = getattr(x, name, None)
                if isinstance(value, str):
                    yield value
            for name in ("columns", "keys", "features", "by"):
                for value in getattr(x, name, ()) or ():
                    found = value.column if isinstance(value, SortKey) else value
                    if isinstance(found, str):
                        yield found
