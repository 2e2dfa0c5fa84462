"""Animals, plants and the body."""

from __future__ import annotations

from presets.pocket_build.wordings import Kind, having, listed, renamed, table, unique

ANIMALS = table(
    "x xs sound home young food group legs",
    """
    dog:dogs:barks:a kennel:puppy:meat and bones:mammal:four;
    cat:cats:meows:a house:kitten:fish and mice:mammal:four;
    cow:cows:moos:a field:calf:grass:mammal:four;
    horse:horses:neighs:a stable:foal:hay:mammal:four;
    sheep:sheep:bleats:a meadow:lamb:grass:mammal:four;
    pig:pigs:oinks:a sty:piglet:corn:mammal:four;
    duck:ducks:quacks:a pond:duckling:water plants:bird:two;
    hen:hens:clucks:a coop:chick:seeds:bird:two;
    lion:lions:roars:the savanna:cub:meat:mammal:four;
    tiger:tigers:growls:the jungle:cub:meat:mammal:four;
    bear:bears:growls:a cave:cub:berries and fish:mammal:four;
    wolf:wolves:howls:the forest:pup:meat:mammal:four;
    fox:foxes:yelps:a den:cub:rabbits:mammal:four;
    mouse:mice:squeaks:a hole:-:cheese:mammal:four;
    frog:frogs:croaks:a pond:tadpole:flies:amphibian:four;
    bee:bees:buzzes:a hive:-:nectar:insect:six;
    sparrow:sparrows:chirps:a nest:chick:seeds:bird:two;
    owl:owls:hoots:a hollow tree:owlet:mice:bird:two;
    snake:snakes:hisses:the grass:-:mice:reptile:no;
    elephant:elephants:trumpets:the savanna:calf:leaves:mammal:four;
    monkey:monkeys:chatters:the jungle:-:bananas:mammal:two;
    goat:goats:bleats:the mountains:kid:grass:mammal:four;
    rabbit:rabbits:-:a burrow:bunny:carrots:mammal:four;
    deer:deer:-:the forest:fawn:leaves:mammal:four;
    trout:trout:-:a river:-:worms:fish:no;
    shark:sharks:-:the sea:pup:fish:fish:no;
    whale:whales:sings:the sea:calf:krill:mammal:no;
    penguin:penguins:-:Antarctica:chick:fish:bird:two;
    spider:spiders:-:a web:spiderling:flies:arachnid:eight;
    ant:ants:-:an anthill:-:crumbs:insect:six;
    butterfly:butterflies:-:a garden:caterpillar:nectar:insect:six;
    camel:camels:-:the desert:calf:dry plants:mammal:four;
    kangaroo:kangaroos:-:Australia:joey:grass:mammal:two;
    polar bear:polar bears:-:the Arctic:cub:seals:mammal:four;
    donkey:donkeys:brays:a stable:foal:hay:mammal:four;
    turkey:turkeys:gobbles:a barn:-:corn:bird:two;
    goose:geese:honks:a meadow:gosling:grass:bird:two;
    swan:swans:-:a lake:cygnet:water plants:bird:two;
    eagle:eagles:screams:the mountains:eaglet:small animals:bird:two;
    crow:crows:caws:a tall tree:chick:seeds:bird:two;
    parrot:parrots:talks:the rain forest:chick:fruit:bird:two;
    pigeon:pigeons:coos:the city:chick:bread crumbs:bird:two;
    turtle:turtles:-:the sea:-:sea plants:reptile:four;
    crocodile:crocodiles:-:a river:-:fish and meat:reptile:four;
    lizard:lizards:-:a warm wall:-:insects:reptile:four;
    giraffe:giraffes:-:the savanna:calf:leaves:mammal:four;
    zebra:zebras:-:the savanna:foal:grass:mammal:four;
    squirrel:squirrels:-:a tree:-:nuts:mammal:four;
    bat:bats:squeaks:a cave:pup:insects:mammal:two;
    seal:seals:-:the cold sea:pup:fish:mammal:no;
    panda:pandas:-:the bamboo forest:cub:bamboo:mammal:four;
    beaver:beavers:-:a lodge:kit:bark:mammal:four;
    hedgehog:hedgehogs:-:a hedge:hoglet:worms:mammal:four;
    snail:snails:-:a shell:-:leaves:mollusc:no
    """,
)

_FLY = listed("sparrow owl eagle bee bat butterfly crow pigeon parrot swan goose duck")
_NO_FLY = listed("penguin dog cow pig fish elephant frog snake horse lion sheep kangaroo")
_SWIM = listed("trout shark whale seal duck frog turtle penguin crocodile swan dolphin")
_NO_SWIM = listed("hen sparrow butterfly bee snail spider giraffe crow")

_CAN = tuple(
    {"x": name, "v": verb, "y": word, "z": can}
    for verb, able, unable in (("fly", _FLY, _NO_FLY), ("swim", _SWIM, _NO_SWIM))
    for names, word, can in ((able, "yes", "can"), (unable, "no", "cannot"))
    for name in names
)

_SOUNDS = having(ANIMALS, "x", "xs", "sound")
_BODY = table(
    "x y",
    """see:eyes; hear:ears; smell:the nose; taste:the tongue; walk:legs; think:the brain;
    bite:teeth; hold a pen:the hand; breathe:the lungs; kick:the foot; point at things:a finger;
    talk:the mouth; nod:the head; pump blood:the heart; bend the arm:the elbow;
    bend the leg:the knee; feel a touch:the skin""",
)
_BODY_COUNT = table(
    "x y z",
    """eyes:two:eyes; ears:two:ears; noses:one:nose; fingers:ten:fingers; toes:ten:toes;
    hands:two:hands; feet:two:feet; legs:two:legs; arms:two:arms; mouths:one:mouth; knees:two:knees;
    hearts:one:heart; thumbs:two:thumbs; heads:one:head; elbows:two:elbows""",
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "sound", "animal sounds", ("{Ax} {y}.",), ("{y}",),
        renamed(ANIMALS, x="x", xs="xs", y="sound"),
        direct=("what sound does {ax} make", "what noise does {ax} make", "how does {ax} sound",
                "what does {ax} sound like", "which sound do {xs} make", "what sound do {xs} make"),
        clause=("what sound {ax} makes", "what noise {xs} make", "how {ax} sounds",
                "which sound {ax} makes"),
        noun=("the sound of {ax}", "the noise {ax} makes", "the sound {xs} make"),
        held=("What kind of sound does {ax} make?", "{Ax} makes which sound?",
              "Which noise does {ax} make?"),
        follow=("what sound does it make", "what noise does it make", "how does it sound"),
        brief="{Y}.", topic="animal",
    ),
    Kind(
        "sound-of", "animal sounds", ("{Ay} {x}.",), ("{y}",),
        unique(renamed(ANIMALS, x="sound", y="x"), "x"),
        direct=("which animal {x}", "what animal {x}", "who {x}", "which animal is it that {x}"),
        clause=("which animal {x}", "what animal {x}"),
        noun=("an animal that {x}", "the animal that {x}"),
        held=("Which of the animals {x}?", "It {x}. Which animal is it?"),
        whole=("An animal {x}. Which one is it?", "I hear an animal that {x}. What is it?"),
        brief="{Ay}.", weight=0.6,
    ),
    Kind(
        "home", "animal homes", ("{Ax} lives in {y}.",), ("{y}",),
        renamed(ANIMALS, x="x", xs="xs", y="home"),
        direct=("where does {ax} live", "where do {xs} live", "where is the home of {ax}",
                "where can I find {ax}", "in which place does {ax} live",
                "what is the home of {ax}"),
        clause=("where {ax} lives", "where {xs} live", "where I can find {ax}",
                "in which place {ax} lives"),
        noun=("the home of {ax}", "the place where {ax} lives", "the place where {xs} live"),
        held=("In what place do {xs} live?", "Where would I find {ax}?",
              "Where is {ax} at home?"),
        follow=("where does it live", "where can I find it", "where is its home"),
        brief="In {y}.", topic="animal",
    ),
    Kind(
        "young", "animal young", ("A baby {x} is called {ay}.",), ("{y}",),
        renamed(ANIMALS, x="x", y="young"),
        direct=("what is a baby {x} called", "what do you call a baby {x}",
                "what is a young {x} called", "what is the name of a baby {x}",
                "what do we call a young {x}", "what is the young of {ax} called"),
        clause=("what a baby {x} is called", "what you call a baby {x}",
                "what a young {x} is called"),
        noun=("the name for a baby {x}", "the word for a young {x}", "the name of a baby {x}",
              "the baby of {ax}"),
        held=("How do you call a baby {x}?", "A baby {x} is called what?",
              "What do people call a young {x}?"),
        follow=("what is its baby called", "what do you call its baby", "what is its young called"),
        brief="{Ay}.", topic="animal",
    ),
    Kind(
        "food", "animal food", ("{Ax} eats {y}.",), ("{y}",),
        renamed(ANIMALS, x="x", xs="xs", y="food"),
        direct=("what does {ax} eat", "what do {xs} eat", "what is the food of {ax}",
                "what does {ax} like to eat", "what food does {ax} eat",
                "what do {xs} like to eat"),
        clause=("what {ax} eats", "what {xs} eat", "what {ax} likes to eat",
                "what food {ax} eats"),
        noun=("the food of {ax}", "the food {xs} eat", "what {ax} eats"),
        held=("Which food does {ax} eat?", "{Ax} eats what?", "What should I feed {ax}?"),
        follow=("what does it eat", "what does it like to eat", "what is its food"),
        brief="{Y}.", topic="animal",
    ),
    Kind(
        "legs", "animal legs", ("{Ax} has {y} legs.",), ("{y}",),
        renamed(ANIMALS, x="x", xs="xs", y="legs"),
        direct=("how many legs does {ax} have", "how many legs do {xs} have",
                "how many legs has {ax}", "how many legs are there on {ax}"),
        clause=("how many legs {ax} has", "how many legs {xs} have"),
        noun=("the number of legs of {ax}", "the number of legs {ax} has"),
        held=("On how many legs does {ax} walk?", "{Ax} has how many legs?",
              "What number of legs does {ax} have?"),
        follow=("how many legs does it have", "how many legs has it"),
        brief="{Y}.", topic="animal", weight=0.8,
    ),
    Kind(
        "group", "animal groups", ("{Ax} is {ay}.",), ("{y}",),
        renamed(ANIMALS, x="x", xs="xs", y="group"),
        direct=("what kind of animal is {ax}", "which kind of animal is {ax}",
                "what sort of animal is {ax}", "what group of animals does {ax} belong to",
                "is {ax} a mammal, a bird or something else"),
        clause=("what kind of animal {ax} is", "which sort of animal {ax} is",
                "what group of animals {xs} belong to"),
        noun=("the kind of animal {ax} is", "the group of animals {ax} belongs to"),
        held=("Which animal group does {ax} belong to?", "What type of animal is {ax}?",
              "{Ax} is what kind of animal?"),
        follow=("what kind of animal is it", "what sort of animal is it"),
        brief="{Ay}.", topic="animal", weight=0.8,
    ),
    Kind(
        "can", "animal abilities", ("{Y}, {ax} {z} {v}.",), ("{z} {v}",),
        _CAN,
        direct=("can {ax} {v}", "is {ax} able to {v}", "is it true that {ax} can {v}"),
        clause=("if {ax} can {v}", "whether {ax} can {v}", "if {ax} is able to {v}"),
        held=("{Ax} can {v}, right?", "Do you think {ax} can {v}?", "Could {ax} {v}?"),
        whole=("Can {ax} {v}, yes or no?", "Yes or no: can {ax} {v}?",
               "I think {ax} can {v}. Is that right?"),
        brief="{Y}.", weight=0.9,
    ),
    Kind(
        "body-use", "body", ("You {x} with {y}.",), ("{y}",), _BODY,
        direct=("what do you use to {x}", "which part of the body do you use to {x}",
                "what do people {x} with", "with what do you {x}", "what do we {x} with",
                "which body part do we need to {x}"),
        clause=("what people use to {x}", "which part of the body you need to {x}",
                "what we {x} with"),
        noun=("the part of the body you {x} with", "the body part people use to {x}"),
        held=("What part of the body do we use to {x}?", "What body part helps you {x}?",
              "People {x} with what?"),
        brief="With {y}.",
    ),
    Kind(
        "body-count", "body", ("A person has {y} {z}.",), ("{y}",), _BODY_COUNT,
        direct=("how many {x} does a person have", "how many {x} do people have",
                "how many {x} do I have", "how many {x} do you have as a human",
                "how many {x} are there on a body"),
        clause=("how many {x} a person has", "how many {x} people have"),
        noun=("the number of {x} a person has", "the number of {x} on a body"),
        held=("How many {x} has a man?", "People have how many {x}?",
              "How many {x} does a human have?"),
        brief="{Y}.", weight=0.7,
    ),
)  # fmt: skip
