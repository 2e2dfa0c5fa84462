"""Two things compared: which is bigger, faster, louder, first; and one thing: hard or soft."""

from __future__ import annotations

from itertools import combinations

from presets.pocket_build.wordings import Kind, capitalized, table

# Each row goes from the least to the most; neighbours differ so much that nobody can doubt it.
_SIZES = ("an ant, a mouse, a cat, a sheep, a horse, an elephant, a whale",
          "a coin, a book, a chair, a car, a house, a mountain")  # fmt: skip
_WEIGHTS = (
    "a feather, an apple, a brick, a bicycle, a horse, a truck, a ship",
    "a leaf, an egg, a bottle of milk, a bed, a piano, a bus, a train",
)
_SPEEDS = (
    "a snail, a turtle, a runner, a racing car, a plane, a rocket",
    "an ant, a hen, a bicycle, a train, a jet",
)
_LENGTHS = (
    "a pin, a pencil, a bed, a bus, a train, a river",
    "a match, a spoon, a broom, a truck, a motorway",
)
_HEIGHTS = (
    "a mouse, a dog, a door, a giraffe, a church tower, a mountain",
    "a tulip, a chair, a bus, a house, a skyscraper",
)
_HEATS = ("ice, cool water, warm tea, boiling water, fire, the sun",)
_PRICES = (
    "a pencil, a book, a bicycle, a car, a house",
    "a sweet, a loaf of bread, a pair of shoes, a computer, a yacht",
)
_AGES = (
    "a baby, a pupil, a grown-up, a grandparent",
    "a kitten, a teenager, a parent, a great-grandparent",
)
_SOUNDS = ("a whisper, a talk, a shout, a siren, an explosion", "a falling leaf, a cat, a lion")
_TIMES = ("a second, a minute, an hour, a day, a week, a month, a year, a decade, a century",)


def _pairs(chains: tuple[str, ...], last: bool) -> tuple[dict[str, str], ...]:
    """Return both orders of all pairs of a row; ``z`` is the one that wins, ``w`` the other."""
    facts = []
    for chain in chains:
        for less, more in combinations(chain.split(", "), 2):
            winner, loser = (more, less) if last else (less, more)
            for x, y in ((less, more), (more, less)):
                facts.append({"x": x, "y": y, "z": winner, "w": loser})
    return tuple(facts)


def _compared(word: str, verb: str, chains: tuple[str, ...], last: bool, why: str) -> Kind:
    """Return the kind "which is bigger"; ``verb`` is "is" or another verb, ``why`` a wish."""
    return Kind(
        f"compare-{verb}-{word}".replace(" ", "-"), "comparing",
        (f"{{Z}} {verb} {word} than {{w}}.",), (f"{{z}} {verb} {word}",), _pairs(chains, last),
        direct=(f"which {verb} {word}, {{x}} or {{y}}", f"what {verb} {word}, {{x}} or {{y}}",
                f"which of the two {verb} {word}, {{x}} or {{y}}",
                f"what do you think {verb} {word}, {{x}} or {{y}}"),
        clause=(f"which {verb} {word}, {{x}} or {{y}}", f"what {verb} {word}, {{x}} or {{y}}"),
        whole=(f"{{X}} or {{y}}: which one {verb} {word}?", f"{{X}} or {{y}}, what {verb} {word}?",
               f"Compare {{x}} with {{y}}. Which {verb} {word}?", f"{why} {{X}} or {{y}}?"),
        held=(f"Of {{x}} and {{y}}, which {verb} {word}?",
              f"Take {{x}} and {{y}}. What {verb} {word}?",
              f"If you have {{x}} and {{y}}, which one {verb} {word}?"),
        brief="{Z}.", weight=0.6,
    )  # fmt: skip


_EITHER: dict[str, tuple[str, str, str]] = {
    "loud-quiet": ("loud", "quiet", """
    thunder:loud; a siren:loud; a drum:loud; an explosion:loud; a jet plane:loud; a shout:loud;
    a chain saw:loud; a rock concert:loud; a whisper:quiet; a library:quiet; falling snow:quiet;
    a sleeping cat:quiet; a butterfly:quiet; a snail:quiet; a graveyard:quiet"""),
    "fast-slow": ("fast", "slow", """
    a rocket:fast; a racing car:fast; a cheetah:fast; lightning:fast; a jet plane:fast;
    a falcon:fast; an express train:fast; a snail:slow; a turtle:slow; a sloth:slow;
    a worm:slow; a glacier:slow; a steamroller:slow; a slug:slow"""),
    "sharp-blunt": ("sharp", "blunt", """
    a razor:sharp; a needle:sharp; a sword:sharp; a thorn:sharp; broken glass:sharp;
    a scalpel:sharp;
    a spoon:blunt; a ball:blunt; a broomstick:blunt; a pebble:blunt; a rolling pin:blunt"""),
    "safe-dangerous": ("safe", "dangerous", """
    poison:dangerous; a wild tiger:dangerous; thin ice:dangerous; a volcano:dangerous;
    a forest fire:dangerous; a bomb:dangerous; an avalanche:dangerous; a loaded gun:dangerous;
    a pillow:safe; a teddy bear:safe; a glass of water:safe; a picture book:safe;
    a woollen hat:safe; a bowl of soup:safe; a park bench:safe"""),
}  # fmt: skip


def _either(name: str, one: str, other: str, text: str) -> Kind:
    """Return the kind "is this one or the other"."""
    return Kind(
        name, "either or", ("{X} is {y}.",), ("is {y}",), table("x y", text),
        direct=(f"is {{x}} {one} or {other}", f"is {{x}} {other} or {one}",
                f"what is {{x}}, {one} or {other}", f"do you call {{x}} {one} or {other}"),
        clause=(f"if {{x}} is {one} or {other}", f"whether {{x}} is {other} or {one}"),
        whole=(f"{{X}}: {one} or {other}?", f"{capitalized(one)} or {other}: what is {{x}}?",
               f"I think of {{x}}. Is it {one} or {other}?", f"{{X}}, is it {other} or {one}?"),
        held=(f"How is {{x}}, {one} or {other}?", f"Would you say {{x}} is {one} or {other}?",
              f"{one} or {other}, how is {{x}}?"),
        brief="{Y}.", weight=0.6,
    )  # fmt: skip


KINDS: tuple[Kind, ...] = (
    _compared("bigger", "is", _SIZES, True, "I want the bigger one."),
    _compared("smaller", "is", _SIZES, False, "I want the smaller one."),
    _compared("heavier", "is", _WEIGHTS, True, "I want the heavier one."),
    _compared("lighter", "is", _WEIGHTS, False, "I want the lighter one."),
    _compared("faster", "is", _SPEEDS, True, "I want the faster one."),
    _compared("slower", "is", _SPEEDS, False, "I want the slower one."),
    _compared("longer", "is", _LENGTHS, True, "I want the longer one."),
    _compared("taller", "is", _HEIGHTS, True, "I want the taller one."),
    _compared("hotter", "is", _HEATS, True, "I want the hotter one."),
    _compared("colder", "is", _HEATS, False, "I want the colder one."),
    _compared("more expensive", "is", _PRICES, True, "I want the more expensive one."),
    _compared("cheaper", "is", _PRICES, False, "I want the cheaper one."),
    _compared("older", "is", _AGES, True, "I want the older one."),
    _compared("younger", "is", _AGES, False, "I want the younger one."),
    _compared("louder", "is", _SOUNDS, True, "I want the louder one."),
    _compared("longer", "lasts", _TIMES, True, "I want more time."),
    *(_either(name, *rest) for name, rest in _EITHER.items()),
)  # fmt: skip
