"""Several files as one data set: a pattern, a folder, its splits, a folder of `save_to_disk`."""

import difflib
import glob
import json
import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from engine.data.files import KINDS, is_data_file, listing, open_file
from engine.data.quoting import listed, shown
from engine.data.rows import RowProblem, Rows
from engine.errors import BadInput
from engine.words import _

SPLITS = {
    "train": ("train", "training"),
    "validation": ("validation", "valid", "val", "dev", "eval", "evaluation"),
    "test": ("test", "testing"),
}
"""Names of splits in the names of files and folders."""

_WORDS = {word: split for split, words in SPLITS.items() for word in words}
_SPLIT = re.compile(rf"(?:^|[-._ 0-9])({'|'.join(_WORDS)})(?:$|[-._ 0-9])", re.IGNORECASE)
_ABOUT = re.compile(r"(readme|licen[cs]e|copying|notice|citation|changelog|provenance)\b", re.I)
_ABOUT_NAMES = ("dataset_info.json", "dataset_infos.json", "state.json", "dataset_dict.json")
_DEEPEST = 4
_MOST_ENTRIES = 50_000


def is_pattern(source: str) -> bool:
    """Whether a source names files with `*`, `?` or `[…]`."""
    return glob.has_magic(source) and not _exists(Path(source))


def matching_files(pattern: str) -> list[Path]:
    """The data files that a pattern names, in order.

    Raises:
        BadInput: there is none.
    """
    where = shown(pattern, 200)
    found = sorted(Path(name) for name in glob.glob(pattern, recursive=True))
    files = [path for path in found if path.is_file() and is_data_file(path)]
    if not files:
        raise BadInput(
            _("{where}: no file that is read has such a name.").format(where=where)
            if found
            else _("{where}: no file has such a name.").format(where=where),
            field="data.source",
            advice=_("Read are {kinds}.").format(kinds=KINDS),
            code="missing_file",
        )
    return files


def saved_files(folder: Path, split: str) -> list[Path] | None:
    """The files of a folder that `datasets.save_to_disk` wrote; None for any other folder.

    Raises:
        BadInput: it has no such split, or what it says of itself is damaged.
    """
    splits = _read_json(folder / "dataset_dict.json", "splits")
    if splits is not None:
        names = [str(name) for name in splits]
        if split not in names:
            raise _no_split(folder, split, names)
        folder = folder / split
    files = _read_json(folder / "state.json", "_data_files")
    if files is None:
        return None
    if splits is None and split != "train":
        raise _no_split(folder, split, [])
    names = [str(file.get("filename")) if isinstance(file, dict) else "" for file in files]
    if any(Path(name).name != name or not name for name in names):
        raise BadInput(
            _("{where} names files outside its folder.").format(
                where=shown(folder / "state.json", 200)
            ),
            field="data.source",
        )
    return [folder / name for name in names]


def _read_json(path: Path, key: str) -> list[Any] | None:
    """The list under `key` in a small file of JSON; None where there is no such file."""
    if not path.is_file():
        return None
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(
            _("{where} is not JSON, {why}.").format(
                where=shown(path, 200), why=shown(error, 100).rstrip(".")
            ),
            field="data.source",
            advice=_("Save the data set again with save_to_disk."),
        ) from None
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else None


def folder_files(folder: Path, split: str, config: str | None = None) -> list[Path]:
    """The data files of one split of a folder; of a folder without splits all of them.

    Splits are known by the names of files (`train.jsonl`, `data-test-00000.parquet`) and of
    sub-folders (`validation/`). `config` names a sub-folder, as configurations of the hub are.

    Raises:
        BadInput: there is no such split, no file at all, or which are meant is not clear.
    """
    if config is not None:
        folder = _sub_folder(folder, config)
    saved = saved_files(folder, split)
    if saved is not None:
        return saved
    by_split = splits_of(folder)
    named = [name for name in by_split if name]
    if not named:
        if split != "train":
            raise _no_split(folder, split, [])
        return by_split[""]
    canonical = _WORDS.get(split.lower(), split)
    if canonical == "train" and "" in by_split:
        if "train" in by_split:
            raise BadInput(
                _("{where} has files of split train, and others of no split ({names}).").format(
                    where=shown(folder, 200), names=listed(p.name for p in by_split[""])
                ),
                field="data.source",
                advice=_("Say which are meant with a pattern, for example {example}.").format(
                    example=shown(folder / "train*", 200)
                ),
                code="ambiguous_files",
            )
        return by_split[""]
    if canonical not in by_split:
        raise _no_split(folder, split, [name or "train" for name in by_split])
    return by_split[canonical]


def split_names(folder: Path, config: str | None = None) -> list[str]:
    """The splits that a folder's files have; those of none count as train.

    Raises:
        BadInput: as `folder_files`.
    """
    if config is not None:
        folder = _sub_folder(folder, config)
    saved = _read_json(folder / "dataset_dict.json", "splits")
    if saved is not None:
        return [str(name) for name in saved]
    if (folder / "state.json").is_file():
        return ["train"]
    return [name or "train" for name in splits_of(folder)]


def splits_of(folder: Path) -> dict[str, list[Path]]:
    """The data files of a folder by split; those of none under the empty name.

    Raises:
        BadInput: it holds no data, or files in several folders that are no splits.
    """
    files = list(_data_files(folder, _DEEPEST, count()))
    if not files:
        raise BadInput(
            _("{where} is a folder that holds no file of data.").format(where=shown(folder, 200)),
            field="data.source",
            advice=_("Read are {kinds}.").format(kinds=KINDS),
            code="is_folder",
        )
    found: dict[str, list[Path]] = {}
    homes: dict[str, None] = {}
    for path in files:
        parts = path.relative_to(folder).parts
        own = [part for part in parts[:-1] if part.lower() not in _WORDS and part != "data"]
        homes["/".join(own)] = None
        word = next((part.lower() for part in parts[:-1] if part.lower() in _WORDS), None)
        match = _SPLIT.search(path.name.split(".")[0])
        if word is None and match is not None:
            word = match.group(1).lower()
        found.setdefault(_WORDS[word] if word else "", []).append(path)
    if len(homes) > 1:
        names = [home or "." for home in homes]
        raise BadInput(
            _("{where} holds data in several folders: {names}.").format(
                where=shown(folder, 200), names=listed(names)
            ),
            field="data.config",
            advice=_("Name one of them with data.config or as the source, or give a pattern."),
            code="ambiguous_files",
        )
    return found


def _data_files(folder: Path, deepest: int, seen: Iterator[int]) -> Iterable[Path]:
    for path in listing(folder):
        if next(seen) >= _MOST_ENTRIES:
            raise BadInput(
                _("{where} and what is below it are more than {n} files and folders.").format(
                    where=shown(folder, 200), n=_MOST_ENTRIES
                ),
                field="data.source",
                advice=_("Name the folder with the data, or a pattern."),
            )
        if path.name.startswith((".", "_")):
            continue
        if path.is_dir():
            if deepest and not path.is_symlink():
                yield from _data_files(path, deepest - 1, seen)
        elif is_data_file(path) and path.name not in _ABOUT_NAMES and not _ABOUT.match(path.name):
            yield path


def _sub_folder(folder: Path, config: str) -> Path:
    inside = folder / config
    names = [path.name for path in listing(folder) if path.is_dir()]
    if config not in names and not (config == Path(config).name and inside.is_dir()):
        near = difflib.get_close_matches(config, names, 1, 0.5)
        raise BadInput(
            _("{where} has no folder {config} (data.config).").format(
                where=shown(folder, 200), config=shown(config)
            ),
            field="data.config",
            advice=_("Did you mean {near}?").format(near=shown(near[0]))
            if near
            else _("Its folders are {names}.").format(names=listed(names)),
        )
    return inside


def _no_split(folder: Path, split: str, names: list[str]) -> BadInput:
    near = difflib.get_close_matches(split, names, 1, 0.5)
    if near:
        advice = _("Did you mean {near}?").format(near=near[0])
    elif names:
        advice = _("Choose one of {names}.").format(names=listed(names))
    else:
        advice = _("Its files say of no split in their names; leave data.split at train.")
    return BadInput(
        _("{where} has no split {split}.").format(where=shown(folder, 200), split=shown(split)),
        field="data.split",
        advice=advice,
    )


def joined_rows(paths: list[Path]) -> Rows:
    """The rows of several files as one, counted through from 1.

    Raises:
        BadInput: a file cannot be read, or has no column of those before it.
    """
    number = 0
    known: dict[str, None] = {}  # in the order they come up
    empty: BadInput | None = None
    for path in paths:
        fresh = True
        try:
            for line, raw in open_file(path):
                number += 1
                if isinstance(raw, RowProblem):
                    message = _("{file}, line {line}: {why}").format(
                        file=shown(path.name), line=line, why=raw.message
                    )
                    yield number, RowProblem(raw.code, message, raw.advice, raw.outcome)
                    continue
                if fresh:
                    if known and known.keys().isdisjoint(raw):
                        raise _unlike(path, raw, paths[0], known)
                    known.update(dict.fromkeys(raw))
                    fresh = False
                yield number, raw
        except BadInput as error:
            # One shard of many may be empty; a data set may not.
            if error.problem.code != "empty_file":
                raise
            empty = empty or error
    if not number and empty is not None:
        raise empty


def _unlike(path: Path, row: Iterable[str], first: Path, known: Iterable[str]) -> BadInput:
    return BadInput(
        _("{where} has the columns {columns}, {first} has {known}: they are not one set.").format(
            where=shown(path, 200), columns=listed(row), first=shown(first.name),
            known=listed(known),
        ),
        field="data.source",
        advice=_("Name one file, or a pattern; several sets are mixed with data.sources."),
        code="ambiguous_files",
    )  # fmt: skip


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
