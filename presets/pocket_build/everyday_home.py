"""The house: its rooms, its things, their parts and what is done with them."""

from __future__ import annotations

from presets.pocket_build.wordings import Kind, table, unique

_ROOM_OF = table(
    "x y",
    """
    the fridge:the kitchen; the stove:the kitchen; the oven:the kitchen; the bath:the bathroom;
    the dishwasher:the kitchen; the frying pan:the kitchen; the shower:the bathroom;
    the toilet:the bathroom; the toothbrush:the bathroom; the shampoo:the bathroom;
    the bed:the bedroom; the wardrobe:the bedroom; the pillow:the bedroom;
    the blanket:the bedroom; the sofa:the living room; the television:the living room;
    the armchair:the living room; the coffee table:the living room;
    the dining table:the dining room; the car:the garage; the coat rack:the hall;
    the doormat:the hall; the wine:the cellar; the lawn mower:the shed; the spade:the shed
    """,
)
_ROOM_FOR = table(
    "x y",
    """
    cook:the kitchen; bake a cake:the kitchen; wash the dishes:the kitchen; sleep:the bedroom;
    make the bed:the bedroom; get dressed:the bedroom; take a shower:the bathroom;
    take a bath:the bathroom; brush your teeth:the bathroom; wash your face:the bathroom;
    watch television:the living room; sit on the sofa:the living room;
    eat dinner with guests:the dining room; park the car:the garage;
    hang up your coat:the hall; store wine:the cellar; keep old boxes:the attic;
    fry an egg:the kitchen; comb your hair:the bathroom
    """,
)
_CLEANERS = table(
    "x y",
    """
    the floor:a mop; the dishes:a sponge; a carpet:a vacuum cleaner; clothes:a washing machine;
    hair:shampoo; a window:a wet cloth; shoes:a shoe brush; glasses:a soft cloth;
    a toilet:a toilet brush; fingernails:a nail brush; a chimney:a chimney brush;
    a blackboard:a sponge; a dusty shelf:a duster; a garden path:a broom; the nose:a handkerchief;
    the mouth after a meal:a napkin
    """,
)
_OPENERS = table(
    "x y",
    """
    a tin:a tin opener; a wine bottle:a corkscrew; a beer bottle:a bottle opener;
    a nut:a nutcracker; a lock:a key; a letter:a letter opener; a parcel:a pair of scissors;
    a paint pot:a screwdriver
    """,
)
_HOLDERS = table(
    "x y",
    """
    flowers:a vase; coins:a purse; tools:a toolbox; pencils:a pencil case; photos:an album;
    jewels:a jewel box; rubbish:a bin; dirty clothes:a laundry basket; toys:a toy box;
    school books:a school bag; pet fish:an aquarium; a letter:an envelope; a picture:a frame;
    hot tea:a teapot; fruit:a fruit bowl; holiday clothes:a suitcase; matches:a matchbox;
    secrets:a diary; a sword:a sheath; bank notes:a wallet; shopping:a shopping bag
    """,
)
_INSIDES = table(
    "x y",
    """
    a wallet:money; a bookcase:books; a pea pod:peas; a pencil:graphite;
    a balloon:air; a tyre:air; a nutshell:a nut; an envelope:a letter; a piggy bank:coins;
    a photo album:photos; a toolbox:tools; a beehive:bees; an egg:a yolk; an apple core:seeds;
    a vase:flowers; a first-aid box:bandages; a wardrobe:clothes; a teapot:tea;
    a tea bag:tea leaves; a sandbox:sand; a thermos:a hot drink; a vein:blood
    """,
)
_BINS = table(
    "x y",
    """
    an old newspaper:the paper bin; a cardboard box:the paper bin; a magazine:the paper bin;
    an envelope:the paper bin; an empty wine bottle:the glass bin; an empty jam jar:the glass bin;
    a banana peel:the compost; an apple core:the compost; an egg shell:the compost;
    a tea bag:the compost; a plastic bag:the plastic bin; a yogurt cup:the plastic bin;
    a shampoo bottle:the plastic bin; a dead flower:the compost
    """,
)
_MACHINES = table(
    "x y",
    """
    a washing machine:washes clothes; a dishwasher:washes dishes; a toaster:toasts bread;
    a vacuum cleaner:sucks up dust; a freezer:freezes food; a heater:heats a room;
    a fan:moves the air; a hair dryer:dries hair; a lawn mower:cuts grass;
    an iron:makes clothes smooth; a blender:mixes food; a coffee machine:makes coffee;
    a sewing machine:sews clothes; a printer:prints pages; a doorbell:rings at the door;
    a smoke alarm:warns of smoke; a microwave:warms food; a calculator:does sums;
    an alarm clock:wakes people; a radio:plays music; a crane:lifts heavy things;
    a lighthouse:guides ships; a photocopier:copies pages; a lift:carries people upstairs
    """,
)
_PLACED = table(
    "x y",
    """
    sit on:a chair; sleep in:a bed; write at:a desk; eat at:a table; hang clothes in:a wardrobe;
    put books on:a shelf; walk up on:the stairs; hang a coat on:a hook; cook on:a stove;
    pour flowers water from:a watering can; swing on:a swing; slide down on:a slide;
    camp in:a tent; look out of:a window; go in through:a door; live in:a house
    """,
)

_PARTS: dict[str, str] = {
    "house": """
    keeps out the rain:the roof; lets in light:the window; lets out the smoke:the chimney;
    leads to the next floor:the staircase; is above your head:the ceiling;
    is under your feet:the floor; is right under the roof:the attic; is under the ground:the cellar;
    lets people in:the door; shows the street number:the number plate""",
    "car": """
    stops it:the brake; makes it move:the engine; turns it left or right:the steering wheel;
    lights the road:the headlight; wipes the rain away:the wiper;
    holds you in your seat:the seat belt; holds the petrol:the tank; carries the bags:the boot;
    makes a loud sound:the horn; shows the speed:the speedometer""",
    "bicycle": """
    rings:the bell; is for sitting:the saddle; is for steering:the handlebar;
    is for the feet:the pedal; is for stopping:the brake; turns the back wheel:the chain;
    gives light:the lamp; is full of air:the tyre""",
    "book": """
    shows the title:the cover; lists the chapters:the table of contents;
    lists the words at the end:the index; explains hard words:the glossary;
    holds the pages together:the spine; carries the text:the page""",
    "computer": """
    shows the picture:the screen; is for typing:the keyboard; moves the arrow:the mouse;
    makes sound:the speaker; keeps the files:the disk; does the work:the processor;
    sees you:the camera; hears you:the microphone""",
    "jacket": """
    covers the arms:the sleeve; goes around the neck:the collar; holds small things:the pocket;
    opens and closes it:the zip; covers the head:the hood; keeps you warm inside:the lining""",
}


def _part(thing: str, text: str) -> Kind:
    """Return the kind "which part of a thing does this"."""
    a = f"a {thing}"
    return Kind(
        f"part-of-{thing}", "parts", (f"{{Y}} of {a} {{x}}.",), ("{y} of",), table("x y", text),
        direct=(f"which part of {a} {{x}}", f"what part of {a} {{x}}",
                f"what is the part of {a} called that {{x}}"),
        clause=(f"which part of {a} {{x}}", f"what part of {a} {{x}}"),
        noun=(f"the part of {a} that {{x}}", f"the {thing} part that {{x}}"),
        whole=(f"It is a part of {a} and it {{x}}. What is it?", f"What {{x}} on {a}?",
               f"One part of {a} {{x}}. Which one?"),
        held=(f"Of all the parts of {a}, which one {{x}}?", f"On {a}, what {{x}}?",
              f"Which of the {thing} parts {{x}}?"),
        brief="{Y}.", weight=0.8,
    )  # fmt: skip


KINDS: tuple[Kind, ...] = (
    Kind(
        "room-of", "home", ("{X} is in {y}.",), ("{y}",), _ROOM_OF,
        direct=("which room is {x} in", "in which room is {x}", "in what room do you find {x}",
                "which room does {x} belong in", "in which room of the house is {x}"),
        clause=("which room {x} is in", "in which room {x} is", "which room {x} belongs in"),
        noun=("the room for {x}", "the room {x} belongs in"),
        whole=("Where in the house is {x}?", "I am looking for {x}. Which room is it in?"),
        held=("{X} is in which room?", "What room do I go to for {x}?",
              "Where in the house would you put {x}?"),
        brief="In {y}.",
    ),
    Kind(
        "room-for", "home", ("You {x} in {y}.",), ("in {y}",), _ROOM_FOR,
        direct=("in which room do you {x}", "which room do you {x} in",
                "in what room of the house do you {x}", "which room is there to {x}"),
        clause=("in which room you {x}", "which room you {x} in"),
        noun=("the room where you {x}", "the right room to {x}"),
        whole=("You want to {x}. Which room do you go to?", "Where in the house do you {x}?"),
        held=("To {x}, which room do you go to?", "You {x} in which room?",
              "What do we call the room in which you {x}?"),
        brief="In {y}.",
    ),
    Kind(
        "clean-with", "home", ("You clean {x} with {y}.",), ("{y}",), _CLEANERS,
        direct=("what do you clean {x} with", "with what do you clean {x}",
                "what is good to clean {x} with", "what should I clean {x} with",
                "how do you clean {x}"),
        clause=("what to clean {x} with", "how to clean {x}", "what people clean {x} with"),
        noun=("a thing to clean {x} with", "the thing for cleaning {x}"),
        whole=("I must clean {x}. What do I take?", "Help me clean {x}. With what?"),
        held=("What would you take to clean {x}?", "What is best for cleaning {x}?",
              "People clean {x} with what?"),
        brief="With {y}.",
    ),
    Kind(
        "opens", "home", ("{Y} opens {x}.",), ("{y}",), _OPENERS,
        direct=("what opens {x}", "which thing opens {x}", "what can open {x}",
                "with what do people open {x}"),
        clause=("what opens {x}", "which thing opens {x}"),
        noun=("the thing that opens {x}", "a thing that can open {x}"),
        whole=("I cannot open {x}. What helps?", "How do I open {x}?", "What do I open {x} with?"),
        held=("Is there something that opens {x}?", "{X} is closed. What opens it?",
              "What must I have for opening {x}?"),
        brief="{Y}.", weight=0.8,
    ),
    Kind(
        "kept-in", "home", ("People keep {x} in {y}.",), ("in {y}",), _HOLDERS,
        direct=("what do people keep {x} in", "what do you keep {x} in", "in what do you keep {x}",
                "what do you put {x} in", "which thing holds {x}"),
        clause=("what people keep {x} in", "what to put {x} in", "which thing holds {x}"),
        noun=("a thing to keep {x} in", "the thing that holds {x}"),
        whole=("I have {x} here. What do I put it in?", "What holds {x}?"),
        held=("Into what do I put {x}?", "{X} should be kept in what?",
              "What is made to hold {x}?"),
        brief="In {y}.",
    ),
    Kind(
        "inside", "home", ("Inside {x} you find {y}.",), ("find {y}",), _INSIDES,
        direct=("what is inside {x}", "what do you find inside {x}", "what is there inside {x}",
                "what do people find in {x}", "what can you find in {x}"),
        clause=("what is inside {x}", "what you find inside {x}", "what there is in {x}"),
        noun=("the thing inside {x}", "the thing you find in {x}"),
        whole=("I look into {x}. What do I see?", "I open {x}. What do I find?"),
        held=("What would I find inside {x}?", "{X} has what inside?",
              "What does {x} hold inside?"),
        brief="{Y}.",
    ),
    Kind(
        "bin", "home", ("{X} goes into {y}.",), ("into {y}",), _BINS,
        direct=("which bin does {x} go into", "into which bin does {x} go",
                "where do I throw {x}", "where does {x} go when I throw it away",
                "which bin is for {x}"),
        clause=("which bin {x} goes into", "where to throw {x}", "which bin is for {x}"),
        noun=("the right bin for {x}", "the bin for {x}"),
        whole=("I want to throw away {x}. Which bin?", "{X}: which bin?"),
        held=("Which bin should I use for {x}?", "What bin does {x} belong in?",
              "I have {x} to throw away. Where does it go?"),
        brief="Into {y}.", weight=0.9,
    ),
    Kind(
        "machine-does", "home", ("{X} {y}.",), ("{y}",), _MACHINES,
        direct=("what does {x} do", "what does {x} do for us", "how does {x} help people",
                "what work does {x} do"),
        clause=("what {x} does", "what work {x} does", "how {x} helps people"),
        noun=("the work of {x}", "the work that {x} does"),
        whole=("I bought {x}. What does it do?", "There is {x}. What does it do?",
               "{X} does what?"),
        held=("Of what help is {x}?", "What can {x} do for me?",
              "If I switch on {x}, what does it do?"),
        brief="It {y}.",
    ),
    Kind(
        "machine-which", "home", ("{X} {y}.",), ("{x}",), unique(_MACHINES, "y"),
        direct=("which machine {y}", "what machine {y}", "which device {y}",
                "what is the machine called that {y}"),
        clause=("which machine {y}", "which device {y}"),
        noun=("the machine that {y}", "a machine that {y}", "the device that {y}"),
        whole=("This machine {y}. Which one is it?", "I need a machine that {y}. Which one?"),
        held=("What do you call a machine that {y}?", "Is there a machine that {y}?",
              "It is a machine and it {y}. What is it?"),
        brief="{X}.",
    ),
    *(_part(thing, text) for thing, text in _PARTS.items()),
    Kind(
        "placed", "home", ("You {x} {y}.",), ("{y}",), _PLACED,
        direct=("what do you {x}", "which thing do you {x}", "what is it that you {x}"),
        clause=("what you {x}", "which thing you {x}"),
        noun=("the thing that you {x}", "a thing that you {x}", "something to {x}"),
        whole=("I want something to {x}. What is it?", "You {x} what?",
               "There is a thing that you {x}. Which one?"),
        held=("What thing is made so that you can {x} it?", "Which of the things do you {x}?"),
        brief="{Y}.", weight=0.8,
    ),
)  # fmt: skip
