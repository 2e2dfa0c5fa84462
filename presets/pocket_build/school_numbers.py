"""Numbers as words, order and halves, measures and shapes of things."""

from __future__ import annotations

from presets.pocket_build.school_patterns import asked, claims, compared, one_of, yes_or_no
from presets.pocket_build.wordings import Kind, listed, table

_SMALL = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = dict(zip(range(20, 100, 10),
                 listed("twenty thirty forty fifty sixty seventy eighty ninety"), strict=True))  # fmt: skip


def _word(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    if number == 100:
        return "one hundred"
    tens, rest = number - number % 10, number % 10
    return _TENS[tens] + (f"-{_SMALL[rest]}" if rest else "")


_WORDS = tuple({"x": str(n), "y": _word(n)} for n in (*range(41), 50, 60, 70, 80, 90, 100))
_DIGITS = tuple({"x": fact["y"], "y": fact["x"]} for fact in _WORDS)
_ORDINALS = tuple(
    {"x": str(n), "y": word, "w": _word(n)}
    for n, word in enumerate(
        listed("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
               "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
               "twentieth"), 1)
)  # fmt: skip
_ROMANS = tuple(
    {"x": str(n), "y": roman}
    for n, roman in (
        *enumerate(listed("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"),
                   1), (50, "L"), (100, "C"),
    )
)  # fmt: skip
_TEN_MORE = tuple({"x": str(n), "y": str(n + 10)} for n in range(1, 91))
_TEN_LESS = tuple({"x": str(n + 10), "y": str(n)} for n in range(1, 91))
_HALVES = tuple({"x": str(2 * n), "y": str(n)} for n in (*range(1, 21), 25, 30, 40, 50))
_BETWEEN = tuple({"x": str(n - 1), "z": str(n + 1), "y": str(n)} for n in range(1, 61))
_SMALLER = tuple(
    {"x": str(a), "y": str(b), "z": str(min(a, b)), "w": str(max(a, b))}
    for a in range(1, 100, 3)
    for b in {(a * 7 + 9) % 100, (a * 11 + 26) % 100, (a * 3 + 41) % 100, (a + 2) % 100}
    if a != b
)
_FRACTIONS = table(
    "x y",
    """1/2:one half; 1/3:one third; 2/3:two thirds; 1/4:one quarter; 3/4:three quarters;
    1/5:one fifth; 2/5:two fifths; 1/6:one sixth; 1/8:one eighth; 1/10:one tenth; 3/10:three tenths""",
)
_MONTH_NUMBERS = tuple(
    {"x": name, "y": str(n)}
    for n, name in enumerate(
        listed("January February March April May June July August September October November "
               "December"), 1)
)  # fmt: skip
_MONTH_DAYS = tuple(
    {"x": name, "y": days}
    for name, days in (
        ("February", "28"), ("March", "31"), ("April", "30"), ("May", "31"), ("July", "31"),
        ("August", "31"), ("September", "30"), ("October", "31"), ("November", "30"),
        ("December", "31"),
    )
)  # fmt: skip
_MANY = tuple(
    {"x": part, "z": f"{_word(n)} {whole}", "y": str(n * each)}
    for part, whole, each, most in (
        ("days", "weeks", 7, 6), ("months", "years", 12, 5), ("hours", "days", 24, 4),
        ("minutes", "hours", 60, 5), ("seconds", "minutes", 60, 4), ("cents", "euros", 100, 9),
        ("wheels", "cars", 4, 6), ("legs", "dogs", 4, 6), ("legs", "birds", 2, 7),
        ("corners", "triangles", 3, 6), ("metres", "kilometres", 1000, 5),
    )
    for n in range(2, most + 1)
)  # fmt: skip
_UNITS = table(
    "x y",
    """the weight of a person:kilograms; the weight of an apple:grams; the weight of a letter:grams;
    the weight of a truck:tons; the length of a pencil:centimetres; the length of a road:kilometres;
    the length of a room:metres; the height of a tower:metres; the height of a child:centimetres;
    the size of an ant:millimetres; milk in a shop:litres; petrol for a car:litres;
    heat:degrees; the time of a short race:seconds; a lesson at school:minutes;
    a long flight:hours; the age of a person:years; the way to another town:kilometres""",
)
_TOOLS = table(
    "x y",
    """temperature:thermometer; weight:scale; time:clock; length:ruler; speed:speedometer;
    air pressure:barometer; angles:protractor; earthquakes:seismograph; rain water:rain gauge;
    the short time of a race:stopwatch""",
)
_SHAPES = table(
    "x y",
    """a ball:sphere; an orange:sphere; a globe:sphere; a marble:sphere; a dice:cube;
    a sugar lump:cube; a can:cylinder; a pipe:cylinder; a candle:cylinder; a coin:circle;
    a plate:circle; a ring:circle; a wheel:circle; a door:rectangle; a book page:rectangle;
    a playing card:rectangle; a flag:rectangle; a slice of pizza:triangle; a chess field:square;
    an egg:oval; a party hat:cone; an ice cream cone:cone; a stop sign:octagon;
    a cell of honeycomb:hexagon""",
)

KINDS: tuple[Kind, ...] = (
    asked(
        "number-word", "number words", "The number {x} is written {y}.", _WORDS,
        expect="written {y}.",
        of="the word for {x} / the word for the number {x}",
        direct="how do you write {x} as a word / how do you write {x} in letters / "
        "how is the number {x} written in words",
        clause="how to write {x} as a word / how the number {x} is written",
        whole="Write {x} as a word. / Write the number {x} in letters. / {x} in words?",
        held="How does the number {x} look in letters? / Put the digits {x} into a word.",
    ),
    asked(
        "word-number", "number words", "The word {x} means the number {y}.", _DIGITS,
        expect="number {y}.",
        of="the number for the word {x} / the word {x} in digits",
        direct="how do you write {x} in digits / how do you write {x} as a number / "
        "which number is meant by the word {x}",
        clause="how to write {x} in digits / which number the word {x} means",
        whole="Write {x} in digits. / Write the word {x} as a number. / {X} in digits?",
        held="How does {x} look in digits? / Turn the word {x} into digits.",
        brief="{y}.",
    ),
    asked(
        "ordinal-word", "number words", "The ordinal of {x} is {y}.", _ORDINALS,
        expect="is {y}.",
        of="the ordinal of {x} / the ordinal number of {x}",
        direct="how do you say number {x} in a row / which word is the ordinal of {x} / "
        "what do you call number {x} in a row",
        clause="what the ordinal word of {x} is / how to say number {x} in a row",
        whole="Make {x} an ordinal. / I am number {x} in the row. I am the what? / "
        "I come in as number {w}. I am the what?",
        held="If you are number {x} at the race, you are the what? / Turn {x} into an ordinal.",
        weight=0.7,
    ),
    asked(
        "roman", "number words", "The Roman number for {x} is {y}.", _ROMANS, expect="is {y}.",
        of="the Roman number for {x} / the Roman form of {x}",
        direct="how do you write {x} as a Roman number / how did the Romans write {x} / "
        "which Roman number means {x}",
        clause="how the Romans wrote {x} / how to write {x} as a Roman number",
        whole="Write {x} as a Roman number. / {x} in Roman numbers?",
        held="How would a Roman write {x}? / Turn {x} into a Roman number.", weight=0.7,
    ),
    asked(
        "roman-value", "number words", "The Roman number {x} means {y}.",
        tuple({"x": fact["y"], "y": fact["x"]} for fact in _ROMANS), expect="means {y}.",
        of="the value of the Roman number {x}",
        direct="what does the Roman number {x} mean / which number is the Roman {x} / "
        "how much is the Roman number {x}",
        clause="what the Roman number {x} means / how much the Roman number {x} is",
        whole="I read the Roman number {x}. How much is it? / The Roman number {x} is what?",
        held="On a clock I see the Roman number {x}. What is it? / "
        "How do we write the Roman number {x} today?", brief="{y}.", weight=0.7,
    ),
    asked(
        "ten-more", "numbers", "Ten more than {x} is {y}.", _TEN_MORE, expect="is {y}.",
        of="ten more than {x}",
        direct="how much is ten more than {x} / which number is ten more than {x} / "
        "what do I get ten above {x}",
        clause="which number is ten more than {x} / how much ten more than {x} is",
        whole="I have {x} and want ten more. What is it then? / Go up ten from {x}.",
        held="Start at {x} and go ten up. Where are you? / By ten more, {x} becomes what?",
        brief="{y}.", weight=0.7,
    ),
    asked(
        "ten-less", "numbers", "Ten less than {x} is {y}.", _TEN_LESS, expect="is {y}.",
        of="ten less than {x}",
        direct="how much is ten less than {x} / which number is ten less than {x} / "
        "what do I get ten below {x}",
        clause="which number is ten less than {x} / how much ten less than {x} is",
        whole="I have {x} and lose ten. What is left? / Go down ten from {x}.",
        held="Start at {x} and go ten down. Where are you? / By ten less, {x} becomes what?",
        brief="{y}.", weight=0.7,
    ),
    asked(
        "half", "numbers", "Half of {x} is {y}.", _HALVES, expect="is {y}.",
        of="half of {x} / the half of {x}",
        direct="how much is half of {x} / which number is half of {x}",
        clause="how much half of {x} is",
        whole="Halve {x}. / Cut {x} in two. How much is one part? / "
        "Two children share {x} apples. How many has each?",
        held="If I halve {x}, what do I get? / We share {x} nuts, you and I. How many do I get?",
        brief="{y}.", weight=0.7,
    ),
    asked(
        "between", "numbers", "Between {x} and {z} is {y}.", _BETWEEN, expect="is {y}.",
        of="the number between {x} and {z}",
        direct="which number is between {x} and {z} / which number lies between {x} and {z} / "
        "what comes between {x} and {z}",
        clause="which number is between {x} and {z} / what lies between {x} and {z}",
        whole="Between {x} and {z} there is which number? / {x}, something, {z}. What is missing?",
        held="I have {x} and {z}. Which number is in the middle? / Fill the gap from {x} to {z}.",
        brief="{y}.", weight=0.8,
    ),
    asked(
        "smaller", "numbers", "{z} is smaller than {w}.", _SMALLER, expect="{z} is smaller",
        direct="which number is smaller, {x} or {y} / what is less, {x} or {y} / "
        "which is smaller, {x} or {y}",
        clause="which number is smaller, {x} or {y} / what is less, {x} or {y}",
        noun="the smaller number, {x} or {y} / the smaller one of {x} and {y}",
        whole="{x} or {y}, which is less? / Here are {x} and {y}. Which is smaller?",
        held="{x} or {y}: which is smaller? / Which of {x} and {y} is the lower number?",
        brief="{z}.",
    ),
    asked(
        "fraction", "number words", "The fraction {x} is read {y}.", _FRACTIONS,
        of="the word for {x} / the name of the fraction {x}",
        direct="how do you read {x} / how do you say the fraction {x} / how is {x} read",
        clause="how to read the fraction {x} / how you say {x}",
        whole="Read {x}. / Write the fraction {x} in words.",
        held="How is the fraction {x} called? / In a book I see {x}. How do I say it?", weight=0.5,
    ),
    asked(
        "month-number", "number words", "{X} is month number {y}.", _MONTH_NUMBERS,
        expect="number {y}.",
        of="the number of the month {x}",
        direct="which number has the month {x} / what number in the year is the month {x} / "
        "which number does {x} have among the months",
        clause="which number the month {x} has",
        whole="{X} is which number among the months? / Write the month {x} as a number.",
        held="If January is 1, what is {x}? / On a form, which number stands for {x}?",
        brief="{y}.", weight=0.5,
    ),
    asked(
        "month-days", "number words", "There are {y} days in {x}.", _MONTH_DAYS,
        direct="how many days are in {x} / how many days are there in {x} / "
        "how many days does {x} have / how many days has {x}",
        clause="how many days {x} has / how many days are in {x}",
        noun="the number of days in {x} / the number of days that {x} has",
        whole="{X} has how many days? / How long is {x}, in days?",
        held="In {x}, how many days are there? / After how many days is {x} over?",
        brief="{y}.", weight=0.5,
    ),
    asked(
        "many-units", "measuring", "There are {y} {x} in {z}.",
        tuple(fact for fact in _MANY if fact["x"] in ("days", "months", "hours", "minutes", "seconds",
                                                     "cents", "metres")),
        expect="are {y} {x}",
        direct="how many {x} are in {z} / how many {x} are there in {z} / how many {x} do {z} have / "
        "how many {x} make {z}",
        clause="how many {x} are in {z} / how many {x} make {z}",
        noun="the number of {x} in {z}",
        whole="{Z} are how many {x}? / Count the {x} in {z}.",
        held="In {z}, how many {x} do I have? / {Z} make how many {x}?", brief="{y}.",
    ),
    asked(
        "many-parts", "measuring", "{Z} have {y} {x}.",
        tuple(fact for fact in _MANY if fact["x"] in ("wheels", "legs", "corners")),
        expect="have {y} {x}",
        direct="how many {x} do {z} have / how many {x} have {z} together / "
        "how many {x} are there on {z}",
        clause="how many {x} {z} have",
        noun="the number of {x} of {z}",
        whole="{Z} have how many {x}? / I see {z}. How many {x} do I see? / Count the {x} of {z}.",
        held="Here are {z}. How many {x} is that in all? / All {x} of {z} together are how many?",
        brief="{y}.", weight=0.8,
    ),
    asked(
        "unit-for", "measuring", "We measure {x} in {y}.", _UNITS,
        of="the unit for {x}",
        direct="in which unit do we measure {x} / in what do you measure {x} / "
        "which unit do I use for {x}",
        clause="in which unit we measure {x} / which unit to use for {x}",
        whole="I want to measure {x}. Which unit do I use? / {X} is measured in what?",
        held="When people talk of {x}, which unit do they say? / Grams, metres or what: how do "
        "I measure {x}?",
        brief="In {y}.",
    ),
    asked(
        "measured-with", "measuring", "You measure {x} with {ay}.", _TOOLS,
        of="the tool that measures {x}",
        direct="with what do you measure {x} / what measures {x} / how do you measure {x} / "
        "which tool measures {x}",
        clause="what measures {x} / how to measure {x}",
        whole="I want to measure {x}. Which tool do I need? / Tell me how I can measure {x}.",
        held="Which thing shows {x}? / What do people have to measure {x}?",
        brief="With {ay}.", weight=0.6,
    ),
    asked(
        "shape-of-thing", "measuring", "{X} has the shape of {ay}.", _SHAPES,
        of="the shape of {x}",
        direct="what shape is {x} / which shape does {x} have / what shape has {x}",
        clause="what shape {x} is / which shape {x} has",
        whole="Look at {x}. Which shape is it? / {X} has what shape? / I draw {x}. Which shape is it?",
        held="Which shape do you see if you look at {x}? / {X}: circle, cube, cone or what?",
        brief="{Ay}.", weight=0.8,
    ),
    compared("longer-time", "measuring", "longer",
             "a second; a minute; an hour; a day; a week; a month; a year; a century"),
    one_of(
        "one-digit", "number words", "{x} has {y}.",
        tuple({"x": str(n), "y": "one digit" if n < 10 else "two digits" if n < 100 else "three digits"}
              for n in (1, 3, 4, 6, 7, 9, 12, 15, 20, 37, 44, 58, 63, 71, 90, 99, 100, 120, 250, 381,
                        407, 555, 700, 999)),
        question="does {x} have one, two or three digits",
        statement="{x} has one, two or three digits", subject="{x}",
        options="one, two or three digits", direct="how many digits does {x} have",
        held="How many digits do I write for {x}?", weight=0.5,
    ),
    yes_or_no(
        "number-claims", "measuring",
        claims("is:a kilogram:heavier than a gram:yes; is:a metre:longer than a centimetre:yes; "
               "is:a gram:heavier than a ton:no; is:a week:longer than a month:no; "
               "is:a square:a circle:no; is:a cube:a solid shape:yes; is:half:less than one:yes; "
               "is:zero:bigger than one:no; is:a dozen:more than ten:yes; is:a litre:a weight:no; "
               "is:a kilometre:a length:yes; is:a minute:shorter than an hour:yes; "
               "is:a century:a hundred years:yes; is:a decade:a hundred years:no; "
               "are:two halves:a whole:yes; are:seven days:a week:yes; are:ten days:a week:no; "
               "are:four quarters:a whole:yes; are:sixty minutes:an hour:yes"),
        weight=0.7,
    ),
)  # fmt: skip
