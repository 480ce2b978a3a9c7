"""The words of questions about rows, as data: a cue is one entry here."""

from __future__ import annotations

from nexus_jupyter.language.lexicon import ADJECTIVES, COMPARATIVES, POST_COMPARISONS, TEXT_MATCHES


def _table(kind: str, entries: dict[str, str]) -> dict[tuple[str, ...], tuple[str, str]]:
    return {tuple(phrase.split()): (kind, arg) for arg, phrases in entries.items() for phrase in phrases.split("|")}


COUNT = {
    "count": "how many|number of|the number of|the total number of|total number of|what number of|count of|total amount of|the amount of|amount of|total count of|how many total|"
             "how many different|number of different|how many of the|how many of these|how many of",
    "times": "how many times|number of times|the number of times|the total number of times|total number of times|how often",
}  # fmt: skip
WH = {"who": "who|whom", "which": "which|what|which of the|name the|name a|name an|tell me the|tell me a|tell me what|give the|give me the|list the|what is the name of|what are the names of",
      "when": "when|in what year|in which year|what year|which year|on what date|what date|which date|on which date|the year|during what year|what was the year|what is the year", "where": "where", "whose": "whose",
      "howlong": "how long", "howmuch": "how much", "how": "how tall|how high|how old|how far|how large|how big|how heavy|how wide|how deep|how fast"}  # fmt: skip
TURNS = {"next": "after|next after|following|directly after|directly behind|right behind|immediately behind|just behind|behind|immediately after|right after|listed after|comes after|came after|come after|just after|came out after|next to|subsequent to|came directly after",
         "previous": "before|previous to|preceding|directly before|immediately before|right before|prior to|listed before|comes before|came before|come before|just before|precedes|came out before|listed previous to|came directly before",
         "below": "below|directly below|listed below|listed directly below|just below|right below|immediately below",
         "above": "above|directly above|listed above|listed directly above|just above|right above|immediately above"}  # fmt: skip
NEXT = {"next": "next|the next|following", "previous": "previous|the previous|preceding"}
COMPARE = {
    ">": "more than|greater than|over|larger than|higher than|exceeding|bigger than|better than|in excess of|later than|longer than|better|exceeds|above|exceed",
    ">=": "at least|no less than|not less than|greater than or equal to|more than or equal to|a minimum of|no fewer than|no lower than|not lower than",
    "<": "less than|under|below|fewer than|lower than|smaller than|earlier than|shorter than|worse than",
    "<=": "at most|no more than|not more than|less than or equal to|up to|a maximum of|no higher than|not higher than|no greater than",
    "==": "exactly|equal to|equals|only|a total of", "after": "after", "since": "since", "before": "before|prior to", "between": "between|from",
}  # fmt: skip
MOST = {"desc": "most|the most|highest|the highest|largest|the largest|biggest|greatest|the greatest|highest number of|largest number of|greatest number of|most number of|the most number of|largest amount of|most amount of|highest amount of|maximum|the larger amount of|"
                "the highest number of|the largest number of|the greatest number of|the most amount of|the biggest|the larger|the higher|more",
        "asc": "least|the least|fewest|the fewest|lowest|the lowest|smallest|the smallest|least amount of|the least amount of|lowest number of|least number of|fewest number of|smallest number of|minimum|lowest amount of|smallest amount of|the least number of|less|fewer|the fewest number of|the lowest number of",
        "best": "best|top|the best|the top|top ranked|highest ranked|highest ranking|best ranked|most popular|the most popular|the top ranked", "often": "most times|the most times|most often|the most often|most frequently|the most frequently|most amount of times|the greatest number of times",
        "worst": "last place|in last place|the last place|worst|the worst|lowest ranked|lowest ranking|least popular"}  # fmt: skip
ENDS = {"first": "first|the first|listed first|first listed|the first listed|very first|on the top of the list|at the top of the list|listed at the top|initial|earliest listed",
        "last": "last|the last|listed last|last listed|the last listed|very last|final|the final|at the bottom of the list|listed at the bottom|on the bottom of the list"}  # fmt: skip
TWO = {"difference": "difference between|difference in|the difference between|the difference in|difference from|difference|apart|the difference",
       "more": "how many more|how much more|how many fewer|how much less", "sum": "combined|together|altogether|all together|in total combined|sum of|the sum of|combined total|total of|the total of|in all|in total|total|the total",
       "mean": "average|the average|on average|mean|the mean"}  # fmt: skip
OTHERS = {"only": "the only|only one|is the only|only", "except": "other than|except|except for|besides|aside from|apart from|excluding|not including", "same": "the same|same|the same number of|same number of|the same amount of|same amount of|the same as|same as|from the same",
          "not": "not|no|never|without|didn|doesn|isn|wasn|weren|don|non|neither|nor", "or": "or", "and": "and|as well as|and also|&", "different": "different|distinct|unique", "than": "than", "as": "as"}  # fmt: skip
CUES: dict[tuple[str, ...], list[tuple[str, str]]] = {}
for _kind, _entries in (
    ("count", COUNT), ("wh", WH), ("turn", TURNS), ("step", NEXT), ("cmp", COMPARE), ("sup", MOST), ("end", ENDS), ("two", TWO), ("other", OTHERS), ("tail", POST_COMPARISONS), ("like", TEXT_MATCHES),
):  # fmt: skip
    for _words, _what in _table(_kind, _entries).items():
        CUES.setdefault(_words, []).append(_what)
for _word, (_direction, _hints) in ADJECTIVES.items():
    CUES.setdefault(tuple(_word.split()), []).append(("sup", f"{_direction}|{_hints}"))
for _word, (_op, _hints) in COMPARATIVES.items():
    CUES.setdefault(tuple(_word.split()), []).append(("cmp", f"{_op}|{_hints}"))
# comparatives of a choice: "A or B, which is taller?"; and what adjectives speak of
for _word, (_direction, _hints) in {
    "taller": ("desc", "height elevation"), "tallest": ("desc", "height elevation"), "higher": ("desc", ""), "longer": ("desc", "length duration distance time"), "larger": ("desc", "size area"), "bigger": ("desc", "size area"), "older": ("desc", "age"),
    "younger": ("asc", "age"), "heavier": ("desc", "weight"), "earlier": ("asc", "date year"), "later": ("desc", "date year"), "faster": ("asc", "time"), "shorter": ("asc", "length height duration"), "lower": ("asc", ""),
    "sooner": ("asc", "date year"), "cheaper": ("asc", "price cost"), "deeper": ("desc", "depth"), "wider": ("desc", "width"), "better": ("best", ""), "ranked higher": ("best", ""), "rank higher": ("best", ""),
    "greater": ("desc", ""), "smaller": ("asc", "size area"), "deepest": ("desc", "depth"), "widest": ("desc", "width"), "highest peak": ("desc", "elevation height"),
    "fastest": ("asc", "time duration"), "quickest": ("asc", "time duration"), "slowest": ("desc", "time duration"),
    "heaviest": ("desc", "weight"), "weighs the most": ("desc", "weight"), "weighs the least": ("asc", "weight"), "most recently": ("desc", "date year"), "largest": ("desc", "size area"), "most expensive": ("desc", "price cost fee"),
    "earliest": ("asc", "date year"), "latest": ("desc", "date year"), "farther": ("desc", "distance mark result"), "further": ("desc", "distance mark result"), "closest": ("asc", "distance"), "farthest": ("desc", "distance"), "oldest": ("desc", "age"),
}.items():  # fmt: skip
    CUES.setdefault(tuple(_word.split()), []).append(("sup", f"{_direction}|{_hints}"))
LONGEST = max(map(len, CUES))
LISTING = frozenset("listed shown chart table list".split())
"""Words that speak of the list as a whole, so that "how many X" counts its rows."""

FREE = frozenset(
    """a an the of is are was were be been being am do does did has have had having in on at to for from by with as that who which whom whose it its they them their his her he she him this these those there
    here then so all any some such also just too very into within out up about around via one ones each own both s did ever actually total ? . , ; : ! ( ) ' 's - " / please i me you we say
    would could should can will shall may might must like want need if but or because been get got gets getting way made make many much where when what
    """.split()
) - {"or", "both", "all", "total", "many", "much", "where", "when", "what", "who", "which", "whose", "whom"}  # fmt: skip
ASIDES = {
    tuple(p.split())
    for p in (
        "in the table|on the table|in this table|in the chart|on the chart|in this chart|on this chart|on the list|in the list|in this list|on this list|from the chart|from the table|from the list|from this list|"
        "listed|shown|are listed|are shown|is listed|according to the table|according to the chart|according to this chart|according to this table|of all time|in total|in all|overall|on record|"
        "are there|is there|there are|there is|included|are included|tell me|in the database|in the data|listed on the chart|listed on the table|in the record|in total|the name of|the names of|name of|names of|"
        "are on the table|are on the chart|are in the table|are in the chart|are on the list|listed here|recorded|is called|was called|called|named|were there|has there been|have there been|list|chart|table|part of|a part of|both|both of|whose|is it|it is|considered|known|known as|involved|competitors|competitor|on the team|on the roster|in the squad|due to|because of"
    ).split("|")
}
# the occasion that the page is about, named again
ASIDES |= {
    (preposition, article, occasion)
    for preposition in ("in", "from", "of", "at", "for", "during", "on")
    for article in ("the", "this")
    for occasion in (
        "race game games match matches tournament competition season event series championship championships league election contest tour festival record competitions events final finals season"
    ).split()
}
UNITS = frozenset(
    "percent % dollars feet ft foot miles mile mi km kilometers kilometres kg kilograms lbs pounds m meters metres cm inches in years year minutes seconds hours days light square sq acres tons points people".split()
)
TELLING = frozenset(
    w
    for _ways in (*COUNT.values(), *TURNS.values(), *COMPARE.values(), *TWO.values(), WH["who"], OTHERS["same"])
    for w in _ways.replace("|", " ").split()
).difference(FREE) | {"or", *LISTING}
"""Words of forms that are of single rows: without one of them, whatever reads the question otherwise reads it as well."""
# verbs that only relate what stands before to what stands after
VERBS = frozenset(
    """come comes came coming go goes went play plays played playing live lives lived belong belongs belonged locate located base based situate situated hold holds held holding take takes took taken place placed represent represents
    represented representing appear appears appeared participate participated compete competed use uses used using contain contains include includes receive received receives earn earned earns obtain obtained
    achieve achieved get score scored have own owned owns make made happen happened occur occurred take took record recorded make feature featured perform performed performing run ran serve served serves spend spent
    become became award awarded give given gave see saw seen face faced consist born register registered reach reached attain attained collect collected gain gained produce produced do did work worked say
    won win wins winning speak spoken spoke listed finish finished place placed rank ranked ranks come complete completed drive drove drives driving release released build built air aired drove driven accumulate accumulated describe
    """.split()
)  # fmt: skip
VERBS |= frozenset(
    """swim swam swum ski skied skate skated row rowed race raced ride rode ridden sail sailed throw threw thrown jump jumped fight fought wrestle wrestled host hosted rule ruled reign reigned govern governed
    televise televised broadcast show shown showed leave left meet met visit visited perform performed sing sang sung design designed teach taught finishing starred voiced portrayed rated ran sell sells end ends ended join joined
    """.split()
)
AGENTS = "team club country nation opponent opponents opposition school company party band group network"
# how a game ended, by the letters with which a cell may say so
OUTCOMES = {
    **dict.fromkeys("win wins won winning victory victories".split(), "wv"), **dict.fromkeys("lose loses lost losing loss losses defeat defeats".split(), "l"),
    **dict.fromkeys("draw draws drew drawn tie ties tied".split(), "dt"),
}  # fmt: skip
TENSES = {
    "lead": "led", "leads": "led", "win": "won", "wins": "won", "lose": "lost", "loses": "lost", "draw": "drawn", "run": "ran", "hold": "held",
    "build": "built", "give": "given", "take": "taken", "sell": "sold", "see": "seen", "catch": "caught", "throw": "thrown",
}  # fmt: skip
"""Verbs by the form in which a column is called by them."""
WINNERS = frozenset("winner win won champion champions gold title".split())
ORIGINS = frozenset(
    "residence hometown home country nation nationality city town state county province region birthplace origin from club team college school".split()
)
MADE = frozenset("written wrote published produced directed composed introduced founded built released issued aired introduced".split())
"""What was done to a thing: where no column says by whom or when, no more is said than that."""
OCCASIONS = frozenset(
    """race game games match matches tournament competition season event series championship championships league election contest tour festival record competitions events finals album song single film movie
    show book magazine newspaper company school university magazine""".split()
)
OPPOSING = frozenset("against versus vs".split())
OPPONENTS = frozenset("opponent opponents opposition opposing visitor loser rival".split())
PLACING = frozenset(
    "finish finished finishes finishing come came placed rank ranked get got take took earn earned receive received achieve achieved".split()
)
# nouns that ask for a cell: where no column has them, nothing is shown or counted in their place
ATTRIBUTES = frozenset(
    """time score point height size length width depth weight date year rank position place price cost population attendance age money dollar second minute hour day month week mile foot meter
    kilometer percentage percent vote distance speed rating value salary area elevation duration reason difference color colour nationality number amount""".split()
)
UNFINISHED = {
    tuple(p.split()): cells
    for cells, phrases in {
        "dnf|did not finish|ret|retired": "did not finish|failed to finish|didn 't finish|didn't finish|not finish|didnt finish", "dns|did not start": "did not start|didn 't start|didn't start|failed to start",
        "dnq|did not qualify": "did not qualify|failed to qualify|didn 't qualify|didn't qualify|not qualify", "dsq|dq|disqualified": "disqualified|were disqualified|was disqualified", "ret|retired": "retired|retire|to retire",
    }.items()
    for p in phrases.split("|")
}  # fmt: skip
HEADS = frozenset("number time date year name count total amount score rate title position".split())
"""Words after a column's name that only say what kind of thing it is."""
# what a verb or a noun of the question may be called in a header
HINTS = {
    "attend": "attendance", "attended": "attendance", "weigh": "weight", "weighs": "weight", "cost": "price cost fee", "costs": "price cost fee", "population": "population", "people": "population attendance", "inhabitants": "population",
    "residents": "population", "won": "winner won wins", "win": "winner won wins", "wins": "wins won winner", "winner": "winner", "winners": "winner", "champion": "winner champion", "lost": "lost losses loser", "losses": "lost losses loss", "goals": "goals gls", "scored": "points goals score",
    "country": "country nation nationality", "nation": "nation country nationality", "nationality": "nationality nation country", "countries": "country nation nationality", "nations": "nation country nationality", "team": "team club", "club": "club team", "city": "city location venue place", "venue": "venue location stadium", "location": "location venue place city",
    "place": "place location venue", "opponent": "opponent opponents opposition opposing", "opponents": "opponent opposition", "opposition": "opposition opponent", "album": "album title", "song": "song title single", "movie": "title film movie", "film": "title film movie", "book": "title book", "show": "title show",
    "channel": "channel network tv station", "draw": "drawn draws draw ties tied", "draws": "drawn draws draw ties tied", "ties": "ties tied drawn draws", "loss": "lost losses loss", "tie": "ties tied drawn draws",
    "victory": "won wins", "victories": "won wins", "copies": "sales sold copies units", "began": "begun began start started", "begin": "begun began start started", "game": "game title", "series": "title series", "driver": "driver name", "player": "player name", "athlete": "athlete name", "rider": "rider cyclist name", "swimmer": "swimmer name", "racer": "driver rider name", "candidate": "candidate name", "author": "author writer", "director": "director", "company": "company", "mountain": "mountain peak",
    "medal": "total medals", "medals": "total medals", "year": "year season date", "date": "date", "season": "season year", "finish": "finish position place rank", "finished": "position place rank pos", "ranking": "rank", "ranked": "rank", "rank": "rank position pos place", "position": "position pos", "points": "points pts", "score": "score result", "result": "result score", "time": "time", "length": "length duration",
    "height": "height elevation", "size": "size area", "manager": "manager", "sold": "sales sold", "sales": "sales", "prize": "prize", "wrestler": "wrestler wrestlers name", "founded": "founded established", "built": "builder built", "wrote": "author writer", "written": "author writer", "directed": "director", "composed": "composer", "published": "publisher", "produced": "producer", "retired": "retired", "retire": "retired", "introduced": "introduced", "released": "release released", "eliminated": "eliminated",
    "stadium": "stadium venue arena", "arena": "arena venue", "language": "language", "county": "county", "state": "state", "town": "town city", "title": "title name", "name": "name", "event": "event competition", "competition": "competition event tournament", "tournament": "tournament competition", "gross": "gross", "grossed": "gross", "earned": "earnings winnings",
}  # fmt: skip
PARTS_OF = {"medal": ("gold", "silver", "bronze", "total"), "medals": ("gold", "silver", "bronze", "total"), "game": (), "games": ()}
DIMENSIONS = {
    "higher": "elevation height", "taller": "height elevation", "lower": "elevation height", "longer": "length distance duration", "shorter": "length height", "deeper": "depth", "heavier": "weight", "wider": "width",
    "larger": "area size", "smaller": "area size", "faster": "speed",
}  # fmt: skip
PLACES = "location venue place city country state county town site stadium arena birthplace hometown region province headquarters circuit"
MOMENTS = "date year season time when"
ORDINALS = {w: i + 1 for i, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split())}
