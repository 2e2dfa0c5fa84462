"""Countries, colours, materials, tools and jobs."""

from __future__ import annotations

from presets.pocket_build.wordings import Kind, renamed, table, unique

COUNTRIES = table(
    "x capital continent language",
    """
    France:Paris:Europe:French; Germany:Berlin:Europe:German; Italy:Rome:Europe:Italian;
    Spain:Madrid:Europe:Spanish; Portugal:Lisbon:Europe:Portuguese; Greece:Athens:Europe:Greek;
    Poland:Warsaw:Europe:Polish; Austria:Vienna:Europe:German; Hungary:Budapest:Europe:Hungarian;
    Sweden:Stockholm:Europe:Swedish; Norway:Oslo:Europe:Norwegian; Finland:Helsinki:Europe:Finnish;
    Denmark:Copenhagen:Europe:Danish; Ireland:Dublin:Europe:English; England:London:Europe:English;
    Belgium:Brussels:Europe:-; Switzerland:Bern:Europe:-; Romania:Bucharest:Europe:Romanian;
    Bulgaria:Sofia:Europe:Bulgarian; Croatia:Zagreb:Europe:Croatian; Ukraine:Kyiv:Europe:Ukrainian;
    Iceland:Reykjavik:Europe:Icelandic; Russia:Moscow:-:Russian; Turkey:Ankara:-:Turkish;
    China:Beijing:Asia:Chinese; Japan:Tokyo:Asia:Japanese; India:New Delhi:Asia:Hindi;
    Thailand:Bangkok:Asia:Thai; Vietnam:Hanoi:Asia:Vietnamese; Iran:Tehran:Asia:Persian;
    Iraq:Baghdad:Asia:Arabic; Mongolia:Ulaanbaatar:Asia:Mongolian; Nepal:Kathmandu:Asia:Nepali;
    Egypt:Cairo:Africa:Arabic; Morocco:Rabat:Africa:Arabic; Ghana:Accra:Africa:English;
    Ethiopia:Addis Ababa:Africa:Amharic; Senegal:Dakar:Africa:French;
    Canada:Ottawa:North America:-; Mexico:Mexico City:North America:Spanish;
    Cuba:Havana:North America:Spanish; Brazil:Brasilia:South America:Portuguese;
    Argentina:Buenos Aires:South America:Spanish; Chile:Santiago:South America:Spanish;
    Peru:Lima:South America:Spanish; Colombia:Bogota:South America:Spanish;
    Australia:Canberra:-:English
    """,
)

COLOURS = table(
    "x y",
    """
    the sky:blue; grass:green; snow:white; a banana:yellow; a lemon:yellow; the sun:yellow;
    a tomato:red; blood:red; a strawberry:red; a cherry:red; a carrot:orange; a pumpkin:orange;
    coal:black; the night:black; a crow:black; chocolate:brown; wood:brown; milk:white;
    an elephant:grey; a mouse:grey; a frog:green; a leaf:green; a pea:green; a cucumber:green;
    the sea:blue; a swan:white; salt:white; sugar:white; a pig:pink; a flamingo:pink;
    a plum:purple; lavender:purple; a cloud:white; a fire engine:red; ash:grey; a tyre:black;
    spinach:green; a chick:yellow; corn:yellow; coffee:brown; a chestnut:brown; cotton:white;
    rice:white; a fox:red; a ruby:red; an emerald:green; a blueberry:blue; an aubergine:purple;
    honey:gold; a polar bear:white; butter:yellow; mud:brown; a ladybird:red; flour:white;
    a lion:yellow; broccoli:green; a sunflower:yellow; a raspberry:red; a bone:white
    """,
)

_MATERIALS = table(
    "x y",
    """
    a window:glass; a bottle:glass; a mirror:glass; a book:paper; a newspaper:paper;
    a table:wood; a chair:wood; a pencil:wood; a guitar:wood; a key:metal; a nail:metal;
    a spoon:metal; a pan:metal; a coin:metal; a car:metal; a shoe:leather; a belt:leather;
    a saddle:leather; a sweater:wool; a scarf:wool; a sock:wool; a shirt:cotton; a towel:cotton;
    a wall:brick; a chimney:brick; a candle:wax; a tyre:rubber; a balloon:rubber; a ring:gold;
    a crown:gold; a cup:clay; a pot:clay; a snowman:snow; a bucket:plastic; a toothbrush:plastic;
    a letter:paper; a boat:wood; a fence:wood; a statue:stone; a pillow:feathers
    """,
)

_PRODUCTS = table(
    "x y",
    """
    bread:flour; butter:milk; cheese:milk; wine:grapes; paper:wood; glass:sand; jam:fruit;
    an omelette:eggs; chips:potatoes; raisins:grapes; chocolate:cocoa; ice:water; yogurt:milk;
    wool:sheep hair; beer:barley; a salad:vegetables; ketchup:tomatoes; silk:silkworm thread
    """,
)

_TOOLS = table(
    "x y",
    """
    scissors:cut paper; a knife:cut bread; a hammer:hit nails; a broom:sweep the floor;
    a pen:write; a needle:sew clothes; a spoon:eat soup; a key:open a door; a comb:comb hair;
    a towel:dry the hands; a bed:sleep; an oven:bake bread; a fridge:keep food cold;
    a lamp:light a room; a clock:tell the time; a saw:cut wood; a shovel:dig a hole;
    a ladder:climb up; a phone:call people; a camera:take pictures; a map:find the way;
    an umbrella:stay dry in the rain; soap:wash the hands; a brush:paint a wall;
    a ruler:measure a line; a bridge:cross a river; a kettle:boil water; a rope:tie a boat;
    a telescope:look at the stars; a thermometer:measure heat; glue:stick paper together;
    a pillow:rest the head; a boat:sail on water; a net:catch fish; a mirror:look at oneself;
    a bucket:carry water; a scale:weigh things; a candle:light a dark room; a toothbrush:clean teeth
    """,
)

_JOBS = table(
    "x xs does place",
    """
    baker:bakers:bakes bread:a bakery; teacher:teachers:teaches children:a school;
    doctor:doctors:helps sick people:a hospital; farmer:farmers:grows food:a farm;
    cook:cooks:cooks meals:a kitchen; pilot:pilots:flies planes:a cockpit;
    sailor:sailors:sails ships:a ship; painter:painters:paints pictures:a studio;
    tailor:tailors:sews clothes:a workshop; barber:barbers:cuts hair:a barber shop;
    butcher:butchers:sells meat:a butcher shop; gardener:gardeners:plants flowers:a garden;
    judge:judges:decides in court:a court; librarian:librarians:lends books:a library;
    miner:miners:digs for coal:a mine; nurse:nurses:cares for patients:a hospital;
    waiter:waiters:serves food:a restaurant; scientist:scientists:does research:a laboratory;
    actor:actors:acts in plays:a theatre; clerk:clerks:writes papers:an office;
    firefighter:firefighters:puts out fires:a fire station; vet:vets:heals animals:an animal clinic;
    carpenter:carpenters:makes furniture:a workshop; fisherman:fishermen:catches fish:a boat;
    postman:postmen:brings letters:-; dentist:dentists:fixes teeth:-; driver:drivers:drives a bus:-;
    police officer:police officers:catches thieves:a police station;
    musician:musicians:plays music:-; shepherd:shepherds:watches sheep:a meadow;
    astronaut:astronauts:flies into space:a space station; plumber:plumbers:fixes pipes:-;
    blacksmith:blacksmiths:bends hot iron:a forge; cashier:cashiers:takes money:a shop
    """,
)

_NEED = table(
    "x y",
    """
    it rains:an umbrella; it is cold:a warm coat; it snows:warm boots; the sun shines:sunglasses;
    your hands are cold:gloves; your head is cold:a hat; you swim:a swimsuit; you sleep:pyjamas;
    you ride a bike:a helmet; your neck is cold:a scarf; you go for a run:running shoes
    """,
)

_SKY = table(
    "x y",
    """
    shines by day:the sun; shines by night:the moon; falls in winter and is white:snow;
    falls from the clouds and is wet:rain; blows through the trees:the wind;
    drives on rails:a train;
    flies in the sky and carries people:a plane; sails on the sea:a ship; has two wheels:a bike;
    has many pages:a book; rings in the morning:an alarm clock; grows on the head:hair;
    melts in the sun:ice; lights up a storm:lightning; makes honey:a bee; lays eggs:a hen;
    gives us milk:a cow; gives us wool:a sheep; spins a web:a spider; builds a dam:a beaver
    """,
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "capital", "capitals", ("The capital of {x} is {y}.",), ("{y}",),
        renamed(COUNTRIES, x="x", y="capital"),
        direct=("what is the capital of {x}", "what is the capital city of {x}",
                "which city is the capital of {x}", "what city is the capital of {x}",
                "what is {x}'s capital", "which is the capital of {x}"),
        clause=("what the capital of {x} is", "which city is the capital of {x}",
                "what {x}'s capital is", "what the capital city of {x} is"),
        noun=("the capital of {x}", "the capital city of {x}", "{x}'s capital",
              "the name of the capital of {x}"),
        held=("{X} has which city as its capital?", "What do you call the capital of {x}?",
              "What's the name of {x}'s capital city?"),
        follow=("what is its capital", "what is the capital", "which city is its capital"),
        brief="{y}.", topic="country", weight=1.4,
    ),
    Kind(
        "capital-of", "capitals", ("{X} is the capital of {y}.",), ("{y}",),
        renamed(COUNTRIES, x="capital", y="x"),
        direct=("which country has the capital {x}", "{x} is the capital of which country",
                "what country is {x} the capital of", "of which country is {x} the capital",
                "which country's capital is {x}"),
        clause=("which country has the capital {x}", "of which country {x} is the capital",
                "what country {x} is the capital of"),
        noun=("the country with the capital {x}", "the country whose capital is {x}"),
        held=("{x} is the capital of what country?", "What country has {x} as its capital?"),
        brief="{y}.", weight=1.1,
    ),
    Kind(
        "continent", "continents", ("{X} is in {y}.",), ("{y}",),
        renamed(COUNTRIES, x="x", y="continent"),
        direct=("on which continent is {x}", "which continent is {x} in",
                "on what continent does {x} lie", "in which part of the world is {x}",
                "where is {x}", "what continent is {x} on"),
        clause=("which continent {x} is in", "where {x} is", "on which continent {x} lies"),
        noun=("the continent of {x}", "the continent where {x} is"),
        held=("{X} is on which continent?", "Where in the world is {x}?",
              "What continent does {x} belong to?"),
        follow=("on which continent is it", "where is it", "which continent is it in"),
        brief="In {y}.", topic="country",
    ),
    Kind(
        "language", "languages", ("People in {x} speak {y}.",), ("{y}",),
        renamed(COUNTRIES, x="x", y="language"),
        direct=("what language do people speak in {x}", "which language is spoken in {x}",
                "what is the language of {x}", "what do people speak in {x}",
                "which language do they speak in {x}", "what language is spoken in {x}"),
        clause=("what language people speak in {x}", "which language is spoken in {x}",
                "what people speak in {x}"),
        noun=("the language of {x}", "the language people speak in {x}"),
        held=("In {x}, what language do people speak?", "What is spoken in {x}?",
              "Which language do people in {x} use?"),
        follow=("what language do people speak there", "which language is spoken there"),
        brief="{y}.", topic="country",
    ),
    Kind(
        "colour", "colours", ("{X} is {y}.",), ("{y}",), COLOURS,
        direct=("what [colour|color] is {x}", "which [colour|color] is {x}",
                "what [colour|color] does {x} have", "what is the [colour|color] of {x}",
                "which [colour|color] does {x} have", "what [colour|color] has {x}"),
        clause=("what [colour|color] {x} is", "which [colour|color] {x} has",
                "the [colour|color] {x} has"),
        noun=("the [colour|color] of {x}", "the [colour|color] {x} has"),
        held=("In what [colour|color] do we see {x}?", "{X} has which [colour|color]?",
              "If I paint {x}, which [colour|color] do I need?"),
        whole=("I want to draw {x}. Which [colour|color] do I use?",
               "I am painting {x}. Which [colour|color] should I take?"),
        brief="{Y}.", weight=1.3,
    ),
    Kind(
        "material", "materials", ("{X} is made of {y}.",), ("{y}",), _MATERIALS,
        direct=("what is {x} made of", "what is {x} made from", "which material is {x} made of",
                "of what material is {x} made", "from what do people make {x}"),
        clause=("what {x} is made of", "which material {x} is made of", "what {x} is made from"),
        noun=("the material of {x}", "the material {x} is made of"),
        held=("{X} is made of what?", "Out of what do people make {x}?",
              "What material do we use for {x}?"),
        brief="{Y}.",
    ),
    Kind(
        "product", "materials", ("People make {x} from {y}.",), ("{y}",), _PRODUCTS,
        direct=("what do people make {x} from", "what do we make {x} from",
                "what do you need to make {x}", "from what do you make {x}"),
        clause=("what people make {x} from", "what you need to make {x}"),
        noun=("the thing people make {x} from",),
        held=("To make {x}, what do I need?", "What goes into {x}?"),
        brief="{Y}.", weight=0.5,
    ),
    Kind(
        "tool-for", "tools", ("You use {x} to {y}.",), ("{x}",), _TOOLS,
        direct=("what do you use to {y}", "what do people use to {y}", "what do I need to {y}",
                "which thing helps me to {y}", "with what do you {y}", "what can I use to {y}"),
        clause=("what I need to {y}", "what people use to {y}", "which thing I need to {y}"),
        noun=("a thing to {y} with", "something people use to {y}"),
        held=("What should I take to {y}?", "To {y}, what do I need?",
              "I want to {y}. What helps?"),
        whole=("I want to {y}. What do I need?", "I have to {y}. What should I use?",
               "How can I {y}?"),
        brief="{X}.",
    ),
    Kind(
        "tool-use", "tools", ("You use {x} to {y}.",), ("{y}",), _TOOLS,
        direct=("what do you use {x} for", "what do you do with {x}", "what is {x} for",
                "what can I do with {x}", "why do people need {x}", "what is the use of {x}"),
        clause=("what {x} is for", "what people do with {x}", "what I can do with {x}"),
        noun=("the use of {x}", "the thing you do with {x}"),
        held=("What are people doing with {x}?", "For what do we need {x}?",
              "How can {x} help me?"),
        brief="To {y}.",
    ),
    Kind(
        "job-does", "jobs", ("{Ax} {y}.",), ("{y}",), renamed(_JOBS, x="x", xs="xs", y="does"),
        direct=("what does {ax} do", "what do {xs} do", "what is the job of {ax}",
                "what is the work of {ax}", "what does {ax} do all day",
                "what does {ax} do at work"),
        clause=("what {ax} does", "what {xs} do", "what the job of {ax} is"),
        noun=("the job of {ax}", "the work of {ax}"),
        held=("What is {ax} doing at work?", "{Ax} does what?", "What is the task of {ax}?"),
        follow=("what does this person do", "what does such a person do"),
        brief="{Y}.", topic="job",
    ),
    Kind(
        "job-place", "jobs", ("{Ax} works in {y}.",), ("{y}",),
        renamed(_JOBS, x="x", xs="xs", y="place"),
        direct=("where does {ax} work", "where do {xs} work", "in which place does {ax} work",
                "where is {ax} at work", "where can I meet {ax}"),
        clause=("where {ax} works", "where {xs} work", "in which place {ax} works"),
        noun=("the place where {ax} works", "the place of work of {ax}"),
        held=("In what place do {xs} work?", "What is the workplace of {ax}?",
              "{Ax} works where?"),
        follow=("where does this person work", "where does such a person work"),
        brief="In {y}.", topic="job", weight=0.9,
    ),
    Kind(
        "job-who", "jobs", ("{Ay} {x}.",), ("{y}",), unique(renamed(_JOBS, x="does", y="x"), "x"),
        direct=("who {x}", "which person {x}", "what do you call a person who {x}",
                "which worker {x}", "what is a person called who {x}"),
        clause=("who {x}", "which person {x}", "what a person is called who {x}"),
        noun=("the person who {x}", "a person who {x}", "the job of a person who {x}"),
        held=("A person who {x} is called what?", "What is the name for a person who {x}?"),
        whole=("This person {x}. Who is it?", "My uncle {x}. What is his job?",
               "My aunt {x}. What is her job?"),
        brief="{Ay}.",
    ),
    Kind(
        "need", "clothes", ("When {x}, you need {y}.",), ("{y}",), _NEED,
        direct=("what do I need when {x}", "what should I wear when {x}",
                "what do people wear when {x}",
                "what helps when {x}", "what should I take when {x}"),
        clause=("what to wear when {x}", "what I need when {x}", "what people need when {x}"),
        noun=("the thing I need when {x}",),
        held=("When {x}, what should I wear?", "What do you wear when {x}?",
              "What would you take when {x}?"),
        whole=("When {x}, what do I need?", "If {x}, what should I take?"),
        brief="{Y}.", weight=0.7,
    ),
    Kind(
        "riddle", "riddles", ("{Y} {x}.",), ("{y}",), _SKY,
        direct=("what {x}", "which thing {x}", "what is it that {x}"),
        clause=("what {x}", "which thing {x}"),
        noun=("something that {x}", "the thing that {x}", "a thing that {x}"),
        held=("It {x}. Guess what it is!", "Can you guess what {x}?",
              "Which thing is it that {x}?"),
        whole=("It {x}. What is it?", "Guess: it {x}. What is it?", "A riddle: what {x}?",
               "It {x}. Do you know what it is?"),
        brief="{Y}.", weight=0.9,
    ),
)  # fmt: skip
