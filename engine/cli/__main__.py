"""`python -m engine.cli`: the command line without the app's entry."""

import sys

from engine.cli.command_line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
