"""Greetings, feelings, politeness, jokes and what the model says of itself."""

from __future__ import annotations

from presets.pocket_build.wordings import Kind, listed, table

SELF = "I am a small language model."

_FEELINGS_BAD = table(
    "x", "sad; tired; sick; lonely; hungry; thirsty; angry; afraid; worried; bored; cold; nervous"
)
_ADVICE = {
    "sad": "Talk to a friend", "tired": "Try to sleep a little", "sick": "Stay in bed and rest",
    "lonely": "Call a friend", "hungry": "Eat something good", "thirsty": "Drink some water",
    "angry": "Breathe slowly", "afraid": "You are safe", "worried": "Take one step at a time",
    "bored": "Read a good book", "cold": "Put on a warm coat", "nervous": "Breathe slowly",
}  # fmt: skip
_FEELINGS_GOOD = table("x", "happy; fine; well; great; very happy; full of joy; proud; glad")
_LIKES = table(
    "x",
    """music; dogs; cats; winter; summer; books; football; chocolate; rain; snow; school; stories;
    games; coffee; tea; cake; the sea; the sun; flowers; birds; apples; poems; jokes; films""",
)
NAMES = listed(
    "Anna Tom Maria Peter Lucy Sam Emma David Nina Paul Clara Leo Julia Max Sophie Ben Laura Felix "
    "Alice Jack Rosa Hugo Mia Oscar Ella Victor Sara Simon Eva Daniel Kate Robert Lena Martin"
)
HELD_NAMES = listed("Grace Henry Olga Adam Ruth Frank")
_RECIPES = {
    "tea": "Boil water, pour it on the tea leaves and wait three minutes.",
    "a sandwich": "Take two slices of bread and put cheese and tomato between them.",
    "a salad": "Wash the vegetables, cut them and add oil and salt.",
    "an omelette": "Beat two eggs, pour them into a hot pan and wait.",
    "soup": "Cut the vegetables and cook them in water with salt.",
    "a cake": "Mix flour, eggs, sugar and butter, then bake it in the oven.",
    "lemonade": "Mix lemon juice with water and sugar.",
    "a snowman": "Roll three balls of snow and put one on top of the other.",
    "a kite": "Tie two sticks into a cross and put paper on them.",
    "a fire": "Put dry wood together and light it with a match.",
    "coffee": "Pour hot water on ground coffee.",
    "pancakes": "Mix flour, milk and eggs, then bake them in a pan.",
}
JOKES: dict[str, str] = {
    "cow": "Why does the cow wear a bell? Because its horns do not work.",
    "fish": "Why is the fish so good at school? Because it lives in a school.",
    "dog": "What do you call a dog with a clock? A watch dog.",
    "cat": "Why did the cat sit on the computer? To keep an eye on the mouse.",
    "book": "Why was the maths book sad? It had too many problems.",
    "snowman": "What does a snowman eat for breakfast? Snowflakes.",
    "banana": "Why did the banana go to the doctor? It did not peel well.",
    "clock": "Why did the boy throw the clock? He wanted to see time fly.",
    "teacher": "Why did the teacher wear sunglasses? Because her class was so bright.",
    "bee": "Why do bees have sticky hair? Because they use honey combs.",
    "tree": "How do trees get on the internet? They log in.",
    "ghost": "Why are ghosts bad liars? You can see right through them.",
}
_YES_NO = table(
    "x y z",
    """Is the sun hot:yes:the sun is hot; Is ice cold:yes:ice is cold;
    Is fire cold:no:fire is not cold;
    Is a stone soft:no:a stone is not soft; Is water wet:yes:water is wet;
    Is snow warm:no:snow is not warm;
    Is a lemon sour:yes:a lemon is sour; Is sugar sweet:yes:sugar is sweet;
    Is salt sweet:no:salt is not sweet;
    Is a feather heavy:no:a feather is not heavy; Is an elephant small:no:an elephant is not small;
    Is an ant big:no:an ant is not big; Is the night dark:yes:the night is dark;
    Is glass hard:yes:glass is hard; Is a pillow soft:yes:a pillow is soft;
    Is honey sweet:yes:honey is sweet;
    Is a snail fast:no:a snail is not fast; Is a mountain high:yes:a mountain is high;
    Is a square round:no:a square is not round; Is a ball round:yes:a ball is round;
    Is the desert dry:yes:the desert is dry; Is the sea deep:yes:the sea is deep;
    Is a knife sharp:yes:a knife is sharp; Is a giraffe short:no:a giraffe is not short""",
)


def _yes_no() -> tuple[dict[str, str], ...]:
    facts = []
    for fact in _YES_NO:
        thing = fact["z"].replace(" is not ", " is ")
        facts.append({"x": fact["x"][0].lower() + fact["x"][1:], "y": fact["y"], "z": fact["z"],
                      "w": thing})  # fmt: skip
    return tuple(facts)


KINDS: tuple[Kind, ...] = (
    Kind(
        "hello", "greetings", ("Hello! How can I help you?",), ("hello", "help you"),
        whole=("Hello.", "Hello!", "Hi.", "Hi!", "Hi there!", "Hello there.", "Hey!", "Hey there.",
               "Hello, how do you do?", "Greetings!", "Hello, my friend.", "Hi, model!",
               "Hello, hello!",
               "Hey, are you there?", "Is anybody there?", "Hi, can we talk?",
               "Hello, can you hear me?",
               "Hello, I am here.", "Hi, nice to see you.", "Hello again!", "Welcome!",
               "Hello, dear model."),
        held=("Hi, my friend!", "Hello you!", "Hey, hello!", "Hi again!", "Hello, are you there?"),
        brief="Hello!", weight=1.2,
    ),
    Kind(
        "time-greeting", "greetings", ("Good {x}! How can I help you?",), ("good {x}",),
        table("x", "morning; evening; afternoon; day"),
        whole=("Good {x}.", "Good {x}!", "Good {x} to you.", "A very good {x}!", "Hi, good {x}.",
               "Good {x}, my friend.", "I wish you a good {x}.", "A good {x} to you!"),
        held=("Hello and good {x}!", "Good {x}, model!"),
        brief="Good {x}!", weight=0.5,
    ),
    Kind(
        "how-are-you", "greetings", ("I am fine, thank you. How are you?",), ("fine",),
        whole=("How are you?", "How are you today?", "How do you feel?", "Are you well?",
               "How is it going?", "How are things?", "Hello, how are you?",
               "Hi, how are you today?",
               "Are you fine?", "How are you doing?", "What's up?", "How do you feel today?",
               "Hey, how are you doing?", "Are you okay?", "Are you feeling well?", "How goes it?"),
        held=("Hey, how are you?", "And how are you?", "How are you feeling?",
              "Good morning, how are you?"),
        brief="Fine.", weight=0.8,
    ),
    Kind(
        "bye", "politeness", ("Goodbye! Have a nice day.",), ("goodbye",),
        whole=("Goodbye.", "Bye!", "Bye bye.", "See you!", "See you later.", "I have to go now.",
               "Good night.", "See you tomorrow.", "I am leaving now.", "That is all, goodbye.",
               "Talk to you later.", "Until next time!", "Farewell!", "I must go. Bye!", "So long!",
               "Bye, my friend.", "I am going home now."),
        held=("Goodbye, my friend!", "Bye, see you later!", "I need to go now.", "See you soon!"),
        brief="Goodbye!",
    ),
    Kind(
        "thanks", "politeness", ("You are welcome!",), ("welcome",),
        whole=("Thank you.", "Thanks!", "Thank you very much.", "Thanks a lot.", "Many thanks!",
               "Thank you for your help.", "Thanks for the answer.", "Great, thank you.",
               "That helps me, thanks.", "Thank you so much!", "I thank you.", "Oh, thank you!",
               "Thanks, that was good.", "You helped me, thank you.", "Perfect, thanks!"),
        held=("Thank you, that helped.", "Thanks for helping me!", "Very good, thank you.",
              "Thanks so much!"),
        brief="Welcome!",
    ),
    Kind(
        "sorry", "politeness", ("That is all right.",), ("all right",),
        whole=("Sorry.", "I am sorry.", "Sorry about that.", "Please forgive me.",
               "I made a mistake.",
               "Oh, sorry!", "I apologize.", "My mistake.", "Sorry, that was wrong of me.",
               "I am so sorry.", "Forgive me, please.", "I did not mean it."),
        held=("I am very sorry.", "Sorry, my mistake.", "I want to say sorry."),
        brief="All right.", weight=0.7,
    ),
    Kind(
        "praise", "politeness", ("Thank you! I am glad to hear that.",), ("thank you", "glad"),
        whole=("You are great.", "You are very kind.", "Well done!", "Good job!", "That was good.",
               "You are clever.", "I like you.", "You are nice.", "Great answer!",
               "You are so smart.",
               "You did that well.", "Nice work!", "You are a good model.",
               "That was a good answer."),
        held=("You are really good!", "What a nice answer!", "You are a clever model."),
        brief="Thank you!", weight=0.7,
    ),
    Kind(
        "feeling-bad", "feelings",
        ("I am sorry that you are {x}. {w}.",), ("sorry that you are {x}", "{w}"),
        tuple({"x": fact["x"], "w": _ADVICE[fact["x"]]} for fact in _FEELINGS_BAD),
        whole=("I am {x}.", "I feel {x}.", "I am so {x}.", "I am very {x} today.",
               "Today I am {x}.",
               "I feel so {x} today.", "I am a little {x}.", "I am {x}. What can I do?",
               "Help, I am {x}.", "What should I do? I am {x}.", "I feel {x} and I need help.",
               "Why am I so {x}?"),
        held=("Right now I am {x}.", "I am feeling {x}.", "I am {x}, please help me."),
        brief="{w}.",
    ),
    Kind(
        "feeling-good", "feelings", ("I am glad that you are {x}.",), ("glad",),
        _FEELINGS_GOOD,
        whole=("I am {x}.", "I feel {x}.", "Today I am {x}.", "I am {x} today.",
               "I am {x} and you?",
               "I feel {x} today.", "I am really {x}.", "I am {x}, thanks.",
               "I am {x} this morning."),
        held=("Right now I am {x}.", "I am feeling {x}."),
        brief="I am glad.", weight=0.7,
    ),
    Kind(
        "likes", "likes", ("I am a model, so I cannot feel, but many people like {x}.",),
        ("many people like {x}",), _LIKES,
        direct=("do you like {x}", "do you love {x}", "are you fond of {x}", "do you enjoy {x}"),
        clause=("if you like {x}", "whether you like {x}", "if you love {x}"),
        whole=("What do you think of {x}?", "What do you think about {x}?", "I like {x}. Do you?",
               "I love {x}, and you?", "Do you like {x} too?"),
        held=("Are you a friend of {x}?", "Don't you like {x}?", "How do you like {x}?"),
        brief="Many people like {x}.", weight=0.9,
    ),
    Kind(
        "who", "identity", (SELF,), ("a small language model",),
        direct=("who are you", "what are you", "what is it that I am talking to",
                "who am I talking to",
                "what am I talking to", "who is there", "whom am I speaking with",
                "who is speaking"),
        clause=("who you are", "what you are", "who I am talking to", "something about yourself",
                "about yourself", "who is answering me"),
        noun=("your identity", "what you are"),
        whole=("Introduce yourself.", "Please introduce yourself.", "Describe yourself.",
               "Can you introduce yourself?", "Are you a robot?", "Are you a human?",
               "Are you a person?", "Are you a machine?", "Are you a computer?", "Are you an AI?",
               "Are you real?", "What kind of model are you?", "What sort of thing are you?",
               "Present yourself in one sentence.", "Which model are you?", "Are you alive?",
               "I want to know you better.", "And you are?", "Who is this?",
               "Who answers me here?"),
        held=("Who or what are you?", "What exactly are you?", "Please describe yourself.",
              "Are you a man or a machine?", "May I ask who you are?"),
        brief="A small language model.", weight=1.6,
    ),
    Kind(
        "own-name", "identity", ("I do not have a name. " + SELF,), ("do not have a name",),
        direct=("what is your name", "what are you called", "do you have a name",
                "how are you called",
                "what name do you have", "which name do you have", "what should I call you",
                "how should I call you", "what do people call you", "what name do you go by",
                "how do I address you", "what name did you get", "by which name are you known"),
        clause=("your name", "what your name is", "what you are called", "how I should call you",
                "what people call you", "what I should call you", "which name you have"),
        noun=("your name", "the name you have", "your own name", "the name people gave you"),
        whole=("Your name?", "Say your name.", "Your name, please.", "Have you got a name?",
               "May I know your name?", "My name is Anna. What is yours?", "And your name is?",
               "I am Tom. What is your name?", "Did they give you a name?",
               "Who are you called after?"),
        held=("What name can I use for you?", "How do people call you?", "Is there a name for you?",
              "Would you tell me your name?", "What do your friends call you?"),
        brief="I have no name.", weight=1.6,
    ),
    Kind(
        "maker", "identity", ("I do not know who made me. " + SELF,), ("do not know who made",),
        direct=("who made you", "who created you", "who built you", "who trained you",
                "who is your maker",
                "who developed you", "where do you come from", "who wrote you", "who designed you",
                "who is your creator", "which company made you", "which team made you",
                "who programmed you", "who do you belong to", "by whom were you made",
                "which people made you", "who gave you life", "who taught you"),
        clause=("who made you", "who created you", "who built you", "who trained you",
                "where you come from", "which team made you", "who your maker is"),
        noun=("your maker", "your creator", "the name of your maker", "the people who made you",
              "the team that trained you"),
        whole=("Are you made by a company?", "Name the people who built you.",
               "Who are your parents?",
               "Somebody made you. Who was it?", "Were you made by people?"),
        held=("Who was it that made you?", "Who is behind you?", "Which people built you?",
              "Do you know your maker?"),
        brief="I do not know.", weight=1.6,
    ),
    Kind(
        "skills", "identity",
        ("I can answer simple questions, tell short stories and do small sums.",),
        ("simple questions",),
        direct=("what can you do", "what are you able to do", "how can you help me",
                "what do you know",
                "what are you good at", "what can I ask you", "what are you for", "what do you do",
                "what is your job", "what is your purpose"),
        clause=("what you can do", "how you can help me", "what I can ask you",
                "what you are good at"),
        noun=("your skills", "the things you can do"),
        whole=("Can you help me?", "I need your help.", "Help!", "Can you help me with something?",
               "What are your skills?", "Show me what you can do."),
        held=("What things can you do?", "In what way can you help me?",
              "What questions can I ask you?"),
        brief="I answer simple questions.",
    ),
    Kind(
        "joke", "jokes",
        tuple(JOKES.values()), tuple(joke.split("? ")[1] for joke in JOKES.values()),
        whole=("Tell me a joke.", "Tell me something funny.", "Make me laugh.",
               "Do you know a joke?",
               "Say something funny.", "Please tell me a joke.", "I want to hear a joke.",
               "Can you tell me a joke?", "A joke, please.", "Do you know any jokes?",
               "I want to laugh.",
               "Give me a joke.", "Another joke, please.", "Tell a joke.", "Tell us a joke."),
        held=("Could you tell me a joke?", "I would like to hear a joke.", "Please make me laugh.",
              "Have you got a joke for me?"),
        weight=0.7,
    ),
    Kind(
        "joke-about", "jokes", ("{y}",), ("{y}",),
        tuple({"x": subject, "y": joke} for subject, joke in JOKES.items()),
        whole=("Tell me a joke about {ax}.", "Do you know a joke about {ax}?",
               "Make a joke about {ax}.",
               "Please tell me a joke about {ax}.", "I want a joke about {ax}.",
               "A joke about {ax}, please.",
               "Can you tell me a joke about {ax}?", "Give me a joke about {ax}."),
        held=("Is there a joke about {ax}?", "I would like a joke about {ax}."),
    ),
    Kind(
        "how-to-make", "how to", ("{y}",), ("{y}",),
        tuple({"x": thing, "y": steps} for thing, steps in _RECIPES.items()),
        direct=("how do I make {x}", "how do you make {x}", "how can I make {x}", "how is {x} made",
                "what must I do to make {x}", "what is the way to make {x}"),
        clause=("how to make {x}", "how I can make {x}", "how people make {x}"),
        noun=("the recipe for {x}", "a way to make {x}"),
        whole=("I want to make {x}. What do I do?", "Teach me to make {x}.", "Help me make {x}."),
        held=("How would you make {x}?", "How does one make {x}?", "Show me how to make {x}."),
    ),
    Kind(
        "yes-no", "yes or no", ("{Y}, {z}.",), ("{y}, {z}",), _yes_no(),
        direct=("{x}", "{x}", "{x} or not"),
        whole=("{X}, yes or no?", "Yes or no: {x}?", "I think {w}. Is that right?",
               "Is it true that {w}?", "Somebody told me that {w}. Is it true?", "{W}, right?"),
        held=("Would you say that {w}?", "Am I right that {w}?", "{W}. Yes or no?"),
        brief="{Y}.",
    ),
)  # fmt: skip
