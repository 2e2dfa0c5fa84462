"""What the host can be asked; one entry a command."""

import dataclasses
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from engine.errors import BadInput, TunesmithError
from engine.host.browsing import Layouts
from engine.protocol import Request, Send, delta
from engine.recipe import Model, Recipe, build
from engine.words import _

if TYPE_CHECKING:
    from engine.chat.talker import Talker

_warm = threading.Event()
_layouts = Layouts()
_warm_seconds = 0.0


@dataclass(frozen=True)
class Answering:
    """One request under way."""

    request: Request
    send: Send
    cancelled: threading.Event

    @property
    def args(self) -> dict[str, Any]:
        """The request's arguments."""
        return self.request.args

    def delta(self, value: Any) -> None:
        """Send a part of the answer."""
        self.send(delta(self.request, value))

    def looked(self, row: int) -> None:
        """Tell at which row a search is, unless nobody wants to know any more.

        Raises:
            TunesmithError: `cancelled`.
        """
        if self.cancelled.is_set():
            raise TunesmithError(_("Cancelled."), code="cancelled")
        self.delta({"row": row})

    def recipe(self) -> Recipe:
        """The recipe that came with the request."""
        tree = self.args.get("recipe")
        if not isinstance(tree, dict):
            raise BadInput(_("This command needs a recipe."), field="recipe")
        return build(tree)

    def model(self) -> Model:
        """The recipe's model section that came with the request."""
        try:
            return Model.model_validate(self.args.get("model"))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(["model", *(str(part) for part in first["loc"])])
            raise BadInput(f"{field}: {first['msg']}.", field=field) from None


@dataclass(frozen=True)
class Command:
    """How a command is answered; those that use the chat model wait for each other.

    `needs_libraries`: it waits for the warm-up. transformers loads its parts on first use, which
    breaks when a second thread does so in the middle of the first import.
    """

    answer: Callable[[Answering], Any]
    uses_model: bool = False
    needs_libraries: bool = True


def warm_up() -> None:
    """Import what every answer needs, long before the first question."""
    global _warm_seconds
    started = time.monotonic()
    try:
        import peft  # noqa: F401
        import torch  # noqa: F401
        import trl.chat_template_utils  # noqa: F401
        from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer  # noqa: F401

        import engine.data
        import engine.models
        import engine.plan  # noqa: F401
    finally:
        _warm_seconds = time.monotonic() - started
        _warm.set()


def wait_until_warm() -> None:
    """Return once the libraries are there, or could not be imported."""
    _warm.wait()


def _ready(_answering: Answering) -> dict[str, Any]:
    _warm.wait()
    return {"seconds": round(_warm_seconds, 3)}


def _facts(answering: Answering) -> dict[str, Any]:
    from engine.models import facts

    return dataclasses.asdict(facts(answering.model()))


def _download(answering: Answering) -> dict[str, Any]:
    from engine.models import find

    def progress(done: int, total: int) -> None:
        answering.delta({"done": done, "total": total})

    found = find(answering.model(), progress=progress, cancelled=answering.cancelled.is_set)
    return {"path": str(found.path)}


def _preview(answering: Answering) -> dict[str, Any]:
    from engine.data.preview import LONGEST, preview
    from engine.models import find, load_tokenizer
    from engine.stages import STAGES

    recipe = answering.recipe()
    args = answering.args
    kind = STAGES.get(recipe.stage.name).kind
    tokenizer = load_tokenizer(find(recipe.model, weights=False))
    return dataclasses.asdict(
        preview(
            recipe.data,
            kind,
            tokenizer,
            int(args.get("limit", 20)),
            start=int(args.get("start", 1)),
            longest=int(args.get("longest", LONGEST)),
            find=str(args.get("find", "")),
        )
    )


def _find_row(answering: Answering) -> dict[str, Any]:
    """The number of a row of the recipe's first source that has a text; how far it is as deltas.

    Arguments beside the recipe: `text`, `start` (1), `backwards` (false).
    """
    from engine.host.browsing import find_row
    from engine.stages import STAGES

    recipe = answering.recipe()
    args = answering.args
    number = find_row(
        recipe.data,
        STAGES.get(recipe.stage.name).kind,
        str(args.get("text", "")),
        int(args.get("start", 1)),
        backwards=bool(args.get("backwards", False)),
        looked=answering.looked,
    )
    return {"row": number}


def _neighbours(answering: Answering) -> dict[str, Any]:
    """The sequences in which a row is trained on: arguments `source` and `row`."""
    from engine.models import find, load_tokenizer
    from engine.stages import STAGES

    recipe = answering.recipe()
    args = answering.args
    found = _layouts.neighbours(
        recipe,
        STAGES.get(recipe.stage.name).kind,
        load_tokenizer(find(recipe.model, weights=False)),
        str(args.get("source", "")),
        int(args.get("row", 1)),
        answering.looked,
    )
    return dataclasses.asdict(found)


def _recognize(answering: Answering) -> dict[str, Any]:
    """Every way to read the recipe's first source; with `any_kind` whatever its stage learns."""
    from engine.data.recognition import recognize
    from engine.stages import STAGES

    recipe = answering.recipe()
    kind = None if answering.args.get("any_kind") else STAGES.get(recipe.stage.name).kind
    return dataclasses.asdict(recognize(recipe.data, kind))


def _check(answering: Answering) -> dict[str, Any]:
    """The data doctor: each picture of its account as a delta, the last one as the answer.

    Arguments beside the recipe: `near` (true), `by_stage` (true): read rows as the stage needs,
    `fix`: the file for the mended set, `overwrite` (false): whether it may be there already.
    """
    from engine.data.doctor import check
    from engine.models import find, load_tokenizer
    from engine.stages import STAGES

    recipe = answering.recipe()
    kind = STAGES.get(recipe.stage.name).kind if answering.args.get("by_stage", True) else None
    tokenizer = load_tokenizer(find(recipe.model, weights=False))
    document: dict[str, Any] = {}
    fix = answering.args.get("fix")
    for found in check(
        recipe.data,
        kind,
        tokenizer,
        near=bool(answering.args.get("near", True)),
        seed=recipe.training.seed,
        fix=Path(str(fix)).expanduser() if fix else None,
        overwrite=bool(answering.args.get("overwrite", False)),
    ):
        if answering.cancelled.is_set():
            raise TunesmithError(_("Cancelled."), code="cancelled")
        document = found.to_json()
        if not found.done:
            answering.delta(document)
    return document


def _plan(answering: Answering) -> dict[str, Any]:
    from engine.plan import make_plan

    plan = make_plan(
        answering.recipe(),
        gpu=answering.args.get("gpu"),
        progress=lambda phase: answering.delta({"phase": phase}),
    )
    document: dict[str, Any] = plan.to_json()
    return document


class _ChatModel:
    """The one model that is kept ready to talk."""

    def __init__(self) -> None:
        self.key: tuple[str, str] | None = None
        self.talker: Talker | None = None

    def get(self, answering: Answering) -> "Talker":
        """The model asked for, loaded unless it is the one at hand."""
        from engine.chat.load import talker_for_model, talker_for_run

        run = answering.args.get("run")
        key = ("run", str(run)) if run else ("model", repr(answering.args.get("model")))
        if self.key != key or self.talker is None:
            self.drop()
            answering.delta({"phase": "loading"})
            self.talker = talker_for_run(str(run)) if run else talker_for_model(answering.model())
            self.key = key
        return self.talker

    def drop(self) -> None:
        """Free the model's memory."""
        import gc
        import sys

        self.key = self.talker = None
        gc.collect()
        torch = sys.modules.get("torch")
        if torch is not None and torch.cuda.is_available():
            torch.cuda.empty_cache()


_chat_model = _ChatModel()


def _chat(answering: Answering) -> dict[str, Any]:
    from engine.chat.request import ChatRequest

    args = {k: v for k, v in answering.args.items() if k not in {"model", "run"}}
    request = ChatRequest.read(args)
    talker = _chat_model.get(answering)
    return talker.respond(request, answering.delta, answering.cancelled.is_set).to_json()


def _adapters(answering: Answering) -> dict[str, Any]:
    """Names of the adapters of the model one talks to; with `adapter`, one more is loaded."""
    from engine.models.adapters import find_adapter

    talker = _chat_model.get(answering)
    wanted = answering.args.get("adapter")
    if wanted:
        talker.add_adapter(find_adapter(str(wanted)), str(answering.args.get("name") or ""))
    return {"names": talker.adapters()}


def _unload(_answering: Answering) -> dict[str, Any]:
    _chat_model.drop()
    return {}


COMMANDS: dict[str, Command] = {
    "ready": Command(_ready),
    "facts": Command(_facts),
    "download": Command(_download, needs_libraries=False),
    "preview": Command(_preview),
    "recognize": Command(_recognize),
    "check": Command(_check),
    "find_row": Command(_find_row),
    "neighbours": Command(_neighbours),
    "plan": Command(_plan),
    "chat": Command(_chat, uses_model=True),
    "adapters": Command(_adapters, uses_model=True),
    "unload": Command(_unload, uses_model=True, needs_libraries=False),
}
