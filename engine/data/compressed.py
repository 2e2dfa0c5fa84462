"""The bytes of a file, unpacked on the way where it is compressed."""

import gzip
import importlib
import io
from pathlib import Path
from typing import IO, Any

from engine.errors import BadInput
from engine.words import _

SUFFIXES = (".gz", ".zst", ".xz", ".bz2")
"""Ends of names of compressed files; what stands before one says what is inside."""

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_XZ = b"\xfd7zXZ\x00"
_BZIP2 = b"BZh"


def inner_name(path: Path) -> Path:
    """The name that the file has once it is unpacked: `a.jsonl` for `a.jsonl.gz`."""
    return path.with_suffix("") if path.suffix.lower() in SUFFIXES else path


def is_compressed(path: Path) -> bool:
    """Whether the first bytes are those of a kind of compression that is read."""
    with path.open("rb") as file:
        return file.read(6).startswith((_GZIP, _ZSTD, _XZ, _BZIP2))


def open_bytes(path: Path, where: str) -> IO[bytes]:
    """The file's bytes, unpacked where its first bytes say that it is compressed.

    The name alone decides nothing: a plain file that is called .gz is read as it stands.

    Raises:
        BadInput: there is nothing here that unpacks it.
        OSError: it cannot be opened.
    """
    file: Any = path.open("rb")
    head = file.peek(6)[:6]
    if head.startswith(_GZIP):
        return gzip.GzipFile(fileobj=file)  # type: ignore[return-value]
    if head.startswith(_XZ):
        return _standard("lzma", where).LZMAFile(file)  # type: ignore[no-any-return]
    if head.startswith(_BZIP2):
        return _standard("bz2", where).BZ2File(file)  # type: ignore[no-any-return]
    if head.startswith(_ZSTD):
        file.close()
        return _open_zstandard(path, where)
    return file  # type: ignore[no-any-return]


def _standard(module: str, where: str) -> Any:
    """A module of the standard library that a Python may have been built without."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise BadInput(
            _("{where} is compressed, and this Python was built without {module}.").format(
                where=where, module=module
            ),
            field="data.source",
            advice=_("Unpack the file."),
        ) from None


def _open_zstandard(path: Path, where: str) -> IO[bytes]:
    """Through Arrow, which every data set library needs and which brings Zstandard along."""
    import pyarrow

    if not pyarrow.Codec.is_available("zstd"):
        raise BadInput(
            _("{where} is packed with Zstandard, which this pyarrow cannot unpack.").format(
                where=where
            ),
            field="data.source",
            advice=_("Unpack the file, or install pyarrow from PyPI."),
        )
    return io.BufferedReader(pyarrow.input_stream(str(path), compression="zstd"))
