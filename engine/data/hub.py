"""Data sets of the Hugging Face hub, through the `datasets` library; their code is never run."""

import ast
import difflib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from engine.data.quoting import listed, shown
from engine.errors import BadInput, TunesmithError
from engine.recipe.fields import Source
from engine.words import _

HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(/[A-Za-z0-9_][\w.-]{0,95})?")
"""What an id of the hub looks like: `owner/name`, or one of the few without owner."""

_PATIENCE = 10.0
"""Seconds that the hub may take to answer the first question."""

EVALUATION_SPLITS = ("validation", "test", "eval", "valid", "dev")
"""Names under which hub data sets hold rows out, in the order they are tried."""


def open_hub(source: Source, *, streaming: bool = False) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows of a hub data set, numbered from 1.

    With `streaming` only the rows that are asked for are fetched. Without network, what was
    fetched before is read.

    Raises:
        BadInput: the id, config, split or revision is wrong, the set is gated, or there is no
            network (`no_network`).
    """
    number = 0
    try:
        for row in _load(source, streaming):
            number += 1
            yield number, dict(row)
    except (MemoryError, TunesmithError):
        raise
    except Exception as error:  # whatever the library raises
        raise _told(error, source, number) from error
    if not number:
        raise BadInput(
            _("{id}: split {split} is empty.").format(
                id=shown(source.source), split=shown(source.split)
            ),
            field="data.split",
            advice=_("Choose another split."),
        )


def _load(source: Source, streaming: bool) -> Any:
    import datasets
    from huggingface_hub import HfApi

    # Progress bars would be drawn over the screen of whoever asked.
    datasets.disable_progress_bars()
    try:
        # One short question first: without network the library would retry for half a minute.
        HfApi(endpoint=os.environ.get("HF_ENDPOINT") or None).dataset_info(
            source.source, revision=source.revision, timeout=_PATIENCE
        )
    except Exception as error:
        if not any(_is_network(e) for e in (error, *_causes(error))):
            raise
        with _offline():
            return datasets.load_dataset(
                source.source, name=source.config, split=source.split, revision=source.revision
            )
    return datasets.load_dataset(
        source.source,
        name=source.config,
        split=source.split,
        revision=source.revision,
        streaming=streaming,
    )


@contextmanager
def _offline() -> Iterator[None]:
    """Inside, the libraries look at what was fetched before and ask no hub."""
    import datasets.config
    import huggingface_hub.constants

    switches: list[Any] = [datasets.config, huggingface_hub.constants]
    before = [switch.HF_HUB_OFFLINE for switch in switches]
    for switch in switches:
        switch.HF_HUB_OFFLINE = True
    try:
        yield
    finally:
        for switch, value in zip(switches, before, strict=True):
            switch.HF_HUB_OFFLINE = value


def evaluation_split(source: Source) -> str:
    """The split of a hub data set that is meant for evaluation, else the source's own.

    Raises:
        BadInput: as `open_hub`.
    """
    import datasets

    try:
        names = datasets.get_dataset_split_names(
            source.source, config_name=source.config, revision=source.revision
        )
    except MemoryError:
        raise
    except Exception as error:  # as above
        raise _told(error, source, 0) from error
    return next((name for name in EVALUATION_SPLITS if name in names), source.split)


def _told(error: Exception, source: Source, number: int) -> TunesmithError:
    """What went wrong, in one sentence, from the library's exception and those under it."""
    from datasets.exceptions import DatasetNotFoundError, DefunctDatasetError

    name = shown(source.source)
    chain = [error, *_causes(error)]
    text = " ".join(str(e) for e in chain)
    kinds = {type(e).__name__ for e in chain}
    if "gated" in text.lower() or "GatedRepoError" in kinds:
        return BadInput(
            _("{id} is gated: its owner lets in only whom they know.").format(id=name),
            field="data.source",
            advice=_("Ask for access on its page at the hub, then set HF_TOKEN."),
            code="gated",
        )
    if "BuilderConfig" in text or "Config name is missing" in text:
        return _choice(error, _("config"), "data.config", source.config, name)
    if "Unknown split" in text or "Bad split" in text:
        return _choice(error, _("split"), "data.split", source.split, name)
    if source.revision and ("RevisionNotFoundError" in kinds or "Revision" in text):
        return BadInput(
            _("{id} has no revision {revision}.").format(id=name, revision=shown(source.revision)),
            field="data.revision",
            advice=_("Take revision out, or name a branch, tag or commit that is there."),
        )
    if any(_is_network(e) for e in chain):
        if number:
            message = _("{id}: the connection to the hub broke after row {row}.")
        else:
            message = _("{id}: the hub cannot be reached, and the set is not on this machine.")
        return BadInput(
            message.format(id=name, row=number),
            field="data.source",
            code="no_network",
            advice=_("Check the network (and HF_ENDPOINT, HF_HUB_OFFLINE), or give a local file."),
        )
    if isinstance(error, DatasetNotFoundError) or kinds & {
        "RepositoryNotFoundError",
        "HFValidationError",
    }:
        return BadInput(
            _("{id}: there is no such data set on the hub, or it is private.").format(id=name),
            field="data.source",
            advice=_("Check the id; for a private one set HF_TOKEN."),
            code="not_found",
        )
    if isinstance(error, DefunctDatasetError) or "scripts are no longer supported" in text:
        return BadInput(
            _("{id} comes as a program, which is not run.").format(id=name),
            field="data.source",
            advice=_("Look for a copy of it in Parquet (revision: refs/convert/parquet)."),
        )
    return BadInput(
        _("{id} cannot be read: {why}.").format(
            id=name, why=shown(str(error).split("\n")[0] or type(error).__name__, 160).rstrip(".")
        ),
        field="data.source",
        advice=_("Look at the data set's page at the hub."),
    )


def _choice(error: Exception, noun: str, field: str, given: str | None, name: str) -> BadInput:
    """A wrong config or split, with those that there are as the library's sentence lists them."""
    lists = re.findall(r"\[[^\]]*\]", str(error))
    try:
        names = [str(n) for n in ast.literal_eval(lists[0])] if lists else []
    except (ValueError, SyntaxError):
        names = []
    near = difflib.get_close_matches(given or "", names, 1, 0.5)
    if given is None:
        message = _("{id} has several configurations, and none is chosen.").format(id=name)
    else:
        message = _("{id} has no {noun} {given}.").format(id=name, noun=noun, given=shown(given))
    if near:
        advice = _("Did you mean {near}?").format(near=shown(near[0]))
    elif names:
        advice = _("Choose one of {names}.").format(names=listed(names))
    else:
        advice = _("Look at the data set's page at the hub.")
    return BadInput(message, field=field, advice=advice)


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    while (cause := error.__cause__ or error.__context__) is not None and cause not in found:
        found.append(cause)
        error = cause
    return found


def _is_network(error: BaseException) -> bool:
    names = {cls.__name__ for cls in type(error).__mro__}
    return isinstance(error, (ConnectionError, TimeoutError)) or bool(
        names
        & {
            "ConnectError",
            "ConnectTimeout",
            "ReadTimeout",
            "NetworkError",
            "TransportError",
            "LocalEntryNotFoundError",
            "OfflineModeIsEnabled",
        }
    )
