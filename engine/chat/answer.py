"""One answer of a model: prompt to tokens, generation with streaming, stop and cancel."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from engine.chat.request import ChatRequest
from engine.data.rows import Conversation, Message
from engine.data.templates import ChatTemplate, TemplateError, chat_messages, render
from engine.errors import BadInput
from engine.words import _

Cancelled = Callable[[], bool]
OnText = Callable[[str], None]


@dataclass(frozen=True)
class Answer:
    """What a model said; `stopped` is eos, length or cancelled."""

    answer: str
    tokens: int
    seconds: float
    base: bool
    stopped: str

    def to_json(self) -> dict[str, Any]:
        """As the `chat` command returns it."""
        return asdict(self)


def encode_prompt(tokenizer: Any, template: ChatTemplate, request: ChatRequest) -> list[int]:
    """Tokens of the conversation, up to where the answer begins: rendered as in training.

    Raises:
        BadInput: when the model's template refuses the conversation.
    """
    turns = tuple(Message(message.role, message.content) for message in request.messages)
    try:
        text, _spans = render(
            tokenizer, template, chat_messages(Conversation(turns), template), prompt=True
        )
    except TemplateError as error:
        raise BadInput(
            _("The model's chat template refuses this conversation: {why}.").format(why=error),
            field="messages",
            advice=_("Some models allow no system prompt, or want user and assistant in turns."),
        ) from None
    return list(tokenizer(text, add_special_tokens=False)["input_ids"])


def stop_tokens(model: Any, tokenizer: Any, template: ChatTemplate) -> list[int]:
    """Every token that ends an answer: the template's, the tokenizer's, the model's own."""
    configured = getattr(model.generation_config, "eos_token_id", None)
    own = configured if isinstance(configured, list) else [configured]
    found = [*template.stop_ids, tokenizer.eos_token_id, *own]
    return list(dict.fromkeys(token for token in found if token is not None))


def stop_generation(model: Any, tokenizer: Any, template: ChatTemplate) -> None:
    """Write into the model's generation config at which tokens its answers end.

    Whoever loads what is saved then stops there too, whatever the base model stopped at.
    """
    if getattr(model, "generation_config", None) is None:
        return
    stops = stop_tokens(model, tokenizer, template)
    model.generation_config.eos_token_id = stops if len(stops) > 1 else stops[0]


def learned_tokens(model: Any) -> int:
    """Tokens that a prompt method puts in front of every conversation."""
    config = getattr(model, "active_peft_config", None)
    learned = getattr(config, "is_prompt_learning", False)
    return int(getattr(config, "num_virtual_tokens", 0)) if learned else 0


def answer(
    model: Any,
    tokenizer: Any,
    template: ChatTemplate,
    request: ChatRequest,
    on_text: OnText = lambda text: None,
    cancelled: Cancelled = lambda: False,
) -> Answer:
    """Generate an answer, handing on whole pieces of text as they come.

    The model must be in evaluation mode (`undisturbed` sees to that in a run). The conversation
    is encoded anew each turn: for prompt methods a cache kept over turns would be wrong.
    """
    import torch
    from transformers import StoppingCriteria, StoppingCriteriaList, TextStreamer

    class Pieces(TextStreamer):  # type: ignore[misc]
        """Hands text on once it can no longer change."""

        def on_finalized_text(self, text: str, stream_end: bool = False) -> None:
            if text:
                on_text(text)

    class Until(StoppingCriteria):  # type: ignore[misc]
        """Ends generation when the person does."""

        def __call__(self, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
            return torch.full(
                (input_ids.shape[0],), cancelled(), dtype=torch.bool, device=input_ids.device
            )

    started = time.monotonic()
    ids = encode_prompt(tokenizer, template, request)
    context = getattr(model.config, "max_position_embeddings", None)
    taken = len(ids) + learned_tokens(model)
    room = context - taken if context else request.max_new_tokens
    if room < 1:
        raise BadInput(
            _("This conversation has {n} tokens; the model reads at most {context}.").format(
                n=taken, context=context
            ),
            field="messages",
            advice=_("Clear the conversation or shorten it."),
        )
    if request.seed is not None:
        torch.manual_seed(request.seed)
    ends = stop_tokens(model, tokenizer, template)
    sampling = (
        {"do_sample": True, "temperature": request.temperature, "top_p": request.top_p, "top_k": 0}
        if request.temperature > 0
        else {"do_sample": False, "temperature": None, "top_p": None, "top_k": None}
    )
    device = next(model.parameters()).device
    prompt = torch.tensor([ids], device=device)
    with torch.no_grad():
        output = model.generate(
            input_ids=prompt,
            attention_mask=torch.ones_like(prompt),
            max_new_tokens=min(request.max_new_tokens, room),
            eos_token_id=ends or None,
            pad_token_id=tokenizer.pad_token_id if tokenizer.pad_token_id is not None else ends[0],
            streamer=Pieces(tokenizer, skip_prompt=True, skip_special_tokens=True),
            stopping_criteria=StoppingCriteriaList([Until()]),
            use_cache=True,
            **sampling,
        )
    new = output[0, len(ids) :].tolist()
    ended = bool(new) and new[-1] in ends
    if ended:
        new = new[:-1]
    return Answer(
        answer=tokenizer.decode(new, skip_special_tokens=True),
        tokens=len(new),
        seconds=time.monotonic() - started,
        base=request.base,
        stopped="eos" if ended else "cancelled" if cancelled() else "length",
    )
