"""Files, rows and tokenizers that the tests of the data floor share."""

import json
from typing import Any

import pytest

from engine.recipe.fields import Data
from tests.tiny_models import tiny_tokenizer


@pytest.fixture
def write(tmp_path):
    """Write rows to a file of that name and give its path back as a recipe names it."""

    def write_rows(rows: list[Any], name: str = "rows.jsonl") -> str:
        path = tmp_path / name
        if name.endswith(".jsonl"):
            path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        else:
            path.write_text(json.dumps(rows))
        return str(path)

    return write_rows


@pytest.fixture
def data(write):
    """A recipe's data section on these rows."""

    def section(rows: list[Any], **fields: Any) -> Data:
        return Data.model_validate({"source": write(rows), "validation": 0, **fields})

    return section


@pytest.fixture
def tokenizer(tmp_path):
    """A tokenizer with ChatML in which every byte is a token."""
    return tiny_tokenizer(tmp_path / "tokenizer")
