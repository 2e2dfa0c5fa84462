"""A run on the screen: following it, its figures, its chat and how one leaves it."""
