"""Synonyms, sayings and the letters of words."""

from __future__ import annotations

import itertools

from presets.pocket_build.school_patterns import asked, one_of
from presets.pocket_build.wordings import Kind, listed, table

_SYNONYMS = table(
    "x y",
    """big:large; happy:glad; fast:quick; begin:start; end:finish; small:little; smart:clever; shut:close;
    angry:mad; ill:sick; rich:wealthy; gift:present; street:road; pretty:beautiful; silent:quiet;
    brave:bold; tired:sleepy; speak:talk; shout:yell; jump:leap; mum:mother; dad:father; rock:stone;
    hard:difficult; scared:afraid; odd:strange; choose:pick; simple:easy; correct:right; error:mistake;
    film:movie; whole:entire; often:frequently; unhappy:sad; repair:fix; reply:answer; huge:enormous;
    tasty:delicious; kid:child; nearly:almost""",
)
_SIMILES = table(
    "x y",
    """busy:a bee; strong:an ox; white:snow; light:a feather; sly:a fox; blind:a bat; quiet:a mouse;
    free:a bird; brave:a lion; sweet:honey; black:coal; hard:stone; slow:a snail; stubborn:a mule;
    green:grass; dry:a bone; clear:crystal; good:gold; red:a rose; wise:an owl; flat:a pancake;
    sharp:a razor; cold:ice; deep:the sea""",
)
_SAYINGS = table(
    "x y",
    """the early bird:catches the worm; an apple a day:keeps the doctor away; all that glitters:is not gold;
    a friend in need:is a friend indeed; better late:than never; many hands:make light work;
    practice:makes perfect; too many cooks:spoil the broth; when the cat is away:the mice will play;
    no smoke:without fire; all is well:that ends well; time:is money; actions:speak louder than words;
    look before:you leap; silence:is golden; birds of a feather:flock together;
    where there is a will:there is a way; easy come:easy go""",
)
_DOUBLED = tuple(
    {"x": word, "y": next(a for a, b in itertools.pairwise(word) if a == b).upper()}
    for word in listed(
        "apple rabbit happy summer letter kitten butter yellow ball tree moon book glass carrot cherry "
        "puppy hammer egg mirror pillow sheep pizza dinner penny ladder giraffe bell foot grass jelly "
        "school green street spoon door hill doll"
    )
)
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VOWELS = tuple(
    {"x": letter, "y": "vowel" if letter in "AEIOU" else "consonant"}
    for letter in _ALPHABET if letter != "Y"
)  # fmt: skip
_PLACE_NAMES = listed("first second third fourth fifth sixth seventh eighth ninth tenth")
_PLACES = (
    *({"x": name, "y": letter} for name, letter in zip(_PLACE_NAMES, _ALPHABET, strict=False)),
    {"x": "last", "y": "Z"},
)
_LENGTHS = tuple(
    {"x": word, "y": str(len(word))}
    for word in listed(
        "cat dog sun hat red tree book fish bird milk door hand moon star cake rain snow blue green "
        "apple house mouse table chair water bread horse train river queen lemon tiger happy paper "
        "music flower garden window school friend winter summer orange yellow banana rabbit monkey"
    )
)

KINDS: tuple[Kind, ...] = (
    asked(
        "synonym", "meanings", "A word like {x} is {y}.", _SYNONYMS, expect="is {y}.",
        of="another word for {x} / a synonym of {x}",
        direct="which word means the same as {x} / what word means the same as {x} / "
        "what can I say instead of {x}",
        clause="which word means the same as {x} / what else to say for {x}",
        whole="Say {x} with another word. / {X} means the same as what? / "
        "I do not want to write {x} again. Which other word can I take? / Find a synonym of {x}.",
        held="{X} has the same meaning as which word? / How else can I say {x}? / "
        "Replace {x} by a word of the same meaning.", weight=1.1,
    ),
    asked(
        "simile", "meanings", "People say: as {x} as {y}.", _SIMILES, expect="as {x} as {y}",
        direct="people say as {x} as what / what do people say, as {x} as what / "
        "as {x} as what do we say",
        clause="how to go on after as {x} as",
        noun="the end of the saying as {x} as",
        whole="As {x} as ... / As {x} as what? / Complete: as {x} as ... / He is as {x} as what? / "
        "Go on: as {x} as",
        held="She is as {x} as ... what? / How does it go on: as {x} as?", brief="As {y}.",
        weight=0.8,
    ),
    asked(
        "saying", "meanings", "{X} {y}.", _SAYINGS,
        direct="how does the saying go on that begins with {x} / how does the saying end: {x}",
        clause="how the saying goes on: {x} / how the saying ends that begins with {x}",
        noun="the end of the saying {x} / the rest of the saying {x}",
        whole="Complete the saying: {x} ... / {X} ... / Finish this: {x} ... / "
        "There is a saying: {x}, and then?",
        held="My grandmother always said: {x} ... How did she go on? / "
        "Which words come after this: {x} ...?",
        weight=0.8,
    ),
    asked(
        "double-letter", "letters", "The double letter in {x} is {y}.", _DOUBLED, expect="is {y}.",
        of="the double letter in {x} / the double letter of the word {x}",
        direct="which letter is double in {x} / which letter comes twice in a row in {x}",
        clause="which letter is double in {x}",
        whole="Which letter do I double when I write {x}? / Look at {x}. Which letter is double?",
        held="In the word {x}, which letter stands twice? / I write {x}. Which letter do I double?",
        weight=0.6,
    ),
    one_of(
        "vowel", "letters", "{X} is a {y}.", _VOWELS,
        question="is the letter {x} a vowel or a consonant",
        statement="the letter {x} is a vowel or a consonant", subject="the letter {x}",
        options="vowel or consonant", direct="what kind of letter is {x}, vowel or consonant",
        held="Do we call {x} a vowel or a consonant?", brief="A {y}.", weight=0.8,
    ),
    asked(
        "letter-place", "letters", "The {x} letter of the alphabet is {y}.", _PLACES,
        expect="is {y}.",
        of="the {x} letter of the alphabet / the {x} letter in the alphabet",
        direct="which letter is the {x} of the alphabet / which is the {x} letter of the alphabet",
        clause="which letter is the {x} of the alphabet",
        whole="In the alphabet, which letter is the {x}? / The {x} letter of the alphabet is what?",
        held="I say the alphabet. Which letter do I say as the {x}? / Of all letters from A to Z, "
        "which is the {x}?", weight=0.5,
    ),
    asked(
        "letter-before", "letters", "The letter before {x} is {y}.",
        tuple({"x": b, "y": a} for a, b in itertools.pairwise(_ALPHABET)),
        expect="is {y}.",
        of="the letter before {x}",
        direct="which letter comes before {x} / what letter stands before {x} / "
        "what comes before {x} in the alphabet",
        clause="which letter comes before {x} / what letter is before {x}",
        whole="In the alphabet, which letter is before {x}? / Before {x} comes which letter?",
        held="Which letter do I say just before {x}? / Go one letter back from {x}.", weight=0.6,
    ),
    asked(
        "letter-count", "letters", "The word {x} has {y} letters.", _LENGTHS, expect="has {y} letters",
        of="the number of letters in {x}",
        direct="how many letters does {x} have / how many letters are in {x} / "
        "how many letters has the word {x} / how long is the word {x}",
        clause="how many letters {x} has / how many letters are in {x}",
        whole="Count the letters of {x}. / {X} has how many letters?",
        held="I write {x}. How many letters is that? / Of how many letters is {x} made?",
        brief="{y}.", weight=0.7,
    ),
)  # fmt: skip
