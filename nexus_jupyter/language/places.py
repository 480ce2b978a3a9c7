"""What people of a place, and things from it, are called: a country's or continent's adjective, and a country's other names."""

from __future__ import annotations

_ADJECTIVES = """
africa:african america:american|us asia:asian europe:european oceania:oceanian antarctica:antarctic afghanistan:afghan albania:albanian
algeria:algerian argentina:argentinian|argentine australia:australian austria:austrian bangladesh:bangladeshi belarus:belarusian
belgium:belgian bolivia:bolivian brazil:brazilian bulgaria:bulgarian cambodia:cambodian cameroon:cameroonian canada:canadian chile:chilean
china:chinese colombia:colombian croatia:croatian cuba:cuban cyprus:cypriot denmark:danish ecuador:ecuadorian egypt:egyptian
england:english estonia:estonian ethiopia:ethiopian finland:finnish france:french georgia:georgian germany:german ghana:ghanaian
greece:greek hungary:hungarian iceland:icelandic india:indian indonesia:indonesian iran:iranian iraq:iraqi ireland:irish israel:israeli
italy:italian jamaica:jamaican japan:japanese jordan:jordanian kazakhstan:kazakh kenya:kenyan kuwait:kuwaiti latvia:latvian
lebanon:lebanese libya:libyan lithuania:lithuanian luxembourg:luxembourgish malaysia:malaysian mexico:mexican mongolia:mongolian
morocco:moroccan nepal:nepalese nigeria:nigerian norway:norwegian pakistan:pakistani panama:panamanian paraguay:paraguayan peru:peruvian
philippines:filipino|philippine poland:polish portugal:portuguese romania:romanian russia:russian scotland:scottish senegal:senegalese
serbia:serbian singapore:singaporean slovakia:slovak slovenia:slovenian spain:spanish sweden:swedish switzerland:swiss syria:syrian
taiwan:taiwanese thailand:thai tunisia:tunisian turkey:turkish uganda:ugandan ukraine:ukrainian uruguay:uruguayan venezuela:venezuelan
vietnam:vietnamese wales:welsh zambia:zambian zimbabwe:zimbabwean
"""
_SAME = (
    ("usa", "us", "united states", "united states of america", "america", "american"),
    ("uk", "united kingdom", "great britain", "britain", "british"),
    ("uae", "united arab emirates", "emirati"),
    ("netherlands", "the netherlands", "holland", "dutch"),
    ("south korea", "korea", "republic of korea", "korean"),
    ("czech republic", "czechia", "czech"),
    ("new zealand", "new zealander"),
    ("south africa", "south african"),
    ("north america", "north american"),
    ("south america", "south american"),
    ("saudi arabia", "saudi"),
    ("russia", "russian federation"),
)


def _places() -> dict[str, tuple[str, ...]]:
    found = {place: tuple(adjectives.split("|")) for place, _, adjectives in (pair.partition(":") for pair in _ADJECTIVES.split())}
    for group in _SAME:
        for place in group:
            found[place] = (*found.get(place, ()), *(other for other in group if other != place and other not in found.get(place, ())))
    return found


PLACES = _places()
"""A place in lower case, and what else it or what is from it may be called."""

_CODES = """
AR:argentina AT:austria AU:australia BE:belgium BR:brazil CA:canada CH:switzerland CL:chile CN:china
CO:colombia CZ:czechia DE:germany DK:denmark EG:egypt ES:spain FI:finland
FR:france GB:uk GR:greece
HU:hungary ID:indonesia IE:ireland IL:israel IN:india
IT:italy JP:japan KE:kenya KR:korea MX:mexico MY:malaysia NG:nigeria NL:netherlands NO:norway NZ:new_zealand
PE:peru PH:philippines PL:poland PT:portugal
RO:romania RU:russia SA:saudi_arabia SE:sweden SG:singapore TH:thailand TR:turkey TW:taiwan UA:ukraine UK:uk US:usa VN:vietnam ZA:south_africa
"""
COUNTRY_CODES = {
    code: (name.replace("_", " "), *PLACES.get(name.replace("_", " "), ()))
    for code, _, name in (pair.partition(":") for pair in _CODES.split())
}
"""ISO 3166 codes of two letters, and how their countries are called."""
