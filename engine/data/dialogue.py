"""Turns in every layout that data sets use, and the prompts and answers made of them."""

import json
from collections.abc import Sequence
from typing import Any

from engine.data.rows import Feedback, Message, Preference, Prompt, RowProblem
from engine.data.turns import (
    CALLING,
    ROLES,
    json_kind,
    read_calls,
    read_content,
    read_loss,
    read_role,
    read_text,
)
from engine.words import _

_THOUGHTS = ("reasoning_content", "reasoning", "thinking")
"""Keys under which an answer's thoughts stand apart from it."""


def listed_turns(value: Any) -> Any:
    """A list that came as JSON text, as cells of a CSV hold it; any other value as it is.

    For columns that hold nothing but turns: a prompt or an answer may well be JSON itself.
    """
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            found = json.loads(value)
        except (ValueError, RecursionError):
            return value
        return found if isinstance(found, list) else value
    return value


def are_turns(value: Any) -> bool:
    """Whether a value is meant as a list of turns, in any layout."""
    return isinstance(value, list) and any(is_turn(turn) for turn in value)


def is_turn(value: Any) -> bool:
    """Whether a value is meant as one turn, or as a pair of them."""
    return isinstance(value, dict) and bool(
        {"role", "from"} & value.keys() or {"human", "assistant"} <= value.keys()
    )


def asks(value: Any) -> bool:
    """Whether a list of turns has one of the user, so that it is more than an answer."""
    return isinstance(value, list) and any(
        isinstance(turn, dict)
        and (
            "human" in turn
            or ROLES.get(str(turn.get("role") or turn.get("from")).lower()) == "user"
        )
        for turn in value
    )


def read_turns(value: Any, where: str, keys: str = "role and content") -> list[Message]:
    """A list of turns with `role` and `content`, `from` and `value`, or pairs of both speakers.

    Raises:
        RowProblem: naming the turn, counted from 0 as in the data.
    """
    value = listed_turns(value)
    if not isinstance(value, list) or not value:
        raise RowProblem(
            "missing_field" if value is None else "bad_shape",
            _("{field} is {found}, not a list of turns.").format(
                field=where, found=_("an empty list") if value == [] else json_kind(value)
            ),
            _("Give the turns as a list of objects with {keys}.").format(keys=keys),
        )
    found: list[Message] = []
    for n, turn in enumerate(value):
        place = f"{where}[{n}]"
        if not isinstance(turn, dict):
            raise RowProblem(
                "bad_shape",
                _("{field} is {found}, not a turn.").format(field=place, found=json_kind(turn)),
                _("Give each turn as an object with {keys}.").format(keys=keys),
            )
        found.extend(read_turn(turn, place))
    return found


def read_turn(turn: dict[str, Any], place: str) -> list[Message]:
    """One turn, or the two of a pair of `human` and `assistant`.

    Raises:
        RowProblem: naming the key of the turn.
    """
    role_key = _key(turn, ("role", "from"), "from" if "value" in turn else "role")
    if turn.get(role_key) is None and {"human", "assistant"} <= turn.keys():
        return [
            Message("user", read_text(turn["human"], f"{place}.human")),
            Message("assistant", read_text(turn["assistant"], f"{place}.assistant")),
        ]
    content_key = _key(turn, ("content", "value"), "value" if role_key == "from" else "content")
    content = turn.get(content_key)
    role = read_role(turn.get(role_key), f"{place}.{role_key}")
    loss = read_loss(turn, place)
    if str(turn[role_key]).strip().lower() in CALLING and turn.get("tool_calls") is None:
        if content is None:
            read_text(content, f"{place}.{content_key}")
        return [Message(role, "", loss, read_calls(content, f"{place}.{content_key}"))]
    calls = read_calls(turn.get("tool_calls") or None, f"{place}.tool_calls")
    text = "" if content is None and calls else read_content(content, f"{place}.{content_key}")
    if role == "assistant" and "<think>" not in text:
        thoughts = next((turn[key] for key in _THOUGHTS if isinstance(turn.get(key), str)), "")
        if thoughts.strip():
            text = f"<think>\n{read_text(thoughts, place).strip()}\n</think>\n\n{text}"
    return [Message(role, text, loss, calls)]


def _key(turn: dict[str, Any], keys: Sequence[str], otherwise: str) -> str:
    # A table has every key in every turn: the one that is meant is not null.
    return next((key for key in keys if turn.get(key) is not None), otherwise)


def read_prompt(value: Any, where: str) -> list[Message]:
    """What is asked, as text or as turns; what its own assistant turns say is given, not learned.

    Raises:
        RowProblem: naming what cannot be read.
    """
    if isinstance(value, list):
        return [
            Message(turn.role, turn.content, False, turn.tool_calls)
            for turn in read_turns(value, where)
        ]
    return [Message("user", read_text(value, where))]


def read_answer(value: Any, where: str) -> list[Message]:
    """An answer: as text, as one turn with or without its role, or as turns.

    Raises:
        RowProblem: naming what cannot be read.
    """
    if isinstance(value, list):
        return read_turns(value, where)
    if isinstance(value, dict):
        if is_turn(value):
            return read_turn(value, where)
        key = _key(value, ("content", "value", "text"), "content")
        return [Message("assistant", read_content(value.get(key), f"{where}.{key}"))]
    return [Message("assistant", read_text(value, where))]


def preference(
    prompt: Sequence[Message],
    chosen: Sequence[Message],
    rejected: Sequence[Message],
    tools: tuple[dict[str, Any], ...] = (),
) -> Preference:
    """The pair of these answers, which may repeat the prompt or hold all of the conversation.

    Raises:
        RowProblem: `no_question`, `no_answer`, `empty_answer`, `same_answers`; all dropped.
    """
    better, worse = _without(prompt, chosen), _without(prompt, rejected)
    most = min(len(better), len(worse)) - 1
    shared = 0
    while shared < most and _same(better[shared], worse[shared]):
        shared += 1
    whole = [*prompt, *(_given(turn) for turn in better[:shared])]
    better, worse = better[shared:], worse[shared:]
    _check_prompt(whole)
    _check_answer(better, _("The chosen answer"))
    _check_answer(worse, _("The rejected answer"))
    if len(better) == len(worse) and all(map(_same, better, worse)):
        raise RowProblem(
            "same_answers",
            _("The chosen and the rejected answer are the same."),
            _("Take the row out; nothing can be learned from it."),
            "dropped",
        )
    return Preference(tuple(whole), tuple(better), tuple(worse), tools)


def feedback(
    turns: Sequence[Message],
    answer: Sequence[Message],
    label: Any,
    where: str,
    tools: tuple[dict[str, Any], ...] = (),
) -> Feedback:
    """One answer and whether it is wanted; without `answer` it is the last turns' own.

    Raises:
        RowProblem: `no_question`, `no_answer`, `empty_answer`; dropped. `bad_label`; refused.
    """
    if not answer:
        at = len(turns)
        while at and turns[at - 1].role == "assistant":
            at -= 1
        prompt, answer = [_given(turn) for turn in turns[:at]], turns[at:]
    else:
        prompt, answer = list(turns), _without(turns, answer)
    _check_prompt(prompt)
    _check_answer(answer, _("The answer"))
    return Feedback(tuple(prompt), tuple(answer), read_truth(label, where), tools)


def prompt_row(
    messages: Sequence[Message], answer: str | None, tools: tuple[dict[str, Any], ...] = ()
) -> Prompt:
    """A prompt for the model to answer.

    Raises:
        RowProblem: `no_question`, or `ends_with_answer`; dropped.
    """
    _check_prompt(messages)
    if messages[-1].role == "assistant":
        raise RowProblem(
            "ends_with_answer",
            _("The prompt ends with a turn of the assistant."),
            _("Take that turn out; the model is to answer by itself."),
            "dropped",
        )
    return Prompt(tuple(messages), answer, tools)


_TRUTHS = {"true": True, "1": True, "1.0": True, "false": False, "0": False, "0.0": False}


def truth(value: Any) -> bool | None:
    """A boolean, 0 or 1, or their names as text; None for anything else."""
    if isinstance(value, (bool, int, float)):
        return bool(value) if value in (0, 1) else None
    return _TRUTHS.get(value.strip().lower()) if isinstance(value, str) else None


def read_truth(value: Any, where: str) -> bool:
    """As `truth`.

    Raises:
        RowProblem: `bad_label` or `missing_field`.
    """
    found = truth(value)
    if found is None:
        raise RowProblem(
            "missing_field" if value is None else "bad_label",
            _("{field} is {found}, not true or false.").format(
                field=where,
                found=json_kind(value) if value is None else repr(value)[:40],
            ),
            _("Write true where the answer is wanted, false where it is not."),
        )
    return found


def _without(prompt: Sequence[Message], answer: Sequence[Message]) -> Sequence[Message]:
    """The answer's turns without the prompt's that it begins with."""
    for start in range(len(prompt)):
        # A system prompt of its own column is not repeated in the turns.
        own = prompt[start:]
        if len(answer) > len(own) and all(map(_same, own, answer)):
            return answer[len(own) :]
    return answer


def _same(one: Message, other: Message) -> bool:
    return (one.role, one.content, one.tool_calls) == (other.role, other.content, other.tool_calls)


def _given(turn: Message) -> Message:
    return Message(turn.role, turn.content, False, turn.tool_calls)


def _check_prompt(messages: Sequence[Message]) -> None:
    asked = [turn for turn in messages if turn.role in ("user", "tool")]
    if not asked or not any(turn.content.strip() for turn in asked):
        raise RowProblem(
            "no_question",
            _("There is no prompt before the answer."),
            _("Add the prompt, or take the row out."),
            "dropped",
        )


def _check_answer(turns: Sequence[Message], which: str) -> None:
    answers = [turn for turn in turns if turn.role == "assistant"]
    if not answers:
        raise RowProblem(
            "no_answer",
            _("{which} has no turn of the assistant.").format(which=which),
            _("Add the answer, or take the row out."),
            "dropped",
        )
    if not all(turn.content.strip() or turn.tool_calls for turn in answers):
        raise RowProblem(
            "empty_answer",
            _("{which} is empty.").format(which=which),
            _("Fill the answer in, or take the row out."),
            "dropped",
        )
