"""What animals look like, do, give and are called."""

from __future__ import annotations

from presets.pocket_build.nature import ANIMALS
from presets.pocket_build.school_patterns import asked, claims, compared, judged, one_of, yes_or_no
from presets.pocket_build.wordings import Kind, renamed, table, unique

_PLURALS = {fact["x"]: fact["xs"] for fact in ANIMALS}


def _of_animals(text: str) -> tuple[dict[str, str], ...]:
    """Read ``word:animal, animal; …`` as facts about each animal."""
    facts = []
    for row in table("y names", text):
        for name in (cell.strip() for cell in row["names"].split(",")):
            facts.append({"x": name, "xs": _PLURALS[name], "y": row["y"]})
    return tuple(facts)


_COVERS = _of_animals(
    """fur:dog, cat, bear, wolf, fox, mouse, rabbit, squirrel, beaver, lion, tiger, monkey,
    polar bear, panda, kangaroo; feathers:sparrow, hen, owl, swan, eagle, crow, parrot, pigeon,
    penguin, duck, goose, turkey; scales:trout, snake, lizard; wool:sheep; spines:hedgehog"""
)
_MOVES = _of_animals(
    """swims:trout, shark, whale, seal; flies:eagle, crow, bee, bat, butterfly, sparrow, pigeon, owl;
    crawls:snake, snail; jumps:frog, kangaroo; hops:rabbit; runs:horse, dog, wolf, fox, zebra, deer;
    climbs:monkey, squirrel; walks:elephant, cow, camel, hen"""
)
_AWAKE = _of_animals(
    """by night:owl, bat, hedgehog, mouse, beaver; by day:hen, cow, butterfly, bee, squirrel, eagle,
    horse, sparrow, pigeon, crow, parrot, goat, giraffe, goose, turkey, camel"""
)
_DIETS = _of_animals(
    """meat:lion, tiger, wolf, eagle, shark, crocodile, owl, snake; plants:cow, horse, sheep, goat,
    elephant, giraffe, zebra, deer, rabbit, kangaroo, panda, camel, donkey, beaver, goose"""
)
_TAME = _of_animals(
    """farm animal:cow, pig, hen, sheep, goat, horse, donkey, turkey, goose; wild animal:lion, tiger,
    wolf, bear, fox, elephant, giraffe, zebra, crocodile, shark, whale, deer, kangaroo, owl, eagle,
    polar bear, hedgehog, snake"""
)
_REALMS = _of_animals(
    """in water:trout, shark, whale; on land:dog, cat, cow, horse, sheep, pig, lion, tiger, wolf, fox,
    mouse, elephant, giraffe, zebra, camel, kangaroo, rabbit, panda, donkey, hedgehog"""
)
_GROUPS = table(
    "x y",
    """cows:herd; elephants:herd; horses:herd; goats:herd; deer:herd; zebras:herd; sheep:flock;
    birds:flock; pigeons:flock; geese:flock; wolves:pack; fish:school; bees:swarm; flies:swarm;
    mosquitoes:swarm; lions:pride; ants:colony; puppies:litter; kittens:litter; whales:pod;
    dolphins:pod; monkeys:troop""",
)
_BUNDLES = table(
    "x y",
    """flowers:bunch; grapes:bunch; keys:bunch; ships:fleet; players:team; singers:choir;
    sailors:crew; pupils:class; soldiers:army; musicians:band; trees:forest; stars:galaxy;
    islands:chain; cards:deck; books:library; thieves:gang; stairs:staircase; people:crowd""",
)
_FEMALES = table(
    "x y",
    """lion:a lioness; tiger:a tigress; horse:a mare; sheep:a ewe; deer:a doe; fox:a vixen; pig:a sow;
    goat:a nanny goat; chicken:a hen; elephant:a cow; whale:a cow; rabbit:a doe""",
)
_MALES = table(
    "x y",
    """horse:a stallion; sheep:a ram; deer:a stag; pig:a boar; goose:a gander; duck:a drake;
    goat:a billy goat; chicken:a rooster; cat:a tomcat; bee:a drone; elephant:a bull; whale:a bull;
    swan:a cob; rabbit:a buck""",
)
_GIFTS = table(
    "x y",
    """wool:sheep; milk:cow; honey:bee; eggs:hen; silk:silkworm; ham:pig; bacon:pig; pork:pig; beef:cow;
    lamb chops:lamb; wax:bee; pearls:oyster; caviar:sturgeon; goose fat:goose; goat cheese:goat""",
)
_MARKS = table(
    "x y",
    """a long trunk:elephant; a very long neck:giraffe; a hump on its back:camel;
    black and white stripes:zebra; a pouch for its baby:kangaroo; a big mane:lion;
    many spines:hedgehog; eight legs and a web:spider; a broad flat tail:beaver;
    wings and fur:bat; a house on its back:snail; antlers on its head:deer; white fur:polar bear;
    orange fur with black stripes:tiger; black and white fur:panda; a pink curly tail:pig""",
)
_GROWN = table(
    "x y",
    """caterpillar:butterfly; tadpole:frog; calf:cow; puppy:dog; kitten:cat; lamb:sheep; foal:horse;
    piglet:pig; duckling:duck; gosling:goose; cygnet:swan; fawn:deer; joey:kangaroo; owlet:owl;
    eaglet:eagle; spiderling:spider; hoglet:hedgehog; boy:man; girl:woman; prince:king;
    princess:queen; acorn:oak; bud:flower; bunny:rabbit""",
)


def _having(part: str, yes: str, no: str) -> tuple[dict[str, str], ...]:
    return judged(f"does {{ax}} have {part}", f"{{ax}} has {part}", f"{{ax}} does not have {part}",
                  yes=yes, no=no)  # fmt: skip


KINDS: tuple[Kind, ...] = (
    asked(
        "cover", "animal life", "{Ax} is covered with {y}.", _COVERS,
        direct="what covers {ax} / what is {ax} covered with / what does {ax} have on its body / "
        "what covers the body of {ax} / do {xs} have fur, feathers or what",
        clause="what covers {ax} / what {xs} are covered with",
        noun="the cover of the body of {ax} / the thing that covers {ax}",
        whole="I touch {ax}. What do I feel on it? / Fur, feathers or scales: what has {ax}? / "
        "{Ax} is covered with what?",
        held="Does {ax} have fur, feathers or something else? / What would I feel if I touch {ax}? / "
        "With what are {xs} covered?",
        follow="what covers its body / what is it covered with", topic="animal", weight=0.8,
    ),
    yes_or_no(
        "lays-eggs", "animal life",
        judged("does {ax} lay eggs", "{ax} lays eggs", "{ax} does not lay eggs",
               yes="hen; duck; goose; swan; owl; eagle; crow; sparrow; parrot; pigeon; penguin; "
               "turkey; frog; turtle; crocodile; trout; bee; ant; butterfly; spider",
               no="dog; cat; cow; horse; sheep; pig; lion; tiger; bear; wolf; whale; elephant; monkey; "
               "rabbit; bat; kangaroo; seal; squirrel"),
        follow="does it lay eggs", topic="animal",
    ),
    asked(
        "moves", "animal life", "{Ax} {y}.", _MOVES,
        direct="how does {ax} move / how do {xs} move / how does {ax} get from place to place / "
        "what does {ax} do when it moves / in which way does {ax} move",
        clause="how {ax} moves / how {xs} move / in which way {ax} moves",
        noun="the way {ax} moves / the way {xs} move",
        whole="{Ax} moves how? / Does {ax} swim, fly, run or what? / Show me how {ax} moves.",
        held="Fly, swim, crawl or run: how does {ax} move? / How do {xs} travel? / "
        "{Ax} wants to go away. How does it do that?",
        follow="how does it move / in which way does it move", brief="It {y}.", topic="animal",
        weight=0.7,
    ),
    one_of(
        "awake", "animal life", "{Ax} is awake {y}.", _AWAKE,
        question="is {ax} awake by day or by night", statement="{ax} is awake by day or by night",
        subject="{ax}", options="by day or by night",
        direct="when is {ax} awake, by day or by night / when are {xs} awake, by night or by day",
        held="When would I see {ax} awake, by day or by night?",
        follow="is it awake by day or by night", topic="animal", weight=0.7,
    ),
    one_of(
        "diet", "animal life", "{Ax} eats {y}.", _DIETS,
        question="does {ax} eat plants or meat", statement="{ax} eats plants or meat",
        subject="{ax}", options="plants or meat",
        direct="is {ax} a plant eater or a meat eater / do {xs} eat meat or plants",
        held="Would {ax} rather have plants or meat?",
        follow="does it eat plants or meat", topic="animal", weight=0.7,
    ),
    one_of(
        "tame", "animal life", "{Ax} is a {y}.", _TAME,
        question="is {ax} a farm animal or a wild animal",
        statement="{ax} is a farm animal or a wild animal",
        subject="{ax}", options="farm animal or wild animal",
        direct="is {ax} wild or from the farm / are {xs} farm animals or wild animals",
        held="Would I meet {ax} on a farm or in the wild?",
        follow="is it a farm animal or a wild animal", brief="A {y}.", topic="animal", weight=0.7,
    ),
    one_of(
        "realm", "animal life", "{Ax} lives {y}.", _REALMS,
        question="does {ax} live in water or on land", statement="{ax} lives in water or on land",
        subject="{ax}", options="in water or on land",
        direct="do {xs} live on land or in water / is {ax} an animal of the land or of the water",
        held="Where would I meet {ax}, in water or on land?",
        follow="does it live in water or on land", topic="animal", weight=0.6,
    ),
    asked(
        "group-name", "animal names", "A group of {x} is called a {y}.", _GROUPS,
        of="the word for a group of {x} / the name of a group of {x}",
        direct="what is a group of {x} called / what do you call a group of {x} / "
        "what do you call many {x} together / which word is there for a group of {x}",
        clause="what a group of {x} is called / how we call many {x} together",
        whole="I see many {x} together. What is that? / A group of {x} is a what? / "
        "Many {x} together are called a what?",
        held="How do people call a group of {x}? / A lot of {x} make a what? / "
        "Which word means many {x} in one group?",
        brief="A {y}.", weight=0.8,
    ),
    asked(
        "bundle", "meanings", "Many {x} together are called a {y}.", _BUNDLES, expect="a {y}",
        of="the word for many {x} together / the name of many {x} together",
        direct="what are many {x} together called / what do many {x} make together / "
        "which word do we use for many {x} together",
        clause="what many {x} together are called",
        whole="Here are a lot of {x} together. What is it? / Many {x} are a what? / "
        "One word for many {x}, please.",
        held="A whole lot of {x} is called what? / How do you say many {x} in one word?",
        brief="A {y}.", weight=0.7,
    ),
    asked(
        "female", "animal names", "A female {x} is called {y}.", _FEMALES,
        of="the word for a female {x} / the name of a female {x}",
        direct="what is a female {x} called / what do you call a female {x} / "
        "what do we call a mother {x}",
        clause="what a female {x} is called / what you call a female {x}",
        whole="A female {x} is called what? / This {x} is a mother. What do we call her?",
        held="What is the female of {ax}? / How do people call a female {x}?",
        weight=0.6,
    ),
    asked(
        "male", "animal names", "A male {x} is called {y}.", _MALES,
        of="the word for a male {x} / the name of a male {x}",
        direct="what is a male {x} called / what do you call a male {x} / "
        "what do we call a father {x}",
        clause="what a male {x} is called / what you call a male {x}",
        whole="A male {x} is called what? / This {x} is a father. What do we call him?",
        held="What is the male of {ax}? / How do people call a male {x}?",
        weight=0.6,
    ),
    asked(
        "gives", "animal life", "We get {x} from {ay}.", _GIFTS, expect="from {ay}",
        direct="which animal do we get {x} from / from which animal do we take {x} / "
        "which animal do we need for {x} / which animal gives people {x}",
        clause="which animal we get {x} from / which animal we need for {x}",
        noun="the animal we get {x} from / the animal that we need for {x}",
        whole="I like {x}. Which animal do I thank? / Without which animal would we have no {x}? / "
        "I want {x}. Which animal do I need?",
        held="For {x}, which animal do we keep? / Which animal is behind {x}?",
        brief="From {ay}.", weight=0.7,
    ),
    asked(
        "mark", "animal life", "{Ay} has {x}.", _MARKS,
        direct="which animal has {x} / what animal has {x} / what is the animal with {x} called",
        clause="which animal has {x} / what animal has {x}",
        noun="an animal with {x} / the animal that has {x}",
        whole="It has {x}. Which animal is it? / An animal with {x} is what? / "
        "I see an animal with {x}. What is it?",
        held="The animal has {x}. Guess its name! / Do you know who has {x}? / "
        "Which of the animals has {x}?",
        brief="{Ay}.", weight=0.8,
    ),
    yes_or_no(
        "has-part", "animal life",
        _having("wings", "sparrow; owl; bee; bat; butterfly; eagle; hen; swan; penguin",
                "dog; snake; mouse; frog; trout; lion")
        + _having("horns", "goat; cow", "horse; pig; dog; cat; bear; rabbit")
        + _having("a tail", "dog; cat; cow; horse; lion; mouse; crocodile", "spider; bee; butterfly")
        + _having("a beak", "crow; parrot; eagle; duck; hen; penguin", "dog; bat; frog; fox; snake")
        + _having("fins", "trout; shark", "dog; hen; horse; snake; cow"),
    ),
    asked(
        "grows-into", "animal names", "{Ax} becomes {ay}.", _GROWN,
        direct="what does {ax} become / what does {ax} grow into / what will {ax} be one day / "
        "what does {ax} turn into",
        clause="what {ax} becomes / what {ax} grows into",
        noun="the thing {ax} becomes / the thing {ax} grows into",
        whole="{Ax} grows up. What is it then? / Today it is {ax}. What will it be one day? / "
        "{Ax} grows into what?",
        held="If {ax} grows up, what is it? / {Ax} will be what later? / "
        "One day {ax} is big. What do we call it then?",
        brief="{Ay}.", weight=0.8,
    ),
    compared(
        "bigger-animal", "animal life", "bigger",
        "an ant; a bee; a mouse; a cat; a sheep; a cow; an elephant; a whale",
        also="Who is bigger, {x} or {y}?",
    ),
    compared(
        "faster", "science", "faster",
        "a snail; a person on foot; a bike; a car; a train; a plane; a rocket",
        also="Who wins the race, {x} or {y}?",
    ),
    asked(
        "animal-of", "animal names", "The parent of {ax} is {ay}.",
        unique(renamed(ANIMALS, x="young", y="x"), "x"),
        of="the parent of {ax}",
        direct="which animal has {ax} as its baby / who is the mother of {ax} / "
        "{ax} is the baby of which animal / which animal is the mother of {ax}",
        clause="which animal is the mother of {ax} / which animal has {ax} as its baby",
        whole="I see {ax}. What animal is its mother? / {Ax} is a young what?",
        held="To which animal does {ax} belong as a baby? / {Ax} has which animal as its mother?",
        brief="{Ay}.", weight=0.6,
    ),
    yes_or_no(
        "animal-claims", "animal life",
        claims("is:a whale:a fish:no; is:a penguin:a fish:no; "
               "is:a spider:an insect:no; is:a bee:an insect:yes; is:a shark:a fish:yes; "
               "is:a dog:a good friend:yes; is:a snail:slow:yes; is:a horse:faster than a snail:yes; "
               "is:a mouse:bigger than a cat:no; is:a giraffe:tall:yes; is:a lion:a plant:no; "
               "can:a parrot:learn words:yes; can:a fish:live on dry land:no; can:a dog:read:no; "
               "can:a cat:see in the dark:yes; can:a snake:run:no; can:a camel:live in the desert:yes; "
               "can:a polar bear:live in the cold:yes; can:a cow:climb a tree:no; "
               "can:a monkey:climb a tree:yes; are:dinosaurs:alive today:no"),
        weight=0.8,
    ),
)  # fmt: skip
