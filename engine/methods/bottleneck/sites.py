"""Where bottleneck adapters go: told from the names of a model's parameters alone."""

import re
from collections.abc import Iterable

ATTENTION = (
    "self_attn", "attn", "attention", "self_attention", "mixer", "linear_attn", "temporal_block",
)  # fmt: skip
FEEDFORWARD = ("mlp", "feed_forward", "ffn", "block_sparse_moe", "moe", "mlp_block")
LAST_OF_PLAIN = ("fc2",)
"""Layers that hold their feed-forward's linear layers without a module of their own (OPT)."""


def sites(names: Iterable[str], placement: str) -> list[str]:
    """Paths of the modules whose output an adapter follows, in the order of the model.

    Args:
        names: of all parameters.
        placement: `houlsby` follows attention and feed-forward, `pfeiffer` the feed-forward.
    """
    wanted = (*FEEDFORWARD, *LAST_OF_PLAIN, *(ATTENTION if placement == "houlsby" else ()))
    pattern = re.compile(rf"^(.*?\.\d+\.(?:{'|'.join(wanted)}))\.")
    found = dict.fromkeys(m.group(1) for name in names if (m := pattern.match(name)))
    return list(found)
