"""Reading turns: roles, contents and tool calls as the field's data sets write them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from engine.data.quoting import shown
from engine.data.rows import Conversation, Message, Role, RowProblem, ToolCall
from engine.words import _

ROLES: dict[str, Role] = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "human": "user",
    "prompter": "user",
    "assistant": "assistant",
    "gpt": "assistant",
    "bot": "assistant",
    "model": "assistant",
    "chatgpt": "assistant",
    "bing": "assistant",
    "function_call": "assistant",
    "tool_call": "assistant",
    "tool": "tool",
    "function": "tool",
    "observation": "tool",
    "ipython": "tool",
    "tool_response": "tool",
}
"""Names of roles in OpenAI's, ShareGPT's, LLaMA-Factory's, ms-swift's and axolotl's sets."""

CALLING = frozenset({"function_call", "tool_call"})
"""Roles whose text is a tool call in JSON."""


def read_text(value: Any, where: str) -> str:
    """`value` if it is text that can be encoded.

    Raises:
        RowProblem: `not_text` or `bad_unicode`; `where` names the field of the row.
    """
    if not isinstance(value, str):
        raise RowProblem(
            "missing_field" if value is None else "not_text",
            _("{field} is {found}, not text.").format(field=where, found=json_kind(value)),
            _("Give the field as text, or name another column with data.columns."),
        )
    if value.isascii():
        return value
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RowProblem(
            "bad_unicode",
            _("{field} holds half of a surrogate pair at character {n}.").format(
                field=where, n=error.start + 1
            ),
            _("Write the data set again from its origin; part of a character is missing."),
        ) from None
    return value


def read_optional_text(value: Any, where: str) -> str:
    """As `read_text`, with nothing read as the empty text."""
    return "" if value is None else read_text(value, where)


def read_role(value: Any, where: str) -> Role:
    """One of our roles for a role's name in a data set.

    Raises:
        RowProblem: `unknown_role`.
    """
    role = ROLES.get(value.strip().lower()) if isinstance(value, str) else None
    if role is None:
        raise RowProblem(
            "unknown_role",
            _("{field} is {role}, which is no known role.").format(
                field=where, role=repr(shown(value)) if isinstance(value, str) else json_kind(value)
            ),
            _("Known roles: {roles}.").format(roles=", ".join(ROLES)),
        )
    return role


def read_content(value: Any, where: str) -> str:
    """A turn's text, given as text or as a list of parts of type text.

    Raises:
        RowProblem: `not_text` where a part is an image, a sound, a number …
    """
    if not isinstance(value, list):
        return read_text(value, where)
    texts: list[str] = []
    for n, part in enumerate(value):
        place = f"{where}[{n}]"
        if isinstance(part, str):
            texts.append(read_text(part, place))
            continue
        kind = part.get("type") if isinstance(part, dict) else None
        if kind != "text":
            raise RowProblem(
                "not_text",
                _("{field} is of type {kind}, not text.").format(
                    field=place, kind=shown(kind) if kind else json_kind(part)
                ),
                _("Only text is learned here; take rows with other parts out."),
            )
        key = "text" if "text" in part else "value"
        texts.append(read_text(part.get(key), f"{place}.{key}"))
    return "".join(texts)


def read_loss(turn: Mapping[str, Any], where: str) -> bool:
    """Whether the data set asks for loss on this turn (`weight`, `loss_weight`, `train`).

    Raises:
        RowProblem: `bad_weight` where it is neither 0 nor 1.
    """
    for key in ("weight", "loss_weight", "train", "training", "loss"):
        value = turn.get(key)
        if value is None:
            continue
        if value not in (0, 1):
            raise RowProblem(
                "bad_weight",
                _("{field}.{key} is {value}; a turn is learned (1) or not (0).").format(
                    field=where, key=key, value=shown(value)
                ),
                _("Write 0 or 1."),
            )
        return bool(value)
    return True


def read_calls(value: Any, where: str) -> tuple[ToolCall, ...]:
    """Tool calls given as JSON text, one call or a list of calls, OpenAI's nesting included.

    Raises:
        RowProblem: `bad_tool_call`.
    """
    if value is None:
        return ()
    calls = _parsed(value, where, "bad_tool_call")
    found: list[ToolCall] = []
    for n, call in enumerate(calls if isinstance(calls, list) else [calls]):
        inner = call.get("function", call) if isinstance(call, dict) else None
        name = inner.get("name") if isinstance(inner, dict) else None
        if not isinstance(inner, dict) or not isinstance(name, str) or not name:
            raise _bad_call(f"{where}[{n}]")
        arguments = inner.get("arguments", inner.get("parameters", {}))
        if isinstance(arguments, str):
            arguments = _parsed(arguments or "{}", f"{where}[{n}].arguments", "bad_tool_call")
        if not isinstance(arguments, dict):
            raise _bad_call(f"{where}[{n}].arguments")
        found.append(ToolCall(read_text(name, where), _encodable(arguments, where)))
    return tuple(found)


def read_tools(value: Any, where: str) -> tuple[dict[str, Any], ...]:
    """Tool descriptions as JSON schemas in OpenAI's form, given as a list or as JSON text.

    Raises:
        RowProblem: `bad_tools`.
    """
    if value is None or value == "" or value == []:
        return ()
    tools = _parsed(value, where, "bad_tools")
    found: list[dict[str, Any]] = []
    for tool in tools if isinstance(tools, list) else [tools]:
        if not isinstance(tool, dict) or not tool:
            raise RowProblem(
                "bad_tools",
                _("{field} holds {found} where a tool is described.").format(
                    field=where, found=json_kind(tool)
                ),
                _("Describe each tool as an object with name, description and parameters."),
            )
        whole = tool if "function" in tool else {"type": "function", "function": tool}
        found.append(_encodable(whole, where))
    return tuple(found)


def conversation(
    messages: Sequence[Message], tools: tuple[dict[str, Any], ...] = ()
) -> Conversation:
    """The conversation of these turns.

    Raises:
        RowProblem: `no_answer`, `no_question`, `empty_answer`, `empty_turn`; all of them dropped.
    """
    roles = {message.role for message in messages}
    if "assistant" not in roles:
        raise RowProblem(
            "no_answer",
            _("The conversation has no turn of the assistant."),
            _("Add the answer, or take the row out."),
            "dropped",
        )
    if roles.isdisjoint(("user", "tool")):
        raise RowProblem(
            "no_question",
            _("The conversation has no turn of the user."),
            _("Add the question, or learn the answers as plain text with stage pretrain."),
            "dropped",
        )
    for n, message in enumerate(messages, 1):
        if message.content.strip() or message.tool_calls or message.role in ("system", "tool"):
            continue
        if message.role == "assistant":
            raise RowProblem(
                "empty_answer",
                _("The answer (turn {n}) is empty.").format(n=n),
                _("Fill the answer in, or take the row out."),
                "dropped",
            )
        raise RowProblem(
            "empty_turn",
            _("The turn of the user (turn {n}) is empty.").format(n=n),
            _("Fill the turn in, or take the row out."),
            "dropped",
        )
    return Conversation(tuple(messages), tools)


def json_kind(value: Any) -> str:
    """What a value is called in JSON."""
    if value is None:
        return _("missing")
    if isinstance(value, bool):
        return _("true or false")
    if isinstance(value, (int, float)):
        return _("a number")
    if isinstance(value, str):
        return _("text")
    if isinstance(value, Mapping):
        return _("an object")
    if isinstance(value, (list, tuple)):
        return _("a list")
    return type(value).__name__


def _bad_call(where: str) -> RowProblem:
    return RowProblem(
        "bad_tool_call",
        _("{field} is no tool call: an object with name and arguments is expected.").format(
            field=where
        ),
        _("Write it as {example}.").format(example='{"name": …, "arguments": {…}}'),
    )


def _parsed(value: Any, where: str, code: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise RowProblem(
            code,
            _("{field} is not JSON: {why}.").format(field=where, why=shown(error, 100)),
            _("Mend the JSON of this row, or take the row out."),
        ) from None


def _encodable(value: dict[str, Any], where: str) -> dict[str, Any]:
    read_text(json.dumps(value, ensure_ascii=False, default=str), where)
    return value
