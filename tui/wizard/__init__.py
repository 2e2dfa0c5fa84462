"""The wizard: steps that edit one recipe, with its plan beside them."""
