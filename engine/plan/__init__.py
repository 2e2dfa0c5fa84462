"""The plan: what a recipe will cost and whether it fits, with every `auto` resolved and why."""

from engine.plan.checks import CheckedRecipe, check
from engine.plan.document import Plan, Reason
from engine.plan.make import make_plan
from engine.plan.steps import count_steps

__all__ = ["CheckedRecipe", "Plan", "Reason", "check", "count_steps", "make_plan"]
