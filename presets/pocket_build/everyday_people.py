"""People: family, feelings, gestures, phrases, advice, reasons and festivals."""

from __future__ import annotations

from presets.pocket_build.wordings import Kind, table, unique

_RELATIVES = table(
    "x y",
    """
    mother's mother:grandmother; father's mother:grandmother; mother's father:grandfather;
    father's father:grandfather; mother's brother:uncle; father's brother:uncle;
    mother's sister:aunt; father's sister:aunt; brother's son:nephew; sister's son:nephew;
    brother's daughter:niece; sister's daughter:niece; uncle's son:cousin; uncle's daughter:cousin;
    aunt's son:cousin; aunt's daughter:cousin; son's son:grandson; daughter's son:grandson;
    son's daughter:granddaughter; daughter's daughter:granddaughter; uncle's wife:aunt;
    aunt's husband:uncle; husband's mother:mother-in-law; wife's mother:mother-in-law;
    husband's father:father-in-law; wife's father:father-in-law; daughter's husband:son-in-law;
    son's wife:daughter-in-law; sister's husband:brother-in-law; brother's wife:sister-in-law;
    grandmother's mother:great-grandmother; grandfather's father:great-grandfather
    """,
)
_SEX = table(
    "x y",
    """
    uncle:man; nephew:boy; niece:girl; aunt:woman; grandmother:woman; grandfather:man; king:man;
    queen:woman; prince:boy; princess:girl; husband:man; wife:woman; bride:woman;
    bridegroom:man; monk:man; nun:woman; waitress:woman; gentleman:man; lady:woman; widow:woman
    """,
)
_SAY = table(
    "x y",
    """
    someone sneezes:Bless you!; you meet people in the morning:Good morning!;
    somebody goes to bed:Sleep well!; a friend has a birthday:Happy birthday!;
    you step on someone's foot:I am sorry!; you get a present:Thank you!; you leave:Goodbye!;
    people start to eat:Enjoy your meal!; a friend is ill:Get well soon!;
    a friend has an exam:Good luck!; a friend wins a prize:Congratulations!;
    you did not hear something:Pardon?; a friend goes on a trip:Have a good trip!;
    the new year begins:Happy New Year!; it is Christmas:Merry Christmas!;
    people raise their glasses:Cheers!; guests come to your house:Come in!;
    someone thanks you:You are welcome!; you want to pass by:Excuse me!; it is Easter:Happy Easter!;
    a friend is going to a party:Have fun!; Friday evening comes:Have a nice weekend!
    """,
)
_FEEL = table(
    "x y",
    """
    gets a present:happy; loses a friend:sad; hears a strange noise at night:afraid;
    works all day:tired; eats nothing all day:hungry; wins a race:proud; waits for hours:bored;
    is cheated:angry; has an exam soon:nervous; drinks nothing all day:thirsty;
    has nobody to talk to:lonely; sees something unexpected:surprised; has a fever:ill;
    gets praise:proud; stands in the snow without a coat:cold; falls in love:happy;
    breaks a promise:guilty; sits in a quiet garden:calm; spins around and around:dizzy
    """,
)
_GESTURES = table(
    "x y",
    """
    smiles:is happy; cries:is sad; yawns:is tired; shivers:is cold; blushes:is embarrassed;
    nods:says yes; shakes the head:says no; shrugs:does not know; claps:likes the show;
    waves:says hello or goodbye; puts a finger on the lips:wants silence;
    shows a thumbs up:thinks it is good; bites the nails:is nervous; sweats:is hot;
    raises a hand in class:wants to speak; bows:shows respect; frowns:is not pleased;
    crosses the fingers:hopes for luck; laughs:finds it funny; holds the nose:smells something bad
    """,
)
_CHARACTER = table(
    "x y",
    """
    has no hair:bald; cannot see:blind; cannot hear:deaf; never lies:honest; gives a lot:generous;
    fears nothing:fearless; works a lot:hard-working; thinks only of himself:selfish;
    is always on time:punctual; tells good jokes:funny; has a lot of money:wealthy;
    never tidies up:messy; can wait calmly:patient; does not like to work:lazy;
    has many good ideas:creative; always wants to know more:curious; does not like to talk:shy;
    forgets everything:forgetful; says please and thank you:polite; cannot walk well:lame;
    never gives up:determined; has a husband or a wife:married; wants what others have:jealous
    """,
)
_REASONS = table(
    "x y",
    """
    go to work:to earn money; wear helmets:to protect the head; wear glasses:to see better;
    lock their doors:to keep thieves out; cry:because they are sad; yawn:because they are tired;
    knock on doors:to ask if they may come in; wear sunglasses:to protect the eyes;
    put milk in the fridge:to keep it fresh; laugh:because something is funny;
    run every day:to stay fit; write lists:to remember things; save money:to buy something later;
    set an alarm:to wake up in time; wear seat belts:to be safe in a crash;
    open the window:to let in fresh air; water their plants:to keep them alive;
    see a doctor:to get well; travel:to see other places; shiver:because they are cold;
    whisper:because others should not hear; cook meat:to make it safe to eat;
    go to school:to learn; build houses:to live in them; wave:to say hello or goodbye;
    keep dogs:to have a friend; read newspapers:to learn the news; sweat:because they are hot;
    clap:because they like the show; wear uniforms:to show their job
    """,
)
_FESTIVALS = table(
    "x y",
    """
    a birthday:eat cake and give presents; Christmas:decorate a tree; Easter:paint eggs;
    Halloween:wear scary costumes; New Year's Eve:watch fireworks; Thanksgiving:eat turkey;
    a wedding:celebrate a married couple; Valentine's Day:give flowers to their love;
    carnival:wear masks; Mother's Day:thank their mothers; Father's Day:thank their fathers;
    April Fools' Day:play tricks; Saint Patrick's Day:wear green; a funeral:say goodbye to the dead;
    Ramadan:fast during the day; Diwali:light lamps; Hanukkah:light candles
    """,
)
_FESTIVAL_MONTHS = table(
    "x y",
    """
    Christmas:December; New Year's Eve:December; New Year's Day:January; Halloween:October;
    Valentine's Day:February; April Fools' Day:April; Saint Patrick's Day:March;
    American Thanksgiving:November; American Independence Day:July; Boxing Day:December
    """,
)
_HEALTH = table(
    "x y",
    """
    I cut my finger:Wash the cut and put a plaster on it;
    I have a fever:Stay in bed and drink a lot;
    I have a headache:Rest in a dark room; I have a cold:Drink hot tea and rest;
    my tooth hurts:Go to the dentist; my nose bleeds:Lean forward and hold your nose;
    I burn my hand:Hold it under cool water; a bee stings me:Put something cold on the sting;
    I have the hiccups:Hold your breath for a while; I cannot sleep:Read a quiet book in bed;
    I get a sunburn:Stay out of the sun; I have a cough:Drink warm tea with honey;
    my feet hurt:Sit down and take off your shoes; I break my leg:Go to the hospital;
    I drink poison by mistake:Call a doctor at once; my eyes are tired:Close them for a while;
    I have a stomach ache:Drink some mild tea; I get a splinter:Pull it out with tweezers
    """,
)
_DANGER = table(
    "x y",
    """
    I see a fire:Call the fire brigade; I smell gas:Open the windows and go outside;
    I am lost:Ask someone the way; a thunderstorm comes:Go into a house;
    someone falls into the water:Call for help and throw a rope;
    I see an accident:Call an ambulance;
    someone steals my bag:Call the police; a dog growls at me:Stand still and stay calm;
    I am stuck in a lift:Press the alarm button; the ice is thin:Stay off the ice;
    a stranger offers me a ride:Say no and go away; oil burns in the pan:Put a lid on the pan;
    the fire alarm rings:Leave the house; the ground shakes:Get under a strong table;
    a car comes too fast:Stay on the pavement
    """,
)
_TROUBLE = table(
    "x y",
    """
    I miss the bus:Take the next bus; a glass breaks:Sweep up the pieces;
    my phone is empty:Charge it; the light bulb is broken:Put in a new one;
    the milk is sour:Pour it away; the room is dark:Turn on the light;
    I spill water:Wipe it up with a cloth; my shirt is dirty:Wash it; my plant is dry:Water it;
    the air in the room is bad:Open a window; my computer stops:Start it again;
    my shoelace is open:Tie it; my pencil is blunt:Sharpen it; my hair is too long:Get a haircut;
    my clothes are wet:Hang them up to dry; my tea is too hot:Wait until it is cooler;
    I hurt a friend:Say that you are sorry; my bike has a flat tyre:Mend it and pump it up;
    the bell rings:Open the door; I lose my key:Look in all your pockets;
    my trousers have a hole:Sew a patch on it; I forget an appointment:Call and say sorry;
    the music is too loud:Turn it down; I find a purse:Take it to the police
    """,
)


def _advice(name: str, facts: tuple[dict[str, str], ...]) -> Kind:
    """Return the kind "what should I do if this happens"."""
    return Kind(
        name, "advice", ("{Y}.",), ("{y}",), facts,
        direct=("what should I do if {x}", "what do I do if {x}", "what must I do when {x}",
                "what can I do when {x}", "what is best if {x}"),
        clause=("what to do if {x}", "what I should do if {x}", "what I can do when {x}"),
        noun=("some advice if {x}", "your advice when {x}"),
        whole=("{X}. What do I do?", "Oh no, {x}! What now?", "Help me, {x}!",
               "If {x}, what do I do?"),
        held=("Imagine that {x}. What should I do?", "{X}. Please tell me what to do.",
              "What would you do if {x}?"),
        brief="{Y}.",
    )  # fmt: skip


KINDS: tuple[Kind, ...] = (
    Kind(
        "relative", "people", ("Your {x} is your {y}.",), ("your {y}",), _RELATIVES,
        direct=("what do I call my {x}", "what is my {x} to me", "how am I related to my {x}",
                "which relative is my {x}", "what do you call your {x}"),
        clause=("what I call my {x}", "which relative my {x} is"),
        noun=("the word for my {x}", "the word for your {x}"),
        whole=("My {x} is my what?", "Your {x} is your ...?", "In a family, my {x} is my what?"),
        held=("How should I call my {x}?", "What does one call one's {x}?",
              "Which word do we have for a {x}?"),
        brief="Your {y}.", weight=1.1,
    ),
    Kind(
        "man-or-woman", "people", ("{Ax} is {ay}.",), ("is {ay}",), _SEX,
        direct=("is {ax} a male or a female person", "is {ax} male or female",
                "is {ax} female or male"),
        clause=("if {ax} is male or female", "whether {ax} is female or male"),
        whole=("{Ax}: male or female?", "Male or female: what is {ax}?",
               "I met {ax}. Male or female?", "Would you say he or she of {ax}?"),
        held=("Is {ax} a man or a woman, a boy or a girl?", "Which is {ax}, male or female?"),
        brief="{Ay}.", weight=0.7,
    ),
    Kind(
        "say-when", "people", ("When {x}, you say: {y}",), ("{y}",), _SAY,
        direct=("what do you say when {x}", "what do people say when {x}",
                "what should I say when {x}", "what is it polite to say when {x}"),
        clause=("what to say when {x}", "what people say when {x}"),
        noun=("the right words when {x}", "a polite thing to say when {x}"),
        whole=("When {x}, what do I say?", "{X}. What do you say?", "If {x}, what do people say?"),
        held=("Which words do you use when {x}?", "When {x}, which words are right?",
              "Imagine that {x}. What do you say?"),
        brief="{Y}",
    ),
    Kind(
        "phrase-when", "people", ("You say it when {x}.",), ("when {x}",), unique(_SAY, "y"),
        direct=("when do people say \"{y}\"", "when do you say \"{y}\"",
                "why do people say \"{y}\"", "when should I say \"{y}\""),
        clause=("when to say \"{y}\"", "when people say \"{y}\""),
        noun=("the right moment to say \"{y}\"", "the right time to say \"{y}\""),
        whole=("Somebody says \"{y}\" Why?", "\"{y}\" is what you say when?"),
        held=("At what moment do you say \"{y}\"?", "In which situation do we say \"{y}\"?"),
        brief="When {x}.", weight=0.8,
    ),
    Kind(
        "feels", "people", ("A person who {x} feels {y}.",), ("feels {y}",), _FEEL,
        direct=("how does a person feel who {x}", "how does a person who {x} feel",
                "what does a person feel who {x}", "how does someone feel who {x}"),
        clause=("how a person feels who {x}", "how a person who {x} feels"),
        noun=("the feeling of a person who {x}", "the feeling of someone who {x}"),
        whole=("A girl {x}. How does she feel?", "A man {x}. How does he feel?",
               "Somebody {x}. How does that feel?"),
        held=("What is the mood of someone who {x}?", "A child {x}. How is it?",
              "When somebody {x}, how do they feel?"),
        brief="{Y}.",
    ),
    Kind(
        "gesture", "people", ("A person who {x} {y}.",), ("{y}",), _GESTURES,
        direct=("what does it mean when a person {x}", "what does it mean when someone {x}",
                "what does it show when a man {x}",
                "what do I learn when someone {x}"),
        clause=("what it means when a person {x}", "what it means when someone {x}"),
        noun=("the meaning when a person {x}", "the reason why a person {x}"),
        whole=("A woman {x}. What does that mean?", "She {x}. What does it tell me?",
               "He {x}. Why?"),
        held=("How do I understand it when someone {x}?", "My friend {x}. What does it mean?",
              "When a person {x}, what does that say?"),
        brief="The person {y}.",
    ),
    Kind(
        "character", "people", ("A person who {x} is {y}.",), ("is {y}",), _CHARACTER,
        direct=("what do you call a person who {x}", "which word describes a person who {x}",
                "what is a person who {x}", "how would you describe a person who {x}"),
        clause=("which word describes a person who {x}", "how to describe a person who {x}"),
        noun=("the word for a person who {x}", "a word that describes a person who {x}"),
        whole=("My neighbour {x}. Which word describes that?", "Somebody {x}. In one word?",
               "A person {x}. Find the right word."),
        held=("Someone who {x} is what?", "Is there a word for somebody who {x}?",
              "How is a person called who {x}?"),
        brief="{Y}.",
    ),
    Kind(
        "why-people", "people", ("People {x} {y}.",), ("{y}",), _REASONS,
        direct=("why do people {x}", "for what reason do people {x}", "why is it that people {x}",
                "why do we see that people {x}", "why do so many people {x}"),
        clause=("why people {x}", "for what reason people {x}", "why it is that people {x}"),
        noun=("the reason why people {x}", "one reason why people {x}"),
        whole=("People {x}. Why?", "People {x}. Why do they do it?",
               "Explain to a child why people {x}."),
        held=("What makes people {x}?", "How come people {x}?", "People {x}. For what reason?"),
        brief="{Y}.", weight=1.2,
    ),
    Kind(
        "festival", "people", ("For {x}, people {y}.",), ("{y}",), _FESTIVALS,
        direct=("what do people do for {x}", "how do people celebrate {x}", "what happens for {x}",
                "what is the custom for {x}"),
        clause=("what people do for {x}", "how people celebrate {x}"),
        noun=("the custom for {x}", "something people do for {x}"),
        whole=("{X} is coming. What do people do?", "Tomorrow there is {x}. What will people do?",
               "What do you do for {x}?"),
        held=("In what way do people mark {x}?", "{X}: what do people do then?"),
        brief="People {y}.",
        topic="festival", follow=("what do people do for it", "how do people celebrate it"),
    ),
    Kind(
        "festival-month", "people", ("{X} is in {y}.",), ("in {y}",), _FESTIVAL_MONTHS,
        direct=("in which month is {x}", "which month is {x} in", "when is {x}",
                "in what month do people celebrate {x}"),
        clause=("in which month {x} is", "when {x} is"),
        noun=("the month of {x}", "the month when {x} is"),
        whole=("I wait for {x}. Which month is it in?", "{X} comes in which month?"),
        held=("What month does {x} fall in?", "{X} is in what month?"),
        brief="In {y}.", topic="festival", weight=0.7,
        follow=("in which month is it", "when is it"),
    ),
    _advice("advice-health", _HEALTH),
    _advice("advice-danger", _DANGER),
    _advice("advice-trouble", _TROUBLE),
)  # fmt: skip
