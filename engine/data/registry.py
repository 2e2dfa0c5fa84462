"""LLaMA-Factory's registry of data sets: `dataset_info.json` and what its entries say.

An entry names a file beside it or a set of a hub, the layout of its rows, its columns and the
names of its roles. Keys and defaults: LLaMA-Factory's data/README.md and data/parser.py.
"""

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.data.quoting import listed, shown
from engine.data.rows import Raw, RowProblem, Rows
from engine.errors import BadInput
from engine.words import _

FILE = "dataset_info.json"

_PLACES = ("hf_hub_url", "ms_hub_url", "om_hub_url", "script_url", "file_name", "cloud_file_name")
_KNOWN = frozenset(
    {*_PLACES, "formatting", "ranking", "subset", "split", "folder", "num_samples", "columns",
     "tags", "load_from"}
)  # fmt: skip
_MEDIA = ("images", "videos", "audios")

_CHAT_COLUMNS = {"messages": "conversations"}

_TAGS = {
    "role_tag": "from", "content_tag": "value", "user_tag": "human", "assistant_tag": "gpt",
    "observation_tag": "observation", "function_tag": "function_call", "system_tag": "system",
}  # fmt: skip
_ROLES = {
    "user_tag": "human", "assistant_tag": "gpt", "observation_tag": "observation",
    "function_tag": "function_call", "system_tag": "system",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One entry of a registry, understood.

    `place` is what its rows are read from: a path, or an id of a hub as `data.source` has it.
    `format` and `columns` say how they are read, `tags` how its turns call things.
    """

    name: str
    place: str
    format: str
    columns: dict[str, str]
    tags: dict[str, str] = field(default_factory=dict)
    config: str | None = None
    split: str = "train"
    limit: int | None = None

    def row(self, raw: Raw) -> Raw:
        """A row with its turns in ShareGPT's names, where the entry has names of its own."""
        if isinstance(raw, RowProblem) or not self.tags:
            return raw
        wanted = [self.columns.get(name, name) for name in ("conversations", "chosen", "rejected")]
        return {
            column: _renamed(value, self.tags) if column in wanted else value
            for column, value in raw.items()
        }

    def rows(self, rows: Rows) -> Rows:
        """As `row`, all of them."""
        for number, raw in rows:
            yield number, self.row(raw)


def _renamed(value: Any, tags: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_renamed(turn, tags) for turn in value]
    if not isinstance(value, dict) or tags["role_tag"] not in value:
        return value
    role, content = tags["role_tag"], tags["content_tag"]
    names = {tags[tag]: name for tag, name in _ROLES.items()}
    turn = {key: part for key, part in value.items() if key not in (role, content)}
    said = value[role]
    turn["from"] = names.get(said, said) if isinstance(said, str) else said
    turn["value"] = value.get(content)
    return turn


def split_name(source: str) -> tuple[Path, str] | None:
    """The registry and the entry that a source such as `data/dataset_info.json:name` names.

    The folder of the registry may stand for it (`data:name`). The name is empty where only the
    file was given.
    """
    before, colon, name = source.rpartition(":")
    for text, entry in ((before, name), (source, "")) if colon else ((source, ""),):
        path = Path(text).expanduser()
        if text and path.name == FILE and entry:
            return path, entry
        try:
            if path.name == FILE and is_registry(path):
                return path, entry
            if text and entry and is_registry(path / FILE):
                return path / FILE, entry
        except (OSError, ValueError):
            return None
    return None


def is_registry(path: Path) -> bool:
    """Whether the file is a registry; `save_to_disk` writes another file of the same name."""
    if not path.is_file() or (path.parent / "state.json").exists():
        return False
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return (
        isinstance(value, dict)
        and bool(value)
        and all(isinstance(entry, dict) for entry in value.values())
        and any(place in entry for entry in value.values() for place in _PLACES)
    )


def read_entry(path: Path, name: str) -> Entry:
    """One entry of a registry.

    Raises:
        BadInput: the file, the entry or what it names cannot be used.
    """
    where = shown(path, 200)
    entries = _entries(path, where)
    if name not in entries:
        raise _no_entry(path, where, name, entries)
    entry = entries[name]
    said = f"{where}, {shown(name)}"
    for key in entry:
        if key not in _KNOWN:
            near = difflib.get_close_matches(key, _KNOWN, 1, 0.6)
            raise _bad(
                _("{where}: there is no key {key}.").format(where=said, key=shown(key)),
                _("Did you mean {near}?").format(near=near[0])
                if near
                else _("Known keys are {names}.").format(names=", ".join(sorted(_KNOWN))),
            )
    columns, tags = _texts(entry, "columns", said), _texts(entry, "tags", said)
    media = [key for key in _MEDIA if key in columns]
    if media:
        raise _bad(
            _("{where}: the rows come with {kinds}.").format(where=said, kinds=listed(media)),
            _("Only text is learned here; choose another data set."),
        )
    layout = entry.get("formatting", "alpaca")
    if layout == "alpaca":
        format, mapped = _alpaca(columns, "columns" in entry, bool(entry.get("ranking")))
        tags = {}
    elif layout in ("sharegpt", "openai"):
        format, mapped = _chat(columns, "columns" in entry, bool(entry.get("ranking")))
        if layout == "openai" and not tags:
            tags = {"role_tag": "role", "content_tag": "content", "user_tag": "user",
                    "assistant_tag": "assistant", "observation_tag": "tool"}  # fmt: skip
        tags = {**_TAGS, **tags} if tags and {**_TAGS, **tags} != _TAGS else {}
        # OpenAI's own names are read as they are, tool calls and all.
        if tags and (tags["role_tag"], tags["content_tag"]) == ("role", "content"):
            plain = {"user", "human", "assistant", "gpt", "tool", "observation", "system",
                     "function_call", "function", "developer"}  # fmt: skip
            if {tags[tag] for tag in _ROLES} <= plain:
                tags = {}
                format = "messages" if format == "sharegpt" else format
                if format == "messages":
                    mapped = {"messages": mapped["conversations"], **mapped}
                    del mapped["conversations"]
                    mapped.pop("system", None)
    else:
        raise _bad(
            _("{where}: formatting is {layout}.").format(where=said, layout=repr(shown(layout))),
            _("Choose alpaca, sharegpt or openai."),
        )
    limit = entry.get("num_samples")
    return Entry(
        name=name,
        place=_place(path, entry, said),
        format=format,
        columns=mapped,
        tags=tags,
        config=entry.get("subset"),
        split=str(entry.get("split") or "train"),
        limit=limit if isinstance(limit, int) and limit > 0 else None,
    )


def _alpaca(columns: dict[str, str], given: bool, ranking: bool) -> tuple[str, dict[str, str]]:
    """The format and its columns of an entry in Alpaca's layout."""
    # LLaMA-Factory's own names of columns are this format's as well, and found by themselves.
    names = {"prompt": "instruction", "query": "input", "response": "output",
             "system": "system", "history": "history"}  # fmt: skip
    mapped = {names[key]: column for key, column in columns.items() if key in names}
    if ranking:
        mapped.pop("output", None)
        mapped["chosen"] = columns.get("chosen", "chosen")
        mapped["rejected"] = columns.get("rejected", "rejected")
        return "alpaca-preference", mapped
    if "kto_tag" in columns:
        return "alpaca-kto", {**mapped, "label": columns["kto_tag"]}
    if given and "response" not in columns and "prompt" in columns:
        return "text", {"text": columns["prompt"]}
    return "alpaca", mapped


def _chat(columns: dict[str, str], given: bool, ranking: bool) -> tuple[str, dict[str, str]]:
    """The format and its columns of an entry whose rows are lists of turns."""
    named = columns if given and "messages" in columns else {**_CHAT_COLUMNS, **columns}
    mapped = {"conversations": named["messages"]}
    mapped.update({key: named[key] for key in ("system", "tools") if key in named})
    if ranking:
        mapped["chosen"] = named.get("chosen", "chosen")
        mapped["rejected"] = named.get("rejected", "rejected")
        return "sharegpt-preference", mapped
    if "kto_tag" in named:
        return "sharegpt-kto", {**mapped, "label": named["kto_tag"]}
    return "sharegpt", mapped


def _place(path: Path, entry: dict[str, Any], said: str) -> str:
    """What the entry's rows are read from; a file beside the registry before any hub."""
    if "folder" in entry:
        raise _bad(
            _("{where}: folder {folder} of a hub's set cannot be chosen alone.").format(
                where=said, folder=shown(entry["folder"])
            ),
            _("Download that folder and give it as the source."),
        )
    name = entry.get("file_name")
    if isinstance(name, str) and name:
        return str(path.parent / Path(name).expanduser())
    hub = entry.get("hf_hub_url")
    if isinstance(hub, str) and hub:
        return hub
    hub = entry.get("ms_hub_url")
    if isinstance(hub, str) and hub:
        return f"modelscope:{hub}"
    if "script_url" in entry:
        raise _bad(
            _("{where}: the data set comes as a program, which is not run.").format(where=said),
            _("Write its rows to a file and name that one."),
        )
    raise _bad(
        _("{where}: it names no file and no hub that is read.").format(where=said),
        _("Give it file_name, hf_hub_url or ms_hub_url."),
    )


def _entries(path: Path, where: str) -> dict[str, dict[str, Any]]:
    try:
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise _bad(
            _("{where}: there is no such file.").format(where=where), None, "missing_file"
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise _bad(
            _("{where} is not JSON, {why}.").format(where=where, why=shown(error, 100).rstrip(".")),
            _("Mend the registry."),
        ) from None
    if not isinstance(value, dict) or not all(isinstance(v, dict) for v in value.values()):
        raise _bad(
            _("{where} is no registry of data sets.").format(where=where),
            _("A registry is an object of objects, one a data set."),
        )
    return value


def _texts(entry: dict[str, Any], key: str, said: str) -> dict[str, str]:
    value = entry.get(key) or {}
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise _bad(
            _("{where}: {key} is no object of names.").format(where=said, key=key),
            _("Write it as {example}.").format(example='{"prompt": "question"}'),
        )
    return value


def _no_entry(path: Path, where: str, name: str, entries: dict[str, Any]) -> BadInput:
    near = difflib.get_close_matches(name, entries, 1, 0.5) if name else []
    here = [
        key for key, entry in entries.items()
        if isinstance(entry.get("file_name"), str) and (path.parent / entry["file_name"]).exists()
    ]  # fmt: skip
    if near:
        advice = _("Did you mean {near}?").format(near=shown(f"{path}:{near[0]}", 200))
    else:
        advice = _("Write one of its names behind a colon: {names}.").format(
            names=listed(here or entries)
        )
    return _bad(
        _("{where} has no data set {name}.").format(where=where, name=shown(name))
        if name
        else _("{where} is a registry of {n} data sets, and none is chosen.").format(
            where=where, n=len(entries)
        ),
        advice,
        "no_entry" if name else "registry",
    )


def _bad(message: str, advice: str | None, code: str = "bad_registry") -> BadInput:
    return BadInput(message, field="data.source", advice=advice, code=code)
