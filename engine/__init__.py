"""All that knows about models: recipes, plans, runs, training, chat. Usable without a screen."""

__version__ = "0.1.0"
