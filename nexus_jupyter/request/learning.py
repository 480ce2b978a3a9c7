"""Models that a request describes: kind, target, features, split, seed."""

from __future__ import annotations

import itertools
import re

from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.recipe import CS, C, Learning, Recipe

KINDS = (
    ("logistic", r"logistic regression|logisticregression"), ("ridge", r"ridge"), ("lasso", r"lasso"), ("forest", r"random forest\w*"),
    ("boosting", r"gradient boost\w*|boosting"), ("tree", r"decision tree\w*"), ("knn", r"k - nearest neighbou?rs?|knn|k nearest neighbou?rs?"),
    ("svm", r"support vector \w+|svm|svc"), ("bayes", r"naive bayes"), ("linear", r"linear regression|linearregression|linear model|multiple regression|ordinary least squares|ols"),
)  # fmt: skip
MODEL = r"\b(?:regression|random forest|decision tree|classifier|logistic|naive bayes|nearest neighbou?rs?|gradient boosting|support vector|train)\b"
"""Words that speak of a model."""
_BEFORE = r"\w*(?: set| size| data)?(?: size)?(?: of| =| is| \()* ?$"
_LEAST, _NOTHING = 5, 1e-9
METRICS = frozenset("accuracy mse rmse mae r2 adjusted_r2 coef intercept f1 precision recall auc feature".split())
_ABOUT = re.compile(
    r"\b(?:regression|model|models|classif\w+|predict\w*|train\w*|test set|testing|random forest|features?|random state|seed|split|least squares|ols|dependent variable|intercept|slope)\b"
)


def learning(r: Recipe, line: Line) -> None:
    """Read what a line says of a model."""
    mask = line.mask
    if not _ABOUT.search(mask):
        return
    told = r.learning or Learning()
    kind = next((k for k, p in KINDS if re.search(rf"(?<!\w)(?:{p})(?!\w)", mask)), "")
    if kind == "knn" and re.search(r"imput", mask):
        kind = ""
    told.kind = told.kind or kind
    for m in line.find(
        r"(?:predict\w*|prediction of|forecast\w*|estimat\w+|model of)(?: (?:the|whether|a|an|if|value|values|number|amount|of|passengers?|customers?|person|quality|or))* (<c\d+>)"
    ):
        told.target = told.target or line.targets(m[1])[0]
        line.claim(m.start(), m.end(), "target")
    for m in line.find(
        rf"({C})(?: (?:column|rate|as|is|be|being|the|a))* (?:output|target|dependent|response|outcome|label) ?(?:variable|column|feature)?|(?:output|target|dependent|response)(?: variable| column)? (?:is|as|being|:)? ?({C})"
    ):
        told.target = line.targets(m[0])[-1] if m[2] else line.targets(m[1])[-1]
        line.claim(m.start(), m.end(), "target")
    for m in line.find(rf"regress\w* (?:of )?(?:the )?(<c\d+>) (?:on|against|onto) (?:the )?({CS})"):
        told.target, told.features = told.target or line.targets(m[1])[0], told.features or line.targets(m[2])
        line.claim(m.start(), m.end(), "features")
    for m in line.find(
        rf"(?:regression|model|classifier|forest|tree|boosting|regressor|neighbou?rs|machine|bayes) (?:of|for) ({C}) (?:on|from|by|using|with|against) "
    ):
        told.target = told.target or line.targets(m[1])[0]
        line.claim(m.start(), m.end(), "target")
    for m in line.find(rf"({CS}) (?:explain|predict|determine)s? (?:the )?(<c\d+>)"):
        told.target, told.features = told.target or line.targets(m[2])[0], told.features or line.targets(m[1])
        line.claim(m.start(), m.end(), "features")
    told.whole = told.whole or bool(
        re.search(r"\ball (?:the )?rows|(?:entire|whole|full) (?:data ?set|data|sample)|least squares|\bols\b", mask)
    )
    found: list[str] = []
    for m in line.find(
        rf"(?:based on|using|from|with|given|on) (?:only )?(?:the |their |its |a )*(?:passenger 's |independent |input |new |following |numeric\w* )*(?:features?|variables?|predictors?|columns?|attributes?)?(?: of| are| as| :)* ?\(? ?({CS}(?: (?:,|and|, and) {C})*)"
        rf"|({CS}) (?:are|as|is)(?: the)? (?:independent|input|predictor|explanatory|feature)(?: variables?| features?)?|(?:independent variables?|predictors?|features?)(?: are| is| :| of)* ?\(? ?({CS})"
    ):
        names = [c for c in line.targets(m[0]) if c != told.target]
        if (
            names
            and (m[2] or m[3] or re.search(r"predict|model|regress|classif|train", mask))
            and not re.search(r"encod|create|creating|imput|test the", mask[: m.start()][-40:])
        ):
            found += [n for n in names if n not in found]
            line.claim(m.start(), m.end(), "features")
    if not found and re.search(r"new feature|this feature", mask) and r.made and (told.kind or kind):
        found = [list(r.made)[-1]]
    if found and (not told.features or line.zone == "rule"):
        told.features = found if set(found) - {told.target} else told.features
    _split(told, line)
    for m in line.find(
        r"(?:<n(\d+)> ?-? ?folds?(?: stratified)? )?cross ?-? ?validat\w+(?: (?:with|using|over) <n(\d+)> (?:folds|parts|splits))?|<n(\d+)> - folds?(?: cv)?"
    ):
        said = next((line.pieces[int(g)].target for g in m.groups() if g), 5)
        told.folds = said if isinstance(said, int) else None
        line.claim(m.start(), m.end(), "split")
    if re.search(r"balanc\w+(?: the)? class|class weights?", mask) and not re.search(r"(?:not|n't|don ' t|do not|without) balanc", mask):
        told.balanced = True
    if told.kind or told.target or told.test_size or told.folds or told.seed is not None or r.learning:
        r.learning = told


def _split(told: Learning, line: Line) -> None:
    """Read "80 % for training", "70 - 30", "test size of 0.2", "a seed of 42"."""
    mask = line.mask
    if m := re.search(r"(?:random state|random seed|seed)\b[^<]{0,45}<n(\d+)>", mask):
        told.seed = int(line.pieces[int(m[1])].target)
        line.claim(m.start(), m.end(), "seed")
    if not re.search(r"\b(?:train|training|test|testing|split)\b", mask):
        return
    numbers = [(m.start(), m.end(), float(line.pieces[int(m[1])].target)) for m in re.finditer(r"<n(\d+)>", mask)]
    shares = [(s, e, n / 100 if n > 1 else n) for s, e, n in numbers if (_LEAST <= n <= 100 - _LEAST and n != told.seed) or 0 < n < 1]
    for (s, f, a), (_, e, b) in itertools.pairwise(shares):
        if abs(a + b - 1) < _NOTHING:
            before, between = mask[:s], mask[f:e]
            trained = re.search(rf"train{_BEFORE}", before) is not None
            tested = re.search(rf"test{_BEFORE}", before) or (re.search(r"\btest", between) and not re.search(r"\btrain", between))
            told.test_size = round(a if tested and not trained else b, 6)
            line.claim(s, e, "split")
            return
    for s, e, a in shares:
        after, before = mask[e : e + 45], mask[max(0, s - 30) : s]
        if re.match(r"[^<]{0,40}\btrain", after) or re.search(rf"train{_BEFORE}", before):
            told.test_size = round(1 - a, 6)
        elif re.match(r"[^<]{0,40}\btest", after) or re.search(rf"test{_BEFORE}", before):
            told.test_size = round(a, 6)
        else:
            continue
        line.claim(s, e, "split")
        return
