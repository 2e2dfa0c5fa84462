"""Words: opposites, plurals, tenses, rhymes, letters, meanings and groups."""

from __future__ import annotations

from presets.pocket_build.wordings import Kind, listed, table

_OPPOSITES = table(
    "x y",
    """
    big:small; hot:cold; tall:short; fast:slow; old:young; new:used; good:bad; happy:sad;
    light:dark; day:night; up:down; left:right; open:closed; full:empty; hard:soft; wet:dry;
    rich:poor; strong:weak; early:late; near:far; high:low; long:brief; thick:thin; loud:quiet;
    clean:dirty; easy:difficult; first:last; inside:outside; in:out; on:off; begin:end; buy:sell;
    give:take; push:pull; win:lose; love:hate; laugh:cry; come:go; ask:answer; question:reply;
    friend:enemy; man:woman; boy:girl; king:queen; brother:sister; father:mother; summer:winter;
    north:south; east:west; true:false; yes:no; always:never; more:less; many:few; above:below;
    front:back; top:bottom; before:after; sweet:sour; deep:shallow; wide:narrow; brave:afraid;
    safe:dangerous; cheap:expensive; smooth:rough; sharp:blunt; alive:dead; beautiful:ugly;
    heavy:weightless; awake:asleep; noisy:silent; lazy:busy; polite:rude; warm:cool; sink:float;
    forget:remember; find:search; arrive:leave; black:white; war:peace; success:failure; uncle:aunt;
    start:finish; whisper:shout; inhale:exhale; ancient:modern; wrong:correct; throw:catch
    """,
)
_PLURALS = table(
    "x y",
    """
    cat:cats; dog:dogs; book:books; car:cars; tree:trees; house:houses; apple:apples;
    child:children;
    man:men; woman:women; foot:feet; tooth:teeth; mouse:mice; goose:geese; box:boxes; bus:buses;
    fox:foxes; dish:dishes; watch:watches; baby:babies; city:cities; lady:ladies; story:stories;
    leaf:leaves; knife:knives; wolf:wolves; life:lives; wife:wives; potato:potatoes;
    tomato:tomatoes; hero:heroes; sheep:sheep; fish:fish; deer:deer; person:people; ox:oxen;
    key:keys; boy:boys; girl:girls; day:days; toy:toys; glass:glasses; peach:peaches; brush:brushes;
    berry:berries; cherry:cherries; puppy:puppies; party:parties; shelf:shelves; half:halves;
    loaf:loaves; thief:thieves; hand:hands; eye:eyes; bird:birds; flower:flowers; door:doors;
    window:windows; table:tables; chair:chairs; pen:pens; cup:cups; lamp:lamps; river:rivers;
    song:songs; egg:eggs; class:classes; church:churches; lunch:lunches; country:countries;
    fly:flies; penny:pennies; horse:horses; rose:roses; bridge:bridges; shoe:shoes; king:kings
    """,
)
_PAST = table(
    "x y",
    """
    go:went; eat:ate; see:saw; run:ran; come:came; take:took; give:gave; make:made; sing:sang;
    swim:swam; drink:drank; write:wrote; read:read; speak:spoke; sleep:slept; think:thought;
    buy:bought; bring:brought; catch:caught; teach:taught; find:found; fly:flew; know:knew;
    grow:grew; throw:threw; begin:began; break:broke; drive:drove; ride:rode; fall:fell; feel:felt;
    keep:kept; leave:left; lose:lost; meet:met; sit:sat; stand:stood; tell:told; win:won; sell:sold;
    build:built; send:sent; spend:spent; hear:heard; hold:held; play:played; walk:walked;
    talk:talked; jump:jumped; look:looked; help:helped; work:worked; cook:cooked; love:loved;
    dance:danced; stop:stopped; cry:cried; try:tried; carry:carried; open:opened; clean:cleaned
    """,
)
_COMPARATIVES = table(
    "x y z",
    """
    big:bigger:biggest; small:smaller:smallest; tall:taller:tallest; fast:faster:fastest;
    slow:slower:slowest; old:older:oldest; young:younger:youngest; happy:happier:happiest;
    easy:easier:easiest; hot:hotter:hottest; cold:colder:coldest; good:better:best; bad:worse:worst;
    long:longer:longest; short:shorter:shortest; rich:richer:richest; strong:stronger:strongest;
    heavy:heavier:heaviest; thin:thinner:thinnest; clean:cleaner:cleanest; dirty:dirtier:dirtiest;
    funny:funnier:funniest; high:higher:highest; deep:deeper:deepest; loud:louder:loudest;
    soft:softer:softest; wet:wetter:wettest; busy:busier:busiest; kind:kinder:kindest;
    warm:warmer:warmest
    """,
)
_RHYMES = table(
    "x y",
    """
    cat:hat; dog:frog; house:mouse; tree:bee; sun:fun; star:car; moon:spoon; ball:tall; cake:lake;
    boat:coat; king:ring; bed:red; pen:ten; book:cook; rain:train; night:light; day:play; fish:dish;
    bear:chair; fox:box; duck:truck; sheep:sleep; snow:go; rose:nose; hand:sand; feet:sweet;
    ship:trip;
    sky:fly; wall:fall; bell:well; nest:best; goat:float; bread:head; mice:ice; door:floor; men:hen;
    song:long; sock:clock; bug:rug; pig:wig; cold:gold; wing:sing; blue:shoe; four:more; nine:line;
    word:bird; green:queen; meat:seat; toy:boy; stone:bone
    """,
)
_SPELLED = listed(
    "cat dog sun hat red tree book fish bird milk door hand moon star cake rain snow blue "
    "green apple house mouse table chair water bread horse train river queen lemon tiger "
    "happy paper music flower garden window school friend winter summer orange yellow banana "
    "rabbit monkey ball king ring ship boat lamp frog bear wolf duck egg ice owl jam key nut "
    "pen yes zoo violin umbrella zebra lion igloo needle kite van jacket question island "
    "elephant"
)
_LETTERS = tuple(
    {"x": word, "y": word[0].upper(), "z": word[-1].upper(), "w": "-".join(word.upper()),
     "n": str(len(word))}
    for word in _SPELLED
)  # fmt: skip
_ALPHABET = tuple(
    {"x": chr(code), "y": chr(code + 1), "z": chr(code - 1)} for code in range(ord("B"), ord("Z"))
)
_MEANINGS = table(
    "x y",
    """
    lake:a large piece of water with land around it; river:water that flows to the sea;
    island:land with water all around it; mountain:a very high hill; forest:a place with many trees;
    desert:a dry place with sand; village:a very small town; bridge:a road over a river;
    castle:a big old house of a king; school:a place where children learn;
    hospital:a place where sick people get help; library:a place with many books;
    museum:a house where people look at old things; garden:a place where flowers grow;
    market:a place where people buy and sell; kitchen:a room where people cook;
    dictionary:a book that explains words; poem:a short text with a rhythm; song:music with words;
    piano:an instrument with black and white keys; violin:an instrument with four strings;
    drum:an instrument that you hit; clock:a thing that shows the time; map:a picture of a place;
    calendar:a list of the days of the year; week:a time of seven days;
    robot:a machine that can work;
    computer:a machine that works with data; telephone:a machine for talking to people far away;
    bicycle:a vehicle with two wheels; ship:a big boat; engine:a machine that moves a car;
    orphan:a child without parents; twin:one of two children born together;
    neighbour:a person who lives next door;
    guest:a person who comes to visit; king:a man who rules a country; thief:a person who steals;
    volcano:a mountain that throws out fire; cloud:water drops high in the air;
    storm:weather with strong wind;
    rainbow:a bow of colours in the sky; planet:a large ball that goes around a sun;
    star:a sun that is far away; seed:a small thing that grows into a plant;
    nest:the home of a bird;
    insect:a small animal with six legs; mammal:an animal that drinks milk when it is young;
    fruit:a sweet part of a plant; vegetable:a plant that people eat;
    breakfast:the first meal of the day;
    dinner:the meal of the evening; dessert:a sweet dish after a meal;
    sandwich:two pieces of bread with food between;
    birthday:the day when a person was born; holiday:a time when people do not work;
    language model:a program that writes text
    """,
)  # fmt: skip
GROUPS: dict[str, list[str]] = {
    "fruit": listed("apple banana pear plum cherry peach mango lemon grape strawberry"),
    "vegetable": listed("carrot potato onion cabbage cucumber bean leek radish"),
    "animal": listed("dog cat horse cow lion tiger rabbit mouse"),
    "bird": listed("sparrow eagle owl swan pigeon parrot crow penguin"),
    "insect": listed("ant bee fly butterfly beetle mosquito"),
    "flower": listed("rose tulip daisy lily violet sunflower"),
    "tree": listed("oak pine birch maple willow beech"),
    "tool": listed("hammer saw drill shovel screwdriver rake"),
    "drink": listed("water milk tea coffee juice lemonade"),
    "colour": listed("red blue green yellow black white purple pink"),
    "instrument": listed("piano violin guitar drum flute trumpet"),
    "vehicle": listed("car bus train bicycle truck tram"),
    "piece of clothing": listed("shirt coat hat sweater jacket skirt"),
    "piece of furniture": listed("table chair bed sofa shelf desk"),
    "sport": listed("football tennis swimming basketball hockey rowing"),
    "metal": listed("iron gold silver copper lead tin"),
    "toy": listed("doll puzzle kite teddy"),
    "planet": listed("Mars Venus Jupiter Saturn Mercury Neptune"),
}
_MASS = {"sport", "metal", "drink", "colour", "planet"}
_PLURAL_GROUPS = {
    "piece of clothing": "pieces of clothing", "piece of furniture": "pieces of furniture",
}  # fmt: skip


def _memberships() -> tuple[dict[str, str], ...]:
    facts = []
    for group, members in GROUPS.items():
        for member in members:
            plain = {"x": member, "y": group, "ax": member, "Ax": member.capitalize()}
            facts.append(plain if group in _MASS else {"x": member, "y": group})
    return tuple(facts)


def _lists() -> tuple[dict[str, str], ...]:
    facts = []
    for group, members in GROUPS.items():
        plural = _PLURAL_GROUPS.get(group, group + "s")
        one, two, three = members[:3]
        facts.append({"x": plural, "y": f"{one}, {two} and {three}", "z": one, "g": group})
    return tuple(facts)


KINDS: tuple[Kind, ...] = (
    Kind(
        "opposite", "opposites", ("The opposite of {x} is {y}.",), ("{y}",), _OPPOSITES,
        direct=("what is the opposite of {x}", "which word is the opposite of {x}",
                "what is the opposite of the word {x}", "what word means the opposite of {x}",
                "what is the contrary of {x}"),
        clause=("what the opposite of {x} is", "which word is the opposite of {x}",
                "what word means the opposite of {x}"),
        noun=("the opposite of {x}", "the opposite of the word {x}",
              "a word that is the opposite of {x}"),
        held=("{X} has which opposite?", "What is not {x}, but its opposite?",
              "Which word has the opposite meaning of {x}?"),
        whole=("What is the opposite: {x}?", "{X} is one word. What is its opposite?",
               "Opposite of {x}?"),
        brief="{Y}.", weight=1.3,
    ),
    Kind(
        "plural", "plurals", ("The plural of {x} is {y}.",), ("{y}",), _PLURALS,
        direct=("what is the plural of {x}", "what is the plural form of {x}",
                "what is the plural of the word {x}", "how do you write the plural of {x}",
                "which word is the plural of {x}"),
        clause=("what the plural of {x} is", "how to form the plural of {x}",
                "which word is the plural of {x}"),
        noun=("the plural of {x}", "the plural form of {x}", "the plural of the word {x}"),
        held=("One {x}, many what?", "How do I form the plural of {x}?",
              "What do you say for more than one {x}?"),
        whole=("One {x}, two what?", "Put {x} into the plural.",
               "I have one {x}. You have two what?",
               "Plural of {x}?", "What do you call two of them: one {x}, two ...?"),
        brief="{Y}.", weight=1.2,
    ),
    Kind(
        "past", "past tense", ("The past tense of {x} is {y}.",), ("{y}",), _PAST,
        direct=("what is the past tense of {x}", "what is the past of {x}",
                "what is the past form of {x}", "how do you say {x} in the past",
                "which word is the past tense of {x}"),
        clause=("what the past tense of {x} is", "how to say {x} in the past",
                "what the past form of {x} is"),
        noun=("the past tense of {x}", "the past form of {x}", "the past tense of the verb {x}"),
        held=("Today I {x}. What did I do yesterday?", "How does one write {x} in the past?",
              "What is {x} in the past tense?"),
        whole=("Put {x} into the past tense.", "Today I {x}, yesterday I what?",
               "Today we {x}. Yesterday we ...?", "Past tense of {x}?"),
        brief="{Y}.", weight=1.1,
    ),
    Kind(
        "comparative", "comparison", ("The comparative of {x} is {y}.",), ("{y}",), _COMPARATIVES,
        direct=("what is the comparative of {x}", "which word is the comparative of {x}",
                "what is the comparative form of {x}"),
        clause=("what the comparative of {x} is", "which word is the comparative of {x}"),
        noun=("the comparative of {x}", "the comparative form of {x}",
              "the comparative of the word {x}"),
        held=("What comes after {x} when you compare?", "How do I form the comparative of {x}?"),
        whole=("This one is {x}, but that one is even what?", "Compare: {x}, then what?",
               "I am {x}, but you are even ...?"),
        brief="{Y}.", weight=0.7,
    ),
    Kind(
        "superlative", "comparison", ("The superlative of {x} is {z}.",), ("{z}",), _COMPARATIVES,
        direct=("what is the superlative of {x}", "which word is the superlative of {x}",
                "what is the superlative form of {x}"),
        clause=("what the superlative of {x} is", "which word is the superlative of {x}"),
        noun=("the superlative of {x}", "the superlative form of {x}",
              "the superlative of the word {x}"),
        held=("{X}, {y}, and then what?", "How do I form the superlative of {x}?"),
        whole=("Complete: {x}, {y}, ...", "Complete the row: {x}, {y}, what?",
               "{X}, {y}, what comes next?"),
        brief="{Z}.", weight=0.7,
    ),
    Kind(
        "rhyme", "rhymes", ("{X} rhymes with {y}.",), ("{y}",), _RHYMES,
        direct=("what rhymes with {x}", "which word rhymes with {x}", "what word rhymes with {x}",
                "what is a rhyme for {x}"),
        clause=("what rhymes with {x}", "which word rhymes with {x}",
                "a word that rhymes with {x}"),
        noun=("a rhyme for {x}", "a word that rhymes with {x}", "a rhyme with {x}"),
        held=("I need something that rhymes with {x}.", "Can you rhyme {x}?",
              "{X} rhymes with which word?"),
        whole=("Rhyme with {x}.", "Find a rhyme for {x}.", "Find a word that rhymes with {x}.",
               "I am writing a poem. What rhymes with {x}?"),
        brief="{Y}.",
    ),
    Kind(
        "first-letter", "letters", ("The first letter of {x} is {y}.",), ("is {y}.",), _LETTERS,
        direct=("what is the first letter of {x}", "which letter does {x} start with",
                "with which letter does {x} begin", "what letter does the word {x} start with",
                "which is the first letter of {x}"),
        clause=("which letter {x} starts with", "what the first letter of {x} is",
                "with which letter {x} begins"),
        noun=("the first letter of {x}", "the first letter of the word {x}"),
        held=("{X} begins with which letter?", "What letter comes first in {x}?"),
        brief="{Y}.",
    ),
    Kind(
        "last-letter", "letters", ("The last letter of {x} is {z}.",), ("is {z}.",), _LETTERS,
        direct=("what is the last letter of {x}", "which letter does {x} end with",
                "with which letter does {x} end", "what letter does the word {x} end with"),
        clause=("which letter {x} ends with", "what the last letter of {x} is"),
        noun=("the last letter of {x}", "the last letter of the word {x}"),
        held=("{X} ends with which letter?", "What letter comes last in {x}?"),
        brief="{Z}.", weight=0.9,
    ),
    Kind(
        "spell", "spelling", ("{X} is spelled {w}.",), ("{w}",), _LETTERS,
        direct=("how do you spell {x}", "how is {x} spelled", "how do you spell the word {x}",
                "how is the word {x} spelled", "how do I spell {x}", "what is the spelling of {x}"),
        clause=("how to spell {x}", "how {x} is spelled", "how the word {x} is spelled"),
        noun=("the spelling of {x}", "the letters of {x}"),
        whole=("Spell {x}.", "Spell the word {x}.", "Please spell {x}.", "Can you spell {x}?",
               "Spell {x} for me."),
        held=("How do people spell {x}?", "Could you spell {x}?", "Which letters are in {x}?"),
        brief="{w}.",
    ),
    Kind(
        "alphabet", "letters", ("The letter after {x} is {y}.",), ("is {y}.",), _ALPHABET,
        direct=("which letter comes after {x}", "what letter follows {x}",
                "what is the letter after {x}", "what comes after {x} in the alphabet"),
        clause=("which letter comes after {x}", "what letter follows {x}"),
        noun=("the letter after {x}", "the next letter after {x}"),
        held=("In the alphabet, what comes after {x}?", "What is the next letter after {x}?"),
        brief="{Y}.", weight=0.7,
    ),
    Kind(
        "meaning", "meanings", ("{Ax} is {y}.",), ("{y}",), _MEANINGS,
        direct=("what is {ax}", "what does the word {x} mean", "what does {x} mean",
                "what is the meaning of {x}", "what exactly is {ax}"),
        clause=("what {ax} is", "what the word {x} means", "what {x} means"),
        noun=("the meaning of {x}", "the meaning of the word {x}"),
        held=("What is meant by {ax}?", "How would you explain the word {x}?",
              "Define {ax}, please."),
        whole=("Explain the word {x}.", "Define {x}.", "Define the word {x}.", "Describe {ax}.",
               "Explain to a child what {ax} is."),
        brief="{Y}.", weight=1.2,
    ),
    Kind(
        "group-of", "groups", ("{Ax} is {ay}.",), ("{y}",), _memberships(),
        direct=("what kind of thing is {ax}", "what sort of thing is {ax}",
                "to which group of things does {ax} belong", "which kind of thing is {ax}"),
        clause=("what kind of thing {ax} is", "what sort of thing {ax} is"),
        noun=("the kind of thing {ax} is", "the group {ax} belongs to"),
        held=("{Ax} belongs to which group?", "What type of thing is {ax}?"),
        brief="{Ay}.",
    ),
    Kind(
        "name-three", "groups", ("Three {x} are {y}.",), ("{z}",), _lists(),
        clause=("three {x}", "the names of three {x}"),
        noun=("three {x}", "some {x}", "a few {x}", "three examples of {x}"),
        whole=("List three {x}.", "Which {x} do you know?", "What {x} do you know?",
               "List some {x}.", "Name some {x}.", "What are three {x}?", "What are some {x}?"),
        held=("Can you list three {x}?", "Do you know any {x}?", "Give three examples of {x}."),
        brief="{Y}.", weight=0.7,
    ),
)  # fmt: skip
