"""Words of requests in several parts: operations, things that rows are about, words that say nothing."""

from __future__ import annotations

ORDINALS = {w: i + 1 for i, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split())}
OPERATIONS = frozenset(
    """mean average median mode sum total standard deviation variance range skewness skewed kurtosis correlation correlated coefficient outlier outliers
    percentile quartile minimum maximum min max count counts missing null nulls distribution distributed normal normality test regression model accuracy
    p r z iqr score scores unique distinct different significant significance difference highest lowest largest smallest top feature features
    train training split positive negative linear logistic frequency percentage proportion ratio rate change text type class number group groups
    relationship relationships analysis method value values strength direction skew year month day hour date row rows""".split()
)
# things that the rows of tables are about; any of them may follow "of the", "by", "each" or "how many" without saying more
ENTITIES = frozenset(
    """passenger customer client patient student employee worker player team country city state county region area house home property car vehicle flight order
    user movie film song album artist storm hurricane game match product item company firm store shop station person people individual participant respondent
    trip ride event article post tweet sample subject transaction sale purchase listing stock asset commodity day date species plant tree animal school university
    book hotel restaurant airport airline bank loan account household family candidate party election vote voter athlete driver building apartment neighborhood neighbourhood
    policyholder cardholder resident citizen subscriber borrower applicant tenant tourist buyer seller policy claim trade ticket call device machine sensor bird seed
    case observation record row entry trajectory measurement reading response specimen district nation department fish abalone
    wine flower iris penguin house job match season review rating visitor guest page site video app game recipe drug cell gene
    """.split()
)
CONCEPTS = {
    "trading volume": "volume totaltradedquantity", "traded volume": "volume", "gender": "sex", "survival": "survived", "survival rate": "survived",
    "survival status": "survived", "number of sibling": "sibsp", "republican": "gop", "democratic": "dem",
    "opening price": "open", "closing price": "close", "highest price": "high", "lowest price": "low", "high price": "high", "low price": "low",
    "open price": "open", "close price": "close", "opening": "open", "closing": "close",
}  # fmt: skip
# words that ask, point or polish, and change nothing
SAYS_NOTHING = frozenset(
    """perform well run runs fit conduct carry apply use using used utilize utilizing utilising employ explore investigate analyze analyse examine assess evaluate evaluation provide return report interpret interpretation result results
    calculate calculation compute determine find identify check detect know tell give show describe explain briefly brief explanation support answer statistical statistically evidence
    comprehensive data dataset dataframe table file column columns field fields variable variables value values score scores given particular specific respective corresponding following based
    analysis method technique techniques process procedure approach task performance python pandas numpy scipy sklearn scikit learn library function functions algorithm algorithms machine learning engineering
    feature features preprocessing preprocess processing cleaning transformation transform distribution variable terms term whether if yes so then also additionally finally firstly next afterwards please i you we us me my our
    is are was were be been being do does did has have had having can could would will shall should may might must let
    the a an of in on at to for from by with as and or that which who whom whose what when where how why it its they them their this these those there here all any both
    such not only between among within into per after before during about above below than more most less own other same one number total overall new create generate creating generating called named containing contains contain
    represents representing indicate indicates indicating statistically paid pay received recorded taken aboard board traveling travelling spent measured observed collected reported listed sold
    summary statistics measure measures level levels amount entire whole full across their findings finding insight insights output form format type types categories category different
    separately separate individually question presence present exist exists existing any potential potentially possible detected suitable further further. purpose help understand compare decide decided rule see afterwards afterward one ones conclude conclusion your average's i.e report whether detection improve improves achieved closer dot numerical reference goal task overall tell statement hypothesis due appropriate correctly proper properly simply clearly basic standard summary relevant certain two three four pair pairs both columns' dataset's comparison comparing them
    according numeric strictly handle handling missing including include includes involving involve consider considering make making sure ensure ensuring consistency default parameters parameter value's
    """.split()
)
