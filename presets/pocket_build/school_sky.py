"""The sky, and why things are as they are."""

from __future__ import annotations

import itertools

from presets.pocket_build.school_patterns import asked, claims, one_of, yes_or_no
from presets.pocket_build.wordings import Kind, listed, renamed, table

_PLANETS = listed("Mercury Venus Earth Mars Jupiter Saturn Uranus Neptune")
_NUMBERS = listed("first second third fourth fifth sixth seventh eighth")
_AFTER = tuple({"x": a, "y": b} for a, b in itertools.pairwise(_PLANETS))
_ORDER = tuple({"x": n, "y": p} for n, p in zip(_NUMBERS, _PLANETS, strict=True))
_TRAITS = table(
    "x y",
    """is red:Mars; has big rings:Saturn; is the closest to the sun:Mercury;
    is the farthest from the sun:Neptune; is our home:Earth; has a great red spot:Jupiter;
    is called the evening star:Venus; lies on its side:Uranus; has trees and animals:Earth""",
)
_SKY_RIDDLES = table(
    "x y",
    """gives us light and warmth:the sun; goes around the Earth:the moon;
    goes around the sun in one year:the Earth; has a long bright tail:a comet;
    falls from the sky and glows for a moment:a shooting star; carries people to space:a rocket;
    shows many colours after the rain:a rainbow; comes with lightning and is loud:thunder;
    is made of many million stars:a galaxy; makes the sky grey and brings rain:a cloud;
    covers the fields in the morning and is grey:fog; falls as small balls of ice:hail""",
)
_WEATHER = table(
    "x y",
    """sun:sunny; rain:rainy; wind:windy; clouds:cloudy; fog:foggy; snow:snowy; storms:stormy;
    ice:icy; frost:frosty""",
)
_WHY = table(
    "q w y",
    """do we have day and night:we have day and night:the Earth turns;
    is it dark at night:it is dark at night:the sun is gone;
    does ice melt in the sun:ice melts in the sun:it gets warm;
    does a stone sink:a stone sinks:it is heavy; does wood float:wood floats:it is light;
    do birds have wings:birds have wings:they want to fly;
    do people eat:people eat:they need energy; do people sleep:people sleep:they need rest;
    do plants need light:plants need light:they make food from it;
    do fish have fins:fish have fins:they swim; do bees visit flowers:bees visit flowers:they want nectar;
    do we wear coats in winter:we wear coats in winter:it is cold;
    do we brush our teeth:we brush our teeth:we want to keep them clean;
    does a polar bear have thick fur:a polar bear has thick fur:it lives in the cold;
    do we wash our hands:we wash our hands:they get dirty;
    does iron rust:iron rusts:it gets wet; does a ball fall down:a ball falls down:the Earth pulls it;
    do cars stop at a red light:cars stop at a red light:others have to cross;
    do we drink water:we drink water:the body needs it;
    do spiders spin webs:spiders spin webs:they want to catch flies;
    does the moon shine:the moon shines:the sun lights it up;
    do trees have roots:trees have roots:they need water;
    do giraffes have long necks:giraffes have long necks:they eat from high trees;
    do we need an umbrella in the rain:we need an umbrella in the rain:we want to stay dry;
    do squirrels hide nuts:squirrels hide nuts:they need food in winter""",
)  # fmt: skip

KINDS: tuple[Kind, ...] = (
    asked(
        "planet-trait", "sky", "{Y} {x}.", _TRAITS,
        direct="which planet {x} / what planet {x} / which of the planets {x}",
        clause="which planet {x} / what planet {x}",
        noun="the planet that {x} / the name of the planet that {x}",
        whole="It is a planet and it {x}. Which one is it? / A planet {x}. Which planet is it? / "
        "I am looking for the planet that {x}.",
        held="Which one of all planets {x}? / This planet {x}. What is it called?",
        weight=0.7,
    ),
    asked(
        "planet-after", "sky", "After {x} comes {y}.", _AFTER, expect="comes {y}",
        direct="which planet comes after {x} / what planet comes after {x} / "
        "which planet follows {x} / what is the next planet after {x}",
        clause="which planet comes after {x} / which planet follows {x}",
        noun="the planet after {x} / the next planet after {x}",
        whole="Away from the sun, which planet comes after {x}? / After {x} comes which planet?",
        held="We fly past {x}. Which planet is next? / Which planet do we meet after {x}?",
        weight=0.6,
    ),
    asked(
        "planet-before", "sky", "Before {x} comes {y}.", renamed(_AFTER, x="y", y="x"),
        expect="comes {y}",
        direct="which planet comes before {x} / what planet comes before {x} / "
        "which planet is right before {x}",
        clause="which planet comes before {x} / which planet is before {x}",
        noun="the planet before {x} / the planet that comes before {x}",
        whole="Before {x} comes which planet? / Which planet do I pass just before {x}?",
        held="Which planet do we meet before {x}? / Name the planet that stands before {x}.",
        weight=0.6,
    ),
    asked(
        "planet-ordinal", "sky", "The {x} planet from the sun is {y}.", _ORDER, expect="is {y}",
        of="the {x} planet from the sun / the {x} planet",
        direct="which planet is the {x} from the sun / which is the {x} planet",
        clause="which planet is the {x} from the sun",
        whole="Counting from the sun, which planet is the {x}? / The {x} planet is called what?",
        held="I count the planets from the sun. Which is the {x}? / As the {x} planet comes what?",
        weight=0.6,
    ),
    asked(
        "sky-riddle", "sky", "{Y} {x}.", _SKY_RIDDLES,
        direct="what {x} / which thing in the sky {x} / what is it that {x}",
        clause="what {x} / which thing in the sky {x}",
        noun="the thing in the sky that {x} / something that {x}",
        whole="It {x}. What is it? / Look up, it {x}. What do you see?",
        held="Guess what {x}! / Something up there {x}. What do you call it?",
        weight=0.7,
    ),
    asked(
        "weather-word", "sky", "When there is much {x}, it is {y}.",
        tuple(fact for fact in _WEATHER if fact["x"] not in ("clouds", "storms")),
        of="the word for weather with {x} / the weather word for {x}",
        direct="how is the weather when there is much {x} / what is weather with much {x} called",
        clause="how we call weather with much {x} / what weather with much {x} is called",
        whole="There is {x} all day. How is the weather? / Much {x} today! The weather is what?",
        held="Which word tells of weather with {x}? / I see a lot of {x}. So the weather is what?",
        weight=0.5,
    ),
    asked(
        "why", "science", "Because {y}.", _WHY,
        direct="why {q} / for what reason {q} / how come that {w}",
        clause="why {w} / for what reason {w} / the reason why {w}",
        noun="the reason why {w}",
        whole="{W}. Why? / {W}. Why is that so? / A child asks: why {q}?",
        held="What is the cause if {w}? / {W}, but why?", weight=1.2,
    ),
    yes_or_no(
        "sky-claims", "sky",
        claims("is:the sun:a star:yes; is:the sun:a planet:no; is:the moon:a planet:no; "
               "is:the moon:smaller than the Earth:yes; is:the sun:bigger than the Earth:yes; "
               "is:the Earth:a planet:yes; is:Mars:a planet:yes; is:Venus:a star:no; "
               "is:the moon:made of cheese:no; can:people:live on the sun:no; "
               "can:people:breathe on the moon:no; can:rockets:fly to the moon:yes; "
               "is:the moon:hotter than the sun:no; is:Jupiter:bigger than the Earth:yes; "
               "is:Saturn:a moon:no; are:stars:far away:yes; are:clouds:made of water:yes; "
               "are:clouds:made of wool:no; can:we:see the stars at night:yes"),
        weight=0.8,
    ),
    one_of(
        "sky-time", "sky", "We see {x} {y}.",
        table("x y", """the stars:at night; the sun:by day; a rainbow:by day; the full moon:at night;
              the evening star:at night; a shadow of a tree:by day; the blue sky:by day;
              a shooting star:at night; bats in the air:at night; butterflies:by day"""),
        question="do we see {x} by day or at night", statement="we see {x} by day or at night",
        subject="{x}", options="by day or at night",
        direct="when do we see {x}, by day or at night / when can I see {x}",
        held="I want to see {x}. Do I go out by day or at night?", weight=0.5,
    ),
)  # fmt: skip
