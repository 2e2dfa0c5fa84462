"""The tokens that the doctor has seen, kept for the training that follows."""

from array import array

from engine.data import token_cache
from engine.data.encoded import EncodedRows
from engine.data.ledger import Ledger
from engine.data.rows import Kind, RowProblem
from engine.data.tokenized import Tokenized, TokenizedSource, note_spelt
from engine.data.workers import Tokenization
from engine.recipe.fields import Data


class TokenKeeping:
    """Leaves rows in the cache of tokens, in full length, with the account that belongs to them.

    It is what `engine.data.tokenized.tokenize` would have found, so that training, which looks
    there first, does not tokenize again.
    """

    def __init__(self, digest: str) -> None:
        self._keeper = token_cache.Keeper(digest)
        self._ledger = Ledger()
        self._sources: list[TokenizedSource] = []
        self._formats: dict[str, None] = {}

    def begin(self, source: str, format: str, *, evaluation: bool) -> None:
        """The rows that follow are of this source."""
        self._formats[format] = None
        place = self._ledger.kept
        self._sources.append(TokenizedSource(source, place, 0, evaluation))

    def refuse(self, source: str, number: int, problem: RowProblem) -> None:
        """A row that cannot be used in any length."""
        self._ledger.refuse(source, number, problem)

    def add(
        self, source: str, numbers: "array[int]", rows: EncodedRows,
        spelt: dict[int, tuple[str, ...]],
    ) -> None:  # fmt: skip
        """Rows with their numbers; `spelt` are control tokens in their words, by number."""
        for number in numbers:
            self._ledger.keep()
            if number in spelt:
                note_spelt(self._ledger, source, number, spelt[number])
        self._keeper.add(rows, numbers)

    def finish(self) -> None:
        """All rows are there."""
        ends = [source.first for source in self._sources[1:]] + [self._ledger.kept]
        sources = [
            TokenizedSource(one.name, one.first, end - one.first, one.evaluation)
            for one, end in zip(self._sources, ends, strict=True)
        ]
        ledger = self._ledger
        self._keeper.finish(
            Tokenized(
                sources=sources,
                formats=list(self._formats),
                counts=ledger.counts,
                causes=ledger.causes,
                notes=ledger.notes,
            )
        )

    def close(self) -> None:
        """Leave nothing half-done behind."""
        self._keeper.drop()


def keeping(data: Data, kind: Kind, job: Tokenization, expected: int | None) -> TokenKeeping | None:
    """A place for the tokens; None for few rows, for those that are there, and for hubs."""
    if kind not in ("conversation", "text"):
        return None
    if expected is None or expected < token_cache.FEWEST_ROWS:
        return None
    digest = token_cache.key(data, kind, job)
    return None if digest is None or token_cache.has(digest) else TokenKeeping(digest)
