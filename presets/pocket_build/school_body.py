"""The human body, its senses, and what keeps it well."""

from __future__ import annotations

from presets.pocket_build.school_patterns import asked, claims, one_of, yes_or_no
from presets.pocket_build.wordings import Kind, table

_WHERE = table(
    "x v y",
    """nose:is:in the middle of the face; brain:is:inside the head; heart:is:in the chest;
    lungs:are:in the chest; stomach:is:in the belly; tongue:is:in the mouth; teeth:are:in the mouth;
    toes:are:on the foot; fingers:are:on the hand; knee:is:in the middle of the leg;
    elbow:is:in the middle of the arm; chin:is:below the mouth; eyebrow:is:above the eye;
    forehead:is:above the eyes; neck:is:between the head and the shoulders;
    ankle:is:between the foot and the leg; wrist:is:between the hand and the arm;
    heel:is:at the back of the foot; ears:are:on both sides of the head;
    thumb:is:on the hand; lips:are:around the mouth; ribs:are:in the chest;
    nails:are:at the ends of the fingers""",
)
_ORGANS = table(
    "x v u y",
    """heart:does:pumps:blood; brain:does:controls:the body; stomach:does:breaks down:food;
    skin:does:protects:the body; tongue:does:tastes:food; nose:does:smells:things;
    lungs:do:take in:air; kidneys:do:clean:the blood; bones:do:hold up:the body;
    muscles:do:move:the body; teeth:do:chew:food; nerves:do:carry:messages;
    eyelids:do:protect:the eyes; legs:do:carry:the body;
    blood:does:carries:oxygen; bladder:does:holds:water""",
)
_COUNTS = table(
    "x z y",
    """fingers:one hand:five; toes:one foot:five; nails:one hand:five; thumbs:one hand:one;
    eyes:a face:two; ears:a head:two; knees:one leg:one; elbows:one arm:one; hands:one arm:one;
    feet:one leg:one; lips:a mouth:two; fingers:two hands:ten; toes:two feet:ten;
    tongues:a mouth:one; noses:a face:one; chins:a face:one""",
)
_WORN = table(
    "x y",
    """hat:head; glove:hand; sock:foot; shoe:foot; scarf:neck; belt:waist; ring:finger; watch:wrist;
    necklace:neck; earring:ear; crown:head; mitten:hand; helmet:head; bracelet:wrist; boot:foot;
    mask:face; cap:head; slipper:foot; tie:neck; backpack:back; sandal:foot; wig:head""",
)
_SENSES = table(
    "x y",
    """music:hearing; thunder:hearing; a song:hearing; a whisper:hearing; a noise:hearing;
    a rainbow:sight; a colour:sight; a picture:sight; a star:sight; light:sight; perfume:smell;
    smoke in the air:smell; the scent of a rose:smell; sweetness:taste; bitterness:taste;
    salt in the soup:taste; warmth on the skin:touch; soft fur in the hand:touch;
    an itch on the arm:touch""",
)
_HELPERS = table(
    "x y",
    """my tooth hurts:dentist; I am very ill:doctor; the house is on fire:firefighter;
    a thief was in my house:police officer; a pipe leaks:plumber; my dog is sick:vet;
    my hair is too long:barber; my car does not start:mechanic; my shoe is broken:shoemaker;
    my coat is too wide:tailor; my eyes are bad:eye doctor; I cannot do my sums:teacher""",
)
_HEALTH = table(
    "x w y z",
    """eat apples:eating apples:yes:is; sleep enough:sleeping enough:yes:is; smoke:smoking:no:is not;
    wash my hands:washing the hands:yes:is; eat only candy:eating only candy:no:is not;
    drink water:drinking water:yes:is; sit all day:sitting all day:no:is not;
    brush my teeth:brushing the teeth:yes:is; play outside:playing outside:yes:is;
    eat vegetables:eating vegetables:yes:is; stay up all night:staying up all night:no:is not;
    ride a bike:riding a bike:yes:is; run every day:running every day:yes:is;
    drink dirty water:drinking dirty water:no:is not; laugh:laughing:yes:is;
    breathe fresh air:breathing fresh air:yes:is; eat sand:eating sand:no:is not;
    breathe smoke:breathing smoke:no:is not; swim:swimming:yes:is; go for a walk:going for a walk:yes:is""",
)  # fmt: skip

KINDS: tuple[Kind, ...] = (
    asked(
        "body-where", "human body", "The {x} {v} {y}.", _WHERE,
        direct="where {v} the {x} / where on the body {v} the {x} / where can I find the {x} / "
        "in which place of the body {v} the {x} / where {v} the {x} of a person",
        clause="where the {x} {v} / where I can find the {x}",
        noun="the place of the {x} / the place on the body where the {x} {v}",
        whole="The {x} {v} where? / Show me where the {x} {v}. / "
        "I am looking for the {x} of a person. Where {v} that?",
        held="Where in our body {v} the {x}? / On a picture of a man, where {v} the {x}? / "
        "Where would a doctor look for the {x}?",
        brief="{Y}.",
    ),
    asked(
        "organ", "human body", "The {x} {u} {y}.", _ORGANS,
        direct="what {v} the {x} do / what {v} the {x} do in the body / why do we need the {x} / "
        "what is the work of the {x} / what is the task of the {x}",
        clause="why we need the {x} / what the work of the {x} is",
        noun="the work of the {x} / the task of the {x} in the body",
        whole="The {x} of a person: what is the use? / Why do people have the {x}? / "
        "What is the job of the {x} in the body?",
        held="For what do people need the {x}? / What would we miss without the {x}? / "
        "Explain the work of the {x}.",
        expect="{u} {y}", brief="The {x} {u} {y}.", weight=0.8,
    ),
    asked(
        "part-count", "human body", "The number of {x} on {z} is {y}.", _COUNTS, expect="is {y}",
        direct="how many {x} are on {z} / how many {x} are there on {z} / how many {x} does {z} have / "
        "how many {x} has {z}",
        clause="how many {x} are on {z} / how many {x} {z} has",
        noun="the number of {x} on {z}",
        whole="{Z} has how many {x}? / Count the {x} on {z}. / Look at {z}. How many {x} do you see?",
        held="How many {x} can I count on {z}? / On {z}, how many {x} are there?",
        weight=0.7,
    ),
    asked(
        "worn-on", "human body", "You wear {ax} on the {y}.", _WORN,
        direct="where do you wear {ax} / on which part of the body do you wear {ax} / "
        "where do I put {ax} on / where does {ax} belong on the body",
        clause="where you wear {ax} / on which part of the body I wear {ax}",
        noun="the part of the body for {ax} / the part of the body where you wear {ax}",
        whole="I have {ax}. Where do I wear it? / {Ax} is for which part of the body? / "
        "{Ax}: where do I put it on?",
        held="Which part of the body needs {ax}? / People wear {ax} where? / "
        "Somebody gave me {ax}. On which part of the body does it go?",
        brief="On the {y}.", weight=0.8,
    ),
    asked(
        "sense", "human body", "You notice {x} by {y}.", _SENSES,
        direct="with which sense do you notice {x} / which sense tells you of {x} / "
        "by which sense do we notice {x} / which sense do I need for {x}",
        clause="with which sense you notice {x} / which sense we need for {x}",
        noun="the sense for {x} / the sense that tells us of {x}",
        whole="I notice {x}. Which sense was it? / {X}: sight, hearing, smell, taste or touch? / "
        "For {x} I need which sense?",
        held="Is it sight, hearing, smell, taste or touch that tells me of {x}? / "
        "Which of the senses finds {x}?",
        weight=0.7,
    ),
    asked(
        "helper", "human body", "You need {ay}.", _HELPERS,
        direct="whom do I call when {x} / who helps when {x} / who can help me when {x} / "
        "which person do I need if {x}",
        clause="who helps when {x} / whom I should call when {x}",
        noun="the person to call when {x} / the person I need when {x}",
        whole="{X}. Whom should I call? / {X}. Who can help me? / Help, {x}! Whom do I need?",
        held="{X}. To whom do I go? / If {x}, who is the right person?",
        brief="{Ay}.", weight=0.7,
    ),
    asked(
        "healthy", "human body", "{Y}, {w} {z} healthy.", _HEALTH, expect="{y}, {w}",
        direct="is it healthy to {x} / is {w} healthy / is {w} good for the body / "
        "is it good for me to {x}",
        clause="if {w} is healthy / whether it is healthy to {x}",
        whole="{W}: is that healthy? / I want to {x}. Is that good for my body? / "
        "Is {w} good for me, yes or no? / Healthy or not: {w}?",
        held="Should I {x} to stay healthy? / Would a doctor say that {w} is healthy?",
        weight=0.7,
    ),
    yes_or_no(
        "body-claims", "human body",
        claims("is:the heart:in the chest:yes; is:the brain:in the belly:no; is:blood:blue:no; "
               "is:the thumb:a finger of the foot:no; is:the knee:part of the leg:yes; "
               "is:the elbow:part of the arm:yes; is:the nose:part of the face:yes; "
               "is:the heel:part of the hand:no; is:a bone:hard:yes; is:the tongue:soft:yes; "
               "can:people:live without air:no; can:people:live without water:no; "
               "can:people:fly like birds:no; can:a baby:walk on the first day:no; "
               "can:we:smell with the nose:yes; can:we:hear with the eyes:no; "
               "are:teeth:hard:yes; are:muscles:made of wood:no; are:milk teeth:the first teeth:yes"),
        weight=0.8,
    ),
    one_of(
        "arm-or-leg", "human body", "The {x} belongs to the {y}.",
        table("x y", "hand:arm; elbow:arm; wrist:arm; thumb:arm; finger:arm; foot:leg; knee:leg; "
                     "ankle:leg; toe:leg; heel:leg; nose:head; ear:head; chin:head; eye:head; "
                     "mouth:head; forehead:head; cheek:head; shin:leg; thigh:leg; palm:arm"),
        question="does the {x} belong to the head, the arm or the leg",
        statement="the {x} belongs to the head, the arm or the leg",
        subject="the {x}", options="head, arm or leg",
        direct="to which part of the body does the {x} belong / is the {x} part of the head, "
        "the arm or the leg",
        held="Do I find the {x} on the head, the arm or the leg?", brief="The {y}.", weight=0.8,
    ),
)  # fmt: skip
