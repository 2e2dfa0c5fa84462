"""A model one can talk to, with its base beside it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from engine.chat.answer import Answer, Cancelled, answer
from engine.chat.isolation import undisturbed
from engine.chat.request import ChatRequest
from engine.data.templates import prepare_template
from engine.errors import BadInput
from engine.methods import AdapterMethod, Method, method_of_folder
from engine.recipe import AUTO
from engine.words import _

OnDelta = Callable[[dict[str, Any]], None]


class Talker:
    """Answers with a tuned model or, where asked, as its base would.

    An adapter is switched off for the base: no second copy. A fully tuned model has changed its
    base, so `load_base` fetches a copy the first time it is asked for.
    """

    def __init__(
        self,
        model: Any,
        tokenizer: Any,
        method: Method | None = None,
        load_base: Callable[[], Any] | None = None,
        template: str = AUTO,
    ) -> None:
        self.template = prepare_template(tokenizer, template)
        self.model = model
        self.tokenizer = tokenizer
        self._method = method
        self._load_base = load_base
        self._base: Any = None
        self._shown: dict[str, str] = {}
        """What an adapter is called here, by the name that the library has for it."""

    def adapters(self) -> list[str]:
        """Names of the adapters that are loaded, the one at work first."""
        if not isinstance(self._method, AdapterMethod):
            return []
        return [self._shown.get(name, name) for name in self._method.names(self.model)]

    def add_adapter(self, folder: Path, name: str) -> None:
        """Load an adapter, the first or one more; `ChatRequest.adapter` chooses between them.

        Raises:
            BadInput: no adapter there, one of another kind, or a name that is taken.
        """
        made_by = method_of_folder(folder)
        mine = self._method
        if mine is not None and made_by.name != mine.name:
            raise BadInput(
                _("A {other} adapter cannot lie beside what {mine} made (peft mixes no kinds).")
                .format(other=made_by.name, mine=mine.name),
                field="adapter",
                advice=_("Talk to each run by itself."),
            )  # fmt: skip
        if name in self.adapters() or not name.isidentifier():
            raise BadInput(
                _("{name!r} is taken, or is no name of letters, digits and _.").format(name=name),
                field="adapter",
                advice=_("Give it another name."),
            )
        if mine is None:
            self.model = made_by.load(self.model, folder).eval()
            self._method = made_by
            self._shown[made_by.names(self.model)[0]] = name
            return
        with undisturbed(self.model):
            made_by.add(self.model, folder, name)

    @contextmanager
    def _switched(self, name: str | None) -> Iterator[None]:
        """Inside, another adapter answers; what a run trains is at work again afterwards."""
        names = self.adapters()
        if name is None or (names and name == names[0]):
            yield
            return
        if name not in names:
            raise BadInput(
                _("There is no adapter called {name!r} here.").format(name=name),
                field="adapter",
                advice=_("Loaded are {names}.").format(names=", ".join(names) or _("none")),
            )
        assert isinstance(self._method, AdapterMethod)
        own = self._method.names(self.model)
        self._method.switch(self.model, own[names.index(name)])
        try:
            yield
        finally:
            self._method.switch(self.model, own[0])

    def respond(
        self,
        request: ChatRequest,
        on_delta: OnDelta = lambda delta: None,
        cancelled: Cancelled = lambda: False,
    ) -> Answer:
        """One answer; training around it is not disturbed."""
        model = self.model
        shown: AbstractContextManager[Any] = nullcontext()
        with undisturbed(self.model), self._switched(request.adapter):
            if request.base and self._method is not None:
                if isinstance(self._method, AdapterMethod):
                    shown = self._method.base_shown(self.model)
                elif self._load_base is not None:
                    if self._base is None:
                        on_delta({"phase": "loading_base"})
                        self._base = self._load_base().eval()
                    model = self._base
            with shown:
                return answer(
                    model,
                    self.tokenizer,
                    self.template,
                    request,
                    lambda text: on_delta({"text": text}),
                    cancelled,
                )
