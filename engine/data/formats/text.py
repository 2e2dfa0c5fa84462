"""Plain text: one document a row."""

from collections.abc import Mapping
from typing import Any

from engine.data.formats import Field, Format
from engine.data.rows import AnyRow, RowProblem, Text
from engine.data.turns import read_text
from engine.words import _


class PlainText(Format):
    """One document in one column."""

    name = "text"
    summary = _("documents of plain text, to go on with pretraining")
    order = 50
    kind = "text"
    fields = (Field("text", _("the document"), ("text",), weak=("content", "document"),
              hints=("文本", "内容", "正文", "body", "article", "passage", "story")),)  # fmt: skip

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        return isinstance(row.get(columns["text"]), str)

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        text = read_text(row.get(columns["text"]), columns["text"])
        if not text.strip():
            raise RowProblem(
                "empty_text",
                _("{field} is empty.").format(field=columns["text"]),
                _("Fill it in, or take the row out."),
                "dropped",
            )
        return Text(text)


ENTRY = PlainText()
