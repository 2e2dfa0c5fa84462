"""Builds the pocket model from nothing: its world of questions, its tokenizer, its training."""
