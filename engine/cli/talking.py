"""Whom `chat` talks to: a living trainer through its socket, or a model loaded here."""

import threading
from collections.abc import Callable
from typing import Any, Protocol

from engine.cli.output import Output
from engine.errors import BadInput, Unreachable
from engine.words import _

OnText = Callable[[str], None]


class Partner(Protocol):
    """Answers a conversation; `asked` are the arguments of the protocol's `chat`."""

    def ask(self, asked: dict[str, Any], on_text: OnText) -> dict[str, Any]:
        """One answer, its text handed on in pieces; KeyboardInterrupt ends it early."""

    def close(self) -> None:
        """Let go of it."""


class LivingTrainer:
    """The live weights of a run that trains, or whose model is still warm."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def ask(self, asked: dict[str, Any], on_text: OnText) -> dict[str, Any]:
        pending = self._connection.ask(
            "chat", asked, on_delta=lambda delta: on_text(delta.get("text", ""))
        )
        try:
            answer: dict[str, Any] = pending.result()
        except KeyboardInterrupt:
            self._connection.cancel(pending)
            raise
        return answer

    def close(self) -> None:
        self._connection.close()


class LoadedModel:
    """A model in this process."""

    def __init__(self, talker: Any) -> None:
        self._talker = talker

    def ask(self, asked: dict[str, Any], on_text: OnText) -> dict[str, Any]:
        from engine.chat import ChatRequest

        request = ChatRequest.read(asked)
        gone = threading.Event()
        answer = self._talker.respond(
            request, lambda delta: on_text(delta.get("text", "")), gone.is_set
        )
        document: dict[str, Any] = answer.to_json()
        return document

    def close(self) -> None:
        self._talker = None


def partner(reference: str, out: Output) -> Partner:
    """The model that a run, a folder or a hub id names.

    Raises:
        BadInput: when there is nothing of that name, or nothing to talk to yet.
    """
    from engine.runs import connect, find, summarize

    try:
        run = find(reference)
    except BadInput as problem:
        if problem.problem.code != "no_run":
            raise
        return _model(reference, out)
    if summarize(run).state in {"running", "paused", "done", "stopped"}:
        try:
            return LivingTrainer(connect(run))
        except Unreachable:
            pass  # nobody keeps it warm: it is loaded here
    from engine.chat.load import talker_for_run

    return LoadedModel(_loading(lambda: talker_for_run(str(run.path)), out))


def _model(reference: str, out: Output) -> Partner:
    import os

    from engine.models import KNOWN
    from engine.recipe import Recipe, with_field

    known = any(model.name == reference for model in KNOWN)
    if not known and "/" not in reference and not os.path.exists(reference):
        raise BadInput(
            _("There is no run and no model called {reference!r}.").format(reference=reference),
            field="run",
            advice=_("`tunesmith runs` and `tunesmith models` list them."),
            code="no_run",
        )
    from engine.chat.load import talker_for_model

    model = with_field(Recipe(), "model.id", reference).model
    return LoadedModel(_loading(lambda: talker_for_model(model), out))


def _loading(load: Callable[[], Any], out: Output) -> Any:
    out.status(_("loading the model"))
    try:
        return load()
    finally:
        out.status("")
