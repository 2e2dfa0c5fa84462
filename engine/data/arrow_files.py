"""Rows of Parquet and Arrow files, through pyarrow, which reads them as if they were hostile."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.data.compressed import is_compressed, open_bytes
from engine.data.quoting import shown
from engine.data.rows import Rows
from engine.errors import BadInput, TunesmithError
from engine.words import _

if TYPE_CHECKING:
    import pyarrow

_BATCH = 256
"""Rows that are made Python objects at once."""

_LARGEST_ROW = 256 << 20
"""Bytes that a row may have on average by a file's own account."""

_LARGEST_PACKED = 2 << 30
"""Bytes of a compressed file once unpacked: it has to be held in memory whole."""

_ARROW_FILE = b"ARROW1"


def read_parquet(path: Path, where: str) -> Rows:
    """Rows of a Parquet file, numbered from 1.

    Raises:
        BadInput: pyarrow cannot read it, or it says of itself that its rows are huge.
    """
    yield from _told("Parquet", where, _parquet_batches(path, where))


def read_arrow(path: Path, where: str) -> Rows:
    """Rows of an Arrow file (Feather version 2) or stream, numbered from 1.

    Raises:
        BadInput: pyarrow cannot read it.
    """
    yield from _told("Arrow", where, _arrow_batches(path, where))


def _told(kind: str, where: str, batches: "Iterator[pyarrow.RecordBatch]") -> Rows:
    """The batches' rows; whatever the library raises becomes one sentence with the row."""
    number = 0
    try:
        for batch in batches:
            # Only a batch that was looked through keeps its promises, such as offsets that lie
            # inside their buffers; without this a damaged file can crash the process.
            batch.validate(full=True)
            for start in range(0, len(batch), _BATCH):
                for row in batch.slice(start, _BATCH).to_pylist():
                    number += 1
                    yield number, row
    except TunesmithError:
        raise
    except Exception as error:  # OSError, ArrowException, UnicodeDecodeError, OverflowError …
        why = shown(str(error).split("\n")[0] or type(error).__name__, 100).rstrip(".")
        raise BadInput(
            _("{where}, after row {row}: the {kind} cannot be read, {why}.").format(
                where=where, row=number, kind=kind, why=why
            ),
            field="data.source",
            advice=_("Write the file again, or give the rows as JSON Lines."),
        ) from None


def _parquet_batches(path: Path, where: str) -> "Iterator[pyarrow.RecordBatch]":
    import pyarrow.parquet

    file = pyarrow.parquet.ParquetFile(_opened(path, where), page_checksum_verification=True)
    for n in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(n)
        if group.total_byte_size > _LARGEST_ROW * max(1, group.num_rows):
            raise BadInput(
                _("{where}: by its own account a row has {n} MiB.").format(
                    where=where, n=group.total_byte_size // max(1, group.num_rows) >> 20
                ),
                field="data.source",
                advice=_("Take such rows out; up to {n} MiB are read.").format(
                    n=_LARGEST_ROW >> 20
                ),
            )
    yield from file.iter_batches(batch_size=_BATCH, use_threads=False)


def _arrow_batches(path: Path, where: str) -> "Iterator[pyarrow.RecordBatch]":
    import pyarrow
    import pyarrow.ipc

    with _opened(path, where) as file:
        if file.read(len(_ARROW_FILE)) == _ARROW_FILE:
            file.seek(0)
            reader = pyarrow.ipc.open_file(file)
            for n in range(reader.num_record_batches):
                yield reader.get_batch(n)
        else:
            file.seek(0)
            yield from pyarrow.ipc.open_stream(file)


def _opened(path: Path, where: str) -> "pyarrow.NativeFile":
    """The file as pyarrow reads it, unpacked in memory where it is compressed from outside."""
    import pyarrow

    if not is_compressed(path):
        # Not memory-mapped: a file that shrinks while it is read would end the process.
        return pyarrow.OSFile(str(path))
    with open_bytes(path, where) as file:
        data = file.read(_LARGEST_PACKED + 1)
    if len(data) > _LARGEST_PACKED:
        raise BadInput(
            _("{where}: unpacked it is larger than {n} GiB.").format(
                where=where, n=_LARGEST_PACKED >> 30
            ),
            field="data.source",
            advice=_("Unpack the file first."),
        )
    return pyarrow.BufferReader(data)
