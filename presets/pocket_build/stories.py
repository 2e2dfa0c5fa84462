"""Short stories and plain sentences, from a small grammar."""

from __future__ import annotations

import random

from presets.pocket_build.small_talk import NAMES
from presets.pocket_build.wordings import article, capitalized, choose, listed

HEROES = listed(
    "fox cat dog mouse bear owl frog rabbit duck hen horse lion wolf bee bird king queen farmer "
    "boy girl baker sailor giant princess robot goat hedgehog squirrel penguin teacher knight witch"
)
HELD_HEROES = listed("sheep turtle doctor")
_PLACES = (
    "in a forest", "near a river", "on a farm", "in a small town", "by the sea", "in an old house",
    "on a hill", "in a castle", "on an island", "behind a high mountain",
)  # fmt: skip
_ADJECTIVES = listed("small brave shy clever lazy kind hungry funny curious old young proud")
_LOST = (
    "key", "ball", "hat", "ring", "book", "red shoe", "map", "bell", "coat", "basket", "lamp",
    "golden egg",
)  # fmt: skip
_HELPERS = (
    "old owl", "little boy", "kind farmer", "tall woman", "small bird", "friendly dog",
    "wise turtle",
    "poor girl", "grey goose", "merry sailor",
)  # fmt: skip
_SPOTS = (
    "under a tree", "behind a stone", "in the tall grass", "near the well", "in the snow",
    "under the bed", "on the roof", "in the garden", "next to the door", "in a deep hole",
)  # fmt: skip
_WISHES = (
    ("to fly", "built wings of paper", "jumped from a low wall and landed in the hay"),
    ("to see the sea", "walked for three days", "saw the blue water at last"),
    ("to bake a cake", "mixed flour, eggs and sugar", "shared the cake with everybody"),
    ("to find a friend", "knocked at every door", "met a neighbour who was lonely too"),
    ("to climb the mountain", "got up very early", "watched the sun rise from the top"),
    ("to learn to swim", "practised every day", "swam across the whole lake"),
    ("to sing", "sang in the garden every morning", "got a big hand from the neighbours"),
    ("to build a boat", "cut wood for many days", "sailed down the river"),
)  # fmt: skip
_WEATHER = (
    ("a storm came", "the wind took the roof away", "built a better house"),
    ("it snowed all night", "the door did not open", "climbed out of the window"),
    ("the river rose", "the bridge broke", "made a new bridge of wood"),
    ("it was very hot", "the well was dry", "dug a deeper well"),
    ("the lights went out", "everybody was afraid", "lit a candle and told a tale"),
)  # fmt: skip
_ENDINGS = (
    "{H} was happy.", "Since then they are good friends.", "In the evening {h} slept well.",
    "From that day on {h} was never alone.", "{H} never forgot that day.",
    "Everybody was glad.",
)  # fmt: skip
ASK_STORY = (
    "Tell me a story about {ax}.", "Tell a story about {ax}.", "Please tell me a story about {ax}.",
    "Write a story about {ax}.", "Write a short story about {ax}.", "I want a story about {ax}.",
    "Can you tell me a story about {ax}?", "A story about {ax}, please.",
    "Tell me a short story about {ax}.", "Tell me about {ax} in a story.",
    "Invent a story about {ax}.",
    "Could you write a story about {ax}?", "Make up a story about {ax}.",
)  # fmt: skip
ASK_STORY_HELD = (
    "I would like to hear a story about {ax}.", "Do you know a story about {ax}?",
    "Please write a short story about {ax}.", "Give me a story about {ax}.",
)  # fmt: skip
ASK_ANY_STORY = (
    "Tell me a story.", "Tell a story.", "Write a story.", "I want to hear a story.",
    "Can you tell me a story?", "A short story, please.", "Please tell me a story.",
    "Do you know a story?", "Tell me a bedtime story.",
)  # fmt: skip


def story(hero: str, rng: random.Random) -> str:
    """Write a story of three to four sentences about a hero."""
    adjective = rng.choice(_ADJECTIVES)
    the_hero = f"the {hero}"
    opening = choose(
        f"[Once there was|There was once] {article(adjective + ' ' + hero)} "
        f"who lived {rng.choice(_PLACES)}.",
        rng,
    )
    plot = rng.randrange(3)
    if plot == 0:
        lost, helper = rng.choice(_LOST), rng.choice(_HELPERS)
        middle = (
            f"One day {the_hero} lost {article(lost)}. "
            f"{capitalized(article(helper))} found it {rng.choice(_SPOTS)}."
        )
    elif plot == 1:
        wish, work, end = rng.choice(_WISHES)
        middle = f"{capitalized(the_hero)} wanted {wish}. So {the_hero} {work} and {end}."
    else:
        event, trouble, answer = rng.choice(_WEATHER)
        middle = f"One night {event} and {trouble}. But {the_hero} {answer}."
    ending = rng.choice(_ENDINGS).format(h=the_hero, H=capitalized(the_hero))
    return f"{opening} {middle} {ending}"


_THINGS = listed("ball book apple hat cup box flower stone coat lamp kite letter bag key")
_SHADES = listed("red blue green yellow black white small big old new round heavy")
_ROOMS = listed("kitchen garden school room house park shop street yard")
_ACTS = (
    "reads a book", "eats an apple", "drinks milk", "plays with a ball", "sings a song",
    "draws a cat",
    "writes a letter", "washes the cups", "looks for a key", "waits for the bus", "feeds the hens",
    "sweeps the floor", "bakes bread", "sleeps well", "laughs a lot", "helps a friend",
)  # fmt: skip
_PLAIN = (
    "{n} {act} in the {room}.",
    "{n} and {m} are in the {room}.",
    "The {shade} {thing} is in the {room}.",
    "{n} has a {shade} {thing}.",
    "{n} gives the {thing} to {m}.",
    "When it rains, {n} stays in the {room}.",
    "{n} {act} because {m} is not at home.",
    "Every morning {n} {act}.",
    "In the evening {n} {act} and {m} {act2}.",
    "The {thing} of {n} is {shade}, but the {thing} of {m} is {shade2}.",
    "{n} looks for the {shade} {thing} and finds it in the {room}.",
    "There are {k} {thing}s in the {room}.",
    "First {n} {act}, then {m} {act2}.",
    "If you go to the {room}, you can see the {shade} {thing}.",
)


def plain_sentence(rng: random.Random) -> str:
    """Write one plain sentence about people and things."""
    n, m = rng.sample(NAMES, 2)
    shade, shade2 = rng.sample(_SHADES, 2)
    act, act2 = rng.sample(_ACTS, 2)
    return rng.choice(_PLAIN).format(
        n=n, m=m, shade=shade, shade2=shade2, act=act, act2=act2,
        room=rng.choice(_ROOMS), thing=rng.choice(_THINGS),
        k=rng.choice(listed("two three four five six seven ten")),
    )  # fmt: skip
