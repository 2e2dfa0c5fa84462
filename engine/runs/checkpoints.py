"""Checkpoints that are whole or not there: written aside, hashed, renamed, found again."""

import hashlib
import json
import os
import shutil
from pathlib import Path

from engine.runs.directory import RunDirectory

MANIFEST = "MANIFEST.json"
ASIDE = ".partial"
"""Folder in which the library writes; a checkpoint leaves it when it is whole."""
QUARANTINE = "quarantine"


def aside_folder(run: RunDirectory) -> Path:
    """Where the trainer writes; what an earlier attempt left half-made there is removed."""
    folder = run.checkpoints / ASIDE
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    return folder


def commit(run: RunDirectory, step: int) -> Path:
    """Make what was written aside for `step` a checkpoint, in one rename.

    Every file is flushed and hashed first, the manifest last, so that a cut at any moment leaves
    either the whole checkpoint or none.
    """
    source = run.checkpoints / ASIDE / f"checkpoint-{step}"
    (source / "training_args.bin").unlink(missing_ok=True)  # a pickle that nothing needs
    entries = {}
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        entries[str(path.relative_to(source))] = {
            "bytes": path.stat().st_size,
            "sha256": _sha256(path),
        }
        _sync(path)
    manifest = source / MANIFEST
    manifest.write_text(json.dumps({"step": step, "files": entries}, indent=1))
    _sync(manifest)
    _sync(source)
    target = run.checkpoints / f"step-{step:06d}"
    if target.exists():  # a resumed attempt came by here again
        shutil.rmtree(target)
    source.rename(target)
    _sync(run.checkpoints)
    return target


def size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def listed(run: RunDirectory) -> list[Path]:
    """Committed checkpoints, oldest first."""
    if not run.checkpoints.is_dir():
        return []
    found = [p for p in run.checkpoints.iterdir() if p.is_dir() and p.name.startswith("step-")]
    return sorted((p for p in found if p.name[5:].isdigit()), key=lambda p: int(p.name[5:]))


def step_of(checkpoint: Path) -> int:
    """The step a checkpoint was taken at."""
    return int(checkpoint.name.removeprefix("step-"))


def rotate(run: RunDirectory, keep: int) -> None:
    """Remove all but the newest `keep` checkpoints."""
    for old in listed(run)[:-keep]:
        shutil.rmtree(old, ignore_errors=True)


def newest_whole(run: RunDirectory) -> tuple[Path | None, list[str]]:
    """The newest checkpoint whose hashes verify, and a sentence for each damaged one.

    Damaged ones go to `checkpoints/quarantine/`, so that no later step trips over them.
    """
    notes: list[str] = []
    for checkpoint in reversed(listed(run)):
        fault = damage(checkpoint)
        if fault is None:
            return checkpoint, notes
        place = run.checkpoints / QUARANTINE
        place.mkdir(exist_ok=True, mode=0o700)
        shutil.rmtree(place / checkpoint.name, ignore_errors=True)
        checkpoint.rename(place / checkpoint.name)
        notes.append(f"{checkpoint.name}: {fault}")
    return None, notes


def damage(checkpoint: Path) -> str | None:
    """What is wrong with a checkpoint, None when each file is as it was written."""
    try:
        files = json.loads((checkpoint / MANIFEST).read_text())["files"]
        for name, entry in files.items():
            path = checkpoint / name
            if not path.is_file():
                return f"{name} is missing"
            if path.stat().st_size != entry["bytes"]:
                return f"{name} has {path.stat().st_size} bytes instead of {entry['bytes']}"
            if _sha256(path) != entry["sha256"]:
                return f"{name} is damaged"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return f"{MANIFEST} is missing or damaged"
    return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
