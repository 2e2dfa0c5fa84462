"""A model one can talk to, with its base beside it."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from engine.chat.answer import Answer, Cancelled, answer
from engine.chat.isolation import undisturbed
from engine.chat.request import ChatRequest
from engine.data.templates import prepare_template
from engine.methods import AdapterMethod, Method
from engine.recipe import AUTO

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

    def respond(
        self,
        request: ChatRequest,
        on_delta: OnDelta = lambda delta: None,
        cancelled: Cancelled = lambda: False,
    ) -> Answer:
        """One answer; training around it is not disturbed."""
        model = self.model
        shown: AbstractContextManager[Any] = nullcontext()
        with undisturbed(self.model):
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
