"""About how many rows a source has, told in a moment from its files; for an estimate of time."""

from pathlib import Path

from engine.data.compressed import inner_name, is_compressed
from engine.data.folders import folder_files, is_pattern, matching_files
from engine.data.sources import local_path
from engine.errors import BadInput
from engine.recipe.fields import Source

_CHUNK = 1 << 22
_LINES = (".jsonl", ".ndjson", ".csv", ".tsv")
_PARQUET = ".parquet"


def expected_rows(source: Source, first_column: str) -> int | None:
    """The rows of local files, counted roughly; None for hubs and for files that do not tell.

    Lines are counted in files of lines, in JSON how often the first row's first column comes up.
    """
    try:
        files = _files(source)
        counts = [_rows(path, first_column) for path in files]
    except (OSError, ValueError, BadInput):
        return None
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


def _files(source: Source) -> list[Path]:
    path = local_path(source.source)
    if path is None:
        return []
    if is_pattern(source.source):
        return matching_files(str(path))
    if path.is_dir():
        return folder_files(path, source.split, source.config)
    return [path] if path.is_file() else []


def _rows(path: Path, first_column: str) -> int | None:
    kind = inner_name(path).suffix.lower()
    if kind == _PARQUET:
        import pyarrow.parquet

        return int(pyarrow.parquet.read_metadata(path).num_rows)
    if is_compressed(path):
        return None
    if kind in _LINES:
        return _count(path, b"\n")
    if kind == ".json" and first_column:
        # Whatever else stands between them, a row has its first column once.
        return _count(path, f'"{first_column}":'.encode()) or None
    return None


def _count(path: Path, mark: bytes) -> int:
    found, rest = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            chunk = rest + chunk
            found += chunk.count(mark)
            rest = chunk[len(chunk) - len(mark) + 1 :] if len(mark) > 1 else b""
    return found
