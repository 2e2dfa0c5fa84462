"""A data set examined in one call."""

import json
from typing import Any

import pytest

from engine.data.doctor import Checkup, checked
from engine.recipe.fields import Data


@pytest.fixture
def examine(tmp_path, tokenizer):
    """The doctor's last word on rows, lines of text or bytes."""

    def run(content: Any, name: str = "rows.jsonl", kind: Any = None, **fields: Any) -> Checkup:
        options = {k: fields.pop(k) for k in ("near", "fix", "overwrite", "seed") if k in fields}
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8", errors="surrogateescape")
        else:
            lines = [json.dumps(row) if not isinstance(row, str) else row for row in content]
            path.write_text("".join(f"{line}\n" for line in lines))
        section = Data.model_validate({"source": str(path), "validation": 0, **fields})
        found = checked(section, kind, tokenizer, **options)
        counts = found.counts
        assert counts.kept + counts.dropped + counts.refused == counts.rows
        assert counts.cut <= counts.kept
        lost = sum(cause.count for cause in found.causes if cause.outcome != "kept")
        assert lost == counts.dropped + counts.refused
        return found

    return run


@pytest.fixture
def causes():
    """What a checkup found, as code → (count, first rows)."""

    def read(found: Checkup) -> dict[str, tuple[int, list[int]]]:
        return {cause.code: (cause.count, list(cause.rows)) for cause in found.causes}

    return read
