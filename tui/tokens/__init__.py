"""A browser of the exact tokens that a model is trained on, row by row."""
