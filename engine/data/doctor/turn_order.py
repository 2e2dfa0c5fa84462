"""What the order of turns tells: answers or questions that are missing, calls without results."""

from collections.abc import Iterator, Sequence

from engine.data.doctor.noting import Noted
from engine.data.quoting import shown
from engine.data.rows import (
    AnyRow,
    Conversation,
    Feedback,
    Message,
    Preference,
    Prompt,
)
from engine.words import _


def look_at_turns(row: AnyRow) -> Iterator[Noted]:
    """What is to be known of the turns of one row; nothing of rows without turns."""
    turns = turns_of(row)
    if not turns:
        return
    first = next((turn for turn in turns if turn.role != "system"), None)
    if first is not None and first.role == "assistant":
        yield Noted("starts_with_assistant", _("Its first turn is one of the assistant."))
    for n, turn in enumerate(turns):
        if turn.role == "system" and any(t.role != "system" for t in turns[:n]):
            yield Noted("late_system", _("Turn {n} is a system turn.").format(n=n + 1))
            break
    for n in range(1, len(turns)):
        if repeats(turns[n - 1], turns[n]):
            said = _("Turns {n} and {m} are both of the role {role}.")
            yield Noted("repeated_role", said.format(n=n, m=n + 1, role=turns[n].role))
            break
    if not isinstance(row, Prompt) and turns[-1].role == "user":
        yield Noted("ends_with_user", _("Its last turn is a question."))
    unequal = unequal_calls(turns, open_end=isinstance(row, Prompt))
    if unequal:
        yield Noted("unequal_calls", unequal)
    yield from _undescribed(row, turns)


def turns_of(row: AnyRow) -> tuple[Message, ...]:
    """The turns of a row, of a pair those of the better side."""
    if isinstance(row, (Conversation, Prompt)):
        return row.messages
    if isinstance(row, Preference):
        return (*row.prompt, *row.chosen)
    if isinstance(row, Feedback):
        return (*row.prompt, *row.completion)
    return ()


def repeats(one: Message, next_one: Message) -> bool:
    """Whether two turns that follow each other are of one speaker; results of tools may be many."""
    return one.role == next_one.role and one.role in ("user", "assistant", "system")


def unequal_calls(turns: Sequence[Message], *, open_end: bool = False) -> str:
    """A sentence where calls and results do not match, else nothing.

    Each turn with calls is followed by as many results, or by one turn with all of them. A last
    turn with calls needs none: the row teaches the call.
    """
    n = 0
    while n < len(turns):
        turn = turns[n]
        results = 0
        while n + 1 + results < len(turns) and turns[n + 1 + results].role == "tool":
            results += 1
        last = n + 1 + results == len(turns)
        if turn.role == "tool":
            return _("Turn {n} is the result of a tool that no turn calls.").format(n=n + 1)
        calls = len(turn.tool_calls)
        if results and not calls:
            return _("Turn {n} is the result of a tool that no turn calls.").format(n=n + 2)
        if calls and not results and not last:
            return _("Turn {n} calls a tool, and no result follows.").format(n=n + 1)
        if calls and results not in (calls, 1) and not (last and (open_end or not results)):
            return _("Turn {n} has {calls} calls, and {results} results follow.").format(
                n=n + 1, calls=calls, results=results
            )
        n += 1 + results
    return ""


def _undescribed(row: AnyRow, turns: Sequence[Message]) -> Iterator[Noted]:
    """A call of a tool that the row's own tools do not name."""
    tools = getattr(row, "tools", ())
    if not tools:
        return
    names = {tool["function"].get("name") for tool in tools if isinstance(tool["function"], dict)}
    for n, turn in enumerate(turns, 1):
        for call in turn.tool_calls:
            if call.name not in names:
                said = _("Turn {n} calls {tool}, which its tools do not describe.")
                yield Noted("undescribed_tool", said.format(n=n, tool=shown(call.name, 40)))
                return
