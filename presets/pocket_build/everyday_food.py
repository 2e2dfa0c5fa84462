"""Food and drink: tastes, dishes, cooking and eating."""

from __future__ import annotations

from presets.pocket_build.wordings import Kind, table

_TASTES = table(
    "x y",
    """
    sugar:sweet; honey:sweet; chocolate:sweet; jam:sweet; a cake:sweet; a ripe pear:sweet;
    ice cream:sweet; candy:sweet; syrup:sweet; a ripe mango:sweet; a lemon:sour; vinegar:sour;
    a lime:sour; a pickle:sour; a grapefruit:sour; salt:salty; sea water:salty; ham:salty;
    soy sauce:salty; a salted peanut:salty; black coffee:bitter; dark beer:bitter; medicine:bitter;
    chilli:hot; pepper:hot; a curry:hot; mustard:hot
    """,
)
_RAW = table(
    "x y",
    """
    potatoes:cooked; rice:cooked; pasta:cooked; pumpkins:cooked; lentils:cooked; chickpeas:cooked;
    noodles:cooked; kidney beans:cooked; sausages:cooked; chicken:cooked; pork:cooked;
    lettuce:raw; cucumbers:raw; melons:raw; strawberries:raw; grapes:raw; radishes:raw;
    oranges:raw; bananas:raw; kiwis:raw; raspberries:raw
    """,
)
_COURSES = table(
    "x y",
    """
    tomato soup:a starter; a small salad:a starter; garlic bread:a starter; clear soup:a starter;
    onion soup:a starter; roast beef:a main course; a steak:a main course; lasagne:a main course;
    fried fish:a main course; roast chicken:a main course; a curry:a main course;
    ice cream:a dessert; apple pie:a dessert; chocolate cake:a dessert; fruit salad:a dessert;
    pudding:a dessert; cheesecake:a dessert; tiramisu:a dessert
    """,
)
_INGREDIENTS = table(
    "x y",
    """
    French fries:potatoes; sushi:rice; guacamole:avocados; hummus:chickpeas; porridge:oats;
    apple pie:apples; risotto:rice; paella:rice; meatballs:meat; tofu:soy beans; popcorn:corn;
    marzipan:almonds; peanut butter:peanuts; cheesecake:cheese; spaghetti:flour; pizza dough:flour;
    coleslaw:cabbage; sauerkraut:cabbage; pickles:cucumbers; a burger:meat; tomato soup:tomatoes;
    orange juice:oranges; onion rings:onions; scrambled eggs:eggs; crisps:potatoes;
    applesauce:apples; toast:bread; whipped cream:cream
    """,
)
_ORIGINS = table(
    "x y",
    """
    pizza:Italy; lasagne:Italy; risotto:Italy; sushi:Japan; paella:Spain; the croissant:France;
    the baguette:France; the taco:Mexico; guacamole:Mexico; goulash:Hungary; borscht:Ukraine;
    feta cheese:Greece; moussaka:Greece; kimchi:Korea; fondue:Switzerland; pho:Vietnam;
    pad thai:Thailand; haggis:Scotland; sauerkraut:Germany; the kebab:Turkey; ceviche:Peru;
    roast Peking duck:China; apple strudel:Austria; gazpacho:Spain; parmesan cheese:Italy;
    gouda cheese:Holland
    """,
)
_COOKED_IN = table(
    "x y",
    """
    soup:a pot; pasta:a pot; rice:a pot; porridge:a pot; jam:a pot; pancakes:a pan;
    an omelette:a pan;
    fried eggs:a pan; bread:the oven; a cake:the oven; pizza:the oven; biscuits:the oven;
    lasagne:the oven; apple pie:the oven
    """,
)
_EATEN_WITH = table(
    "x y",
    """
    a steak:a knife and a fork; a pork chop:a knife and a fork; yogurt:a spoon; cereal:a spoon;
    porridge:a spoon; pudding:a spoon; spaghetti:a fork; salad:a fork; mashed potatoes:a fork;
    sushi:chopsticks; a sandwich:your hands; an apple:your hands; a burger:your hands;
    a cookie:your hands; an ice cream cone:your hands; popcorn:your hands; jelly:a spoon
    """,
)
_DRUNK_FROM = table(
    "x y",
    """
    tea:a cup; coffee:a cup; water:a glass; juice:a glass; wine:a wine glass; lemonade:a glass;
    hot chocolate:a mug; champagne:a champagne glass; espresso:a small cup; beer:a beer mug
    """,
)
_TOPPINGS = table(
    "x y",
    """
    bread:butter; toast:jam; a pizza:cheese; pancakes:syrup; French fries:salt;
    a salad:oil and vinegar;
    spaghetti:tomato sauce; a birthday cake:candles; a hot dog:mustard; hot chocolate:whipped cream;
    a cracker:cheese; waffles:sugar; sushi:soy sauce; popcorn:salt
    """,
)
_STORED = table(
    "x y",
    """
    ice cream:the freezer; ice cubes:the freezer; frozen peas:the freezer; frozen fish:the freezer;
    milk:the fridge; butter:the fridge; cheese:the fridge; fresh meat:the fridge; yogurt:the fridge;
    cream:the fridge; ham:the fridge; flour:the cupboard; sugar:the cupboard; rice:the cupboard;
    pasta:the cupboard; salt:the cupboard; tea:the cupboard; bread:the bread box;
    pepper:the spice rack; cinnamon:the spice rack; potatoes:the cellar; old wine:the cellar
    """,
)
_DRINK_OF = table(
    "x y",
    """
    grapes:wine; oranges:orange juice; lemons:lemonade; coffee beans:coffee; tea leaves:tea;
    barley:beer; apples:apple juice; milk and ice cream:a milkshake; cocoa and milk:hot chocolate;
    tomatoes:tomato juice; agave plants:tequila; fruit and milk:a smoothie
    """,
)
_COOKS_DO = table(
    "x y",
    """
    dough:knead; potatoes:peel; water:boil; hard cheese:grate; cream:whip; cakes:bake;
    eggs:beat; onions:chop; oranges:squeeze; bread:slice; soup:stir; fish:fry; meat:roast;
    lettuce:wash; nuts:crack; coffee beans:grind; flour:sift; sausages:grill; butter:melt;
    bananas:mash
    """,
)
_SERVED = table(
    "x y",
    """
    tea:hot; chicken soup:hot; cocoa:hot; pizza:hot; pancakes:hot; mulled wine:hot; porridge:hot;
    roast potatoes:hot; ice cream:cold; lemonade:cold; milkshakes:cold; champagne:cold;
    fruit salad:cold; yogurt:cold; orange juice:cold; white wine:cold; sushi:cold
    """,
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "taste", "food", ("{X} tastes {y}.",), ("tastes {y}",), _TASTES,
        direct=("how does {x} taste", "what does {x} taste like", "what taste does {x} have",
                "what is the taste of {x}", "does {x} taste sweet, sour, salty, bitter or hot"),
        clause=("how {x} tastes", "what {x} tastes like", "what taste {x} has"),
        noun=("the taste of {x}", "the taste that {x} has"),
        whole=("I put {x} into my mouth. How does it taste?",
               "{X}: sweet, sour, salty, bitter or hot?"),
        held=("Which taste does {x} have?", "How would you say {x} tastes?", "{X} tastes how?"),
        brief="{Y}.",
    ),
    Kind(
        "raw", "food", ("People eat {x} {y}.",), ("{x} {y}",), _RAW,
        direct=("do people eat {x} raw or cooked", "do you eat {x} raw or cooked",
                "how do people eat {x}, raw or cooked", "do we mostly eat {x} cooked or raw"),
        clause=("if people eat {x} raw or cooked", "whether to eat {x} cooked or raw"),
        whole=("{X}: raw or cooked?", "Raw or cooked: how do you eat {x}?",
               "I have {x}. Do I eat that raw or cooked?", "Must I cook {x}, or eat {x} raw?"),
        held=("Does one eat {x} raw or cooked?", "Should {x} be cooked or raw?",
              "Should I eat {x} raw or cooked?"),
        brief="{Y}.", weight=0.8,
    ),
    Kind(
        "course", "food", ("{X} is {y}.",), ("{y}",), _COURSES,
        direct=("is {x} a starter, a main course or a dessert", "which course is {x}",
                "which part of a meal is {x}", "what course of a meal is {x}",
                "is {x} a dessert or a starter or a main course"),
        clause=("which course {x} is", "which part of a meal {x} is"),
        noun=("the course that {x} is", "the part of a meal that {x} is"),
        whole=("{X}: starter, main course or dessert?",
               "The waiter brings {x}. Which course is it?"),
        held=("As which course do you eat {x}?", "{X} is which part of a meal?",
              "What is {x}, a starter, a main course or a dessert?"),
        brief="{Y}.", topic="dish", weight=0.8,
        follow=("which course is it", "which part of a meal is it"),
    ),
    Kind(
        "ingredient", "food", ("You make {x} with {y}.",), ("{y}",), _INGREDIENTS,
        direct=("what is the main ingredient of {x}", "what do you make {x} with",
                "which ingredient is the most important in {x}", "what is mainly in {x}",
                "which food do you need for {x}"),
        clause=("what the main ingredient of {x} is", "what you make {x} with"),
        noun=("the main ingredient of {x}", "the most important ingredient of {x}"),
        whole=("I want to cook {x}. What must I buy?", "Main ingredient of {x}?",
               "I am cooking {x} tonight. Which food do I need most?"),
        held=("{X} has which main ingredient?", "Which food is mainly in {x}?",
              "Without which food can you not make {x}?"),
        brief="{Y}.", topic="dish",
        follow=("what is the main ingredient of it", "what do you make it with"),
    ),
    Kind(
        "dish-origin", "food", ("{X} comes from {y}.",), ("from {y}",), _ORIGINS,
        direct=("which country does {x} come from", "from which country is {x}",
                "what country is {x} from", "where was {x} first made",
                "which country gave us {x}"),
        clause=("which country {x} comes from", "from which country {x} is"),
        noun=("the country {x} comes from", "the home country of {x}"),
        whole=("{X}: from which country is it?", "I love {x}. Which country is it from?"),
        held=("In which country did people first eat {x}?", "{X} comes from what country?",
              "Which country is famous for {x}?"),
        brief="{Y}.", topic="dish",
        follow=("which country is it from", "which country does it come from"),
    ),
    Kind(
        "cooked-in", "food", ("You make {x} in {y}.",), ("in {y}",), _COOKED_IN,
        direct=("what do you make {x} in", "in what do you make {x}", "in what do people cook {x}",
                "do you make {x} in a pot, in a pan or in the oven"),
        clause=("what to make {x} in", "what people make {x} in"),
        noun=("the thing you make {x} in", "the right thing to make {x} in"),
        whole=("I want to make {x}. In what?", "Where in the kitchen do I make {x}?",
               "{X}: in a pot, in a pan or in the oven?"),
        held=("What should I make {x} in?", "For {x}, do I take a pot, a pan or the oven?",
              "People make {x} in what?"),
        brief="In {y}.", topic="dish",
        follow=("what do you make it in",),
    ),
    Kind(
        "eaten-with", "food", ("You eat {x} with {y}.",), ("with {y}",), _EATEN_WITH,
        direct=("what do you eat {x} with", "with what should I eat {x}", "how do you eat {x}",
                "what do I take to eat {x} at the table"),
        clause=("what to eat {x} with", "how people eat {x}", "what people eat {x} with"),
        noun=("the thing you eat {x} with", "the right thing to eat {x} with"),
        whole=("There is {x} in front of me. What do I eat it with?", "{X} is eaten with what?"),
        held=("With which thing do people eat {x}?", "{X} is on my plate. How do I eat it?"),
        brief="With {y}.", topic="dish",
        follow=("what do you eat it with", "how do you eat it"),
    ),
    Kind(
        "drunk-from", "food", ("You drink {x} from {y}.",), ("from {y}",), _DRUNK_FROM,
        direct=("what do you drink {x} from", "from what do you drink {x}",
                "what do people drink {x} out of", "what do you pour {x} into before you drink it"),
        clause=("what people drink {x} from", "what to drink {x} from"),
        noun=("the thing you drink {x} from", "the right thing to drink {x} from"),
        whole=("I want to drink {x}. From what?", "{X} is served in what?"),
        held=("In what do you serve {x}?", "Out of what do you drink {x}?"),
        brief="From {y}.", weight=0.8,
    ),
    Kind(
        "topping", "food", ("People put {y} on {x}.",), ("{y} on",), _TOPPINGS,
        direct=("what do people put on {x}", "what do you put on {x}", "what goes on {x}",
                "what should I put on {x}", "what is good on {x}"),
        clause=("what people put on {x}", "what goes on {x}", "what to put on {x}"),
        noun=("a good thing to put on {x}", "the thing that goes on {x}"),
        whole=("What would you like on {x}?", "I have {x}. What do I put on top?"),
        held=("What tastes good on {x}?", "On {x} we put what?", "What can I add on top of {x}?"),
        brief="{Y}.",
    ),
    Kind(
        "stored", "food", ("Store {x} in {y}.",), ("in {y}",), _STORED,
        direct=("where should I store {x}", "where do you store {x}",
                "where in the house do I store {x}",
                "where does {x} stay fresh", "what is the right place for {x}"),
        clause=("where to store {x}", "where people store {x}"),
        noun=("the right place for {x}", "the place to store {x}"),
        whole=("I bought {x}. Where do I put it?",
               "I come from the shop with {x}. Where does it go?"),
        held=("In which place is {x} stored?", "Where is {x} put after shopping?",
              "Fridge, freezer, cupboard or what, for {x}?"),
        brief="In {y}.",
    ),
    Kind(
        "drink-of", "food", ("People make {y} from {x}.",), ("make {y}",), _DRINK_OF,
        direct=("which drink do people make from {x}", "what drink is made from {x}",
                "which drink is made from {x}", "what can you drink that is made from {x}"),
        clause=("which drink people make from {x}", "what drink is made from {x}"),
        noun=("a drink made from {x}", "the drink that is made from {x}"),
        whole=("I have {x}. Which drink can I make?", "From {x} you make which drink?"),
        held=("What do you get to drink from {x}?", "{X} can become which drink?"),
        brief="{Y}.", weight=0.7,
    ),
    Kind(
        "cooks-do", "food", ("Cooks {y} {x}.",), ("cooks {y}",), _COOKS_DO,
        direct=("what do cooks do with {x}", "what does a cook do with {x}",
                "what do people do with {x} in the kitchen",
                "what is done with {x} in the kitchen"),
        clause=("what cooks do with {x}", "what people do with {x} in the kitchen"),
        noun=("the thing cooks do with {x}", "the word for what cooks do with {x}"),
        whole=("I am in the kitchen with {x}. What do I do?", "A cook has {x}. What happens next?"),
        held=("In cooking, what do you do with {x}?", "What happens to {x} in a kitchen?"),
        brief="{Y}.",
    ),
    Kind(
        "served", "food", ("People serve {x} {y}.",), ("{x} {y}",), _SERVED,
        direct=("do people serve {x} hot or cold", "do you serve {x} cold or hot",
                "how do people serve {x}, hot or cold"),
        clause=("if people serve {x} hot or cold", "whether to serve {x} hot or cold"),
        whole=("Hot or cold: how do I serve {x}?", "I serve {x}. Should it be hot or cold?",
               "Serve {x} hot or cold?", "Should I bring {x} hot or cold to the table?"),
        held=("At the table, is {x} better hot or cold?", "How should one serve {x}, cold or hot?"),
        brief="{Y}.", weight=0.7,
    ),
)  # fmt: skip
