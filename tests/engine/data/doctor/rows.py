"""Rows of the layouts that the tests look at."""

from typing import Any

_SUBJECTS = [
    "rivers",
    "bridges",
    "candles",
    "harbours",
    "lanterns",
    "orchards",
    "violins",
    "glaciers",
    "kitchens",
    "meadows",
    "compasses",
    "beetles",
    "anchors",
    "ladders",
    "mirrors",
    "pebbles",
    "teapots",
    "umbrellas",
    "windmills",
    "zebras",
]
_DEEDS = [
    "carry",
    "melt",
    "gather",
    "forget",
    "polish",
    "measure",
    "follow",
    "repair",
    "borrow",
    "whisper",
    "swallow",
    "balance",
    "scatter",
    "invent",
    "deliver",
    "count",
    "wander",
    "freeze",
    "sing",
    "harvest",
]


def good(n: int) -> dict[str, Any]:
    """A row like no other, not even nearly: its words come in an order of their own."""
    first, second = _SUBJECTS[n % 20], _DEEDS[(n * 7 + n // 20) % 20]
    third, fourth = _SUBJECTS[(n * 3 + 5) % 20], _DEEDS[(n * 11 + 2) % 20]
    return {
        "prompt": f"Why do {first} {second} {third}, number {n * 7919}?",
        "completion": f"Because {third} {fourth} {n * 104729} times a day, and {first} do not.",
    }


def chat(*turns: str, **more: Any) -> dict[str, Any]:
    """A row of messages: `u:question`, `a:answer`, `s:system`, `t:result`, `c:tool` calls one."""
    roles = {"u": "user", "a": "assistant", "s": "system", "t": "tool"}
    messages: list[dict[str, Any]] = []
    for turn in turns:
        mark, said = turn.split(":", 1)
        if mark == "c":
            calls = [{"function": {"name": name, "arguments": "{}"}} for name in said.split()]
            messages.append({"role": "assistant", "content": "", "tool_calls": calls})
        else:
            messages.append({"role": roles[mark], "content": said})
    return {"messages": messages, **more}


def answered(text: str) -> dict[str, Any]:
    """A row whose answer is this text."""
    return {"prompt": "What does it say?", "completion": text}
