"""Data sets of ModelScope, through its own library where that is installed."""

import importlib
from collections.abc import Iterator
from typing import Any

from engine.data.quoting import shown
from engine.errors import BadInput, TunesmithError
from engine.recipe.fields import Source
from engine.words import _

PREFIX = "modelscope:"


def open_modelscope(
    source: Source, *, streaming: bool = False
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows of a ModelScope data set, numbered from 1; its code is never run.

    Raises:
        BadInput: the library is not installed, or it cannot give the rows.
    """
    name = source.source.removeprefix(PREFIX)
    where = shown(source.source)
    if "/" not in name.strip("/"):
        raise BadInput(
            _("{source} is no data set of ModelScope.").format(source=where),
            field="data.source",
            advice=_("Write it as modelscope:owner/name."),
        )
    try:
        load = importlib.import_module("modelscope.msdatasets").MsDataset.load
    except ImportError as error:
        missing = (error.name or "modelscope").split(".")[0]
        raise BadInput(
            _("{source} needs the library {library}, which is not installed.").format(
                source=where, library=shown(missing)
            ),
            field="data.source",
            advice=_("Install it with `pip install 'modelscope[datasets]'`, or use a local copy."),
            code="missing_library",
        ) from None
    number = 0
    try:
        rows = load(
            name,
            subset_name=source.config or "default",
            split=source.split,
            version=source.revision or "master",
            use_streaming=streaming,
            trust_remote_code=False,
        )
        for row in rows:
            number += 1
            yield number, dict(row)
    except (MemoryError, TunesmithError):
        raise
    except Exception as error:  # whatever the library raises
        why = shown(str(error).split("\n")[0] or type(error).__name__, 160).rstrip(".")
        raise BadInput(
            _("{source}, after row {row}: ModelScope gives no more, {why}.").format(
                source=where, row=number, why=why
            )
            if number
            else _("{source} cannot be read from ModelScope: {why}.").format(source=where, why=why),
            field="data.source",
            advice=_("Check its name, data.config, data.split and the network."),
        ) from error
    if not number:
        raise BadInput(
            _("{id}: split {split} is empty.").format(id=where, split=shown(source.split)),
            field="data.split",
            advice=_("Choose another split."),
        )
