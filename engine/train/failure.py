"""What an exception means for the person: a short reason, one sentence, what to do."""

import errno

from engine.errors import Problem, TunesmithError
from engine.runs import RunDirectory
from engine.words import _


def explain(error: BaseException, run: RunDirectory) -> Problem:
    """The reason, sentence and advice of a failed attempt."""
    if isinstance(error, TunesmithError):
        return error.problem
    if _out_of_memory(error):
        return Problem(
            "out_of_memory",
            _("The device ran out of memory."),
            advice=_(
                "Lower training.micro_batch, switch on training.activation_checkpointing, shorten "
                "data.max_length or choose quantization bnb-4bit; `tunesmith plan` shows what fits."
            ),
        )
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Problem(
            "disk_full",
            _("The disk is full ({path}).").format(path=error.filename or run.path),
            advice=_("Free some space, then `tunesmith resume {run}`.").format(run=run.id),
        )
    first = (str(error).strip().split("\n") or [""])[0]
    return Problem(
        "error",
        _("{kind}: {message}").format(kind=type(error).__name__, message=first[:300]),
        advice=_("The whole story is in {log}.").format(log=run.log_file),
    )


def _out_of_memory(error: BaseException) -> bool:
    if isinstance(error, MemoryError):
        return True
    if type(error).__name__ in {"OutOfMemoryError", "AcceleratorError"}:
        return "out of memory" in str(error).lower() or type(error).__name__ == "OutOfMemoryError"
    text = str(error).lower()
    return isinstance(error, RuntimeError) and (
        "out of memory" in text or "can't allocate memory" in text or "not enough memory" in text
    )
