"""The course of a day and a year, what comes first, and what people wear."""

from __future__ import annotations

from presets.pocket_build.wordings import Kind, table

_DAY_PARTS = table(
    "x y",
    """
    wake up:in the morning; eat breakfast:in the morning; hear the rooster:in the morning;
    see the sunrise:in the morning; get dressed:in the morning; leave for work:in the morning;
    eat lunch:at noon; have tea and cake:in the afternoon; come home from school:in the afternoon;
    eat dinner:in the evening; see the sunset:in the evening; tell bedtime stories:in the evening;
    go to the theatre:in the evening; sleep:at night; dream:at night; see the stars:at night;
    look at the moon:at night; put on pyjamas:in the evening; read the morning paper:in the morning
    """,
)
_HOURS = tuple(
    {"x": f"{hour} {half}", "y": part}
    for part, half, hours in (
        ("night", "am", (1, 2, 3)), ("morning", "am", (6, 7, 8, 9, 10, 11)),
        ("afternoon", "pm", (1, 2, 3, 4)), ("evening", "pm", (6, 7, 8, 9)),
    )
    for hour in hours
)  # fmt: skip
_DAY_NIGHT = table(
    "x y",
    """
    noon:day; midnight:night; breakfast time:day; two hours after midnight:night;
    three in the afternoon:day; ten in the morning:day; one hour before midnight:night;
    lunch time:day; three hours after midnight:night; one hour after noon:day; tea time:day;
    nine in the morning:day; one minute after midnight:night; two in the afternoon:day
    """,
)
_LASTING = table(
    "x y",
    """
    brushing your teeth:three minutes; a football match:ninety minutes; a film:two hours;
    a good night's sleep:eight hours; a school lesson:one hour; a pop song:three minutes;
    a shower:ten minutes; baking a cake:one hour; a sneeze:one second; a heartbeat:one second;
    boiling a soft egg:five minutes; cooking spaghetti:ten minutes; growing up:eighteen years;
    human pregnancy:nine months; a summer holiday:some weeks; a handshake:a few seconds;
    a marathon:four hours; a working day:eight hours; a theatre play:two hours;
    making tea:five minutes;
    building a house:one year; learning the alphabet:a few weeks; a haircut:half an hour
    """,
)
_SEASON_DO = table(
    "x y",
    """
    ski:winter; build snowmen:winter; skate on frozen lakes:winter; feed the hungry birds:winter;
    throw snowballs:winter; swim in lakes:summer; lie on the beach:summer; pick strawberries:summer;
    eat ice cream outside:summer; wear sandals:summer; plant seeds:spring; paint Easter eggs:spring;
    see the first flowers:spring; watch the trees turn green:spring; rake the fallen leaves:autumn;
    pick apples:autumn; harvest grapes:autumn; collect chestnuts:autumn; carve pumpkins:autumn
    """,
)
_FIRST = table(
    "x y",
    """
    socks:shoes; a shirt:a coat; breakfast:lunch; lunch:dinner; lightning:thunder; a seed:a tree;
    a starter:a dessert; a question:an answer; an engagement:a wedding; childhood:old age;
    a caterpillar:a butterfly; a tadpole:a frog; an egg cell:a baby; washing clothes:drying clothes;
    buying a ticket:getting on the train; opening the door:going in; cooking:eating;
    sunrise:sunset; an alarm:getting up; practice:a concert;
    dough:bread; the foundation:the roof; primary school:university
    """,
)
_BODY_WEAR = table(
    "x y",
    """
    hands:gloves; head:a hat; neck:a scarf; feet:socks and shoes; legs:trousers; wrist:a watch;
    finger:a ring; ears:earrings; waist:a belt; eyes:glasses; shoulders:a coat; back:a backpack;
    face:a mask; teeth:braces
    """,
)
_SEASON_WEAR = table(
    "x y",
    """
    gloves:winter; a thick coat:winter; a woollen scarf:winter; snow boots:winter; earmuffs:winter;
    a fur hat:winter; thick socks:winter; long underwear:winter; sandals:summer; shorts:summer;
    a bikini:summer; a straw hat:summer; flip-flops:summer; a thin dress:summer;
    swimming trunks:summer
    """,
)
_JOB_WEAR = table(
    "x y",
    """
    king:a crown; bride:a white dress; astronaut:a space suit; cowboy:boots and a big hat;
    soldier:a uniform; clown:a red nose; ballet dancer:a tutu; knight:armour; judge:a robe;
    pirate:an eye patch; baby:a nappy; diver:a wet suit; cook:a tall white hat;
    bridegroom:a black suit; wizard:a pointed hat; nurse:white clothes; boxer:boxing gloves;
    racing driver:a helmet; swimmer:a swimsuit; builder:a hard hat; beekeeper:a veil;
    Scottish piper:a kilt; Roman:a toga
    """,
)
_ORDERED = tuple(
    {"x": x, "y": y, "z": fact["x"], "w": fact["y"]}
    for fact in _FIRST
    for x, y in ((fact["x"], fact["y"]), (fact["y"], fact["x"]))
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "day-part", "daily time", ("People {x} {y}.",), ("{y}",), _DAY_PARTS,
        direct=("when do people {x}", "at what time of day do people {x}",
                "in which part of the day do people {x}", "what is the time of day to {x}"),
        clause=("when people {x}", "at what time of day people {x}"),
        noun=("the time of day when people {x}", "the time of day to {x}"),
        whole=("When of the day do people {x}?", "People {x}. When is that?",
               "Do people {x} in the morning or when?"),
        held=("During which part of the day do people {x}?", "Which time of day is right to {x}?",
              "People {x} at what time of day?"),
        brief="{Y}.",
    ),
    Kind(
        "hour-part", "daily time", ("At {x} it is {y}.",), ("is {y}",), _HOURS,
        direct=("which part of the day is it at {x}", "what time of day is {x}",
                "what part of the day is {x}", "is it morning, afternoon, evening or night at {x}"),
        clause=("which part of the day it is at {x}", "what time of day {x} is"),
        noun=("the part of the day at {x}", "the time of day at {x}"),
        whole=("The clock says {x}. Which part of the day is it?", "At {x}, is it morning or what?",
               "We meet at {x}. Is that in the morning or when?"),
        held=("To which part of the day does {x} belong?", "At {x}, which part of the day is it?"),
        brief="{Y}.", weight=0.8,
    ),
    Kind(
        "day-or-night", "daily time", ("At {x} it is {y}.",), ("is {y}",), _DAY_NIGHT,
        direct=("is it day or night at {x}", "is it night or day at {x}",
                "do we have day or night at {x}"),
        clause=("if it is day or night at {x}", "whether it is night or day at {x}"),
        whole=("{X}: day or night?", "It is {x}. Is that day or night?", "Day or night at {x}?",
               "At {x}, is it night or day?"),
        held=("Would you say it is day or night at {x}?", "What is it at {x}, day or night?"),
        brief="{Y}.", weight=0.7,
    ),
    Kind(
        "lasting", "daily time", ("{X} takes about {y}.",), ("{y}",), _LASTING,
        direct=("how long does {x} take", "how long is {x}", "about how long does {x} take",
                "how much time do I need for {x}", "how much time does {x} take"),
        clause=("how long {x} takes", "how long {x} is", "how much time {x} takes"),
        noun=("the time that {x} takes", "the time for {x}"),
        whole=("{X} takes how long?", "How long must I wait for the end of {x}?",
               "I plan my day. How long is {x}?"),
        held=("What is the length of {x} in time?", "{X} lasts about how long?",
              "How much time should I plan for {x}?"),
        brief="About {y}.",
    ),
    Kind(
        "season-do", "daily time", ("People {x} in {y}.",), ("in {y}",), _SEASON_DO,
        direct=("in which season do people {x}", "which season is it when people {x}",
                "in what season do people {x}", "which season is right to {x}"),
        clause=("in which season people {x}", "in what season people {x}"),
        noun=("the season when people {x}", "the right season to {x}"),
        whole=("I see that people {x}. Which season is it?", "People {x}. In which season?",
               "Do people {x} in spring, summer, autumn or winter?"),
        held=("What season do we have when people {x}?", "During which season do people {x}?"),
        brief="In {y}.",
    ),
    Kind(
        "comes-first", "daily time", ("First {z}, then {w}.",), ("first {z}",), _ORDERED,
        direct=("what comes first, {x} or {y}", "which comes first, {x} or {y}",
                "what is first, {x} or {y}", "what is earlier, {x} or {y}"),
        clause=("what comes first, {x} or {y}", "which is first, {x} or {y}"),
        whole=("{X} or {y}: what comes first?", "In which order: {x} and {y}?",
               "Put in order: {x}, {y}.", "{X} and {y}: which of them is first?"),
        held=("Of {x} and {y}, what comes first?", "What is the right order of {x} and {y}?",
              "Does {x} come first or {y}?"),
        brief="{Z}.", weight=0.8,
    ),
    Kind(
        "body-wear", "clothes", ("On the {x} people wear {y}.",), ("wear {y}",), _BODY_WEAR,
        direct=("what do people wear on the {x}", "what do you wear on your {x}",
                "what do I put on my {x}", "which clothes are for the {x}",
                "what can I wear on my {x}"),
        clause=("what people wear on the {x}", "what to wear on the {x}"),
        noun=("something to wear on the {x}", "the thing people wear on the {x}"),
        whole=("I have nothing on my {x}. What could I wear there?", "On my {x} I wear what?"),
        held=("What is worn on the {x}?", "Which thing do we wear on our {x}?",
              "For the {x}, what is there to wear?"),
        brief="{Y}.",
    ),
    Kind(
        "season-wear", "clothes", ("People wear {x} in {y}.",), ("in {y}",), _SEASON_WEAR,
        direct=("when do people wear {x}", "in which season do people wear {x}",
                "do people wear {x} in summer or in winter", "which season is right for {x}"),
        clause=("when people wear {x}", "in which season people wear {x}"),
        noun=("the season for {x}", "the right season for {x}"),
        whole=("I see {x}. Are we in summer or winter?", "{X}: for summer or for winter?"),
        held=("Is the season for {x} summer or winter?", "What time of the year is good for {x}?"),
        brief="In {y}.", weight=0.8,
    ),
    Kind(
        "job-wear", "clothes", ("{Ax} wears {y}.",), ("{y}",), _JOB_WEAR,
        direct=("what does {ax} wear", "what do we see {ax} wear", "which clothes does {ax} wear",
                "what is {ax} wearing", "what does {ax} put on"),
        clause=("what {ax} wears", "which clothes {ax} wears"),
        noun=("the clothes of {ax}", "the thing that {ax} wears"),
        whole=("I want to look like {ax}. What do I need to wear?", "{Ax} wears what?",
               "How is {ax} dressed?", "I am playing {ax} in the theatre. What do I wear?"),
        held=("By what clothes do you know {ax}?", "What would {ax} wear?"),
        brief="{Y}.",
    ),
)  # fmt: skip
