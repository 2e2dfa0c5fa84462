"""Matter, things, plants, colours and music."""

from __future__ import annotations

from presets.pocket_build.school_patterns import asked, claims, compared, judged, one_of, yes_or_no
from presets.pocket_build.wordings import Kind, table
from presets.pocket_build.words import GROUPS

_CHANGES = table(
    "x y",
    """ice gets warm:it melts; water gets very cold:it freezes; water boils:it becomes steam;
    you drop a glass:it breaks; iron gets wet:it rusts; steam gets cold:it becomes water;
    you heat butter:it melts; you put sugar into tea:the sugar dissolves; you let go of a ball:it falls;
    wood gets very hot:it burns; a puddle stands in the sun:it dries up;
    you plant a seed:it grows; fire gets no air:it goes out; a needle meets a balloon:it bursts;
    milk stands too long:it turns sour; you bake dough:it becomes bread;
    a flower gets no water:it dries out; snow gets warm:it melts; you freeze juice:it becomes ice;
    you pull a rubber band:it gets longer""",
)
_POWER = table(
    "x y",
    """lamp:electricity; fridge:electricity; computer:electricity; television:electricity;
    sailing boat:wind; windmill:wind; kite:wind; water mill:water; steam engine:steam;
    plane:fuel; truck:fuel; rocket:fuel; flashlight:batteries; solar cell:sunlight;
    vacuum cleaner:electricity; washing machine:electricity""",
)
_DEVICES = table(
    "x y",
    """points to the north:a compass; makes small things look big:a microscope;
    turns sunlight into electricity:a solar cell; stores electricity:a battery;
    attracts iron:a magnet; carries electricity:a wire; throws back your picture:a mirror;
    splits light into colours:a prism; pulls all things down:gravity; follows you in the sun:your shadow;
    comes hot and red out of a volcano:lava; shakes the ground:an earthquake;
    puts out a fire:water; keeps a ship in its place:an anchor; lifts heavy things:a crane;
    comes back when you shout in the mountains:an echo""",
)
_THING_SOUNDS = table(
    "x xs y",
    """clock:clocks:ticks; bell:bells:rings; drum:drums:booms; door:doors:creaks; fire:fires:crackles;
    engine:engines:hums; siren:sirens:wails; balloon:balloons:pops; whip:whips:cracks;
    firework:fireworks:bangs; kettle:kettles:whistles; tap:taps:drips; brook:brooks:babbles;
    chain:chains:rattles""",
)
_MIXES = table(
    "x y z",
    """red:blue:purple; blue:red:purple; red:yellow:orange; yellow:red:orange; blue:yellow:green;
    yellow:blue:green; red:white:pink; white:red:pink; black:white:grey; white:black:grey;
    blue:white:light blue; white:blue:light blue; black:red:dark red; red:black:dark red;
    green:white:light green; white:green:light green; black:green:dark green; red:green:brown;
    green:red:brown; green:black:dark green""",
)
_PLAYED = table(
    "x y",
    """flute:blow into it; trumpet:blow into it; trombone:blow into it; whistle:blow into it;
    saxophone:blow into it; drum:hit it; gong:hit it; xylophone:hit it; tambourine:hit it;
    guitar:pluck the strings; harp:pluck the strings; banjo:pluck the strings;
    violin:use a bow; cello:use a bow; piano:press the keys; organ:press the keys""",
)
_PARTS = table(
    "x y",
    """root:takes water from the ground; stem:holds up the flower; leaf:catches the sunlight;
    flower:makes the seeds; seed:grows into a new plant; bark:protects the tree;
    thorn:keeps animals away; trunk:holds up the tree; branch:carries the leaves;
    petal:shows bees the way; fruit:keeps the seeds safe""",
)
_GROW = table(
    "x y",
    """apples:on a tree; pears:on a tree; cherries:on a tree; plums:on a tree; oranges:on a tree;
    lemons:on a tree; peaches:on a tree; walnuts:on a tree; potatoes:under the ground;
    carrots:under the ground; onions:under the ground; radishes:under the ground;
    beets:under the ground; raspberries:on a bush; blueberries:on a bush; gooseberries:on a bush;
    roses:on a bush; grapes:on a vine; coconuts:on a palm; wheat plants:in a field;
    water lilies:on a pond; mushrooms:in the forest""",
)
_TREES = table(
    "x y",
    """oak:acorns; pine:cones; palm:coconuts; apple tree:apples; cherry tree:cherries; pear tree:pears;
    plum tree:plums; walnut tree:walnuts; chestnut tree:chestnuts; olive tree:olives; fig tree:figs;
    lemon tree:lemons; peach tree:peaches; fir:cones""",
)
_LEAVES = table(
    "x y",
    """oak:leaves; birch:leaves; maple:leaves; beech:leaves; willow:leaves; apple tree:leaves;
    poplar:leaves; chestnut tree:leaves; pine:needles; fir:needles; spruce:needles; larch:needles;
    cedar:needles; yew:needles""",
)
_EATEN = table(
    "x y",
    """carrots:root; radishes:root; beets:root; turnips:root; spinach:leaf; lettuce:leaf; cabbage:leaf;
    parsley:leaf; celery:stem; asparagus:stem; rhubarb:stem; broccoli:flower; cauliflower:flower;
    peas:seed; beans:seed; corn:seed; rice:seed; apples:fruit; pears:fruit; cucumbers:fruit""",
)
_STONES = table(
    "x y",
    """peach:a stone; cherry:a stone; plum:a stone; mango:a stone; apricot:a stone; olive:a stone;
    apple:small seeds; pear:small seeds; orange:small seeds; lemon:small seeds; melon:small seeds;
    cucumber:small seeds; pumpkin:small seeds""",
)


def _sorted(text: str) -> tuple[dict[str, str], ...]:
    """Read ``word:thing, thing; …`` as facts about each thing."""
    return tuple(
        {"x": name.strip(), "y": row["y"]}
        for row in table("y names", text)
        for name in row["names"].split(",")
    )


def _either(name: str, text: str, options: str) -> Kind:
    """Return the kind that asks which of two or three words is true of a thing."""
    return one_of(
        name, "science", "{X} is {y}.", _sorted(text), question=f"is {{x}} {options}",
        statement=f"{{x}} is {options}", subject="{x}", options=options,
        direct=f"what is {{x}}, {options}", held=f"Would you call {{x}} {options}?",
    )  # fmt: skip


KINDS: tuple[Kind, ...] = (
    _either("state", """a liquid:water, milk, oil, honey, juice, petrol, blood, tea, vinegar, rain;
            a solid:ice, a stone, iron, wood, glass, gold, brick, paper, a bone, a coin;
            a gas:steam, air, oxygen, helium, hydrogen, nitrogen""", "a solid, a liquid or a gas"),
    _either("hard-soft", """hard:a rock, iron, a diamond, a brick, a nail, steel, a hammer, a bone,
            a tooth; soft:a cushion, wool, butter, cotton, a sponge, moss, a feather, a kitten,
            a blanket""", "hard or soft"),
    _either("heavy-light", """heavy:an elephant, a piano, a car, a truck, a ship, an anchor, a train,
            a rock, a bus; light:a feather, a leaf, a balloon, a snowflake, a butterfly, a straw,
            a soap bubble, a sheet of paper, a hair""", "heavy or light"),
    _either("hot-cold", """hot:fire, lava, steam, the sun, boiling water, a flame, a burning candle;
            cold:ice, snow, a glacier, frost, an icicle, a snowball, an iceberg""", "hot or cold"),
    _either("natural", """natural:a tree, a river, a mountain, a cloud, a flower, the moon, rain,
            an apple, a volcano, the sea; made by people:a car, a house, a bridge, a book, a chair,
            a road, a clock, a computer, a shoe, a rocket""", "natural or made by people"),
    _either("round-flat", """round:an orange, a marble, a pea, the full moon, a globe, a bubble;
            flat:a sheet of paper, a plank, a playing card, a floor, a table top, a stamp""",
            "round or flat"),
    one_of(
        "float", "science", "{X} {y}s.",
        _sorted("""sink:a stone, an iron nail, a coin, a key, a brick, a hammer, an anchor, a gold ring,
                a marble, a glass ball; float:wood, a cork, ice, a leaf, a feather, an apple, a boat,
                a rubber duck, a candle, a raft"""),
        question="does {x} float or sink", statement="{x} floats or sinks", subject="{x}",
        options="float or sink",
        direct="what does {x} do in water, float or sink",
        whole="I put {x} into water. What does it do?",
        held="If I throw {x} into a lake, does it float or sink?", brief="It {y}s.",
    ),
    yes_or_no(
        "magnet", "science",
        judged("does a magnet attract {x}", "a magnet attracts {x}", "a magnet does not attract {x}",
               yes="an iron nail; a paper clip; a steel needle; an iron key; a steel spoon; an iron pan; "
               "a steel screw; an iron chain",
               no="wood; paper; glass; a gold ring; a plastic cup; rubber; a leaf; wool; leather; "
               "a copper wire; a stone; a potato; a candle"),
    ),
    yes_or_no(
        "see-through", "science",
        judged("can you see through {x}", "you can see through {x}", "you cannot see through {x}",
               yes="a clean window; clean water; air; a soap bubble; a glass bottle; a drinking glass; "
               "the glass of a lamp",
               no="wood; a rock; iron; a brick wall; a closed door; leather; cardboard; mud; "
               "a closed book; a coat"),
        weight=0.7,
    ),
    yes_or_no(
        "burns", "science",
        judged("does {x} burn", "{x} burns", "{x} does not burn",
               yes="dry wood; paper; petrol; coal; straw; dry grass; cardboard",
               no="a stone; water; sand; a brick; clay; salt; ice; concrete"),
        weight=0.7,
    ),
    yes_or_no(
        "living", "science",
        judged("is {x} a living thing", "{x} is a living thing", "{x} is not a living thing",
               yes="a dog; a tree; a flower; a fish; a mushroom; a bee; a worm; a child; an oak; a bird",
               no="a stone; a car; water; a cloud; a chair; the sun; a robot; fire; a book; a spoon"),
    ),
    asked(
        "change", "science", "When {x}, {y}.", _CHANGES,
        direct="what happens when {x} / what happens if {x} / what do we see when {x} / "
        "what follows when {x}",
        clause="what happens when {x} / what happens if {x}",
        noun="the thing that happens when {x}",
        whole="{X}. What happens? / When {x}, what happens? / If {x}, what comes then? / "
        "Think of this: {x}. What do you see?",
        held="{X}. What comes next? / What will happen as soon as {x}? / Guess what happens if {x}.",
    ),
    asked(
        "power", "science", "{Ax} works with {y}.", _POWER,
        direct="what does {ax} work with / what does {ax} need to work / what drives {ax} / "
        "what makes {ax} go",
        clause="what {ax} works with / what {ax} needs to work",
        noun="the power {ax} works with / the thing that drives {ax}",
        whole="{Ax} works with what? / I have {ax}. What does it need to work?",
        held="Without what would {ax} not work? / From what does {ax} get its power?",
        brief="With {y}.", weight=0.7,
    ),
    asked(
        "device", "science", "{Y} {x}.", _DEVICES,
        direct="what {x} / which thing {x} / what is it that {x} / what do you call a thing that {x}",
        clause="what {x} / which thing {x}",
        noun="the thing that {x} / something that {x}",
        whole="It {x}. What is it? / It is something that {x}. What is that?",
        held="A thing {x}. What do we call it? / What could it be, if it {x}?", weight=0.7,
    ),
    asked(
        "thing-sound", "science", "{Ax} {y}.", _THING_SOUNDS,
        direct="what sound does {ax} make / what noise does {ax} make / how does {ax} sound / "
        "which sound do {xs} make",
        clause="what sound {ax} makes / how {ax} sounds",
        noun="the sound of {ax} / the noise {ax} makes",
        whole="I hear {ax}. What does it do? / {Ax} makes which sound?",
        held="What kind of sound comes from {ax}? / How do {xs} sound?", brief="It {y}.", weight=0.7,
    ),
    asked(
        "mix", "colours", "{X} and {y} make {z}.", _MIXES, expect="make {z}",
        direct="what do {x} and {y} make / what [colour|color] do {x} and {y} make / "
        "which [colour|color] do you get from {x} and {y} / what do I get if I mix {x} and {y}",
        clause="what {x} and {y} make / which [colour|color] {x} and {y} make",
        noun="the [colour|color] you get from {x} and {y} / the mix of {x} and {y}",
        whole="Mix {x} and {y}. What do you get? / I put {x} and {y} together on my brush. "
        "Which [colour|color] is it? / {X} with {y} makes which [colour|color]?",
        held="If {x} paint meets {y} paint, which [colour|color] comes out? / "
        "Paint {x} over {y}. What do you see?",
        brief="{Z}.",
    ),
    asked(
        "played", "hobbies", "To play {ax}, you {y}.", _PLAYED,
        direct="how do you play {ax} / how is {ax} played / what do I do to play {ax} / "
        "what do people do with {ax} to make music",
        clause="how to play {ax} / how {ax} is played",
        noun="the way to play {ax}",
        whole="I want to play {ax}. What do I do? / I have {ax}. How do I play it? / "
        "Do I hit {ax} or blow into it?",
        held="How does one make music with {ax}? / Teach me the {x}. What do I do?",
        brief="You {y}.", weight=0.8,
    ),
    asked(
        "plant-part", "plants", "The {x} {y}.", _PARTS,
        direct="what does the {x} of a plant do / what is the {x} of a plant for / "
        "why does a plant have {ax} / what is the work of the {x} of a plant",
        clause="what the {x} of a plant does / why a plant has {ax}",
        noun="the work of the {x} of a plant / the use of the {x} for a plant",
        whole="A plant has {ax}. What does it do? / The {x} of a plant does what?",
        held="How does the {x} help a plant? / What would a plant miss without {ax}?",
        brief="It {y}.", weight=0.8,
    ),
    asked(
        "grows-where", "plants", "{X} grow {y}.", _GROW,
        direct="where do {x} grow / on what or in what do {x} grow / where can I pick {x} / "
        "where do we find {x} growing",
        clause="where {x} grow / where I can pick {x}",
        noun="the place where {x} grow",
        whole="{X} grow where? / I want to pick {x}. Where do I look? / "
        "Tree, bush or ground: where do {x} grow?",
        held="Do {x} grow on a tree, under the ground or where? / Where would a farmer get {x}?",
    ),
    asked(
        "tree-fruit", "plants", "{Y} grow on {ax}.", _TREES,
        direct="what grows on {ax} / what does {ax} carry / which fruits does {ax} have / "
        "what can I pick from {ax}",
        clause="what grows on {ax} / what {ax} carries",
        noun="the fruits of {ax} / the thing that grows on {ax}",
        whole="I stand under {ax}. What falls down? / {Ax} carries what?",
        held="What do we get from {ax}? / Look up into {ax}. What hangs there?", weight=0.7,
    ),
    one_of(
        "needles", "plants", "{Ax} has {y}.", _LEAVES,
        question="does {ax} have leaves or needles", statement="{ax} has leaves or needles",
        subject="{ax}", options="leaves or needles",
        direct="what grows on the branches of {ax}, leaves or needles",
        held="What is on a twig of {ax}, leaves or needles?", weight=0.7,
    ),
    asked(
        "eaten-part", "plants", "When we eat {x}, we eat the {y}.", _EATEN,
        direct="which part of the plant do we eat as {x} / what part of the plant is eaten as {x} / "
        "which part of the plant is on the plate if I eat {x}",
        clause="which part of the plant we eat as {x} / what part of the plant we eat as {x}",
        noun="the part of the plant we eat as {x}",
        whole="I eat {x}. Which part of the plant is that? / "
        "Root, leaf, stem, flower, seed or fruit: which do we eat as {x}?",
        held="Is it the root, the leaf or another part of the plant that we eat as {x}? / "
        "Which plant part do people cook as {x}?",
        brief="The {y}.", weight=0.6,
    ),
    asked(
        "inside-fruit", "plants", "{Ax} has {y} inside.", _STONES,
        direct="what is inside {ax} / what do I find in the middle of {ax} / "
        "does {ax} have a stone or small seeds / what has {ax} inside",
        clause="what is inside {ax} / what I find in the middle of {ax}",
        noun="the thing inside {ax} / the thing in the middle of {ax}",
        whole="I cut {ax} open. What is inside? / A stone or seeds: what has {ax}?",
        held="What remains in the hand after I eat {ax}? / Open {ax}. What do you find?", weight=0.6,
    ),
    one_of(
        "fruit-vegetable", "plants", "{Ax} is a {y}.",
        tuple({"x": name, "y": group} for group in ("fruit", "vegetable") for name in GROUPS[group]
              if name not in ("bean", "cucumber"))
        + _sorted("fruit:apricot,orange,fig,pineapple,kiwi; vegetable:turnip,beet,cauliflower"),
        question="is {ax} a fruit or a vegetable", statement="{ax} is a fruit or a vegetable",
        subject="{ax}", options="fruit or vegetable",
        held="Would I put {ax} with the fruits or with the vegetables?", brief="A {y}.", weight=0.8,
    ),
    yes_or_no(
        "plant-needs", "plants",
        judged("does a plant need {x}", "a plant needs {x}", "a plant does not need {x}",
               yes="water; light; air; soil; warmth",
               no="shoes; milk; toys; meat; music; money; a hat; a bed; a book; cheese; friends"),
        weight=0.6,
    ),
    yes_or_no(
        "science-claims", "science",
        claims("is:ice:frozen water:yes; is:steam:hot:yes; is:iron:a metal:yes; is:wood:a metal:no; "
               "is:gold:a metal:yes; is:glass:made from sand:yes; is:air:a gas:yes; is:oil:solid:no; "
               "is:a diamond:soft:no; is:light:faster than sound:yes; is:a feather:lighter than a stone:yes; "
               "is:a car:faster than a plane:no; can:a magnet:pull iron:yes; can:iron:rust:yes; "
               "can:gold:burn like paper:no; can:sound:travel through air:yes; can:fire:burn under water:no; "
               "can:a mushroom:walk:no; are:trees:plants:yes; are:stones:alive:no; "
               "are:roots:under the ground:yes; are:needles of a fir:green:yes"),
        weight=0.8,
    ),
    compared("heavier", "science", "heavier",
             "a feather; an apple; a chair; a horse; a car; a ship"),
    compared("hotter", "science", "hotter", "an ice cube; cold milk; hot tea; a fire; the sun",
             weight=0.6),
)  # fmt: skip
