"""Names that stand for a method with options: `method: dora` is `method: {name: lora, dora: true}`.

They are read and never written: a recipe that was read holds what they stand for.
"""

from typing import Any

OPTIONS: dict[str, dict[str, Any]] = {
    "dora": {"dora": True},
    "rslora": {"rslora": True},
    "pissa": {"pissa": True},
    "loraplus": {"loraplus": 16.0},
    "qlora": {},
}
"""Options of lora that each name sets; 16 is the ratio of LoRA+'s authors (Hayou 2024)."""
STORED = {"qlora": "bnb-4bit"}
"""How each stores the base."""


def expand(tree: dict[str, Any]) -> dict[str, Any]:
    """A recipe's tree with its method written out, sections already as mappings.

    Raises:
        ValueError: when the recipe asks for a base as it is and for one in few bits.
    """
    method = tree.get("method")
    if not isinstance(method, dict) or method.get("name") not in OPTIONS:
        return tree
    name = str(method["name"])
    tree = {**tree, "method": {**OPTIONS[name], **method, "name": "lora"}}
    if name in STORED:
        stored = tree.get("quantization")
        given = dict(stored) if isinstance(stored, dict) else {}
        if given.get("name") == "none":
            raise ValueError(
                f"{name} stores the base in few bits, and quantization is none; leave quantization "
                f"out, or choose lora"
            )
        tree["quantization"] = {"name": STORED[name], **given}
    return tree
