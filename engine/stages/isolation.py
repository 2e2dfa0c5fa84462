"""Whether a model keeps the rows of a packed sequence apart."""

from typing import Any

_FIRST, _OTHER, _SECOND = (1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12)


def keeps_rows_apart(model: Any, precision: str = "fp32") -> bool:
    """Whether what stands in one row of a packed sequence leaves the next row untouched: tried.

    By position ids transformers masks attention within a row, for eager, sdpa, flex and flash
    attention alike. Learned prompts (prefix, prompt and P-tuning) and models that carry a state
    along do not always heed it, and what does not answer a trial is not trusted.
    """
    import torch

    peft = getattr(model, "active_peft_config", None)
    if getattr(peft, "is_prompt_learning", False):
        return False
    device = next(model.parameters()).device
    positions = torch.tensor([[0, 1, 2, 3, 0, 1, 2, 3]], device=device)
    lengths = torch.tensor([0, 4, 8], dtype=torch.int32, device=device)
    modes = [(module, module.training) for module in model.modules()]
    kind = torch.float16 if precision == "fp16" else torch.bfloat16

    def second(first: tuple[int, ...]) -> Any:
        """What the second row says when this stands in the first."""
        said = model(
            input_ids=torch.tensor([[*first, *_SECOND]], device=device),
            position_ids=positions,
            use_cache=False,
            cu_seq_lens_q=lengths,
            cu_seq_lens_k=lengths,
            max_length_q=4,
            max_length_k=4,
        )
        return said.logits[0, 4:].float()

    try:
        model.eval()
        with torch.no_grad(), torch.autocast(device.type, kind, enabled=precision != "fp32"):
            one, other = second(_FIRST), second(_OTHER)
    except (RuntimeError, ValueError, TypeError):
        return False
    finally:
        for module, mode in modes:
            module.training = mode
    scale = max(1e-6, float(one.abs().max()))
    return float((one - other).abs().max()) <= 1e-4 * scale
