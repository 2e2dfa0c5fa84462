"""A run's directory: what lies where, how it is made and found."""

import datetime
import json
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import locations
from engine.errors import BadInput
from engine.events import RunStarted
from engine.runs.journal import first_entry
from engine.words import _

if TYPE_CHECKING:
    from engine.recipe import Recipe


@dataclass(frozen=True)
class RunDirectory:
    """Paths of one run. The directory's name is the run's id."""

    path: Path

    @property
    def id(self) -> str:
        """The run's id."""
        return self.path.name

    @property
    def recipe_file(self) -> Path:
        """The resolved recipe."""
        return self.path / "recipe.yaml"

    @property
    def plan_file(self) -> Path:
        """The plan that was made before the start."""
        return self.path / "plan.json"

    @property
    def environment_file(self) -> Path:
        """Versions, devices and commit the run was trained with."""
        return self.path / "environment.json"

    @property
    def journal_file(self) -> Path:
        """Every event."""
        return self.path / "journal.jsonl"

    @property
    def log_file(self) -> Path:
        """What the trainer and its libraries print."""
        return self.path / "engine.log"

    @property
    def checkpoints(self) -> Path:
        """Folder of whole checkpoints."""
        return self.path / "checkpoints"

    @property
    def chat_file(self) -> Path:
        """Completed chat turns."""
        return self.path / "chat.jsonl"

    @property
    def metrics_file(self) -> Path:
        """Final figures."""
        return self.path / "metrics.json"

    @property
    def loss_picture(self) -> Path:
        """The loss curve as a picture."""
        return self.path / "loss.png"

    @property
    def control_file(self) -> Path:
        """Names the control socket of the living trainer."""
        return self.path / "control.json"

    @property
    def command_file(self) -> Path:
        """`stop` or `checkpoint`, where no socket can be."""
        return self.path / "command"

    @property
    def lock_file(self) -> Path:
        """Held by the one process that owns the run."""
        return self.path / "owner.lock"

    def result(self, folder: str) -> Path:
        """`adapter` or `model`: what was trained."""
        return self.path / folder

    def recipe(self) -> "Recipe":
        """The resolved recipe of this run."""
        # Here, not above: who only watches a run needs no recipe, which costs 14 MB and 0.1 s.
        from engine.recipe import load

        return load(self.recipe_file)

    def plan(self) -> dict[str, Any]:
        """The plan document, empty when there is none."""
        try:
            document: dict[str, Any] = json.loads(self.plan_file.read_text())
        except (OSError, ValueError):
            return {}
        return document


def slug(name: str) -> str:
    """A name as part of an id: letters, digits, dot, dash and underscore."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._]+", "-", plain).strip("-._")[:40] or "run"


def create(recipe: "Recipe", plan: dict[str, Any] | None = None) -> RunDirectory:
    """Make the directory of a new run, with its recipe and plan in it.

    Raises:
        BadInput: when the place cannot be written.
    """
    from engine.recipe import dump

    listed = locations.runs()
    chosen = recipe.output.dir
    parent = Path(os.path.expanduser(chosen)).absolute() if chosen else listed
    label = recipe.name or f"{recipe.stage.name}-{recipe.method.name}"
    stem = f"{datetime.datetime.now():%Y%m%d-%H%M%S}-{slug(label)}"
    try:
        locations.private_directory(listed)
        locations.private_directory(parent)
        path = _claim(parent, stem)
        if parent != listed:
            (listed / path.name).symlink_to(path, target_is_directory=True)
        run = RunDirectory(path)
        write_whole(run.recipe_file, dump(recipe))
        if plan is not None:
            write_whole(run.plan_file, json.dumps(plan, indent=1))
    except (OSError, ValueError) as error:
        raise BadInput(
            _("A run cannot be made in {parent}: {why}.").format(
                parent=parent, why=getattr(error, "strerror", None) or error
            ),
            field="output.dir",
            advice=_("Set TUNESMITH_HOME or output.dir to a folder that can be written."),
        ) from None
    return run


def _claim(parent: Path, stem: str) -> Path:
    """A new folder of that name, numbered when the name is taken."""
    for number in range(1, 1000):
        path = parent / (stem if number == 1 else f"{stem}-{number}")
        try:
            path.mkdir(mode=0o700)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(17, _("too many runs of that name in one second"), str(parent))


def write_whole(path: Path, text: str) -> None:
    """Write a private file so that it is whole or not there."""
    aside = path.with_name(path.name + ".tmp")
    fd = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(fd, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def all_runs() -> list[RunDirectory]:
    """Every run, newest first."""
    home = locations.runs()
    try:
        names = sorted((e.name for e in os.scandir(home) if e.name[0] != "."), reverse=True)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise BadInput(
            _("The runs in {home} cannot be read: {why}.").format(home=home, why=error.strerror),
            field="TUNESMITH_HOME",
        ) from None
    return [RunDirectory((home / name).resolve()) for name in names if is_run(home / name)]


def is_run(path: Path) -> bool:
    """Whether a run lies in that folder; False too where nobody may look."""
    return os.path.isfile(path / "recipe.yaml")  # Path.is_file raises for what it may not see


def find(reference: str) -> RunDirectory:
    """The run meant by an id, a unique prefix, a name, a directory or `last`.

    Raises:
        BadInput: when there is none, or several.
    """
    as_path = Path(os.path.expanduser(reference))
    named_as_path = "/" in reference or reference in {".", ".."}
    if named_as_path or (reference and os.path.isfile(as_path / "journal.jsonl")):
        if is_run(as_path):
            return RunDirectory(as_path.resolve())
        raise BadInput(
            _("{reference} is not a run's directory.").format(reference=reference),
            field="run",
            advice=_("`tunesmith runs` lists the runs."),
            code="no_run",
        )
    runs = all_runs()
    if not runs:
        raise BadInput(
            _("There are no runs yet."),
            field="run",
            advice=_("`tunesmith demo` makes the first one."),
            code="no_run",
        )
    if reference == "last":
        return runs[0]
    for run in runs:
        if run.id == reference:
            return run
    matches = [run for run in runs if reference and run.id.startswith(reference)]
    if len(matches) == 1:
        return matches[0]
    for run in runs:
        if _name(run) == reference:
            return run  # the newest of that name
    if matches:
        raise BadInput(
            _("{reference} means {n} runs: {ids}.").format(
                reference=reference,
                n=len(matches),
                ids=", ".join(run.id for run in matches[:4]),
            ),
            field="run",
            advice=_("Give more of the id."),
            code="ambiguous_run",
        )
    raise BadInput(
        _("There is no run {reference!r}.").format(reference=reference),
        field="run",
        advice=_("`tunesmith runs` lists the runs; the newest is {id}.").format(id=runs[0].id),
        code="no_run",
    )


def _name(run: RunDirectory) -> str | None:
    first = first_entry(run.journal_file)
    if first is not None and isinstance(first.event, RunStarted):
        return first.event.run_name
    try:
        return run.recipe().name
    except BadInput:
        return None
