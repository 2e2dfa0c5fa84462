"""BitFit (Ben Zaken 2021): only the base's bias terms are trained."""

from collections.abc import Iterable

from engine.methods.base import Refusal
from engine.methods.delta import DeltaMethod
from engine.models.facts import ModelFacts
from engine.tables import Options
from engine.words import _


class BitFit(DeltaMethod):
    """Biases of linear layers and norms; saved as those alone."""

    name = "bitfit"
    summary = _("Trains only biases, for models that have them (Qwen2, GPT-2): tiny and steady.")
    options = Options
    order = 51
    learning_rate = 1e-3
    learning_rate_source = "BitFit (Ben Zaken 2021): 1e-4 to 1e-3"
    rate_follows_width = False

    def trained(self, options: Options, names: Iterable[str], layers: int) -> set[str]:
        return {name for name in names if name.endswith(".bias")}

    def nothing_to_train(self, facts: ModelFacts) -> Refusal:
        return Refusal(
            _("{model} ({kind}) has no bias terms, and BitFit trains nothing else.").format(
                model=facts.id, kind=facts.model_type
            ),
            _("Nearest to it are ln-tuning, which trains the norms, and ia3; lora learns most."),
        )


ENTRY = BitFit()
