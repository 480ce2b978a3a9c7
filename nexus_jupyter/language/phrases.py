"""Phrases of claims, as data: what they say, and whether the words of a question make a claim."""

from __future__ import annotations

from nexus_jupyter.language.linking import Item

OPENERS = frozenset("is are was were do does did can could has have whether if".split())
DECLARED = frozenset("test tests check determine verify examine find tell know wonder see assess investigate evaluate".split())
COMPARED = "higher|lower|larger|smaller|greater|bigger|more|less|fewer|higher than|lower than|larger than|smaller than|greater than|bigger than|more than|less than|fewer than"
PHRASES: dict[str, str] = {
    "difference": "differ|differs|differ in|differs in|differ by|differ between|difference|differences|difference in|different|differently|the same|same|equal|identical|unequal|"
    f"alike|vary|varies|vary by|varies by|vary across|varies across|vary with|vary between|change|changed|changes|differing|compare|compared|{COMPARED}",
    "associated": "uncorrelated|unrelated|associated|associated with|association|association between|related|related to|relation|relation between|relationship|relationship between|relate|relates|relate to|"
    "relates to|linked|linked to|linked with|link|link between|connected|connected to|connection|connection between|tied to|independent|independent of|dependent|depend|depends|depend on|"
    "depends on|dependent on|correlated|correlated with|correlate|correlates|correlates with|correlate with|correlation|correlation between|affect|affects|affected by|influence|"
    "influences|influenced by|impact|impacts|impact on|matter|matters|matter for|matters for|go together|go hand in hand|effect on|effect of|effect|have an effect on|have an influence on",
    "normal": "normally distributed|normal|normal distribution|follow a normal distribution|follows a normal distribution|gaussian|bell shaped|normality|distributed normally",
    "levene": "variance|variances|variance of|variances of|spread|spread of|variability|variability of|equal variances|homogeneity of variance|homogeneity of variances|equal variance|"
    "variance in|variances in|spread in|variability in|equally variable|the same variance",
    "rank": "non parametric|nonparametric|non parametric test|nonparametric test|rank test|ranks test|rank based|rank based test|distribution free|distribution free test|"
    "without assuming normality",
    "middle": "median|medians|median of|medians of",
    "paired": "paired|matched|matched pairs|repeated measures|dependent samples|paired comparison|paired test|paired samples|before and after",
    "effect": "effect size|effect sizes|effect size of|effect size for|cohen 's d|cohens d|cohen d|cohen 's d of|cohen 's d for|standardized difference|standardised difference|eta squared|cramer 's v|"
    "cramers v|size of the effect|size of the effect of|how large is the effect of|how big is the effect of|how strong is the effect of",
    "proportions": "z test|proportion test|proportions test|test of proportions|two proportion z test|z test for proportions|z test of proportions|proportion z test|two sample z test|"
    "proportions z test|two proportions test",
    "share": "share|share of|proportion|proportion of|percentage|percentage of|fraction|fraction of|rate|rate of|proportions of|shares of|percentages of|rates of",
    "often": "more often|less often|more likely|less likely|more frequently|less frequently|likelier|more likely to be|less likely to be|as often|equally likely",
    "mean": "mean|average|mean of|average of|means|averages|means of|mean value of|average value of|on average|mean value|average value",
    "explained": "how much of the variance in|how much of the variation in|how much of the variance of|how much of the variation of|how much of the variability in|how much of the variability of|"
    "what share of the variance in|what share of the variance of|what share of the variation in|how much variance in|how much variation in",
    "explains": "is explained by|explained by|can be explained by|be explained by|accounted for by",
    "control": "controlling for|adjusting for|accounting for|after controlling for|after adjusting for|after accounting for|controlled for|adjusted for|while controlling for|when controlling for|"
    "net of|taking into account|after taking into account|when adjusting for|when accounting for",
    "hold": "holding|keeping|once|when|if|given|with|while|after|while holding|while keeping|when holding|when keeping",
    "held": "held constant|constant|held fixed|fixed|controlled for|accounted for|taken into account|into account|is held constant|are held constant|is held fixed|are held fixed|"
    "is controlled for|are controlled for|is accounted for|are accounted for|is taken into account|are taken into account|is constant|is fixed|is known|are known",
    "strongest": "strongest|most strongly|strongly|most closely|closely|highest|most|most highly|best|largest|biggest|top|tightest|greatest",
    "weakest": "weakest|most weakly|weakly|least|lowest|smallest|least strongly|least closely",
    "greater": "positive|positively|directly",
    "less": "negative|negatively|inversely|inverse",
    "predictor": "strongest predictor of|best predictor of|strongest predictor|best predictor|most important predictor of|most important predictor|predictors of|best predictors of|strongest predictors of|"
    "most important predictors of|best predicts|predicts best|most important for predicting",
    "significant": "significant|significantly|statistically significant|statistically|statistically significantly|p value|p values|hypothesis test|statistical test|significance|significance test",
    "filler": "with different|from different|of different|in different|at different|for different|across different|between different|between the different|across the different|test|tests|use a|use|using|with a|perform|perform a|run|run a|do a|by means of|really|actually|truly|whether|if|groups|group|different groups|people|persons|values|levels|level|types|kinds|than|"
    "that of|those of|that for|those for|that|those|members|members of|members of a|which|what|find|pair|pair of|pairs|two columns|two variables|two features|columns|variables|features|variable|column|feature|factor|factors|all|is there|the columns|the variables|compared to|compared with|to each other|with each other|of each other|each other|another|one another|there|any|between|among|across|versus|vs|against|as|"
    "number of|the number of|comparing|on the basis of|earn|earns|pay|pays|have|has|had|get|gets|show|shows|for|over|in|within|both|content|score|scores|check|determine|verify|find out|tell me|"
    "i want to know|i wonder|see|assess|evaluate|investigate|examine|the two|two",
}
"""What a phrase says in a claim; the longest one at a place is taken."""
WORDS = {tuple(phrase.split()): arg for arg, phrases in PHRASES.items() for phrase in phrases.split("|")}
LONGEST = max(map(len, WORDS))
RELATIONS = frozenset({"difference", "associated", "normal", "levene", "often"})
METHODS = frozenset({"rank", "paired", "effect", "proportions", "explained", "held", "control", "predictor"})
RANKING, SIGNS = frozenset({"strongest", "weakest"}), frozenset({"greater", "less"})
GROUPING = frozenset("by across between among different per each within".split())


def phrase(items: tuple[Item, ...], i: int) -> tuple[str, int] | None:
    """Find the longest phrase of a claim that begins at an item: what it says, and where it ends."""
    words: list[str] = []
    found = None
    for k in range(i, min(i + LONGEST + 2, len(items))):
        it = items[k]
        if it.mark == "-":
            continue
        if (it.mark and it.mark != "'s") or it.quote is not None:
            break
        words += it.lows
        found = (WORDS[tuple(words)], k + 1) if tuple(words) in WORDS else found
    return found


def claimed(items: tuple[Item, ...]) -> bool:
    """Say whether the words may make a claim: a question of yes or no or an order to test, with a word for a relation, or a method."""
    said = {found[0] for i in range(len(items)) if (found := phrase(items, i))}
    expected = any(it.number is not None for it in items) and "mean" in said
    said |= {"difference" for it in items if it.cue is not None and it.cue[0] == "cmpadj"}
    bounded = "share" in said and any(it.cue == ("test", "interval") for it in items)
    return (
        bounded
        or (opened(items) and (bool(said & RELATIONS) or expected))
        or bool(said & METHODS)
        or (bool(said & RANKING) and correlated(items))
    )


def opened(items: tuple[Item, ...]) -> bool:
    """Say whether yes or no is asked, or an order to test begins the question."""
    return bool(items) and (items[0].low in OPENERS or bool({w for it in items[:6] for w in it.lows} & (DECLARED | {"whether", "if"})))


def decisive(items: tuple[Item, ...]) -> bool:
    """Say whether nothing but a test can be meant."""
    return opened(items) or any((found := phrase(items, i)) and found[0] in METHODS for i in range(len(items)))


def correlated(items: tuple[Item, ...]) -> bool:
    """Say whether correlations are spoken of."""
    return any(w.startswith("correlat") for it in items for w in it.lows)


def asserted(items: tuple[Item, ...]) -> bool:
    """Say whether a question of yes or no is about a relation, which no plain number or list answers."""
    said = {found[0] for i in range(len(items)) if (found := phrase(items, i))}
    unlike = any(it.cue == ("cmp", "!=") for it in items)
    return bool(items) and items[0].low in OPENERS and (unlike or bool(said & {"associated", "normal", "often"}))
