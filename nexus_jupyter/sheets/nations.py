"""What else a cell may call a nation: its people's adjective, another of its names, the code that sport uses."""

from __future__ import annotations

from nexus_jupyter.language.places import PLACES

_CODES = """
afg:afghanistan alb:albania alg:algeria arg:argentina arm:armenia aus:australia aut:austria aze:azerbaijan bah:bahamas bar:barbados
bel:belgium ber:bermuda bih:bosnia_and_herzegovina blr:belarus bol:bolivia bot:botswana bra:brazil brn:bahrain bul:bulgaria cam:cambodia
can:canada chi:chile chn:china civ:ivory_coast cmr:cameroon col:colombia crc:costa_rica cro:croatia cub:cuba cyp:cyprus cze:czech_republic
den:denmark dom:dominican_republic ecu:ecuador egy:egypt eng:england esp:spain est:estonia eth:ethiopia fij:fiji fin:finland fra:france
frg:west_germany gbr:great_britain gdr:east_germany geo:georgia ger:germany gha:ghana gre:greece gua:guatemala hkg:hong_kong hon:honduras
hun:hungary ina:indonesia ind:india iri:iran irl:ireland irq:iraq isl:iceland isr:israel ita:italy jam:jamaica jor:jordan jpn:japan
kaz:kazakhstan ken:kenya kor:south_korea ksa:saudi_arabia kuw:kuwait lat:latvia lib:lebanon lie:liechtenstein ltu:lithuania lux:luxembourg
mar:morocco mas:malaysia mda:moldova mex:mexico mgl:mongolia mlt:malta mon:monaco ned:netherlands nga:nigeria ngr:nigeria
nir:northern_ireland nor:norway nzl:new_zealand pak:pakistan pan:panama par:paraguay per:peru phi:philippines pol:poland por:portugal
prk:north_korea pur:puerto_rico qat:qatar rom:romania rou:romania rsa:south_africa rus:russia sco:scotland sgp:singapore sin:singapore
slo:slovenia smr:san_marino srb:serbia sri:sri_lanka sui:switzerland svk:slovakia swe:sweden tan:tanzania tch:czechoslovakia tha:thailand
tpe:chinese_taipei tri:trinidad_and_tobago tun:tunisia tur:turkey uae:united_arab_emirates uga:uganda ukr:ukraine urs:soviet_union
uru:uruguay usa:united_states uzb:uzbekistan ven:venezuela vie:vietnam wal:wales yug:yugoslavia zam:zambia zim:zimbabwe
"""


def _names() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for place, others in PLACES.items():
        for other in others:
            found.setdefault(place, {})[other] = None
            found.setdefault(other, {})[place] = None
    codes: dict[str, list[str]] = {}
    for code, _, place in (pair.partition(":") for pair in _CODES.split()):
        codes.setdefault(place.replace("_", " "), []).append(code)
    for place, short in codes.items():
        for name in (place, *PLACES.get(place, ()), *(p for p, others in PLACES.items() if place in others)):
            found.setdefault(name, {}).update(dict.fromkeys((place, *short)))
    return {name: tuple(o for o in others if o != name) for name, others in found.items()}


NAMES = _names()
"""A nation, or what is from it, in lower case, and what else it may be called in a cell, the likeliest first."""
