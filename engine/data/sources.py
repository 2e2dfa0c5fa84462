"""Where rows come from: data sets that ship, local files, the hub."""

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine import locations
from engine.data.files import READERS, open_file
from engine.data.hub import HUB_ID, open_hub
from engine.data.quoting import shown
from engine.errors import BadInput
from engine.recipe.fields import Source
from engine.words import _

_SHIPPED_KINDS = (".jsonl", ".txt")


def shipped_summaries() -> dict[str, str]:
    """One line on each data set that this project wrote and ships."""
    return {
        "persona": _("about a hundred answers that teach a model who it is"),
        "replay": _("general questions and answers, mixed in so that a model forgets nothing"),
        "story": _("a small plain text, to see pretraining at work"),
    }


def shipped() -> dict[str, str]:
    """The data sets that ship, by name, with one line on each."""
    summaries = shipped_summaries()
    return {
        name: summaries.get(name) or _("shipped data set {file}").format(file=path.name)
        for name, path in sorted(_shipped_files().items())
    }


def _shipped_files() -> dict[str, Path]:
    folder = locations.SHIPPED / "data"
    if not folder.is_dir():
        return {}
    return {
        path.stem: path
        for path in folder.iterdir()
        # Questions with the words that are expected measure a model; they are no data set.
        if path.suffix in _SHIPPED_KINDS and not path.stem.endswith("-questions")
    }


def local_path(source: str) -> Path | None:
    """The local file that a source names, whether it exists or not; None for a hub id.

    A shipped name comes first, then what is on this disk, then what is written like a file.
    """
    files = _shipped_files()
    if source in files:
        return files[source]
    path = Path(source).expanduser()
    written_as_path = source.startswith((".", "/", "~")) or path.suffix.lower() in READERS
    if written_as_path or _exists(path) or not HUB_ID.fullmatch(source):
        return path
    return None


def is_hub_id(source: str) -> bool:
    """Whether a source would be looked for on the hub."""
    return local_path(source) is None


def open_rows(source: Source, *, streaming: bool = False) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a source, one at a time, each with its number.

    Numbers count from 1; in files of lines (jsonl, txt, md, csv) they are line numbers.
    `streaming` matters for hub ids only: rows are fetched as they are asked for.

    Raises:
        BadInput: one sentence naming the file, its line and what to do.
    """
    path = local_path(source.source)
    if path is not None:
        return open_file(path)
    near = difflib.get_close_matches(source.source, _shipped_files(), 1, 0.75)
    near += [source.source + end for end in READERS if _exists(Path(source.source + end))]
    if near and "/" not in source.source:
        raise BadInput(
            _("{source}: there is no shipped data set or file of that name.").format(
                source=shown(source.source)
            ),
            field="data.source",
            advice=_("Did you mean {near}?").format(near=shown(near[0])),
            code="missing_file",
        )
    return open_hub(source, streaming=streaming)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
