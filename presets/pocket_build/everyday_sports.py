"""Sports, hobbies and music."""

from __future__ import annotations

from presets.pocket_build.wordings import Kind, table, unique

_SPORT_PLACES = table(
    "x y",
    """
    rugby:on a field; cricket:on a field; tennis:on a court; badminton:on a court;
    basketball:on a court; swimming:in a pool; ice hockey:on an ice rink;
    figure skating:on an ice rink;
    skiing:on a snowy slope; golf:on a golf course; boxing:in a ring; sumo:in a ring;
    a hundred-metre race:on a track; bowling:in a bowling alley; surfing:on the sea;
    gymnastics:in a gym; judo:on a mat; wrestling:on a mat; rowing:on a river; chess:on a board;
    table tennis:on a table; billiards:on a table; snowboarding:on a snowy slope;
    rock climbing:on a rock; water polo:in a pool; sailing:on the sea
    """,
)
_SPORT_GEAR = table(
    "x y",
    """
    tennis:a racket; badminton:a racket; golf:a club; ice hockey:a stick and a puck; skiing:skis;
    archery:a bow and arrows; cycling:a bicycle; boxing:boxing gloves; surfing:a surfboard;
    rowing:a boat and oars; baseball:a bat and a ball; darts:darts and a board; fencing:a sword;
    riding:a horse; figure skating:skates; volleyball:a ball and a net; rock climbing:a rope;
    snowboarding:a snowboard; bowling:a heavy ball and pins; skateboarding:a skateboard;
    table tennis:a bat and a small ball; diving:a diving mask; sledging:a sledge;
    basketball:a ball and two baskets; billiards:a cue and balls; canoeing:a canoe and a paddle;
    weightlifting:heavy weights; hurdles:a track with hurdles
    """,
)
_TEAMS = table(
    "x y",
    """
    basketball:five; volleyball:six; ice hockey:six; handball:seven; baseball:nine;
    water polo:seven;
    cricket:eleven; rugby union:fifteen; netball:seven; beach volleyball:two; field hockey:eleven;
    curling:four; polo:four
    """,
)
_SCORES = table(
    "x y",
    """
    football:goals; ice hockey:goals; handball:goals; water polo:goals; field hockey:goals;
    basketball:baskets; rugby:tries; baseball:runs; cricket:runs; tennis:points; volleyball:points;
    boxing:points; fencing:points; polo:goals; badminton:points
    """,
)
_BALL = tuple(
    {"x": sport, "y": word, "z": verb}
    for word, verb, sports in (
        ("yes", "needs",
        "football, tennis, basketball, volleyball, rugby, golf, handball, cricket, "
                         "baseball, bowling, water polo"),
        ("no", "does not need", "swimming, judo, skiing, boxing, chess, running, sailing, archery, "
                                "fencing, badminton, ice hockey, rowing"),
    )
    for sport in sports.split(", ")
)  # fmt: skip
_SEASONAL = table(
    "x y",
    """
    skiing:winter; snowboarding:winter; ice hockey:winter; figure skating:winter; sledging:winter;
    ski jumping:winter; curling:winter; bobsleigh:winter; speed skating:winter; surfing:summer;
    beach volleyball:summer; sailing:summer; rowing:summer; water skiing:summer; cricket:summer;
    baseball:summer; windsurfing:summer; open-water swimming:summer
    """,
)
_TEAM_OR_NOT = tuple(
    {"x": sport, "y": word, "z": verb}
    for word, verb, sports in (
        ("yes", "is", "football, basketball, volleyball, rugby, handball, baseball, ice hockey, "
                      "cricket, water polo, netball"),
        ("no", "is not", "archery, judo, skiing, boxing, ski jumping, golf, surfing, darts, "
                         "weightlifting, the long jump"),
    )
    for sport in sports.split(", ")
)  # fmt: skip
_HOBBIES = table(
    "x y",
    """
    painting:brushes and paint; fishing:a fishing rod; knitting:wool and needles; camping:a tent;
    gardening:a spade; photography:a camera; hiking:strong boots; drawing:pencil and paper;
    stargazing:a telescope; birdwatching:binoculars; woodwork:a saw and a hammer;
    stamp collecting:an album; flying kites:a kite and some wind; sewing:a needle and thread;
    baking:flour and an oven; pottery:clay; juggling:three balls; card games:a pack of cards;
    jigsaw puzzles:a lot of patience; karaoke:a microphone; dancing:music; cooking:pots and pans
    """,
)
_INSTRUMENTS = table(
    "x how family player",
    """
    piano:by pressing keys:keyboard:pianist; organ:by pressing keys:keyboard:organist;
    harpsichord:by pressing keys:keyboard:-; accordion:by pressing keys:-:accordionist;
    guitar:by plucking strings:string:guitarist; harp:by plucking strings:string:harpist;
    banjo:by plucking strings:string:-; lute:by plucking strings:string:-;
    mandolin:by plucking strings:string:-; violin:with a bow:string:violinist;
    cello:with a bow:string:cellist; viola:with a bow:string:-;
    double bass:with a bow:string:bassist;
    flute:by blowing:wind:flutist; trumpet:by blowing:wind:trumpeter; tuba:by blowing:wind:-;
    clarinet:by blowing:wind:clarinettist; saxophone:by blowing:wind:saxophonist;
    oboe:by blowing:wind:oboist; recorder:by blowing:wind:-; trombone:by blowing:wind:-;
    bagpipe:by blowing:wind:piper; drum:by hitting it:percussion:drummer;
    xylophone:by hitting it:percussion:-; gong:by hitting it:percussion:-;
    triangle:by hitting it:percussion:-; rattle:by shaking it:percussion:-;
    tambourine:by shaking it:percussion:-; bugle:by blowing:wind:bugler
    """,
)


def _instruments(key: str) -> tuple[dict[str, str], ...]:
    return tuple({"x": row["x"], "y": row[key]} for row in _INSTRUMENTS if key in row)


KINDS: tuple[Kind, ...] = (
    Kind(
        "sport-place", "hobbies", ("{X} takes place {y}.",), ("{y}",), _SPORT_PLACES,
        direct=("where does {x} take place", "where do people do or play {x}",
                "in what place is there {x}", "where can I watch {x}"),
        clause=("where {x} takes place", "where I can watch {x}"),
        noun=("the place for {x}", "the place where {x} happens"),
        whole=("I want to see {x}. Where is it?", "{X} takes place where?",
               "{X}: on what or in what?"),
        held=("At what place does {x} happen?", "Where would you look for {x}?",
              "Where do the sportsmen go for {x}?"),
        brief="{Y}.", topic="sport", follow=("where does it take place", "where can I watch it"),
    ),
    Kind(
        "sport-gear", "hobbies", ("For {x}, you need {y}.",), ("need {y}",), _SPORT_GEAR,
        direct=("what do you need for {x}", "what do I need for {x}",
                "which things do I need for {x}",
                "what equipment is there for {x}", "what must I bring for {x}"),
        clause=("what I need for {x}", "which things you need for {x}"),
        noun=("the things you need for {x}", "the equipment for {x}"),
        whole=("I am starting with {x}. What must I buy?", "{X} is my sport. What do I need?",
               "What should I pack for {x}?"),
        held=("Without what is {x} not possible?", "For {x}, what must I have?",
              "Which equipment does one use in {x}?"),
        brief="{Y}.", topic="sport", follow=("what do I need for it",
        "what equipment is there for it"),
    ),
    Kind(
        "team-size", "hobbies", ("{Ax} team has {y} players.",), ("{y} players",), _TEAMS,
        direct=("how many players does {ax} team have", "how many players are in {ax} team",
                "how many people play in {ax} team", "how many players are there in {ax} team"),
        clause=("how many players {ax} team has", "how many people play in {ax} team"),
        noun=("the number of players in {ax} team", "the size of {ax} team"),
        whole=("We want to make {ax} team. How many must we be?", "{Ax} team has how many players?",
               "How big is {ax} team?"),
        held=("How many make {ax} team?", "Count the players of {ax} team.",
              "What number of players is in {ax} team?"),
        brief="{Y}.", topic="sport", follow=("how many players are in a team",),
    ),
    Kind(
        "sport-score", "hobbies", ("In {x}, players score {y}.",), ("score {y}",), _SCORES,
        direct=("what do players score in {x}", "what do you score in {x}",
                "what is counted in {x}",
                "with what do you win in {x}"),
        clause=("what players score in {x}", "what is counted in {x}"),
        noun=("the thing players score in {x}", "the word for what you score in {x}"),
        whole=("In {x}, what do they score?", "Goals, points or what do you score in {x}?",
               "The team wins in {x}. What did it score?"),
        held=("What do they count in {x}?", "In {x}, what must I score?"),
        brief="{Y}.", topic="sport", weight=0.8, follow=("what do players score",),
    ),
    Kind(
        "ball", "hobbies", ("{Y}, {x} {z} a ball.",), ("{z} a ball",), _BALL,
        direct=("does {x} need a ball", "is {x} done with a ball", "do you need a ball for {x}",
                "is there a ball in {x}"),
        clause=("if {x} needs a ball", "whether there is a ball in {x}"),
        whole=("{X}: with or without a ball?", "Must I bring a ball for {x}?",
               "I think {x} needs a ball. Is that right?", "{X} needs a ball, yes or no?"),
        held=("Is a ball used in {x}?", "{X} needs a ball, right?",
              "Would I need a ball for {x}?"),
        brief="{Y}.", weight=0.7,
    ),
    Kind(
        "team-sport", "hobbies", ("{Y}, {x} {z} a team sport.",), ("{z} a team",), _TEAM_OR_NOT,
        direct=("is {x} a team sport", "is {x} a sport for teams", "do whole teams play in {x}",
                "would you call {x} a team sport"),
        clause=("if {x} is a team sport", "whether {x} is a sport for teams"),
        whole=("{X}: is it a team sport?", "I think {x} is a team sport. Is that right?",
               "Is it true that {x} is a team sport?", "{X} is a team sport, yes or no?"),
        held=("Do you need a team for {x}?", "{X} is a team sport, right?"),
        brief="{Y}.", weight=0.7,
    ),
    Kind(
        "winter-summer", "hobbies", ("{X} is a {y} sport.",), ("a {y} sport",), _SEASONAL,
        direct=("is {x} a winter sport or a summer sport",
                "is {x} a summer sport or a winter sport",
                "is {x} for winter or for summer"),
        clause=("if {x} is a winter sport or a summer sport",
                "whether {x} is for winter or summer"),
        whole=("{X}: winter sport or summer sport?", "Winter or summer: when is the time for {x}?",
               "In which season is the time for {x}?", "When of the year is {x} done?"),
        held=("To which season does {x} belong?", "Do I do {x} in summer or in winter?"),
        brief="{Y}.", weight=0.8,
    ),
    Kind(
        "hobby", "hobbies", ("For {x}, you need {y}.",), ("need {y}",), _HOBBIES,
        direct=("what do you need for {x}", "what do I need for {x}",
                "which things do I need for {x}",
                "what should I buy for {x}", "what do people use for {x}"),
        clause=("what I need for {x}", "which things you need for {x}", "what people use for {x}"),
        noun=("the things you need for {x}", "what people use for {x}"),
        whole=("My hobby is {x}. What do I need?", "I want to try {x}. What should I get?",
               "My sister likes {x}. What does she need?"),
        held=("For the hobby of {x}, what must I have?",
              "I start with {x} tomorrow. What do I take?",
              "What is used for {x}?"),
        brief="{Y}.",
    ),
    Kind(
        "instrument-family", "hobbies", ("{Ax} is {ay} instrument.",), ("{y} instrument",),
        _instruments("family"),
        direct=("what kind of instrument is {ax}", "which kind of instrument is {ax}",
                "what sort of instrument is {ax}", "is {ax} a wind or a string instrument",
                "to which group of instruments does {ax} belong"),
        clause=("what kind of instrument {ax} is", "which sort of instrument {ax} is"),
        noun=("the kind of instrument {ax} is", "the group of instruments {ax} belongs to"),
        whole=("{Ax}: what kind of instrument?",
               "In the orchestra there is {ax}. Which group is it in?"),
        held=("What type of instrument is {ax}?", "{Ax} belongs to which instruments?",
              "Which group of instruments has {ax}?"),
        brief="{Ay} instrument.", topic="instrument",
        follow=("what kind of instrument is it", "what sort of instrument is it"),
    ),
    Kind(
        "player", "hobbies", ("A person who plays the {x} is called {ay}.",), ("{y}",),
        _instruments("player"),
        direct=("what do you call a person who plays the {x}", "who plays the {x}",
                "what is a person called who plays the {x}", "what is a player of the {x} called"),
        clause=("what a person is called who plays the {x}", "who plays the {x}"),
        noun=("the word for a person who plays the {x}", "the name for a player of the {x}"),
        whole=("My uncle plays the {x}. What is he?", "I play the {x}. What am I?",
               "She plays the {x}. What do we call her?"),
        held=("Someone who plays the {x} is called what?", "Which musician has {ax}?",
              "How do you call a player of the {x}?"),
        brief="{Ay}.", topic="instrument",
        follow=("what is a person called who plays it", "what do you call its player"),
    ),
    Kind(
        "player-of", "hobbies", ("{Ay} plays the {x}.",), ("plays the {x}",),
        unique(_instruments("player"), "y"),
        direct=("what does {ay} play", "which instrument does {ay} play",
                "what instrument does {ay} play",
                "what is the instrument of {ay}"),
        clause=("which instrument {ay} plays", "what {ay} plays"),
        noun=("the instrument of {ay}", "the instrument that {ay} plays"),
        whole=("My friend is {ay}. What does she play?", "I met {ay}. Which instrument was it?",
               "{Ay} plays what?"),
        held=("On which instrument does {ay} make music?", "{Ay} has which instrument?"),
        brief="The {x}.", weight=0.7,
    ),
)  # fmt: skip
