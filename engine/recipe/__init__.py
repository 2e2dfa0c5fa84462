"""The recipe: one validated document that describes a run, and its YAML form.

It checks shape and field names; what a method's, stage's or quantization's own options may be
is checked by the plan against their tables.
"""

from engine.recipe.editing import apply_settings, differences, read_field, with_field
from engine.recipe.fields import (
    AUTO,
    Data,
    Evaluation,
    Launch,
    Method,
    Model,
    Output,
    Quantization,
    Recipe,
    Source,
    Stage,
    Training,
    check_name,
)
from engine.recipe.yaml_form import build, dump, load, parse

__all__ = [
    "AUTO",
    "Data",
    "Evaluation",
    "Launch",
    "Method",
    "Model",
    "Output",
    "Quantization",
    "Recipe",
    "Source",
    "Stage",
    "Training",
    "apply_settings",
    "build",
    "check_name",
    "differences",
    "dump",
    "load",
    "parse",
    "read_field",
    "with_field",
]
