"""Nouns by which the rows of a page may be called though no column is: people, places, works, games, things. Any other noun is not understood."""

from __future__ import annotations

PEOPLE = frozenset(
    """
    player driver rider swimmer athlete name candidate artist author director manager coach captain winner actor actress wrestler
    wrestlers skater golfer cyclist rower boxer president mayor governor king queen representative member senator pitcher singer
    composer performer runner gymnast champion contestant person medalist sheriff illustrator librettist nominee recipient party rapper
    musician
""".split()
)
"""Words that say of a column that its cells are people."""

ACTORS = PEOPLE | frozenset(
    """
    team skier runner sprinter jumper racer boat crew side squad fighter jockey sailor rower archer band fencer judoka biathlete hurdler
    thrower diver driver
""".split()
)
"""Whom a page may be about, when its rows are what they did."""

_PERSONS = """
    man woman child boy girl people individual human citizen resident inhabitant settler native male female husband wife son daughter
    brother sister father mother spouse couple family politician minister secretary chancellor premier chairman chairwoman chairperson
    chief leader head deputy councillor councilor commissioner ambassador diplomat consul envoy delegate official officer officeholder
    incumbent successor predecessor judge justice lawyer attorney speaker whip legislator lawmaker congressman congresswoman mp voter
    elector monarch emperor empress prince princess duke duchess earl count countess baron lord lady knight pope bishop archbishop
    cardinal priest pastor abbot saint monk nun rabbi imam missionary general admiral colonel major lieutenant sergeant soldier
    commander marshal pilot astronaut cosmonaut sailor veteran hero ace aviator gunner writer poet novelist playwright journalist editor
    reporter critic translator columnist blogger scientist physicist chemist biologist mathematician astronomer engineer inventor
    explorer architect designer doctor physician nurse surgeon professor teacher lecturer scholar philosopher historian economist
    student pupil graduate alumnus alumni principal dean rector researcher fellow laureate guitarist drummer bassist pianist violinist
    vocalist conductor soloist dancer choreographer producer presenter host anchor announcer commentator comedian model celebrity star
    guest juror narrator voice character villain role heroine footballer goalkeeper goalie defender midfielder forward striker
    quarterback receiver linebacker center guard catcher shortstop outfielder infielder batsman batter bowler fielder keeper umpire
    referee starter reliever rookie substitute scorer goalscorer recruit draftee pick teammate opponent rival competitor entrant
    finisher participant challenger qualifier medallist seed loser finalist semifinalist semi runner racer skier snowboarder jumper
    sprinter hurdler thrower lifter weightlifter shooter archer fencer judoka surfer climber diver paddler canoeist kayaker biathlete
    triathlete marathoner walker jockey trainer horse owner breeder worker employee employer boss director executive ceo founder
    investor client customer consumer user victim suspect killer murderer survivor passenger prisoner inmate criminal outlaw
"""
_PLACES = """
    place location area region site spot country nation state province territory colony county district department prefecture canton
    municipality commune township borough ward parish village town city capital suburb neighborhood neighbourhood community settlement
    hamlet republic kingdom empire dynasty duchy island islet continent peninsula archipelago mountain peak summit hill volcano range
    valley canyon cave desert plain plateau glacier river stream creek tributary lake reservoir pond waterfall falls bay gulf strait sea
    ocean beach coast cape port harbor harbour park garden forest reserve refuge street road highway route freeway motorway expressway
    avenue bridge tunnel dam canal lock station stop terminal airport airfield airstrip runway railway railroad line track junction
    interchange exit building tower skyscraper house mansion castle palace fort fortress monument memorial statue landmark ruin temple
    church cathedral chapel abbey monastery mosque synagogue shrine cemetery museum gallery library theater theatre cinema stadium arena
    venue ground field court course circuit speedway racetrack velodrome pool gym school college university campus academy institute
    hospital clinic hotel motel resort casino restaurant cafe bar pub store shop mall market mill windmill watermill factory plant mine
    quarry farm ranch estate plantation prison jail base camp lighthouse observatory zoo aquarium constituency riding seat electorate
    diocese archdiocese
"""
_WORKS = """
    album single song track record recording ep lp mixtape compilation soundtrack anthem hymn ballad tune cover remix video clip film
    movie documentary feature short sequel episode season series serial show program programme broadcast channel network station book
    novel story tale poem play musical opera operetta ballet symphony sonata concerto piece work composition painting portrait sculpture
    drawing photograph comic manga anime cartoon strip volume issue edition chapter article essay paper journal magazine newspaper
    publication title name game videogame app application software website site blog podcast award prize honor honour medal trophy cup
    nomination certificate degree scholarship
"""
_EVENTS = """
    event game match race bout fight duel round heat final semifinal quarterfinal playoff series set frame tournament competition
    contest championship cup league division conference season tour leg stage rally regatta marathon meet meeting gathering olympics
    festival concert gig show ceremony election vote referendum poll ballot primary battle war conflict campaign siege raid attack
    bombing massacre riot revolt revolution coup crash accident disaster earthquake eruption flood fire storm hurricane typhoon cyclone
    tornado eclipse mission flight launch expedition voyage trip journey visit treaty act law bill amendment case trial ruling premiere
    debut release performance appearance start win loss victory defeat draw tie goal point run try touchdown
"""
_THINGS = """
    team club side squad band group act duo trio crew company firm business corporation manufacturer maker builder producer publisher
    label studio brand bank airline carrier operator agency organization organisation association union federation institution ministry
    office bureau committee council commission board foundation charity party coalition alliance movement church order religion
    denomination sect tribe clan people race ship boat vessel submarine destroyer cruiser frigate tanker ferry yacht schooner barge tug
    steamer liner warship battleship aircraft airplane plane helicopter jet bomber fighter glider airship rocket spacecraft satellite
    probe shuttle missile train locomotive engine tram trolley bus coach car automobile vehicle truck van motorcycle bike bicycle
    scooter tank gun rifle pistol weapon cannon torpedo model version variant type class kind category form style design product item
    article object unit piece part component device machine tool instrument computer laptop console phone smartphone tablet camera
    processor chip chipset card drive printer format standard protocol language dialect alphabet letter script word term phrase symbol
    sign code number animal mammal bird fish reptile insect dinosaur dog cat horse cow sheep breed species genus plant tree flower fruit
    crop grain vegetable food dish drink beer wine cheese star planet moon asteroid comet galaxy constellation nebula crater element
    compound mineral metal gas chemical drug medicine disease virus gene protein enzyme stamp coin note banknote bill flag color colour
    shirt jersey kit uniform costume dress toy doll puzzle deck entry record row result option choice answer example instance one thing
    set list pair job position post occupation profession rank title subject course topic department branch program project plan policy
    scheme service route kingdom pokemon monster robot lane tenant landmark scorecard encyclical mural attraction ride coaster
    rollercoaster
"""
THINGS = PEOPLE | ACTORS | frozenset(f"{_PERSONS} {_PLACES} {_WORKS} {_EVENTS} {_THINGS}".split())
"""Every noun that may call a row."""
