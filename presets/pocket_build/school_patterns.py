"""Shapes of school questions: a thing's attribute, yes or no, one of several, and comparison."""

from __future__ import annotations

from presets.pocket_build.wordings import Kind, capitalized, slots

Facts = tuple[dict[str, str], ...]


def wordings(text: str) -> tuple[str, ...]:
    """Return the wordings of a text, which stand apart by `` / ``."""
    return tuple(part.strip() for part in text.split(" / ") if part.strip())


def asked(
    name: str, category: str, answer: str, facts: Facts, *,
    of: str = "", direct: str = "", clause: str = "", noun: str = "", whole: str = "",
    held: str = "", follow: str = "", expect: str = "{y}", brief: str = "{Y}.",
    topic: str = "", weight: float = 1.0,
) -> Kind:  # fmt: skip
    """Return a kind whose wordings are texts; ``of`` are noun phrases that the answer names."""
    phrases = wordings(of)
    return Kind(
        name, category, (answer,), (expect,), facts,
        direct=(*(f"what is {phrase}" for phrase in phrases), *wordings(direct)),
        clause=(*(f"what {phrase} is" for phrase in phrases), *wordings(clause)),
        noun=(*phrases, *wordings(noun)),
        whole=wordings(whole), held=wordings(held), follow=wordings(follow),
        brief=brief, topic=topic, weight=weight,
    )  # fmt: skip


def judged(question: str, positive: str, negative: str, *, yes: str, no: str) -> Facts:
    """Return yes-or-no facts about subjects: question, claim and truth filled with each."""
    facts = []
    for word, true, subjects in (("yes", positive, yes), ("no", negative, no)):
        for subject in subjects.replace("\n", " ").split(";"):
            filled = slots({"x": subject.strip()})
            if filled["x"]:
                facts.append({"x": filled["x"], "y": word, "q": question.format(**filled),
                              "w": positive.format(**filled), "z": true.format(**filled)})  # fmt: skip
    return tuple(facts)


def claims(text: str) -> Facts:
    """Read yes-or-no facts from ``verb:subject:rest:yes``, the verb being is, are or can."""
    facts = []
    for row in text.replace("\n", " ").split(";"):
        if not row.strip():
            continue
        verb, subject, rest, word = (cell.strip() for cell in row.split(":"))
        negated = "cannot" if verb == "can" else f"{verb} not"
        claim = f"{subject} {verb} {rest}"
        facts.append({"x": f"{subject} {rest}", "y": word, "q": f"{verb} {subject} {rest}", "w": claim,
                      "z": claim if word == "yes" else f"{subject} {negated} {rest}"})  # fmt: skip
    return tuple(facts)


def yes_or_no(
    name: str, category: str, facts: Facts, *, follow: str = "", topic: str = "", weight: float = 0.9
) -> Kind:
    """Return the kind that asks whether a claim is true."""
    return asked(
        name, category, "{Y}, {z}.", facts, expect="{y}, {z}",
        direct="{q} / {q} or not / is it true that {w}",
        clause="if {w} / whether {w} / if it is true that {w}",
        whole="{Q}, yes or no? / Yes or no: {q}? / I think that {w}. Is that right? / "
        "{W}. Is that true? / {W}, is that so? / A friend says that {w}. Is he right?",
        held="Would you say that {w}? / Am I right that {w}? / {W}. Right or wrong?",
        follow=follow, topic=topic, weight=weight,
    )  # fmt: skip


def one_of(
    name: str, category: str, answer: str, facts: Facts, *,
    question: str, statement: str, subject: str, options: str,
    direct: str = "", whole: str = "", held: str = "", follow: str = "", brief: str = "{Y}.",
    topic: str = "", weight: float = 0.9,
) -> Kind:  # fmt: skip
    """Return the kind that asks which one of a few words fits a thing."""
    start = capitalized(options)
    return asked(
        name, category, answer, facts,
        direct=f"{question} / {direct}",
        clause=f"if {statement} / whether {statement}",
        whole=f"{subject}: {options}? / {start}: what fits {subject}? / "
        f"Think of {subject}. {capitalized(question)}? / {statement}? / "
        f"{options}, which one is right for {subject}? / {whole}",
        held=f"What do you think, {question}? / {start}? I mean {subject}. / {held}",
        follow=follow, brief=brief, topic=topic, weight=weight,
    )  # fmt: skip


def compared(
    name: str, category: str, more: str, order: str, *, also: str = "", weight: float = 0.9
) -> Kind:
    """Return the kind that asks which of two things is more so; the order goes upwards."""
    things = [thing.strip() for thing in order.replace("\n", " ").split(";") if thing.strip()]
    facts = []
    for low, less in enumerate(things):
        for high in range(low + 1, len(things)):
            if (low * 7 + high * 3) % 2:
                facts.append({"x": less, "y": things[high], "z": things[high], "w": less})
            else:
                facts.append({"x": things[high], "y": less, "z": things[high], "w": less})
    return asked(
        name, category, f"{{Z}} is {more} than {{w}}.", tuple(facts), expect=f"{{z}} is {more}",
        direct=f"which is {more}, {{x}} or {{y}} / what is {more}, {{x}} or {{y}} / "
        f"which one is {more}, {{x}} or {{y}}",
        clause=f"which is {more}, {{x}} or {{y}} / what is {more}, {{x}} or {{y}}",
        noun=f"the {more} one, {{x}} or {{y}} / the {more} one of {{x}} and {{y}}",
        whole=f"{{X}} or {{y}}, which is {more}? / Here are {{x}} and {{y}}. Which is {more}? / "
        f"Look at {{x}} and {{y}}. Which one is {more}? / "
        f"Is {{x}} {more} than {{y}} or the other way round? / {also}",
        held=f"{{X}} or {{y}}: what is {more}? / Which of the two is {more}, {{x}} or {{y}}?",
        brief="{Z}.", weight=weight,
    )  # fmt: skip
