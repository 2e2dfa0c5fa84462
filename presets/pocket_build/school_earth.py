"""Countries, cities, rivers, places and seasons."""

from __future__ import annotations

from presets.pocket_build.school_patterns import asked, claims, compared, judged, one_of, yes_or_no
from presets.pocket_build.wordings import Kind, table

_CURRENCIES = table(
    "x y",
    """France:euro; Germany:euro; Italy:euro; Spain:euro; Portugal:euro; Greece:euro; Austria:euro;
    Ireland:euro; Finland:euro; Belgium:euro; Croatia:euro; Japan:yen; China:yuan; India:rupee;
    Thailand:baht; Russia:ruble; Turkey:lira; England:pound; Switzerland:franc; Poland:zloty;
    Hungary:forint; Sweden:krona; Norway:krone; Denmark:krone; Mexico:peso; Argentina:peso;
    Chile:peso; Colombia:peso; Cuba:peso; Brazil:real; Peru:sol; Egypt:pound; Canada:dollar;
    Australia:dollar; Ukraine:hryvnia; Vietnam:dong; Iceland:krona; Romania:leu; Morocco:dirham;
    Iran:rial; Iraq:dinar; Ghana:cedi; Ethiopia:birr; Nepal:rupee; Mongolia:tugrik""",
)
_FLAGS = table(
    "x y",
    """France:blue, white and red; Germany:black, red and gold; Italy:green, white and red;
    Japan:white and red; Poland:white and red; Sweden:blue and yellow; Ukraine:blue and yellow;
    Belgium:black, yellow and red; Ireland:green, white and orange; Greece:blue and white;
    Finland:white and blue; Denmark:red and white; Switzerland:red and white;
    Austria:red and white; Hungary:red, white and green; Romania:blue, yellow and red;
    Russia:white, blue and red; Canada:red and white; Norway:red, white and blue;
    China:red and yellow; Vietnam:red and yellow; Turkey:red and white;
    Iceland:blue, white and red; Bulgaria:white, green and red; Argentina:blue and white;
    Peru:red and white; Colombia:yellow, blue and red; England:white and red;
    Thailand:red, white and blue; Egypt:red, white and black; Morocco:red and green""",
)
_NATIONS = table(
    "x y",
    """France:French; Germany:German; Italy:Italian; Spain:Spanish; Portugal:Portuguese;
    Greece:Greek; Poland:Polish; Austria:Austrian; Hungary:Hungarian; Sweden:Swedish;
    Norway:Norwegian; Finland:Finnish; Denmark:Danish; Ireland:Irish; England:English;
    Belgium:Belgian; Switzerland:Swiss; Romania:Romanian; Bulgaria:Bulgarian; Russia:Russian;
    Turkey:Turkish; China:Chinese; Japan:Japanese; India:Indian; Thailand:Thai;
    Vietnam:Vietnamese; Iran:Iranian; Iraq:Iraqi; Egypt:Egyptian; Morocco:Moroccan;
    Ghana:Ghanaian; Canada:Canadian; Mexico:Mexican; Cuba:Cuban; Brazil:Brazilian;
    Argentina:Argentinian; Chile:Chilean; Peru:Peruvian; Colombia:Colombian;
    Australia:Australian; Iceland:Icelandic; Ukraine:Ukrainian""",
)
_CITIES = table(
    "x y",
    """Barcelona:Spain; Seville:Spain; Milan:Italy; Venice:Italy; Naples:Italy; Munich:Germany;
    Hamburg:Germany; Cologne:Germany; Marseille:France; Lyon:France; New York:the United States;
    Chicago:the United States; Los Angeles:the United States; Boston:the United States;
    Toronto:Canada; Montreal:Canada; Sydney:Australia; Melbourne:Australia; Shanghai:China;
    Osaka:Japan; Kyoto:Japan; Mumbai:India; Istanbul:Turkey; Porto:Portugal; Geneva:Switzerland;
    Zurich:Switzerland; Krakow:Poland; Manchester:England; Liverpool:England;
    Rio de Janeiro:Brazil; Salzburg:Austria; Saint Petersburg:Russia; Casablanca:Morocco;
    Bergen:Norway; Antwerp:Belgium""",
)
_BUILDINGS = table(
    "x y",
    """the Eiffel Tower:Paris; the Louvre:Paris; Big Ben:London; Tower Bridge:London;
    Buckingham Palace:London; the Colosseum:Rome; the Trevi Fountain:Rome;
    the Brandenburg Gate:Berlin; Red Square:Moscow; the Kremlin:Moscow; the Acropolis:Athens;
    the Statue of Liberty:New York; the Empire State Building:New York; Central Park:New York;
    the Golden Gate Bridge:San Francisco; the Little Mermaid:Copenhagen;
    the Forbidden City:Beijing; the Blue Mosque:Istanbul; the Leaning Tower:Pisa;
    the White House:Washington; Charles Bridge:Prague; the Sagrada Familia:Barcelona;
    the Prado:Madrid; the Burj Khalifa:Dubai; the Space Needle:Seattle""",
)
_RIVERS = table(
    "x y",
    """Thames:England; Seine:France; Loire:France; Volga:Russia; Po:Italy; Tiber:Italy; Arno:Italy;
    Vistula:Poland; Yangtze:China; Yellow River:China; Mississippi:the United States;
    Hudson:the United States; Ebro:Spain; Shannon:Ireland; Spree:Germany; Weser:Germany;
    Murray:Australia""",
)
_RIVER_TOWNS = table(
    "x y",
    """London:Thames; Paris:Seine; Rome:Tiber; Vienna:Danube; Budapest:Danube; Cairo:Nile;
    Berlin:Spree; Warsaw:Vistula; Prague:Vltava; Florence:Arno; Cologne:Rhine; Hamburg:Elbe;
    Dresden:Elbe; Lisbon:Tagus; Baghdad:Tigris; Turin:Po; Dublin:Liffey; Bremen:Weser""",
)
_PLACES = table(
    "x v y",
    """the Alps:are:Europe; the Pyrenees:are:Europe; the Andes:are:South America;
    the Himalayas:are:Asia; the Rocky Mountains:are:North America; the Sahara:is:Africa;
    the Nile:is:Africa; the Amazon:is:South America; the Congo:is:Africa; the Gobi:is:Asia;
    the Danube:is:Europe; the Rhine:is:Europe; Mount Everest:is:Asia; Kilimanjaro:is:Africa;
    the Mississippi:is:North America; the Grand Canyon:is:North America; the Serengeti:is:Africa;
    Siberia:is:Asia; Mont Blanc:is:Europe; the Elbe:is:Europe; the Thames:is:Europe""",
)
_SORTS = table(
    "x y",
    """France:country; Spain:country; Italy:country; Japan:country; China:country; Egypt:country;
    Brazil:country; Canada:country; Norway:country; Poland:country; Peru:country; Chile:country;
    Paris:city; London:city; Rome:city; Berlin:city; Tokyo:city; Cairo:city; Madrid:city;
    New York:city; Oslo:city; Vienna:city; Barcelona:city; Sydney:city; Europe:continent;
    Asia:continent; Africa:continent; South America:continent; North America:continent;
    Antarctica:continent""",
)
_COMPASS = table(
    "x z y",
    """north:behind:south; north:on the right of:east; north:on the left of:west;
    south:behind:north; south:on the right of:west; south:on the left of:east;
    east:behind:west; east:on the right of:south; east:on the left of:north;
    west:behind:east; west:on the right of:north; west:on the left of:south""",
)
_RECORDS = table(
    "x y",
    """biggest ocean:the Pacific; smallest ocean:the Arctic Ocean; biggest country:Russia;
    smallest country:the Vatican; biggest continent:Asia; smallest continent:Australia;
    highest mountain on land:Mount Everest; coldest continent:Antarctica; biggest planet:Jupiter;
    hottest planet:Venus; smallest planet:Mercury; biggest animal:the blue whale;
    tallest animal:the giraffe; fastest animal on land:the cheetah;
    biggest animal on land:the elephant; biggest island:Greenland; deepest lake:Lake Baikal;
    hardest stone:the diamond; lightest gas:hydrogen; biggest rain forest:the Amazon forest;
    shortest month:February; biggest organ of the body:the skin; longest river of Europe:the Volga;
    longest river of Africa:the Nile; biggest country of South America:Brazil""",
)
_FROM = table(
    "x y",
    """pizza:Italy; spaghetti:Italy; sushi:Japan; the taco:Mexico; the samba:Brazil;
    the tango:Argentina; flamenco:Spain; paella:Spain; the kimono:Japan; the croissant:France;
    champagne:France; goulash:Hungary; the sauna:Finland; feta cheese:Greece; curry:India;
    yoga:India; karate:Japan; judo:Japan; kung fu:China; the pretzel:Germany; the kilt:Scotland;
    the waltz:Austria; origami:Japan; the baguette:France""",
)
_SEASONS = table(
    "x y",
    """leaves fall:autumn; lakes freeze:winter; trees get new leaves:spring; days are hottest:summer;
    days are shortest:winter; days are longest:summer; apples get ripe:autumn;
    strawberries get ripe:summer; many birds fly south:autumn; birds build nests:spring;
    children make snowmen:winter; people swim in the lake:summer; tulips bloom:spring;
    sunflowers bloom:summer; farmers pick grapes:autumn; leaves turn red and yellow:autumn;
    bears sleep for months:winter; lambs are born:spring; people go skiing:winter;
    the snow melts:spring""",
)
_WARMTH = table(
    "x y",
    """at the North Pole:cold; at the South Pole:cold; in the Sahara:hot; in Antarctica:cold;
    in the jungle:hot; in a fridge:cold; in an oven:hot; in a sauna:hot; on the sun:hot;
    on a glacier:cold; in the Arctic:cold; in a volcano:hot; in a freezer:cold;
    in an igloo:cold; in the desert at noon:hot; on top of a high mountain:cold""",
)

KINDS: tuple[Kind, ...] = (
    asked(
        "currency", "earth", "The money of {x} is the {y}.", _CURRENCIES,
        of="the currency of {x} / the money of {x}",
        direct="what money do people use in {x} / which currency does {x} have / "
        "with what money do you pay in {x} / what is {x}'s currency",
        clause="what money people use in {x} / which currency {x} has",
        whole="I am in {x}. What money do I need? / {X}: which currency? / "
        "I want to pay in {x}. Which money do I take?",
        held="How do people pay in {x}? / Which coins do I need for {x}? / "
        "{X} uses which money?",
        follow="what money do people use there / what is its currency",
        brief="The {y}.", topic="country",
    ),
    asked(
        "flag", "earth", "The flag of {x} is {y}.", _FLAGS,
        direct="what [colours|colors] does the flag of {x} have / which [colours|colors] are in "
        "the flag of {x} / what [colour|color] is the flag of {x} / what does the flag of {x} "
        "look like / which [colours|colors] has {x}'s flag",
        clause="what [colours|colors] the flag of {x} has / what the flag of {x} looks like",
        noun="the [colours|colors] of the flag of {x} / the flag [colours|colors] of {x}",
        whole="I am painting the flag of {x}. Which [colours|colors] do I need? / "
        "The flag of {x} has which [colours|colors]? / Describe the flag of {x}.",
        held="How does the flag of {x} look? / In which [colours|colors] do I paint {x}'s flag? / "
        "{X} has a flag. Which [colours|colors] are on it?",
        follow="what [colours|colors] does its flag have / what does its flag look like",
        topic="country", weight=0.8,
    ),
    asked(
        "nation", "earth", "A person from {x} is {y}.", _NATIONS,
        direct="what is a person from {x} called / what do you call a person from {x} / "
        "which nation is a man from {x} / what are the people of {x} called",
        clause="what a person from {x} is called / what you call people from {x}",
        noun="the word for a person from {x} / the nation of a person from {x}",
        whole="I am from {x}. I am what? / She comes from {x}. She is what? / "
        "What do we call the people of {x}?",
        held="He was born in {x}. What is he? / If you come from {x}, what are you? / "
        "Which word do we use for people from {x}?",
        follow="what are its people called / what do you call a person from there",
        topic="country", weight=0.8,
    ),
    yes_or_no(
        "coast", "earth",
        judged("does {x} lie by the sea", "{x} lies by the sea", "{x} does not lie by the sea",
               yes="France; Spain; Italy; Portugal; Greece; Norway; Sweden; Denmark; Japan; China; "
               "India; Brazil; Chile; Peru; Mexico; Canada; Egypt; Iceland; Poland; Turkey",
               no="Austria; Switzerland; Hungary; Mongolia; Nepal; Ethiopia"),
        follow="does it lie by the sea", topic="country", weight=0.7,
    ),
    yes_or_no(
        "neighbours", "earth",
        claims("is:France:a neighbour of Spain:yes; is:France:a neighbour of Germany:yes; "
               "is:Spain:a neighbour of Portugal:yes; is:Germany:a neighbour of Poland:yes; "
               "is:Italy:a neighbour of Austria:yes; is:Norway:a neighbour of Sweden:yes; "
               "is:Germany:a neighbour of Austria:yes; is:Germany:a neighbour of Denmark:yes; "
               "is:China:a neighbour of Russia:yes; is:China:a neighbour of Nepal:yes; "
               "is:Argentina:a neighbour of Chile:yes; is:Austria:a neighbour of Hungary:yes; "
               "is:Finland:a neighbour of Russia:yes; is:Brazil:a neighbour of Peru:yes; "
               "is:France:a neighbour of Poland:no; is:Spain:a neighbour of Italy:no; "
               "is:Japan:a neighbour of Brazil:no; is:Norway:a neighbour of Greece:no; "
               "is:Germany:a neighbour of Spain:no; is:Canada:a neighbour of China:no; "
               "is:Egypt:a neighbour of Peru:no; is:Ireland:a neighbour of Italy:no; "
               "is:Sweden:a neighbour of Portugal:no; is:India:a neighbour of Chile:no"),
        weight=0.6,
    ),
    asked(
        "city-country", "earth", "{X} is a city in {y}.", _CITIES,
        direct="in which country is {x} / which country is {x} in / in what country does {x} lie / "
        "to which country does {x} belong / what country is the city of {x} in",
        clause="in which country {x} is / what country {x} is in",
        noun="the country of the city {x} / the country where the city of {x} is",
        whole="The city of {x} is where? / I am in {x}. In which country am I? / "
        "{X}: in which country is this city?",
        held="Where do I go if I travel to {x}? / {X} is a city of which country? / "
        "What country do I have to visit to see {x}?",
        brief="In {y}.",
    ),
    asked(
        "building", "earth", "{X} is in {y}.", _BUILDINGS,
        direct="in which city is {x} / where can I see {x} / what city is {x} in / "
        "in what city does {x} stand / where do I find {x}",
        clause="in which city {x} is / where I can see {x}",
        noun="the city of {x} / the city where {x} is",
        whole="I want to see {x}. Where do I go? / {X} stands in which city? / "
        "I am looking at {x}. Which city am I in?",
        held="To which city do I travel to see {x}? / {X} can be seen in which city? / "
        "Which city has {x}?",
        brief="In {y}.", weight=0.8,
    ),
    asked(
        "river", "earth", "The {x} flows in {y}.", _RIVERS,
        direct="in which country is the river {x} / where does the river {x} flow / "
        "in which country does the river {x} flow / through which country does the {x} flow",
        clause="where the river {x} flows / in which country the river {x} is",
        noun="the country of the river {x}",
        whole="The river {x} flows where? / The {x} is a river of which country? / "
        "I swim in the {x}. In which country am I?",
        held="Where would I see the river {x}? / Which country has the river {x}?",
        brief="In {y}.", weight=0.6,
    ),
    asked(
        "river-town", "earth", "The {y} flows through {x}.", _RIVER_TOWNS,
        direct="which river flows through {x} / on which river does {x} lie / "
        "what river is in {x} / which river does {x} have / what is the name of the river in {x}",
        clause="which river flows through {x} / on which river {x} lies",
        noun="the river of {x} / the river that flows through {x}",
        whole="I am in {x} by the river. Which river is it? / {X} lies on which river?",
        held="Which water flows through the city of {x}? / By which river was {x} built?",
        brief="The {y}.", weight=0.6,
    ),
    asked(
        "where-on-earth", "earth", "{X} {v} in {y}.", _PLACES,
        direct="where {v} {x} / on which continent {v} {x} / in which part of the world {v} {x} / "
        "on what continent can I find {x}",
        clause="where {x} {v} / on which continent {x} {v}",
        noun="the continent of {x} / the part of the world where {x} {v}",
        whole="I want to see {x}. Which continent is that? / {X}: which continent?",
        held="{X} {v} on which continent? / Where in the world {v} {x}? / "
        "To which continent do I go for {x}?",
        brief="In {y}.", weight=0.7,
    ),
    one_of(
        "city-or-country", "earth", "{X} is a {y}.", _SORTS,
        question="is {x} a city, a country or a continent",
        statement="{x} is a city, a country or a continent", subject="{x}",
        options="city, country or continent",
        direct="is {x} a country or a city / would you call {x} a city or a country",
        whole="Is {x} a continent or a country?", brief="A {y}.",
    ),
    asked(
        "compass", "earth", "When you look {x}, {y} is {z} you.", _COMPASS, expect=", {y} is",
        direct="if I look {x}, what is {z} me / which direction is {z} me when I look {x} / "
        "what direction is {z} you when you look {x} / when I face {x}, what is {z} me",
        clause="which direction is {z} me when I look {x} / what is {z} me if I face {x}",
        noun="the direction {z} me when I look {x}",
        whole="I look {x}. What is {z} me? / I stand and look {x}. Which direction is {z} me? / "
        "I am facing {x}. What direction is {z} me?",
        held="You look {x}. What is {z} you? / I walk {x}. Which direction is {z} me?",
        weight=0.6,
    ),
    asked(
        "record", "earth", "The {x} is {y}.", _RECORDS,
        of="the {x} / the name of the {x}",
        direct="which is the {x} / which one is the {x} / what do you call the {x}",
        clause="which one is the {x}",
        whole="I am looking for the {x}. What is it? / It is the {x}. What is it? / "
        "The {x} of all is what?",
        held="Can you name the {x} of all? / The {x}: which one is it?",
    ),
    asked(
        "comes-from", "earth", "{X} comes from {y}.", _FROM,
        direct="where does {x} come from / from which country does {x} come / "
        "which country does {x} come from / in which country did {x} begin",
        clause="where {x} comes from / which country {x} comes from",
        noun="the home country of {x} / the country {x} comes from",
        whole="{X} comes from which country? / I like {x}. Which country does it come from? / "
        "Which country gave us {x}?",
        held="What is the home of {x}? / {X} is from where? / Who gave {x} to the world?",
        brief="From {y}.", weight=0.8,
    ),
    asked(
        "season-of", "sky", "In {y} {x}.", _SEASONS, expect="in {y}",
        direct="in which season do we see this: {x} / what season is it when {x} / "
        "in what time of the year is it that {x} / which season is it when {x}",
        clause="in which season {x} / what season it is when {x}",
        noun="the season when {x} / the time of the year when {x}",
        whole="{X}. Which season is it? / It is the time when {x}. Which season is that? / "
        "When {x}, what season is it?",
        held="{X}. What time of the year is it? / Which season do we have when {x}? / "
        "I see that {x}. What is the season?",
        brief="In {y}.",
    ),
    one_of(
        "warm-place", "sky", "It is {y} {x}.", _WARMTH,
        question="is it hot or cold {x}", statement="it is hot or cold {x}",
        subject="how it is {x}", options="hot or cold",
        direct="how is it {x}, hot or cold / what is it like {x}, cold or hot",
        whole="I am {x}. Is it hot or cold?", held="Would I feel hot or cold {x}?", weight=0.7,
    ),
    yes_or_no(
        "earth-claims", "earth",
        claims("is:the Earth:round:yes; is:the Earth:flat:no; is:sea water:salty:yes; "
               "is:river water:salty:no; is:Africa:a continent:yes; is:Europe:a country:no; "
               "is:the Pacific:an ocean:yes; is:the Sahara:a desert:yes; is:the Nile:a river:yes; "
               "is:the Amazon:a desert:no; is:Greenland:an island:yes; is:Iceland:an island:yes; "
               "is:Poland:an island:no; is:Antarctica:warm:no; is:a hill:higher than a mountain:no; "
               "is:a village:smaller than a city:yes; is:an ocean:bigger than a lake:yes; "
               "is:a volcano:a mountain:yes; are:the Alps:mountains:yes; is:London:in France:no; "
               "is:Paris:in France:yes; is:Rome:in Italy:yes; is:Berlin:in Spain:no"),
        weight=0.8,
    ),
    compared(
        "bigger-place", "earth", "bigger",
        "a house; a street; a village; a city; a country; a continent; the Earth",
        weight=0.7,
    ),
)  # fmt: skip
