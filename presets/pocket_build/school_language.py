"""Forms of words, word families and letters."""

from __future__ import annotations

from presets.pocket_build.school_patterns import asked, one_of
from presets.pocket_build.wordings import Kind, listed, table
from presets.pocket_build.wordings import unique as only

_CLASSES = tuple(
    {"x": word, "y": name}
    for name, words in (
        ("noun", "table dog house tree child city river window bread garden apple song mother bird"),
        ("verb", "eat go sing write think bring ask listen forget sleep speak know learn become"),
        ("adjective", "happy big small old young beautiful angry tall lazy sad strong clever rich new"),
    )
    for word in listed(words)
)
_THIRD = table(
    "x y",
    """go:goes; do:does; have:has; eat:eats; watch:watches; wash:washes; fly:flies; cry:cries; try:tries;
    carry:carries; play:plays; say:says; teach:teaches; catch:catches; fix:fixes; kiss:kisses;
    run:runs; sing:sings; write:writes; read:reads; make:makes; come:comes; see:sees; know:knows;
    study:studies; push:pushes; miss:misses; sleep:sleeps; help:helps; pass:passes""",
)
_ING = table(
    "x y",
    """run:running; swim:swimming; sit:sitting; make:making; write:writing; go:going; eat:eating;
    stop:stopping; come:coming; ride:riding; read:reading; sing:singing; play:playing; dance:dancing;
    cut:cutting; win:winning; get:getting; take:taking; give:giving; lie:lying; die:dying; see:seeing;
    begin:beginning; drive:driving; plan:planning; walk:walking; jump:jumping; sleep:sleeping; smile:smiling;
    dig:digging; put:putting; hope:hoping""",
)
_PARTICIPLES = table(
    "x y",
    """go:gone; see:seen; eat:eaten; write:written; do:done; take:taken; give:given; speak:spoken;
    break:broken; know:known; grow:grown; fly:flown; sing:sung; swim:swum; drink:drunk; begin:begun;
    fall:fallen; drive:driven; ride:ridden; steal:stolen; choose:chosen; wear:worn; throw:thrown;
    draw:drawn; ring:rung; forget:forgotten; hide:hidden; bite:bitten; wake:woken; freeze:frozen""",
)
_ADVERBS = table(
    "x y",
    """slow:slowly; happy:happily; good:well; quick:quickly; quiet:quietly; loud:loudly; easy:easily;
    angry:angrily; careful:carefully; bad:badly; kind:kindly; sad:sadly; brave:bravely; safe:safely;
    soft:softly; warm:warmly; gentle:gently; lucky:luckily; polite:politely; nice:nicely;
    clear:clearly; proud:proudly""",
)
_DOERS = table(
    "x z y",
    """sings:sing:singer; dances:dance:dancer; swims:swim:swimmer; runs:run:runner; writes:write:writer;
    reads:read:reader; plays:play:player; wins:win:winner; speaks:speak:speaker; dreams:dream:dreamer;
    helps:help:helper; hunts:hunt:hunter; travels:travel:traveller; climbs:climb:climber;
    listens:listen:listener; rides:ride:rider; skates:skate:skater; thinks:think:thinker;
    leads:lead:leader; loses:lose:loser; begins:begin:beginner; drums:drum:drummer;
    visits:visit:visitor; invents:invent:inventor; lies:lie:liar; fights:fight:fighter;
    sleeps:sleep:sleeper; walks:walk:walker; smokes:smoke:smoker; buys:buy:buyer""",
)
_NOUNS = table(
    "x y",
    """decide:decision; arrive:arrival; live:life; die:death; think:thought; speak:speech; choose:choice;
    move:movement; invite:invitation; sell:sale; lose:loss; know:knowledge; grow:growth; fly:flight;
    sing:song; weigh:weight; believe:belief; advise:advice; give:gift; pay:payment; invent:invention;
    enter:entrance; feel:feeling; marry:marriage""",
)
_QUALITIES = table(
    "x y",
    """happy:happiness; strong:strength; long:length; wide:width; free:freedom; wise:wisdom; sad:sadness;
    kind:kindness; dark:darkness; ill:illness; high:height; deep:depth; warm:warmth; young:youth;
    beautiful:beauty; angry:anger; hungry:hunger; brave:bravery; honest:honesty; patient:patience;
    true:truth; proud:pride; lazy:laziness; weak:weakness""",
)
_ADJECTIVES = table(
    "x y",
    """danger:dangerous; health:healthy; help:helpful; friend:friendly; noise:noisy; dirt:dirty;
    salt:salty; gold:golden; wood:wooden; wool:woollen; fame:famous; luck:lucky; hunger:hungry;
    thirst:thirsty; music:musical; colour:colourful; pain:painful; fear:fearful; child:childish;
    milk:milky; juice:juicy; sleep:sleepy; joy:joyful; day:daily""",
)
_NEGATIVES = table(
    "x y",
    """kind:unkind; lucky:unlucky; fair:unfair; known:unknown; able:unable; possible:impossible;
    patient:impatient; perfect:imperfect; legal:illegal; regular:irregular; visible:invisible;
    correct:incorrect; complete:incomplete; honest:dishonest; healthy:unhealthy; friendly:unfriendly;
    usual:unusual; important:unimportant; tidy:untidy; logical:illogical; real:unreal; certain:uncertain;
    equal:unequal; direct:indirect""",
)
_AGAIN = table(
    "x y",
    """write:rewrite; read:reread; build:rebuild; paint:repaint; open:reopen; play:replay; use:reuse;
    tell:retell; heat:reheat; fill:refill; name:rename; appear:reappear; count:recount; print:reprint;
    load:reload; start:restart""",
)
_COMPOUNDS = table(
    "x y z",
    """rain:coat:raincoat; snow:man:snowman; foot:ball:football; sun:flower:sunflower;
    tooth:brush:toothbrush; butter:fly:butterfly; class:room:classroom; bed:room:bedroom;
    book:shelf:bookshelf; rain:bow:rainbow; air:port:airport; pan:cake:pancake; home:work:homework;
    news:paper:newspaper; water:fall:waterfall; key:board:keyboard; tea:pot:teapot; week:end:weekend;
    birth:day:birthday; hair:cut:haircut; sea:side:seaside; water:melon:watermelon; eye:brow:eyebrow;
    door:bell:doorbell; grand:father:grandfather; sand:castle:sandcastle; play:ground:playground;
    moon:light:moonlight; fire:place:fireplace; arm:chair:armchair""",
)
_SHORT = table(
    "x y",
    """don't:do not; can't:cannot; I'm:I am; isn't:is not; it's:it is; won't:will not; aren't:are not;
    you're:you are; we're:we are; they're:they are; doesn't:does not; didn't:did not; I'll:I will;
    I've:I have; wasn't:was not; couldn't:could not; let's:let us; haven't:have not""",
)
_ABBREVIATIONS = table(
    "x y",
    """kg:kilogram; km:kilometre; cm:centimetre; mm:millimetre; Mr:Mister; Dr:Doctor; TV:television;
    USA:United States of America; UK:United Kingdom; UN:United Nations; EU:European Union;
    CD:compact disc; PC:personal computer; min:minute; sec:second; BC:before Christ;
    Mon:Monday; Jan:January; Feb:February; Dec:December""",
)
_PRONOUNS = table(
    "x y",
    """my mother:she; my father:he; the table:it; the dogs:they; Anna and I:we; my uncle:he; my aunt:she;
    the girls:they; the house:it; you and I:we; the king:he; the queen:she; the book:it; the trees:they;
    Tom and Anna:they; my sister:she; my brother:he; the sun:it; my parents:they; the old man:he;
    the old woman:she; my sister and I:we""",
)
_QUESTION_WORDS = table(
    "x y",
    """a place:where; a time:when; a person:who; a reason:why; a number of things:how many; a price:how much;
    an age:how old; an owner:whose; a way of doing something:how; a height:how high;
    a distance:how far""",
)
_MARKS = table(
    "x y",
    """at the end of a question:a question mark; at the end of a shout:an exclamation mark;
    at the end of a plain sentence:a full stop; between the things of a list:a comma;
    around spoken words:quotation marks; inside the word don't:an apostrophe;
    before a list of examples:a colon; around a side remark:brackets""",
)
_FEMININE = table(
    "x y",
    """king:queen; prince:princess; actor:actress; waiter:waitress; hero:heroine; uncle:aunt;
    father:mother; brother:sister; son:daughter; grandfather:grandmother; nephew:niece; boy:girl;
    man:woman; husband:wife; duke:duchess; host:hostess; emperor:empress; wizard:witch;
    gentleman:lady; policeman:policewoman; groom:bride; grandson:granddaughter; god:goddess""",
)
_MASCULINE = tuple({"x": fact["y"], "y": fact["x"]} for fact in only(_FEMININE, "y"))
_ARTICLES = tuple(
    {"x": word, "y": name}
    for name, words in (
        ("a", "dog house tree river school uniform boy cat lemon university table year book song"),
        ("an", "apple hour uncle egg orange old_man elephant ice_cream umbrella owl eye answer arm idea"),
    )
    for word in (word.replace("_", " ") for word in listed(words))
)


def _form(name: str, answer: str, facts: tuple[dict[str, str], ...], *, called: str,
          example: str, held: str, weight: float = 0.8) -> Kind:  # fmt: skip
    """Return the kind that asks for one form of a word; ``called`` names that form."""
    return asked(
        name, "word forms", answer, facts, expect="is {y}",
        of=f"the {called} of {{x}} / the {called} of the word {{x}}",
        direct=f"which word is the {called} of {{x}} / how do you write the {called} of {{x}}",
        clause=f"which word is the {called} of {{x}} / how to form the {called} of {{x}}",
        whole=f"Form the {called} of {{x}}. / Write {{x}} and then its {called}. / "
        f"{{X}}: what is the {called}? / {example}",
        held=f"How does one make the {called} of {{x}}? / {{X}} has which {called}? / {held}",
        weight=weight,
    )  # fmt: skip


KINDS: tuple[Kind, ...] = (
    one_of(
        "word-class", "word forms", "The word {x} is {ay}.", _CLASSES,
        question="is the word {x} a noun, a verb or an adjective",
        statement="the word {x} is a noun, a verb or an adjective",
        subject="the word {x}", options="noun, verb or adjective",
        direct="what kind of word is {x} / what class of word is {x}",
        held="To which class of words does {x} belong?", brief="{Ay}.",
    ),
    _form("third-person", "The form of {x} with he or she is {y}.", _THIRD, called="he form",
          example="I {x}, and he what? / We {x}, she what?",
          held="They {x}. What does he do?"),
    _form("ing-form", "The ing form of {x} is {y}.", _ING, called="ing form",
          example="I {x} every day. Now I am what? / They often {x}. At the moment they are what?",
          held="We {x}, so what are we doing right now?"),
    _form("participle", "The past participle of {x} is {y}.", _PARTICIPLES, called="past participle",
          example="I {x} today. I have what before? / They {x}. They have already what?",
          held="We {x} often. We have always what?"),
    _form("adverb", "The adverb of {x} is {y}.", _ADVERBS, called="adverb",
          example="She is {x}. How does she do it? / Make an adverb from {x}.",
          held="He is {x}, so he works how?"),
    _form("noun-of-verb", "The noun from the verb {x} is {y}.", _NOUNS, called="noun form",
          example="Make a noun from the verb {x}. / Which noun comes from the verb {x}?",
          held="Turn the verb {x} into a noun."),
    _form("quality", "The quality of being {x} is {y}.", _QUALITIES, called="quality",
          example="Who is {x} has which quality? / I am {x}. What is that quality called?",
          held="Turn {x} into the name of a quality."),
    _form("adjective-of", "The adjective from {x} is {y}.", _ADJECTIVES, called="adjective",
          example="Make an adjective from {x}. / Which adjective comes from the noun {x}?",
          held="Turn the noun {x} into an adjective."),
    _form("negative", "The negative form of {x} is {y}.", _NEGATIVES, called="negative form",
          example="Make {x} negative. / Put un, in, im, il, ir or dis before {x}. / "
          "Which beginning makes {x} negative?",
          held="It is not {x} at all. Say it with one word."),
    asked(
        "do-again", "word forms", "To {x} again is to {y}.", _AGAIN,
        of="the word for to {x} again / one word that means to {x} again",
        direct="what does one call it to {x} again / which word means to {x} again",
        clause="which word means to {x} again / how to say {x} again in one word",
        whole="I {x} it again. I what it? / {X} again, in one word? / Which verb is it: to {x} again?",
        held="Is there one word for doing this again: {x}? / Put re before {x}.", weight=0.6,
    ),
    asked(
        "doer", "word forms", "A person who {x} is {ay}.", _DOERS,
        of="the word for a person who {x} / the name for somebody who {x}",
        direct="what do you call a person who {x} / what is a person called who {x}",
        clause="what a person is called who {x} / what you call somebody who {x}",
        whole="She {x}. She is a what? / My friend {x}. What do I call him? / "
        "To {z} is his hobby. What is he?",
        held="People who {z} are called what, if there is only one? / He {x} all day. He is a what?",
        brief="{Ay}.",
    ),
    asked(
        "compound", "word forms", "{X} and {y} make {z}.", _COMPOUNDS, expect="make {z}",
        of="the compound of {x} and {y} / the long word from {x} and {y}",
        direct="which word do {x} and {y} make / what do you get from the words {x} and {y}",
        clause="which word {x} and {y} make / what the words {x} and {y} make",
        whole="Join the words {x} and {y}. / {X} and {y} in one word? / "
        "Write {x} and {y} as one word. / Put the words {x} and {y} together.",
        held="If I write {x} right before {y}, which word is it? / "
        "Make one word out of {x} and {y}.", brief="{Z}.",
    ),
    asked(
        "contraction", "word forms", "{X} is short for {y}.", _SHORT,
        of="the long form of {x} / the full form of {x}",
        direct="what is {x} short for / what does {x} stand for / how do you write {x} in full",
        clause="what {x} is short for / what {x} stands for",
        whole="{X} is short for what? / Write {x} in full. / Write {x} without the apostrophe mark.",
        held="In two words or one longer word, what is {x}? / I read {x}. What is the long way to say it?",
        weight=0.7,
    ),
    asked(
        "abbreviation", "word forms", "The letters {x} stand for {y}.", _ABBREVIATIONS,
        of="the long form of the letters {x} / the full word for {x}",
        direct="what do the letters {x} stand for / what does the short form {x} mean / "
        "what are the letters {x} short for",
        clause="what the letters {x} stand for / what the short form {x} means",
        whole="I read the letters {x}. What do they mean? / {x} is short for what? / "
        "Write the short form {x} in full.",
        held="On a sign I see the letters {x}. How do I read that? / Say the full word for {x}.",
        weight=0.7,
    ),
    asked(
        "pronoun", "word forms", "For {x} you say {y}.", _PRONOUNS, expect="you say {y}.",
        of="the pronoun for {x} / the short word for {x}",
        direct="which pronoun stands for {x} / which pronoun do I use for {x} / "
        "he, she, it, we or they: what stands for {x}",
        clause="which pronoun stands for {x} / which pronoun to use for {x}",
        whole="Put a pronoun in place of {x}. / I speak of {x}. Which pronoun do I use?",
        held="Use he, she, it, we or they for {x}. / Instead of {x} I could say which little word?",
        weight=0.7,
    ),
    asked(
        "question-word", "word forms", "To ask for {x}, you say {y}.", _QUESTION_WORDS,
        expect="you say {y}.",
        of="the question word for {x}",
        direct="which question word asks for {x} / how do I ask for {x} / "
        "with which question word do you ask for {x}",
        clause="which question word asks for {x} / how to ask for {x}",
        whole="I want to ask for {x}. How do I begin? / A question for {x} begins how?",
        held="My question is about {x}. Which question word do I take? / "
        "If I do not know {x}, which question word helps?", weight=0.5,
    ),
    asked(
        "mark-in-text", "word forms", "You write {y} {x}.", _MARKS,
        direct="which mark do I write {x} / what mark stands {x} / which sign do we put {x} / "
        "what do I write {x}",
        clause="which mark stands {x} / what mark to write {x}",
        noun="the mark that stands {x} / the mark we write {x}",
        whole="I am writing. Which mark comes {x}? / Which mark belongs {x}?",
        held="What kind of mark have I to put {x}? / A teacher looks {x}. Which mark must be there?",
        weight=0.5,
    ),
    _form("feminine", "The female form of {x} is {y}.", _FEMININE, called="female form",
          example="A man is {ax}, a woman is a what? / Which word for a woman belongs to {x}?",
          held="He is {ax}. What do we call her?"),
    _form("masculine", "The male form of {x} is {y}.", _MASCULINE, called="male form",
          example="A woman is {ax}, a man is a what? / Which word for a man belongs to {x}?",
          held="She is {ax}. What do we call him?", weight=0.6),
    asked(
        "a-or-an", "word forms", "You say {y} {x}.", _ARTICLES, expect="say {y} {x}",
        of="the right article for {x}",
        direct="which is right before {x}, a or an / do you say a or an before {x} / "
        "do I write a or an before {x}",
        clause="if I write a or an before {x} / whether a or an is right before {x}",
        noun="the article before {x}",
        whole="A or an: which comes before {x}? / Put a or an before {x}. / {X}: a or an?",
        held="Which little word do I need before {x}, a or an? / One {x}: is it a or an?",
        brief="{y} {x}.", weight=0.7,
    ),
)  # fmt: skip
