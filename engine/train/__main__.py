"""The trainer process: `python -P -m engine.train RUN_DIRECTORY [--resume] [--keep-warm]`."""

import argparse
import sys
from pathlib import Path

from engine.errors import TunesmithError
from engine.processes import adopt_defaults
from engine.runs import RunDirectory
from engine.train.lifecycle import train


def main() -> int:
    """Train the run whose directory the command line names; 0 done or stopped, 1 failed."""
    parser = argparse.ArgumentParser(prog="engine.train")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--keep-warm", action="store_true")
    arguments = parser.parse_args()
    adopt_defaults()
    try:
        return train(
            RunDirectory(arguments.directory.resolve()),
            resume=arguments.resume,
            keep_warm=arguments.keep_warm,
            own_process=True,
        )
    except TunesmithError as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code


if __name__ == "__main__":
    sys.exit(main())
