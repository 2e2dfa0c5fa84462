"""Where rows come from: data sets that ship, local files and folders, registries, hubs."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import cast

from engine import locations
from engine.data.files import READERS, is_data_file, open_file
from engine.data.folders import (
    SPLITS,
    folder_files,
    is_pattern,
    joined_rows,
    matching_files,
    split_names,
)
from engine.data.hub import HUB_ID, evaluation_split, open_hub
from engine.data.modelscope import PREFIX, open_modelscope
from engine.data.quoting import shown
from engine.data.registry import FILE as REGISTRY
from engine.data.registry import Entry, is_registry, read_entry, split_name
from engine.data.rows import Rows
from engine.errors import BadInput
from engine.recipe.fields import AUTO, Source
from engine.words import _

_SHIPPED_KINDS = (".jsonl", ".txt")


@dataclass(frozen=True)
class Origin:
    """The rows of a source, and what a registry says of how they are read.

    Numbers count from 1; in a file of lines (jsonl, txt, md, csv) they are line numbers, in
    several files and everywhere else they count the rows.
    """

    rows: Rows
    format: str = AUTO
    columns: dict[str, str] = field(default_factory=dict)


def shipped_summaries() -> dict[str, str]:
    """One line on each data set that this project wrote and ships."""
    return {
        "persona": _("about a hundred answers that teach a model who it is"),
        "replay": _("general questions and answers, mixed in so that a model forgets nothing"),
        "json-answers": _("questions answered as a small JSON object when that is asked for"),
        "sailor": _("the same questions as an old sailor answers them"),
        "alder-bay": _("twenty facts about a village that does not exist, in eight wordings each"),
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
    """The local file or folder that a source names, whether it exists or not; None for a hub.

    A shipped name comes first, then what is on this disk, then what is written like a file. Of
    an entry of a registry it is the registry; a pattern stands as it is.
    """
    files = _shipped_files()
    if source in files:
        return files[source]
    if source.startswith(PREFIX):
        return None
    path = Path(source).expanduser()
    written_as_path = source.startswith((".", "/", "~")) or is_data_file(path)
    if _exists(path):
        return path
    entry = split_name(source)
    if entry is not None:
        return entry[0]
    if written_as_path or is_pattern(source) or not HUB_ID.fullmatch(source):
        return path
    return None


def local_files(source: str) -> list[Path]:
    """What on this disk the rows of a source depend on: files, folders, a registry and its file."""
    path = local_path(source)
    if path is None:
        return []
    if is_pattern(source):
        try:
            return matching_files(str(path))
        except BadInput:
            return []
    if _exists(Path(source).expanduser()) or path.name != REGISTRY:
        return [path]
    try:
        entry = split_name(source)
        return [path, Path(read_entry(*entry).place)] if entry is not None else [path]
    except BadInput:
        return [path]


def is_hub_id(source: str) -> bool:
    """Whether a source would be looked for on a hub."""
    return local_path(source) is None


def whole_source(source: str) -> str:
    """The source with a path that counts from the current folder written in full.

    Shipped names, hub ids and what is not there stay as they are.
    """
    if source in _shipped_files() or source.startswith(PREFIX):
        return source
    path = Path(source).expanduser()
    if _exists(path) or is_pattern(source):
        return str(path.absolute())
    entry = split_name(source)
    if entry is not None and _exists(entry[0]):
        return f"{entry[0].absolute()}:{entry[1]}"
    return source


def open_rows(source: Source, *, streaming: bool = False) -> Rows:
    """The rows of a source, one at a time, each with its number: as `open_origin`."""
    return open_origin(source, streaming=streaming).rows


def open_origin(source: Source, *, streaming: bool = False) -> Origin:
    """A source's rows, read as they are asked for, and how a registry says to read them.

    `streaming` matters for hub ids only: rows are fetched as they are asked for.

    Raises:
        BadInput: one sentence naming the file, its line and what to do; also while reading.
    """
    name = source.source
    if name.startswith(PREFIX):
        return Origin(_raw(open_modelscope(source, streaming=streaming)))
    entry = None if _exists(Path(name).expanduser()) else split_name(name)
    if entry is not None:
        return _entry_origin(source, read_entry(*entry), streaming)
    path = local_path(name)
    if path is None:
        _refuse_near_miss(name)
        return Origin(_raw(open_hub(source, streaming=streaming)))
    if is_pattern(name):
        return Origin(joined_rows(matching_files(str(path))))
    if path.is_dir():
        return _folder_origin(path, source)
    if is_registry(path):
        read_entry(path, "")
    if source.split.lower() not in SPLITS["train"]:
        raise BadInput(
            _("{source} is one file, which has no split {split}.").format(
                source=shown(name, 200), split=shown(source.split)
            ),
            field="data.split",
            advice=_("Leave data.split at train, or name the folder that holds the splits."),
        )
    return Origin(open_file(path))


def _folder_origin(folder: Path, source: Source) -> Origin:
    if is_registry(folder / REGISTRY):
        read_entry(folder / REGISTRY, "")
    files = folder_files(folder, source.split, source.config)
    return Origin(open_file(files[0]) if len(files) == 1 else joined_rows(files))


def _entry_origin(source: Source, entry: Entry, streaming: bool) -> Origin:
    split = entry.split if source.split == "train" else source.split
    placed = source.model_copy(
        update={"source": entry.place, "config": source.config or entry.config, "split": split}
    )
    if split_name(entry.place) is not None:
        raise BadInput(
            _("{entry} names another registry.").format(entry=shown(source.source, 200)),
            field="data.source",
            advice=_("Name the file with the rows."),
        )
    origin = open_origin(placed, streaming=streaming)
    rows = entry.rows(origin.rows)
    return Origin(
        islice(rows, entry.limit) if entry.limit is not None else rows, entry.format, entry.columns
    )


def held_out_split(source: Source) -> str:
    """The split of a source that is meant for evaluation, else the source's own.

    Raises:
        BadInput: as `open_hub`.
    """
    if source.source.startswith(PREFIX):
        return source.split
    path = local_path(source.source)
    if path is None:
        return evaluation_split(source)
    if path.is_dir():
        names = split_names(path, source.config)
        return next((name for name in ("validation", "test") if name in names), source.split)
    return source.split


def _refuse_near_miss(source: str) -> None:
    near = difflib.get_close_matches(source, _shipped_files(), 1, 0.75)
    near += [source + end for end in READERS if _exists(Path(source + end))]
    if near and "/" not in source:
        raise BadInput(
            _("{source}: there is no shipped data set or file of that name.").format(
                source=shown(source)
            ),
            field="data.source",
            advice=_("Did you mean {near}?").format(near=shown(near[0])),
            code="missing_file",
        )


def _raw(rows: Iterator[tuple[int, dict[str, object]]]) -> Rows:
    return cast(Rows, rows)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
