"""Files of the hub: fetched with progress, only what a model needs, errors in one sentence."""

import contextlib
import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.errors import BadInput, TunesmithError
from engine.words import _

Progress = Callable[[int, int], None]
"""Told bytes done and bytes in all, from other threads; what it raises ends the download."""

SMALL = (
    "config.json", "generation_config.json", "tokenizer*", "special_tokens_map.json",
    "added_tokens.json", "vocab.*", "merges.txt", "spiece.model", "*.tiktoken", "chat_template*",
    "model.safetensors.index.json", "processor_config.json", "preprocessor_config.json",
)  # fmt: skip
"""Everything but weights and code: names that transformers looks for."""
CODE = ("*.py",)
INDEX = "model.safetensors.index.json"
SINGLE = "model.safetensors"
ADAPTER = (
    "adapter_config.json", "adapter_model.safetensors", "tunesmith_adapter.json",
    "tunesmith_adapter.safetensors",
)  # fmt: skip
"""What an adapter consists of, peft's or ours; pickles are never fetched."""
SUBFOLDERS = ("*/*",)
"""Copies for other runtimes (onnx/, original/) are never fetched."""


class Cancelled(TunesmithError):
    """The person ended a download; what was fetched is kept and used the next time."""

    code = "cancelled"


def fetch(
    name: str,
    revision: str | None,
    *,
    weights: bool,
    code: bool,
    field: str = "model.id",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """The local folder of a hub model; missing files are downloaded.

    Args:
        weights: fetch the safetensors too, not only config and tokenizer.
        code: fetch the Python files that come with the model.

    Raises:
        BadInput: wrong id or revision, gated, no network and not fetched before, disk full.
        Cancelled: when `cancelled()` became true.
    """
    patterns = [*SMALL, *(CODE if code else ())]
    folder = _snapshot(name, revision, patterns, field, progress, cancelled)
    if weights:
        patterns += _weight_names(folder)
        folder = _snapshot(name, revision, patterns, field, progress, cancelled)
    return folder


def fetch_adapter(name: str) -> Path:
    """The local folder of a hub's adapter; missing files are downloaded.

    Raises:
        BadInput: wrong id, gated, no network and not fetched before, disk full.
    """
    return _snapshot(name, None, list(ADAPTER), "model.adapter", None, None)


def sizes(name: str, revision: str | None) -> dict[str, int]:
    """Bytes of every top-level file of a hub model; empty when the hub cannot be asked."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        info = HfApi(endpoint=endpoint()).model_info(
            name, revision=revision, files_metadata=True, timeout=10
        )
    except (HfHubHTTPError, HFValidationError, OSError, ValueError):
        return {}
    except Exception as error:  # the HTTP library's own errors have no common base of Python's
        if _is_network(error):
            return {}
        raise
    files = info.siblings or []
    return {f.rfilename: f.size for f in files if f.size is not None and "/" not in f.rfilename}


def endpoint() -> str | None:
    """`HF_ENDPOINT`, read now and not when the library was imported."""
    return os.environ.get("HF_ENDPOINT") or None


def weight_bytes(folder: Path | None, listed: dict[str, int]) -> int | None:
    """Bytes of the safetensors that a load reads, out of a listing by name."""
    names = [SINGLE]
    if folder is not None and (folder / INDEX).is_file():
        names = _weight_names(folder)
    found = [listed[name] for name in names if name in listed]
    return sum(found) if found else None


def _weight_names(folder: Path) -> list[str]:
    index = folder / INDEX
    if not index.is_file():
        return [SINGLE]
    try:
        names = set(json.loads(index.read_text())["weight_map"].values())
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return [SINGLE]
    return sorted(n for n in names if isinstance(n, str) and n.endswith(".safetensors"))


def _snapshot(
    name: str,
    revision: str | None,
    patterns: list[str],
    field: str,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> Path:
    from huggingface_hub import snapshot_download

    meter = _meter(progress, cancelled)
    try:
        return Path(
            snapshot_download(
                name,
                revision=revision,
                allow_patterns=patterns,
                ignore_patterns=list(SUBFOLDERS),
                tqdm_class=meter,
                endpoint=endpoint(),
            )
        )
    except Cancelled:
        _stop_transfers()
        raise
    except Exception as error:
        raise _in_words(error, name, revision, field) from None


def _meter(progress: Progress | None, cancelled: Callable[[], bool] | None) -> type:
    """A stand-in for tqdm that hands bytes on instead of drawing (library's `tqdm_class`)."""

    class Meter:
        _lock = contextlib.nullcontext()

        def __init__(self, *_args: Any, **options: Any) -> None:
            self.total = options.get("total") or 0
            self.n = options.get("initial") or 0
            # Two bars count bytes: what the network brought and what is written. The first one's
            # total is a guess, so the second is told on.
            words = str(options.get("desc", ""))
            self.counts = options.get("unit") == "B" and not words.startswith("Downloading")
            self.format_dict: dict[str, Any] = {"rate": None}

        def __enter__(self) -> "Meter":
            return self

        def __exit__(self, *_error: Any) -> None:
            pass

        def update(self, amount: float | None = 1) -> None:
            if cancelled is not None and cancelled():
                raise Cancelled(_("The download was cancelled; what was fetched is kept."))
            self.n += amount or 0
            self.refresh()

        def refresh(self, *_args: Any, **_options: Any) -> None:
            if self.counts and progress is not None and self.total:
                progress(int(min(self.n, self.total)), int(self.total))

        def close(self) -> None:
            pass

        def set_description(self, *_args: Any, **_options: Any) -> None:
            pass

        set_description_str = set_postfix_str = set_description

        @classmethod
        def get_lock(cls) -> Any:
            return cls._lock

        @classmethod
        def set_lock(cls, lock: Any) -> None:
            cls._lock = lock

    return Meter


def _stop_transfers() -> None:
    """End what the library's native downloader still fetches in the background."""
    try:
        from huggingface_hub.utils._xet import abort_xet_session
    except ImportError:
        return
    with contextlib.suppress(Exception):
        abort_xet_session()


def _is_network(error: BaseException) -> bool:
    """Whether an error, or one that it came from, is about reaching the hub."""
    from huggingface_hub.errors import OfflineModeIsEnabled

    seen = 0
    current: BaseException | None = error
    while current is not None and seen < 10:
        name, module = type(current).__name__, type(current).__module__
        if isinstance(current, (OfflineModeIsEnabled, ConnectionError, TimeoutError)):
            return True
        if module.startswith("httpx") and ("Connect" in name or "Timeout" in name):
            return True
        if module.startswith("httpx") and ("Network" in name or "Proxy" in name or "Read" in name):
            return True
        current, seen = current.__cause__ or current.__context__, seen + 1
    return False


def _in_words(error: Exception, name: str, revision: str | None, field: str) -> TunesmithError:
    """One sentence for what the library raised; its own text may be long and hold addresses."""
    from huggingface_hub import errors

    where = endpoint() or "https://huggingface.co"
    if isinstance(error, errors.GatedRepoError):
        return BadInput(
            _("{name} is gated: its owner wants you to accept terms first.").format(name=name),
            field=field,
            code="gated",
            advice=_(
                "Accept them at {where}/{name}, then set HF_TOKEN or run `hf auth login`."
            ).format(where=where, name=name),
        )
    if isinstance(error, errors.RevisionNotFoundError):
        return BadInput(
            _("{name} has no revision {revision!r}.").format(name=name, revision=revision),
            field="model.revision" if field == "model.id" else field,
            advice=_("Leave the revision out for the newest one."),
        )
    if isinstance(error, errors.RepositoryNotFoundError):
        return BadInput(
            _("There is no model {name} on the hub, or it is private.").format(name=name),
            field=field,
            code="not_found",
            advice=_("Check the spelling (owner/name); for a private model set HF_TOKEN."),
        )
    if isinstance(error, errors.HFValidationError):
        return BadInput(
            _("{name!r} is neither a folder here nor an id of the hub.").format(name=name),
            field=field,
            code="not_found",
            advice=_("Ids look like owner/name; folders like ./my-model."),
        )
    if isinstance(error, errors.HfHubHTTPError) and error.response is not None:
        status = error.response.status_code
        if status in {401, 403}:
            return BadInput(
                _("The hub refuses {name} with the token that is set.").format(name=name),
                field=field,
                advice=_("Check HF_TOKEN, or run `hf auth login`."),
            )
        return BadInput(
            _("The hub answers {status} for {name}.").format(status=status, name=name),
            field=field,
            code="no_network",
            advice=_("Try again in a while; what was fetched is kept."),
        )
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return BadInput(
            _("The disk is full while fetching {name}.").format(name=name),
            field=field,
            code="disk_full",
            advice=_("Make room, or set HF_HOME to a larger disk."),
        )
    if _is_network(error) or isinstance(error, errors.LocalEntryNotFoundError):
        return BadInput(
            _("{name} is not on this machine, and the hub cannot be reached.").format(name=name),
            field=field,
            code="no_network",
            advice=_(
                "Check the network (HF_ENDPOINT names a mirror, HF_HUB_OFFLINE must be unset), "
                "choose pocket, or name a local folder."
            ),
        )
    if isinstance(error, TunesmithError):
        return error
    return BadInput(
        _("{name} cannot be fetched ({why}).").format(name=name, why=type(error).__name__),
        field=field,
        advice=_("What was fetched is kept; try again."),
    )
