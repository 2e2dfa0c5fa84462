"""Talking to a model: the pane beside a run and in the wizard."""
