"""The town: shops, places, vehicles, signs, money and whom to call."""

from __future__ import annotations

from presets.pocket_build.wordings import Kind, table, unique

_SHOPS = table(
    "x y",
    """
    fresh bread:a bakery; sausages:a butcher shop; medicine:a pharmacy; novels:a bookshop;
    roses:a flower shop; stamps:a post office; boots:a shoe shop; toys:a toy shop;
    gold rings:a jewellery shop; petrol:a petrol station; newspapers:a newsstand;
    goldfish:a pet shop; nails and screws:a hardware shop; sofas:a furniture shop;
    glasses:an optician's shop; vegetables:a market; shirts:a clothes shop;
    train tickets:a railway station; guitars:a music shop; tennis rackets:a sports shop;
    pens and paper:a stationery shop; ice cream cones:an ice cream parlour;
    old furniture:an antique shop; bicycles:a bicycle shop; film tickets:a cinema;
    sweets:a sweet shop
    """,
)
_PLACES = table(
    "x y",
    """
    a cinema:watch films; a theatre:watch plays; a swimming pool:swim; a library:borrow books;
    a museum:look at old things; a church:pray; a bank:put money away; a post office:send parcels;
    a gym:train their muscles; a restaurant:eat meals; a café:drink coffee; a hotel:spend the night;
    an airport:take a plane; a zoo:look at animals; a stadium:watch matches; a hospital:get well;
    a hair salon:get a haircut; a railway station:take a train; a playground:play with children;
    a market:buy vegetables; a disco:dance; a beach:lie in the sun; a laundry:have clothes washed;
    a garage:have cars repaired; a concert hall:listen to concerts; a harbour:board a ship;
    a petrol station:get petrol; a bus stop:wait for the bus; a court:see a judge
    """,
)
_CALLS = table(
    "x y",
    """
    a house is on fire:the fire brigade; a thief breaks in:the police; a pipe leaks:a plumber;
    you have a high fever:a doctor; a tooth hurts:a dentist; the dog is sick:a vet;
    the wires in the wall are broken:an electrician; the car breaks down:a mechanic;
    someone is badly hurt:an ambulance; the chimney is dirty:a chimney sweep;
    the watch is broken:a watchmaker; the walls need new paint:a painter;
    you need a ride to the station:a taxi; the piano is out of tune:a piano tuner;
    the wooden table is broken:a carpenter; you need someone to watch the baby:a babysitter
    """,
)
_VEHICLES = table(
    "x way driver stop load",
    """
    train:on rails:a train driver:a railway station:-; tram:on rails:a tram driver:a tram stop:-;
    ship:on water:a captain:a harbour:-; ferry:on water:-:a ferry port:cars and people;
    sailing boat:on water:a sailor:-:-; canoe:on water:-:-:-; submarine:under water:-:-:-;
    plane:in the air:a pilot:an airport:-; helicopter:in the air:a pilot:a helipad:-;
    hot-air balloon:in the air:-:-:-; rocket:in space:an astronaut:a launch pad:astronauts;
    car:on the road:-:a car park:-; bus:on the road:a bus driver:a bus stop:-;
    taxi:on the road:a taxi driver:a taxi rank:-; truck:on the road:a truck driver:-:goods;
    motorbike:on the road:a biker:-:-; sledge:on snow:-:-:-; snowmobile:on snow:-:-:-;
    tractor:-:a farmer:-:-; ambulance:on the road:a paramedic:-:sick people;
    fire engine:on the road:a firefighter:a fire station:-; bicycle:-:a cyclist:a bicycle stand:-;
    police car:on the road:a police officer:a police station:-; racing car:-:a racing driver:-:-;
    oil tanker:on water:-:-:oil; school bus:on the road:-:-:pupils; rubbish truck:-:-:-:rubbish;
    mail van:on the road:-:-:letters; pram:-:-:-:a baby; shopping trolley:-:-:-:groceries;
    cargo ship:on water:-:-:containers; cement mixer:-:-:-:cement; milk float:-:-:-:milk;
    fishing boat:on water:a fisherman:-:fish
    """,
)
_WHEELS = table(
    "x y",
    """
    motorbike:two; scooter:two; moped:two; pram:four; limousine:four; school van:four;
    skateboard:four; roller skate:four; shopping trolley:four; taxi:four; police car:four;
    racing car:four; wheelchair:four; rollerblade:four
    """,
)
_LIGHTS = table(
    "x y",
    """
    red traffic light:stop; yellow traffic light:get ready; green traffic light:go;
    red man at the crossing:wait; green man at the crossing:walk;
    red light on a machine:danger; blue flashing light on a car:make way
    """,
)
_SIGNS = table(
    "x y",
    """
    a skull:poison; a crossed-out cigarette:no smoking; a crossed-out dog:no dogs;
    the letter P:parking; a wheelchair:for disabled people; a knife and a fork:restaurant;
    a bed:hotel; a plane:airport; the letter i:information; a running man:emergency exit;
    a petrol pump:petrol station; a flame:it burns easily; a flash of lightning:high voltage;
    a leaping deer:wild animals; a snowflake:ice on the road; a crossed-out phone:no phones;
    a green cross:pharmacy; a broken glass:handle with care; three arrows in a circle:recycling
    """,
)
_MONEY = table(
    "x y",
    """
    you get for your work:wages; you pay for a flat:rent; you pay to the state:tax;
    you get back in a shop:change; you leave for the waiter:a tip; you borrow from a bank:a loan;
    children get every week:pocket money; is made of metal:a coin; is made of paper:a bank note;
    you put aside for later:savings; you pay for breaking a rule:a fine; you still owe:a debt;
    you pay for a bus ride:the fare; old people get every month:a pension;
    the winner gets:a prize; you give to the poor:a donation; the bank pays on savings:interest
    """,
)
_POST = table(
    "v x y",
    """
    stick:on a letter:a stamp; write:on an envelope:the address; tie:around a parcel:a string;
    write:at the top of a letter:the date; write:at the end of a letter:your name;
    send:from a holiday:a postcard; write:in the subject of an e-mail:the topic;
    write:in the corner of a parcel:the sender; put:in a letter box:letters
    """,
)


def _vehicles(key: str) -> tuple[dict[str, str], ...]:
    return tuple({"x": row["x"], "y": row[key]} for row in _VEHICLES if key in row)


KINDS: tuple[Kind, ...] = (
    Kind(
        "buy-where", "town", ("You can buy {x} at {y}.",), ("at {y}",), _SHOPS,
        direct=("where do you buy {x}", "where can I buy {x}", "where do people buy {x}",
                "which shop sells {x}", "in which shop do you get {x}", "where can I get {x}"),
        clause=("where to buy {x}", "where I can buy {x}", "which shop sells {x}"),
        noun=("the shop for {x}", "a shop that sells {x}", "the place to buy {x}"),
        whole=("I want to buy {x}. Where do I go?", "I need {x}. Which shop is right?"),
        held=("To buy {x}, where do I go?", "Who sells {x}, which shop?",
              "Is there a place where I can buy {x}?"),
        brief="At {y}.", weight=1.1,
    ),
    Kind(
        "shop-sells", "town", ("You can buy {x} at {y}.",), ("buy {x}",), unique(_SHOPS, "y"),
        direct=("what can you buy at {y}", "what can I buy at {y}", "what does {y} sell",
                "what do people buy at {y}", "what is sold at {y}"),
        clause=("what I can buy at {y}", "what {y} sells", "what people buy at {y}"),
        noun=("the things people buy at {y}", "the things {y} sells"),
        whole=("I go to {y}. What can I buy there?", "{Y} sells what?"),
        held=("What would I find for sale at {y}?", "People buy what at {y}?",
              "What is there to buy at {y}?"),
        brief="{X}.",
    ),
    Kind(
        "place-do", "town", ("People go to {x} to {y}.",), ("to {y}",), _PLACES,
        direct=("what do people do at {x}", "why do people go to {x}", "what can I do at {x}",
                "what do you do at {x}", "why would I go to {x}"),
        clause=("what people do at {x}", "why people go to {x}", "what I can do at {x}"),
        noun=("the reason to go to {x}", "the thing people do at {x}"),
        whole=("There is {x} in our town. What do people do there?",
               "My friend goes to {x}. What for?"),
        held=("For what do people visit {x}?", "What happens at {x}?", "{X} is good for what?"),
        brief="To {y}.",
    ),
    Kind(
        "place-for", "town", ("People go to {x} to {y}.",), ("to {x}",), _PLACES,
        direct=("where do people go to {y}", "which place do people visit to {y}",
                "to which place do people go to {y}", "where in town do people {y}"),
        clause=("where people go to {y}", "where in town people {y}"),
        noun=("the place where people {y}", "a place where people {y}",
              "the place in town where people {y}"),
        whole=("Some people want to {y}. Where do they go?", "People {y} at which place?",
               "My friends want to {y}. Which place is right?"),
        held=("At which place do people {y}?", "To {y}, where do people go?",
              "Which part of the town is there to {y}?"),
        brief="To {x}.",
    ),
    Kind(
        "call", "advice", ("When {x}, call {y}.",), ("call {y}",), _CALLS,
        direct=("who do you call when {x}", "whom do you call when {x}", "who can help when {x}",
                "who should be called when {x}", "who comes to help when {x}"),
        clause=("who to call when {x}", "whom to call when {x}", "who can help when {x}"),
        noun=("the right person to call when {x}", "the right help when {x}"),
        whole=("When {x}, who can help?", "{X}. Who do you call?", "If {x}, who do you phone?"),
        held=("Imagine that {x}. Who do you call?", "Who do you phone when {x}?",
              "When {x}, whose number do you need?"),
        brief="{Y}.",
    ),
    Kind(
        "vehicle-way", "vehicles", ("{Ax} travels {y}.",), ("{y}",), _vehicles("way"),
        direct=("where does {ax} travel", "where does {ax} move",
                "does {ax} travel on the road, on rails, on water or in the air",
                "on what does {ax} travel"),
        clause=("where {ax} travels", "on what {ax} travels"),
        noun=("the way {ax} travels", "the place where {ax} travels"),
        whole=("I see {ax}. Where does it travel?", "{Ax}: on rails, on the road or on water?",
               "{Ax} travels where?"),
        held=("Where would you see {ax} on its way?", "How does {ax} travel: in the air or where?",
              "What does {ax} travel on or in?"),
        follow=("where does it travel", "on what does it travel"),
        brief="{Y}.", topic="vehicle",
    ),
    Kind(
        "vehicle-driver", "vehicles", ("{Y} steers {ax}.",), ("{y}",), _vehicles("driver"),
        direct=("who steers {ax}", "who is at the controls of {ax}", "who drives or steers {ax}",
                "which person steers {ax}"),
        clause=("who steers {ax}", "which person steers {ax}"),
        noun=("the person who steers {ax}", "the person at the controls of {ax}"),
        whole=("There goes {ax}. Who steers it?", "{Ax} is steered by whom?",
               "I am steering {ax}. What am I?", "You can steer {ax}. What are you?"),
        held=("By whom is {ax} steered?", "What do you call somebody who steers {ax}?",
              "Who sits in front and steers {ax}?"),
        follow=("who steers it", "who is at the controls of it"),
        brief="{Y}.", topic="vehicle",
    ),
    Kind(
        "vehicle-stop", "vehicles", ("{Ax} stops at {y}.",), ("{y}",), _vehicles("stop"),
        direct=("where does {ax} stop", "at what place does {ax} stop", "where does {ax} wait",
                "where do I go to find {ax}"),
        clause=("where {ax} stops", "where {ax} waits"),
        noun=("the place where {ax} stops", "the place where {ax} waits"),
        whole=("I am looking for {ax}. What place should I go to?", "{Ax} stops where?",
               "Where is the place for {ax} to stop?"),
        held=("In what place can {ax} stop?", "{Ax} comes to a stop where?"),
        follow=("where does it stop", "where does it wait"),
        brief="At {y}.", topic="vehicle",
    ),
    Kind(
        "vehicle-load", "vehicles", ("{Ax} carries {y}.",), ("{y}",), _vehicles("load"),
        direct=("what does {ax} carry", "what is carried by {ax}", "what does {ax} bring along",
                "what do people put into {ax}"),
        clause=("what {ax} carries", "what people put into {ax}"),
        noun=("the load of {ax}", "the load that {ax} carries"),
        whole=("There comes {ax}. What does it carry?", "{Ax} carries what?",
               "What would I see in {ax}?"),
        held=("With what do they load {ax}?", "{Ax} is full. What is in it?"),
        follow=("what does it carry",),
        brief="{Y}.", topic="vehicle",
    ),
    Kind(
        "wheels", "vehicles", ("{Ax} has {y} wheels.",), ("{y}",), _WHEELS,
        direct=("how many wheels does {ax} have", "how many wheels has {ax}",
                "how many wheels are there on {ax}", "on how many wheels does {ax} roll"),
        clause=("how many wheels {ax} has", "how many wheels there are on {ax}"),
        noun=("the number of wheels on {ax}", "the number of wheels {ax} has"),
        whole=("Count the wheels of {ax}.", "{Ax}: how many wheels?", "{Ax} has how many wheels?"),
        held=("What number of wheels does {ax} have?", "How many wheels does one see on {ax}?"),
        follow=("how many wheels does it have", "how many wheels has it"),
        brief="{Y}.", topic="vehicle", weight=0.8,
    ),
    Kind(
        "light-means", "town", ("A {x} means: {y}.",), ("means: {y}",), _LIGHTS,
        direct=("what does a {x} mean", "what does a {x} tell people", "what must I do at a {x}",
                "what is the meaning of a {x}"),
        clause=("what a {x} means", "what a {x} tells people"),
        noun=("the meaning of a {x}", "the message of a {x}"),
        whole=("I see a {x}. What now?", "There is a {x}. What does it mean?", "A {x} means what?"),
        held=("What should people do when there is a {x}?", "A {x} says what?",
              "How do I understand a {x}?"),
        brief="{Y}.",
    ),
    Kind(
        "sign-means", "town", ("A sign with {x} means: {y}.",), ("means: {y}",), _SIGNS,
        direct=("what does a sign with {x} mean", "what does a sign with {x} tell us",
                "what does it mean when a sign shows {x}", "what is a sign with {x} for"),
        clause=("what a sign with {x} means", "what a sign with {x} tells us"),
        noun=("the meaning of a sign with {x}", "the message of a sign with {x}"),
        whole=("I see a sign with {x}. What does it mean?", "A sign with {x} means what?",
               "There is {x} on the sign. What does that mean?"),
        held=("How should I read a sign with {x}?", "On a sign there is {x}. Why?",
              "A sign shows {x}. What does it say?"),
        brief="{Y}.",
    ),
    Kind(
        "money-word", "town", ("Money that {x} is called {y}.",), ("{y}",), _MONEY,
        direct=("what is the money called that {x}", "what do you call money that {x}",
                "what is money that {x} called", "which word means money that {x}"),
        clause=("what money that {x} is called", "what the money that {x} is called"),
        noun=("the word for money that {x}", "the name for money that {x}"),
        whole=("Money that {x}: what is it called?", "Money that {x} has which name?",
               "There is money that {x}. What do we call it?"),
        held=("Is there a word for money that {x}?", "How do people call money that {x}?",
              "Money that {x} is called what?"),
        brief="{Y}.",
    ),
    Kind(
        "post", "town", ("You {v} {y} {x}.",), ("{y}",), _POST,
        direct=("what do you {v} {x}", "what is it that people {v} {x}", "what should one {v} {x}"),
        clause=("what people {v} {x}", "what one should {v} {x}"),
        noun=("the thing that people {v} {x}", "the thing to {v} {x}"),
        whole=("What do I {v} {x}?", "What must I {v} {x}?",
               "Help me with my post. What do I {v} {x}?"),
        held=("What does one {v} {x}?", "What have I got to {v} {x}?"),
        brief="{Y}.", weight=0.6,
    ),
)  # fmt: skip
