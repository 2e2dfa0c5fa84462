"""The headless twin of the app: every verb of the command line.

A verb is one entry of one file in `engine/cli/verbs`. A verb imports what it needs when it runs,
so that lists and helps come at once.
"""

from engine.cli.command_line import main

__all__ = ["main"]
