"""The engine host: a warm child process that answers what a screen asks before a run."""

from engine.host.client import start_host

__all__ = ["start_host"]
