"""What may be asked of a model in one chat turn, checked."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.errors import BadInput
from engine.validation import reason
from engine.words import _


class ChatMessage(BaseModel):
    """One turn of a conversation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal["system", "user", "assistant"]
    content: str


class ChatRequest(BaseModel):
    """A whole conversation to answer, and how. The answer depends on nothing else."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    messages: Annotated[tuple[ChatMessage, ...], Field(min_length=1)]
    base: bool = False
    """Answer as the base would, without what was trained."""
    adapter: str | None = None
    """Which of several loaded adapters answers; the one at work when it is not said."""
    temperature: Annotated[float, Field(ge=0, le=10)] = 0.7
    """0 always takes the likeliest token."""
    top_p: Annotated[float, Field(gt=0, le=1)] = 0.95
    max_new_tokens: Annotated[int, Field(ge=1, le=100_000)] = 256
    seed: Annotated[int, Field(ge=0)] | None = None

    @classmethod
    def read(cls, args: dict[str, Any]) -> "ChatRequest":
        """Check the arguments of a `chat` command.

        Raises:
            BadInput: naming the field.
        """
        try:
            return cls.model_validate(args)
        except ValidationError as error:
            place = error.errors()[0]["loc"]
            field = ".".join(str(part) for part in place) or "chat"
            mine = [e for e in error.errors() if e["loc"] == place]
            raise BadInput(
                _("chat: {field}: {why}.").format(field=field, why=reason(mine)), field=field
            ) from None
