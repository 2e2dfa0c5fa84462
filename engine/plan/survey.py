"""Figures of a recipe's data, kept while nothing they depend on changes."""

import copy
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from engine.data import Survey, prepare, survey
from engine.data.sources import local_files
from engine.models import ModelFacts, find, load_tokenizer
from engine.recipe import AUTO, Recipe
from engine.stages import Stage
from engine.words import _

KEPT = 16
"""Answers kept of each kind: a wizard goes back and forth between a few."""
SAMPLE = 2000

T = TypeVar("T")


class _Kept(Generic[T]):
    """The last answers, by what they depend on."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Any, T] = OrderedDict()
        self._lock = threading.Lock()  # a host answers several questions at once

    def get(self, key: Any, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = make()
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        return answer


_tokenizers: _Kept[Any] = _Kept()
_surveys: _Kept[Survey] = _Kept()
_packed: _Kept[tuple[int, int, int, int]] = _Kept()


@dataclass(frozen=True)
class DataFigures:
    """A data set as one tokenizer sees it, before any length is chosen, and again once it is."""

    recipe: Recipe
    stage: Stage
    facts: ModelFacts
    progress: Callable[[str], None]

    def uncut(self) -> Survey:
        """Rows at their full length."""
        data = self.recipe.data
        if data.max_length != AUTO:
            data = data.model_copy(update={"max_length": AUTO})
        return self._survey(data, None)

    def at(self, max_length: int) -> Survey:
        """Rows as they are cut at so many tokens."""
        return self._survey(self.recipe.data, max_length)

    def packed(self, max_length: int) -> tuple[int, int, int, int]:
        """(sequences, tokens, tokens with loss, sequences held out) of joined documents.

        Exact: it does what the trainer will do, so it is for data that fits a sample.
        """
        data, seed = self.recipe.data, self.recipe.training.seed
        key = (*self._key(data), max_length, seed)

        def make() -> tuple[int, int, int, int]:
            self.progress(_("joining documents"))
            done = prepare(
                data, self.stage.kind, self.tokenizer(), max_length=max_length, seed=seed
            )
            tokens = sum(done.train.lengths())
            return len(done.train), tokens, done.train.loss_tokens(), len(done.evaluation)

        return _packed.get(key, make)

    def tokenizer(self) -> Any:
        """A tokenizer of one's own: preparing a template may change it."""
        return copy.deepcopy(_tokenizers.get(self._model_key(), self._load_tokenizer))

    def _load_tokenizer(self) -> Any:
        self.progress(_("loading the tokenizer"))
        return load_tokenizer(find(self.recipe.model, weights=False))

    def _survey(self, data: Any, max_length: int | None) -> Survey:
        def make() -> Survey:
            self.progress(_("reading the data"))

            def told(done: int, _total: int | None) -> None:
                self.progress(_("reading the data: {n} rows").format(n=done))

            return survey(
                data, self.stage.kind, self.tokenizer(), SAMPLE, told, max_length=max_length
            )

        return _surveys.get((*self._key(data), max_length), make)

    def _key(self, data: Any) -> tuple[Any, ...]:
        names = [source.source for source in data.all_sources()]
        if data.eval_source is not None:
            names.append(data.eval_source)
        if data.template.endswith((".jinja", ".j2")):
            names.append(data.template)
        paths = [path for name in names for path in local_files(name)]
        stamps = tuple(stamp for path in paths for stamp in _stamps(path))
        return (data.model_dump_json(), self.stage.kind, self._model_key(), stamps)

    def _model_key(self) -> tuple[Any, ...]:
        model = self.recipe.model
        folder = Path(self.facts.path) if self.facts.path else None
        stamps: tuple[Any, ...] = ()
        if folder is not None:
            names = ("tokenizer.json", "tokenizer_config.json", "chat_template.jinja")
            stamps = tuple(stamp for name in names for stamp in _stamps(folder / name))
        return (model.id, model.revision, model.trust_remote_code, stamps)


def _stamps(path: Path) -> list[tuple[str, int, int]]:
    """What changes when a file, or a file in a folder, does."""
    try:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        return [(str(f), s.st_mtime_ns, s.st_size) for f in files if (s := f.stat())]
    except OSError:
        return []
