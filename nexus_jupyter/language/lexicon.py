"""The words of the language as data: a word or an operation is one entry here."""

from __future__ import annotations


def _table(kind: str, entries: dict[str, str]) -> dict[tuple[str, ...], tuple[str, str]]:
    return {tuple(phrase.split()): (kind, arg) for arg, phrases in entries.items() for phrase in phrases.split("|")}


AGGREGATES = {
    "mean": "average|mean|avg|on average|average value of|mean value of|typical",
    "sum": "sum|total|sum of|total sum|total of|the total|combined|totals|how much|how much total|total amount of|overall|sum total|in total|altogether",
    "median": "median", "max": "maximum|max|maximal|maximum value of", "min": "minimum|min|minimal|minimum value of",
    "std": "standard deviation|std|stdev|std dev|standard dev|deviation", "var": "variance|var", "mode": "mode|modal", "range": "range",
    "skew": "skewness|skew", "kurtosis": "kurtosis",
}  # fmt: skip
COUNTS = {
    "rows": "how many|number of|the number of|count of|count|count the number of|total number of|the total number of|how many total|numbers of|total count of|"
            "total number|total count|counts|frequency|frequency of|how many times|counting|number|no of|how often|the number|occurrences|quantity of|total numbers of|headcount|head count|headcounts",
    "amount": "amount of|the amount of|amounts of|amount",
}  # fmt: skip
SUPERLATIVES = {
    "desc": "most highly|highest|largest|biggest|greatest|maximum|top|max|strongest|higher|peak",
    "asc": "lowest|smallest|minimum|min|weakest",
    "most": "most|the most|largest number of|highest number of|greatest number of|most number of|maximum number of|largest amount of|highest amount of|biggest number of",
    "least": "fewest|least|the least|smallest number of|lowest number of|least number of|minimum number of|fewest number of|smallest amount of|lowest amount of",
    "common": "most common|most frequent|most popular|commonest|most commonly used|most frequently",
    "rare": "least common|least frequent|rarest|least popular|least frequently",
}  # fmt: skip
# adjective: direction and the names of columns that it may mean
ADJECTIVES = {
    "oldest": ("desc", "age"), "eldest": ("desc", "age"), "youngest": ("asc", "age"), "tallest": ("desc", "height"), "shortest": ("asc", "height length duration distance minutes hours"),
    "longest": ("desc", "length duration distance time minutes hours"), "heaviest": ("desc", "weight mass"), "lightest": ("asc", "weight mass"), "cheapest": ("asc", "price cost fare fee"),
    "priciest": ("desc", "price cost"), "latest": ("desc", "date year time"), "newest": ("desc", "date year"), "earliest": ("asc", "date year time"), "fastest": ("desc", "speed"),
    "slowest": ("asc", "speed"), "richest": ("desc", "worth wealth money balance"), "warmest": ("desc", "temperature temp"), "hottest": ("desc", "temperature temp"),
    "coldest": ("asc", "temperature temp"), "furthest": ("desc", "distance"), "farthest": ("desc", "distance"), "closest": ("asc", "distance"), "busiest": ("desc", ""), "widest": ("desc", "width"), "narrowest": ("asc", "width"), "deepest": ("desc", "depth"), "thickest": ("desc", "thickness depth"), "thinnest": ("asc", "thickness depth"),
    "most recent": ("desc", "date year time"), "least recent": ("asc", "date year"), "most expensive": ("desc", "price cost fare fee"), "least expensive": ("asc", "price cost"),
    "most populous": ("desc", "population"), "least populous": ("asc", "population"), "most populated": ("desc", "population"), "most costly": ("desc", "price cost"),
}  # fmt: skip
COMPARATIVES = {
    "older than": (">", "age"), "younger than": ("<", "age"), "taller than": (">", "height"), "shorter than": ("<", "height length"), "heavier than": (">", "weight mass"),
    "lighter than": ("<", "weight mass"), "cheaper than": ("<", "price cost"), "more expensive than": (">", "price cost"), "longer than": (">", "length duration"),
    "faster than": (">", "speed"), "older": (">", "age"), "younger": ("<", "age"), "costs more than": (">", "cost price"), "cost more than": (">", "cost price"),
    "costs less than": ("<", "cost price"), "cost less than": ("<", "cost price"), "weigh more than": (">", "weight mass"), "weighs more than": (">", "weight mass"),
    "weigh less than": ("<", "weight mass"),
}  # fmt: skip
COMPARISONS = {
    ">": "more than|greater than|over|above|larger than|higher than|exceeds|exceed|exceeding|bigger than|strictly more than|better than|in excess of|later than|upwards of|>|greater|larger|"
         "a greater|a larger|a higher",
    ">=": "at least|no less than|not less than|greater than or equal to|more than or equal to|minimum of|a minimum of|no fewer than|no lower than|not lower than|>=|not smaller than",
    "<": "less than|under|below|fewer than|lower than|smaller than|earlier than|short of|<|beneath|smaller|a smaller|a lower",
    "<=": "at most|no more than|not more than|less than or equal to|up to|maximum of|a maximum of|no higher than|not higher than|<=|no greater than|not greater than|not above",
    "==": "equal to|equals|exactly|equal|=|==|is the same as|identical to", "!=": "not equal to|different from|differs from|not the same as|is not equal to|!=|does not equal|do not equal",
    "after": "after", "since": "since", "before": "before|prior to", "between": "between|ranging from|in the range of|in the range|range from",
}  # fmt: skip
POST_COMPARISONS = {
    ">=": "or more|or higher|or above|or greater|or older|or over|and above|and more|or later|and up",
    "<=": "or less|or lower|or below|or fewer|or younger|or under|and below|or earlier",
}
TEXT_MATCHES = {
    "contains": "containing|contains|contain|contained|includes the word|include the word|containing the word|contains the word|contain the word|have the substring|has the substring|includes|"
                "with the substring|with the word|with the letter|contains the letter|having the letter|includes the substring|include the substring|contains the substring|including the word|"
                "contain the letter|the substring|the word|the letter|the letters|with the letters|contain the letters|containing the letters|letters|with letters",
    "starts": "starting with|starts with|start with|beginning with|begins with|begin with|starting with the letter|starts with the letter|start with the letter|begins with the letter|begin with the letter|"
              "starting with letter|starts with letter|beginning with the letter",
    "ends": "ending with|ends with|end with|ending in|ends in|end in|ending with the letter|ends with the letter|end with the letter",
}  # fmt: skip
SORTS = {
    "sort": "sort|sorted|sorting|order|ordered|ordering|order by|ordered by|sort by|sorted by|rank by|ranked by|ranked|arrange|arranged|in order of|in the order of|order of|arranged by|"
            "ordered according to|sorted according to|rank",
    "weak": "his or her|her or his|his for her|him or her|he or she|list|show|display|listed|display by|list by|show by|listed by|give|make|and sort|put|from|on the chart|on this chart|in this chart|from the chart|from this chart",
}  # fmt: skip
DIRECTIONS = {
    "asc": "asc|ascending|ascending order|in ascending order|from low to high|low to high|low to high order|from low to high order|from small to large|smallest to largest|lowest to highest|smallest first|lowest first|"
           "lowest to the highest|smallest to the largest|from smallest to largest|from lowest to highest|increasing|increasing order|alphabetical|alphabetical order|alphabetically|lexicographical order|"
           "lexicographic order|a to z|from a to z|in alphabetical order|from the lowest to the highest|ascending alphabetical order|alphabetic order|chronological order|lexicographically|"
           "alphabetical ascending order|in alphabetic order",
    "desc": "desc|descending|descending order|in descending order|from high to low|high to low|high to low order|from high to low order|from large to small|largest to smallest|highest to lowest|highest first|largest first|worst first|best first|"
            "highest to the lowest|largest to the smallest|from largest to smallest|from highest to lowest|decreasing|decreasing order|z to a|from z to a|reverse alphabetical order|biggest first|most first|"
            "from the highest to the lowest|descending alphabetical order|reversed order|reverse order|reverse lexicographical order|in reverse alphabetical order|alphabetically in reverse|in reverse order|in reverse|reversed alphabetical order|most to least|from most to least|reversed lexicographical order",
    "asc age": "from young to old|young to old|youngest to oldest|from youngest to oldest|from the youngest to the oldest|from youngest to the oldest|youngest first",
    "desc age": "from old to young|old to young|oldest to youngest|from oldest to youngest|from the oldest to the youngest|from oldest to the youngest|oldest first",
    "desc date": "newest first|latest first|most recent first", "asc date": "oldest to newest|earliest first|earliest to latest",
}  # fmt: skip
AXES = {
    "y": "y axis|y-axis|y|the y|y - axis|y axes|y label|y value|vertical axis|value of y axis|total number of y axis|bar height",
    "x": "x axis|x-axis|x|the x|x - axis|x axes|x label|x value|horizontal axis",
}  # fmt: skip
MARKS = {
    "bar": "bar chart|bar graph|bar charts|bar plot|bar diagram|barchart|column chart|bar graphs|a bar|bars chart|as bars|in bars|with bars|using bars|draw bars|histogram chart|plot bar|bar",
    "stack": "stacked bar chart|stacked bar graph|stack bar chart|stacked chart|stacked bars|as stacked bars|stacked bar|stacked bar plot|stacked bar charts|stacked column chart|stack chart",
    "group": "grouped bar chart|grouping bar chart|grouped bars chart|as grouped bars|side by side bars|group bar chart|clustered bar chart|grouped bars|grouped bar graph|multi bar chart|grouping bar|grouped bar",
    "pie": "pie chart|pie graph|pie|pie charts|pie plot|donut chart|pie diagram", "line": "general trend|overall trend|line chart|line graph|line plot|line charts|line|multi-series line chart|trend line|line diagram|trend|line graphs|timeline",
    "groupline": "multiple line chart|grouping line chart|grouped line chart|group line chart|multi-line chart|multi - line chart|multi line chart|multi - series line chart|multi series line chart|grouped line graph",
    "area": "area chart|area graph|area plot|stacked area chart|stacked area|stacked area graph",
    "horizontal": "horizontal bars|horizontal bar chart|horizontal bar graph|horizontal bar plot|as horizontal bars|a horizontal bar",
    "percent": "100% stacked bar chart|100% stacked bars|100% stacked bar|100 % stacked bar chart|percent stacked bar chart|percent stacked bars|percentage stacked bar chart|normalized stacked bar chart|"
               "normalised stacked bar chart|100% stacked column chart|100% stacked bar graph|100% bar chart|100% stacked chart", "scatter": "scatter chart|scatter plot|scatter graph|scatter|scatterplot|scatter charts|scatter diagram|point chart",
    "groupscatter": "grouped scatter chart|grouping scatter chart|grouped scatter plot|group scatter chart|grouping scatter plot|grouped scatter|grouping scatter",
    "histogram": "histogram|histograms|histogram plot", "box": "box plot|boxplot|box plots|box chart|box and whisker|box and whisker plot|boxplots",
    "heatmap": "heatmap|heat map", "multiples": "small multiples|small multiple", "auto": "chart|graph|plot|visualization|visualisation|diagram|figure|plots|charts|graphs",
}  # fmt: skip
UNITS = {
    "year": "year|years|yearly|annual|annually|calendar year", "quarter": "quarter|quarters|quarterly", "month": "month|months|monthly", "week": "week|weeks|weekly",
    "day": "day|days|daily", "hour": "hour|hours|hourly", "hour_of_day": "hour of the day|hour of day|hours of the day|time of day|time of the day", "weekday_name": "weekday|weekdays|day of the week|day of week|days of the week|week day", "month_name": "month of the year|calendar month|month of year",
}  # fmt: skip
EACH = {
    "each": "each|per|every|for each|of each|in each|by each|for every|from each|grouped by|group by|broken down by|by different|for different|across|for all different|across all|split into|"
            "grouping by|groups by|group the|for each of the|of every|in every|at each|on each|aggregated by|under each|to each|with each|each of the|for each of|based on|with respect to|"
            "group by attribute|and group by attribute|for each different|each different|the different|versus|vs|against|distributed across|group them by|summarized by|belonging to each|belong to each|"
            "of different|in different|from different|at different|depending on|corresponding to each|as a function of|according to|varies by|vary by|varied by",
    "by": "by|over|for all", "overtime": "over time|through time|across time|over the time|over the years|over years|across years|over the course of time",
}  # fmt: skip
SERIES = {
    "split": "split by|segmented by",
    "series": "colored by|coloured by|color by|colour by|stacked by|stack by|with color by|with a different color for each|with different colors for each|"
              "a different color for each|different color for each|colored according to|color different|colored by different|color differentiation based on|with color differentiation based on|color each|stacked bar by|color - coded by|color coded by|one line per|one line for each|a line for each|a line per|a separate line for each|separate lines for each|a different line for each",
    "before": "as the colour|as colour|as the color|as color|as the legend",
}  # fmt: skip
FACETS = {
    "facet": "small multiples by|small multiples for each|small multiples per|small multiples for|faceted by|facet by|one panel per|one panel for each|a panel for each|a panel per|panels by|"
             "in separate panels by|in separate panels for each|separate charts for each|a separate chart for each|one chart per|one chart for each|separate panels for each|a separate panel for each",
}  # fmt: skip
IDLE = {"idle": "take place|takes place|took place|taken place|taking place|that way|this way"}
LOOKS = {
    "log": "log scale|on a log scale|in log scale|with a log scale|logarithmic scale|on a logarithmic scale|with a logarithmic scale|log axis|log y axis|with a log axis|with a log y axis|"
           "logarithmic axis|logarithmic y axis|a log scale|a logarithmic scale|logarithmically|on log scale|log-scale|using a log scale|using a logarithmic scale",
    "horizontal": "horizontal|horizontally|sideways|lying bars",
    "trend": "with a trend line|with trend line|with a trendline|with trendline|with a regression line|with a line of best fit|with a best fit line|with a fitted line|with a linear fit|and a trend line|add a trend line|"
             "with the trend line|with trend lines|with a linear trend|with regression line|with the regression line",
}  # fmt: skip
BINS = {
    "bin": "bin by|bin|binning|binned|bins|binned by|bin by the|bucket|bucketed|interval|intervals|with intervals|bin the|group into bins|a bin of"
}
LIMITS = {"limit": "top|first|bottom|last|leading"}
LOGIC = {"and": "and|as well as|along with|together with|plus|and also|and then|then|also|&|both", "or": "or|either|either of|or whose", "not": "not|no|never|without|neither|nor|un|isn|aren|doesn|didn|non",
         "except": "other than|except|excluding|except for|apart from|but not|rather than|besides"}  # fmt: skip
DISTINCT = {"distinct": "combinations of|combinations|combination|distinct|different|unique|various|differing|uniquely|distinctly"}
STATISTICS = {
    "correlation": "correlation between|correlation analysis|correlation analysis between|correlation of|correlation coefficient between|correlate|correlated|correlates|correlation|correlations|correlation matrix|relate to|related to each other|"
                   "relationship between|relation between|the correlation between|relationship of|relationship|association between",
    "missing": "missing values|null values|missing data|missing|nulls|null|nan values|empty values|empty|na values|missing value|unknown values|blank|blanks",
    "describe": "describe|summary statistics|summary|statistics|descriptive statistics|statistical summary|summarize|summarise|basic statistics|summary of statistics|overview|summary stats|stats",
    "columns": "data types|column types|types of columns|data types of columns|data types of all columns|columns|column names|what columns|fields|variables|features|attributes|names of the columns|list of columns", "share": "share|percentage|percent|proportion|fraction|percentage of|proportion of|share of|percent of|"
               "proportions|rate of|ratio of|fraction of|proportions of|what percentage of|percentages of", "growth": "growth|change|growth rate|percent change|percentage change|growth of|year over year|month over month|year-over-year",
    "cumulative": "cumulative|cumulated|cumulative sum|cumulative total|running total|running sum|cumulative sum of|cumulative total of|running total of|running sum of|cumulative number of",
    "compare": "compare|comparison|comparing", "rows": "rows|records|entries|data points|observations|row|record|lines|items in the dataset|instances|data rows|rows of data",
    "shape": "shape|dimensions|size of the dataset|dataset size",
    "distribution": "distribution of|distribution|distributions of|spread of|distributed",
}  # fmt: skip
TESTS = {
    "difference": "significant difference|significantly different|statistically significant difference|significant differences|statistically significant differences|differ significantly|"
    "differs significantly|statistically different|is there a difference|is there any difference|are there differences|are there any differences|significantly differ|difference significant|"
    "differences significant|differ in|differ|differs|differ by|differs by|difference is significant",
    "significant": "p - value|p value|p - values|p values|pvalue|statistically significant|significant|significance|statistical significance|significance test|hypothesis test|statistical test|significantly|"
    "statistically|test for significance|test of significance",
    "normal": "normally distributed|normal distribution|follow a normal distribution|follows a normal distribution|normality|gaussian|gaussian distribution|adhere to a normal distribution|"
    "test for normality|test of normality|normality test|test the normality of|bell shaped|adheres to a normal distribution|come from a normal distribution|distributed normally",
    "associated": "independent|independent of|dependent|dependent on|independent of each other|associated with each other|statistically independent|statistically dependent|significant effect on|effect on|effect of|an effect on|effect|influence on|impact on|significant impact on|significant influence on",
    "verb": "whether|how strongly|how strong|how well|detect|test|tests|testing|analysis|hypothesis|coefficients|model|a model|fit",
    "r2": "r - squared|r squared|r2|coefficient of determination|r square",
    "predictor": "most significant predictor|strongest predictor|best predictor|most important predictor|most significant variable|most important variable|most important feature|most significant feature|predictor|predictors",
    "regress": "slope of|slope|regress|regression of|regression|regression model|linear regression of|linear regression model|regression analysis|least squares|ols|ols regression|multiple regression|multiple linear regression|"
    "simple linear regression|predict|predicts|predicting|regression line|linear regression|a linear regression|linear model",
    "logistic": "logistic regression|logistic regression of|logistic|logit|logistic regression model|logistic model",
    "outliers": "outliers in|outliers|outlier|outliers of|extreme values|anomalies|outlying values|anomalous values",
    "zscore": "standardize|standardise|standardized|z - score|z - scores|z score|z scores|zscore|zscores|z - score method|z score method",
    "iqr": "iqr|iqr method|interquartile range|iqr rule|inter - quartile range|tukey|interquartile range method",
    "mad": "mad|median absolute deviation|modified z - score|modified z - scores|modified z score",
    "interval": "confidence interval|confidence interval of|confidence interval for|ci|confidence intervals|confidence limits|confidence bounds",
    "level": "confidence|confidence level|level of confidence",
    "alpha": "alpha|significance level|level of significance|alpha level|significance level of",
    "threshold": "threshold|threshold of|cutoff|cutoff of|cut - off of|a threshold of",
    "pearson": "pearson correlation|pearson 's correlation|pearson correlation coefficient|pearson correlation between|pearson correlation of|pearson correlation coefficient between|pearson 's r",
    "spearman": "spearman correlation|spearman 's correlation|spearman rank correlation|rank correlation|spearman correlation between|spearman 's rank correlation|rank correlation between|spearman correlation coefficient|"
    "spearman correlation of|spearman 's rho|spearman rank correlation between",
    "kendall": "kendall correlation|kendall 's correlation|kendall tau|kendall 's tau|kendall correlation between|kendall 's tau between|kendall tau between|kendall rank correlation",
    "partial": "partial correlation|partial correlation between|partial correlation of|partial correlation coefficient between",
    "control": "controlling for|adjusting for|controlled for|adjusted for|holding constant|while controlling for|after controlling for",
    "cluster": "cluster|clusters|clustering|k - means|kmeans|k - means clusters|k - means clustering",
    "minmax": "min - max scale|min - max scaling|min - max normalization|min - max normalize|rescale",
    "sem": "standard error|standard error of the mean|standard error of the mean of|sem|standard error of",
    "std_pop": "population standard deviation|population std",
    "var_pop": "population variance",
    "t": "t - test|t test|welch 's t - test|welch t - test|welch test|two - sample t - test|independent t - test|t - tests|independent samples t - test|welch 's test",
    "t_equal": "student 's t - test|student t - test|pooled t - test|student 's t test",
    "t_paired": "paired t - test|paired t test|dependent t - test|paired samples t - test",
    "wilcoxon": "wilcoxon|wilcoxon signed - rank test|wilcoxon signed rank test|wilcoxon test|signed - rank test",
    "mann_whitney": "mann - whitney|mann whitney|mann - whitney u test|mann whitney u test|u test|mann - whitney u|mann - whitney test|wilcoxon rank - sum test",
    "anova": "anova|analysis of variance|one - way anova|one way anova|f - test|anova test|f test",
    "kruskal": "kruskal - wallis|kruskal wallis|kruskal - wallis test|kruskal wallis test|kruskal|h test",
    "levene": "levene 's test|levene test|variances|variances of|equality of variances|equal variances|homogeneity of variance",
    "bartlett": "bartlett 's test|bartlett test",
    "chi2": "chi - square|chi square|chi - squared|chi squared|chi - square test|chi square test|chi - squared test|chi squared test|chi2|test of independence|chi - square test of independence",
    "fisher": "fisher 's exact test|fisher exact test|fisher 's exact|exact test",
    "shapiro": "shapiro - wilk|shapiro wilk|shapiro - wilk test|shapiro wilk test|shapiro",
    "ks_normal": "kolmogorov - smirnov|kolmogorov smirnov|kolmogorov - smirnov test|ks test|kolmogorov smirnov test|k - s test",
    "anderson": "anderson - darling|anderson darling|anderson - darling test|anderson darling test",
    "dagostino": "d agostino 's|d agostino|dagostino|d agostino 's test|normaltest|d agostino - pearson test",
    "jarque_bera": "jarque - bera|jarque bera|jarque - bera test|jarque bera test",
}
# why a test was chosen, where the question does not name it
TEST_KINDS = {
    "t": ", for two groups whose variances may differ", "anova": ", for the means of more than two groups", "chi2": ", for two columns of categories", "pearson": ", for two columns of numbers",
    "t_paired": ", for two numbers of the same rows", "shapiro": ", for up to 5,000 values", "dagostino": ", for more than 5,000 values",
}  # fmt: skip
AVERAGE_CELL = {"average": "the average|average|the mean|mean|the overall average|the average of all|overall average"}

CUES: dict[tuple[str, ...], tuple[str, str]] = {}
for _kind, _entries in (
    ("axis", AXES), ("weak", {"weak": SORTS["weak"]}), ("agg", AGGREGATES), ("count", COUNTS), ("sup", SUPERLATIVES), ("cmp", COMPARISONS), ("post", POST_COMPARISONS), ("like", TEXT_MATCHES),
    ("sort", {"sort": SORTS["sort"]}), ("dir", DIRECTIONS), ("mark", MARKS), ("unit", UNITS), ("each", EACH), ("series", SERIES), ("facet", FACETS), ("look", LOOKS), ("idle", IDLE), ("bin", BINS),
    ("logic", LOGIC), ("distinct", DISTINCT), ("test", TESTS), ("stat", STATISTICS),
):  # fmt: skip
    CUES.update(_table(_kind, _entries))
for _w, (_d, _h) in ADJECTIVES.items():
    CUES[tuple(_w.split())] = ("adj", f"{_d}|{_h}")
for _w, (_d, _h) in COMPARATIVES.items():
    CUES[tuple(_w.split())] = ("cmpadj", f"{_d}|{_h}")
for _w in ("maximum", "max", "minimum", "min"):
    CUES[(_w,)] = ("agg", _w[:3])
CUES[("top",)] = ("limit", "desc")
CUES[("bottom",)] = ("limit", "asc")
CUES[("first",)] = ("limit", "head")
CUES[("x",)] = ("axis", "x")

LONGEST_CUE = max(map(len, CUES))
# cues that give way to a column or table with exactly this name
SOFT = frozenset("letters number count total order rank mode range share year month day week hour rate size names name value amount bar line top first last x y area values percentage percent proportion change trend "
                 "plot quarter weekday record records summary frequency missing figure item from list show status max min mean growth interval years months days empty fields features through spread test tests testing analysis model fit confidence threshold alpha mad cluster clusters effect sem differ differs detect whether variances".split())  # fmt: skip

NUMBER_WORDS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())} | {
    "once": 1, "twice": 2, "hundred": 100, "thousand": 1000, "million": 1_000_000,
}  # fmt: skip

PLACES = {w: i for i, w in enumerate("first second third fourth fifth".split(), 1)} | {
    f"{i}{end}": i for i, end in enumerate(("st", "nd", "rd", "th", "th"), 1)
}
FREE = frozenset(
    """a an the of is are was were be been being am do does did has have had having in on at to for from by with as that which who whom whose what when where how why it its they them
    their theirs his her he she him this these those there here and then than so if all any some such me my i we you your our us please can could would should will shall may might must also just only
    too very into onto onto within out up about around via one ones each other own both same s d ll re ve let want like need kindly while but or because however per well get got using use used during through
    where upon corresponding respective respectively associated related according currently given following exactly altogether total overall actually thing things anything something
    """.split()
) - {"per", "each", "by", "or", "both", "same", "than", "exactly", "other", "total", "overall"}  # fmt: skip
ASKING = frozenset(
    """show list give find return display tell get present provide plot draw create make visualize visualise generate produce compute calculate determine identify count report see know compare want
    select retrieve fetch search look print output describe write name answer explain illustrate depict render represent view build graph chart summarize analyze analyse examine check reveal help indicate whats showing listing displaying giving finding using comparing counting returning plotting drawing creating visualizing
    illustrating presenting representing describing shows showed lists gives displays illustrates visualized presents represents describes plotted drawn displayed shown
    """.split()
)
NOISE = frozenset(
    """note among prefer understand answers result results information info details detail data dataset database table tables records record available existing question answer value values attribute attributes column columns field fields
    numeric numerical comparison help hello hi thanks please kind form way type list listing set group groups view people's user wants based category categories entire whole full complete particular
    specific certain possible instance case different ever held found exist exists occur occurs appear appears recorded listed stored belonging involved included corresponding correspond name names called named
    titled entitled labeled relationship relation between title titles over versus against respect terms visual visually graphically current currently across along respectively order sorted ordering bin part
    """.split()
)
RELATIONS = frozenset(
    """report reports reported live lives living lived reside use uses using used own owns owned owning teach teaches taught teaching operate operates operated play plays played playing attend attends attended attending produce produces produced
    make makes made making belong belongs contain contains have has had having work works worked working study studies studied enroll enrolled register registered registering take takes took taken taking give gives given gave
    come comes came coming speak speaks spoken spoke perform performs performed performing sing sang sung write writes wrote written direct directed directs publish published buy buys bought purchase purchased order ordered sell sells sold
    serve serves served receive received receives win wins won winning lose lost loses hold holds held holding host hosts hosted locate located situated based born participate participated participates appear appears appeared join joined
    joins stay stayed stays book booked visit visited visits treat treated pay paid pays hire hired employ employed employs manage managed manages run runs ran lead led leads earn earns earned cost costs carry carried fly flies flew flown depart departs departing
    departed arrive arrives arriving arrived land lands landing leave leaves leaving travel travels rated rate rates scored score scores release released releases record recorded air aired airs broadcast cover covers covered cost involve involved
    provide provides provided supply supplied ship shipped deliver delivered assigned assign complete completed completes considered gone went spent undergone treat treated treats pass passed got get gets getting do does did done call called name named go goes went feature features featured star starred stars add added
    create created start started end ended finish finished open opened close closed built build found founded die died dies kill killed like likes liked love loves associate associated contribute contributed offer offers offered support supports supported
    compete competed competes train trained trains prescribe prescribed advise advises advised supervise supervised head heads headed affect affected affects store stores stored share shares shared happen happened happens occur occurred
    show shows shown need needs needed own require required requires apply applied file filed rent rented rents generates generated yield yields yielded reserve reserved fall falls charge charged center centers centered classify classified steer steered exist exists log logged submit submitted graduate graduated elect elected accept accepted
    """.split()
)
# verbs of relation that are nouns after an article, or before "of"
MOVING = frozenset("fall falls".split())
"""Verbs of change, which relate things only with a preposition."""
NOMINAL = frozenset(
    "log logs cost costs record records score scores share shares rate rates start end report order orders work works play show head visit visits study support cover win wins rent release".split()
)
BEFORE_NOUNS = frozenset("the a an average mean total maximum minimum highest lowest their its his her each and lists".split())
PEOPLE = frozenset("person people man woman someone anyone anybody everybody everyone human individual guy".split())
ROW_NOUNS = frozenset("row record entry item observation instance datum tuple point line example case".split())
CURRENCIES = {
    "euros": "EUR",
    "euro": "EUR",
    "dollars": "USD",
    "dollar": "USD",
    "us dollars": "USD",
    "pounds": "GBP",
    "pound": "GBP",
    "yen": "JPY",
    "francs": "CHF",
    "rupees": "INR",
    "yuan": "CNY",
}
# what rows are called that are events, where nothing else names them
RECORDS = frozenset(
    "order transaction purchase sale invoice booking request reading measurement sample response event log visit stay listing trip session ticket call hit delivery appointment reservation payment interview incident click ride "
    "post review application loan claim".split()
)
GENERIC = frozenset(
    "name id code type number no num date description desc value amount text title key detail status total count pct percent rate unit usd eur".split()
)
UNSUMMABLE = frozenset(
    "id number no code year zip phone postal age rate rating price percent pct percentage score grade gpa rank ranking section level latitude longitude average avg mean temperature temp height weight life capita percap expectancy index ratio density speed humidity pressure".split()
)
ABBREVIATIONS = {
    "dept": "department", "emp": "employee", "stu": "student", "fname": "first name", "lname": "last name", "addr": "address", "qty": "quantity", "avg": "average", "num": "number", "no": "number", "amt": "amount",
    "desc": "description", "prof": "professor", "cust": "customer", "acc": "account", "bal": "balance", "tel": "telephone", "temp": "temperature", "lat": "latitude", "lng": "longitude", "long": "longitude", "lon": "longitude", "max": "maximum",
    "min": "minimum", "yr": "year", "cat": "category", "prod": "product", "mfr": "manufacturer", "mgr": "manager", "loc": "location", "dob": "birth date", "pct": "percentage", "perc": "percentage", "dep": "departure",
    "arr": "arrival", "dest": "destination", "carr": "carrier", "dist": "distance", "dur": "duration", "crs": "course", "univ": "university", "hrs": "hours", "grp": "group", "org": "organization", "mpg": "miles per gallon",
    "gnp": "gnp", "ref": "reference", "sqft": "square feet", "est": "estimated", "oppr": "opportunity", "std": "standard", "enr": "enrollment", "apt": "apartment", "mins": "minutes", "cred": "credits", "credit": "credits",
    "bldg": "building", "sys": "system", "dev": "device", "diff": "difference", "ht": "height", "wt": "weight", "hs": "high school", "dly": "delay", "tot": "total", "sched": "scheduled", "mins.": "minutes", "sq": "square", "ft": "feet", "mi": "miles", "lbs": "pounds",
    "tourney": "tournament", "txn": "transaction", "trx": "transaction", "acct": "account", "temps": "temperature", "cnt": "count", "ts": "timestamp", "nbr": "number", "px": "price", "rev": "revenue", "alt": "altitude", "minit": "middle initial", "ssn": "social security number", "capt": "captain", "hand": "hand", "gov": "government",
}  # fmt: skip
SYNONYMS = {
    "gender": "sex", "sex": "gender", "cost": "price fee charge", "price": "cost fee", "pay": "salary wage income", "salary": "wage income pay", "earnings": "earning salary income", "wage": "salary", "aged": "age",
    "populous": "population", "inhabitant": "population", "nationality": "country citizenship", "surname": "last_name", "income": "salary earnings",
    "quantity": "qty amount", "country": "nationality nation", "town": "city", "occupation": "job profession", "job": "occupation", "hometown": "home_town home_city", "phone": "telephone phone_number", "cell phone": "cell_number mobile_number cell_mobile_number", "mobile phone": "mobile_number cell_number cell_mobile_number", "telephone": "phone",
    "mail": "email", "location": "place city", "place": "location", "rating": "score stars", "score": "rating points", "employer": "company", "firm": "company", "category": "type", "kind": "type", "type": "category kind",
    "title": "name", "temperature": "temp", "weight": "mass", "mass": "weight", "major": "department", "title ": "name", "duration": "length time", "length": "duration", "spend": "amount spent", "date": "day time",
    "expense": "cost", "customer": "client", "client": "customer", "worth": "net_worth", "capacity": "seats", "nation": "country nationality", "airline": "carrier", "carrier": "airline", "destination": "dest", "origin": "source",
    "wealth": "net_worth", "balance": "bal", "state": "province", "homeland": "country", "spent": "amount total_spent",
}  # fmt: skip
# what a unit at the end of a name measures: `response_ms` is a response time
MEASURED = {unit: nouns for units, nouns in {
    "ms s sec second min minute h hr hour": "time duration", "day week month": "time duration", "v volt": "voltage", "kg lb g gram": "weight mass", "km mi mile m ft": "distance length",
    "w kw watt": "power", "kwh mwh": "energy", "usd eur gbp": "amount value cost", "c f celsius fahrenheit": "temperature", "pct percent": "percentage share rate", "rpm": "speed", "kmh kph mph": "speed", "mb gb kb": "size",
}.items() for unit in units.split()}  # fmt: skip
# nouns for the same kind of thing, by which a table may be called, too
ENTITIES = (
    "country nation", "customer client", "company firm corporation business", "employee staff worker personnel", "movie film", "car vehicle automobile", "student pupil learner", "teacher instructor lecturer",
    "doctor physician", "shop store", "aircraft airplane plane", "product article merchandise", "city town", "flat apartment", "job occupation profession", "author writer", "seller vendor", "payment settlement",
    "match game", "club association", "maker manufacturer producer", "tv television", "invoice bill", "photo picture image", "trip journey", "house home", "property estate", "award prize", "language tongue",
    "road street", "owner holder", "member participant", "song track", "tournament tourney competition", "visitor guest",
)  # fmt: skip


def other_names(word: str) -> list[str]:
    """Give other nouns for a thing that is called by a word."""
    return [w for group in ENTITIES for w in group.split() if word in group.split() and w != word]


WH_HINTS = {
    "when": "date year time",
    "where": "location city place country address",
    "how old": "age",
    "how tall": "height",
    "how long": "duration length",
    "how heavy": "weight",
    "how expensive": "price cost",
    "how large": "size area",
    "how far": "distance",
}
WAYS = {
    "from": frozenset("origin source start from departure orig sender begin".split()),
    "to": frozenset("dest destination target end to arrival recipient receiver".split()),
    "into": frozenset("dest destination target".split()),
}
"""Which column a value belongs to that several have, by the word before it."""
