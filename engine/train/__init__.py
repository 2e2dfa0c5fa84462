"""Running what a plan resolved: one attempt at a run, in a process of its own or in a thread."""

from engine.train.lifecycle import train

__all__ = ["train"]
