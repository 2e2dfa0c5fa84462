"""Tokenized rows kept on disk, so that the same data is not tokenized twice.

An entry is found by a digest of all that its tokens depend on: the content's stamps, how rows are
read, the template's text, the tokenizer, lengths and loss, the libraries' versions and the code
that tokenizes. What only chooses among rows (what is held out, weights, packing) is no part of it.
"""

import contextlib
import hashlib
import json
import os
import shutil
from array import array
from dataclasses import asdict, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from secrets import token_hex
from typing import Any

from engine import locations
from engine.data.encoded import EncodedRows
from engine.data.ledger import Cause, Counts, Ledger, by_frequency
from engine.data.sources import local_files
from engine.data.tokenized import Tokenized, TokenizedSource
from engine.data.tokens import cut_before_answer
from engine.data.workers import Tokenization
from engine.recipe.fields import Data

FEWEST_ROWS = 5_000
"""Below this many rows tokenizing again is as fast as looking."""
MOST_BYTES = 20 * 2**30
"""Entries beyond this size together make room, those not used for the longest time first."""

_LIBRARIES = ("transformers", "tokenizers", "jinja2", "trl")
_NO_MATTER = {"validation", "packing", "group_by_length", "template", "streaming", "loss_on",
              "thinking", "max_length"}  # fmt: skip
"""Fields that choose among rows, and those that stand in the tokenization already."""


def key(data: Data, kind: str, job: Tokenization) -> str | None:
    """The digest of all that these tokens depend on; None where that is not known.

    Files are known by path, time and size. What comes from a hub may change behind its name, and
    a template that writes the date is another one tomorrow.
    """
    names = [source.source for source in data.all_sources()]
    if data.eval_source is not None:
        names.append(data.eval_source)
    stamps: list[tuple[str, int, int]] = []
    for name in names:
        files = local_files(name)
        if not files:
            return None
        for path in files:
            found = _stamps(path)
            if not found:
                return None
            stamps += found
    template = job.template
    if template is not None and "strftime_now" in template.jinja:
        return None
    tree = data.model_dump(mode="json", exclude=_NO_MATTER)
    for source in tree["sources"]:
        source.pop("weight")
    parts = {
        "data": tree,
        "kind": kind,
        "stamps": stamps,
        "template": asdict(template) if template else None,
        "tokenizer": _tokenizer_digest(job.tokenizer),
        "rest": [job.loss_on, job.max_length, job.thinking, job.joined],
        "versions": [_version(name) for name in _LIBRARIES],
        "code": _code(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def has(digest: str) -> bool:
    """Whether rows are kept under this digest."""
    return (_folder() / digest / "about.json").is_file()


def load(digest: str) -> Tokenized | None:
    """The rows kept under this digest; None where there are none, or they are damaged."""
    folder = _folder() / digest
    try:
        tree = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        numbers = array("q")
        numbers.frombytes((folder / "numbers").read_bytes())
        rows = EncodedRows.read(folder)
        if len(numbers) != len(rows) or len(rows) != tree["counts"]["kept"]:
            return None
        os.utime(folder)
        return Tokenized(
            rows,
            numbers,
            [TokenizedSource(**source) for source in tree["sources"]],
            tree["formats"],
            Counts(**tree["counts"]),
            _causes(tree["causes"]),
            _causes(tree["notes"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def load_whole(data: Data, kind: str, job: Tokenization) -> Tokenized | None:
    """As `load`, out of rows that are kept in their full length, cut as the job cuts them."""
    if job.max_length is None:
        return None
    digest = key(data, kind, replace(job, max_length=None))
    found = load(digest) if digest else None
    return None if found is None else cut(found, job.max_length, with_loss=kind != "text")


def cut(whole: Tokenized, max_length: int, *, with_loss: bool) -> Tokenized | None:
    """Rows that were tokenized in full, as if they had been cut at so many tokens.

    None where that cannot be told from them: notes do not say which of the rows they are about.
    """
    rows, out = whole.rows.shortened(max_length, with_loss=with_loss)
    if out and whole.notes:
        return None
    left_out = set(out)
    numbers = array("q", (n for place, n in enumerate(whole.numbers) if place not in left_out))
    ledger = Ledger()
    sources: list[TokenizedSource] = []
    for source in whole.sources:
        places = range(source.first, source.first + source.count)
        lost = [place for place in out if place in places]
        for place in lost:
            ledger.refuse(source.name, whole.numbers[place], cut_before_answer(max_length))
        before = sum(place < source.first for place in out)
        first, count = source.first - before, source.count - len(lost)
        sources.append(replace(source, first=first, count=count))
    counts = replace(
        whole.counts,
        kept=len(rows),
        dropped=whole.counts.dropped + len(out),
        cut=rows.cut_rows(),
    )
    causes = by_frequency((*whole.causes, *ledger.causes))
    return Tokenized(rows, numbers, sources, whole.formats, counts, causes, whole.notes)


def store(digest: str, found: Tokenized) -> None:
    """Keep these rows, for this person alone; a disk that refuses costs only the keeping."""
    if found.counts.rows < FEWEST_ROWS:
        return
    keeper = Keeper(digest)
    keeper.add(found.rows, found.numbers)
    keeper.finish(found)


class Keeper:
    """Keeps rows as they come, so that they never are in memory all at once.

    A disk that refuses costs only the keeping.
    """

    def __init__(self, digest: str) -> None:
        self._digest = digest
        self._aside = _folder() / f"{digest}.{token_hex(4)}.partial"
        self._tokens = 0
        self._works = True
        try:
            locations.private_directory(_folder())
            self._aside.mkdir(mode=0o700)
        except OSError:
            self._works = False

    def add(self, rows: EncodedRows, numbers: "array[int]") -> None:
        """More rows, with their numbers in their sources."""
        if not self._works:
            return
        try:
            self._tokens = rows.write_behind(self._aside, self._tokens)
            with (self._aside / "numbers").open("ab") as file:
                file.write(numbers)
        except OSError:
            self.drop()

    def drop(self) -> None:
        """Keep nothing."""
        if self._works:
            self._works = False
            shutil.rmtree(self._aside, ignore_errors=True)

    def finish(self, found: Tokenized) -> None:
        """All rows are there; of `found` the account is kept, and no rows are looked at."""
        if not self._works or found.counts.rows < FEWEST_ROWS:
            self.drop()
            return
        folder = _folder()
        try:
            self._describe(found)
            shutil.rmtree(folder / self._digest, ignore_errors=True)
            self._aside.rename(folder / self._digest)
            self._works = False
            _make_room(folder)
        except OSError:
            self.drop()

    def _describe(self, found: Tokenized) -> None:
        about = {
            "sources": [asdict(source) for source in found.sources],
            "formats": found.formats,
            "counts": asdict(found.counts),
            "causes": [asdict(cause) for cause in found.causes],
            "notes": [asdict(note) for note in found.notes],
        }
        (self._aside / "about.json").write_text(json.dumps(about), encoding="utf-8")


def _folder() -> Path:
    return locations.home() / "cache" / "tokens"


def _make_room(folder: Path) -> None:
    entries = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    total = 0
    for entry in entries:
        total += sum(file.stat().st_size for file in entry.iterdir())
        if total > MOST_BYTES:
            shutil.rmtree(entry, ignore_errors=True)


def _causes(trees: list[dict[str, Any]]) -> tuple[Cause, ...]:
    return tuple(Cause(**{**tree, "rows": tuple(tree["rows"])}) for tree in trees)


def _stamps(path: Path) -> list[tuple[str, int, int]]:
    """What changes when a file, or a file in a folder, does."""
    try:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        return [(str(f.absolute()), s.st_mtime_ns, s.st_size) for f in files if (s := f.stat())]
    except OSError:
        return []


def _tokenizer_digest(tokenizer: Any) -> str:
    said = tokenizer.backend_tokenizer.to_str() + json.dumps(
        tokenizer.special_tokens_map, sort_keys=True, default=str
    )
    return hashlib.sha256(said.encode()).hexdigest()


def _version(library: str) -> str:
    with contextlib.suppress(PackageNotFoundError):
        return version(library)
    return ""


@lru_cache(maxsize=1)
def _code() -> str:
    """A digest of the modules that read and tokenize."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
