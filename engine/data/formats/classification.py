"""Texts, or pairs of texts, with one label or several."""

from collections.abc import Mapping
from typing import Any

from engine.data.formats import Field, Format
from engine.data.rows import AnyRow, Labelled, RowProblem
from engine.data.turns import json_kind, read_text
from engine.words import _


class Classification(Format):
    """A text and its class; a pair of texts; a text with a list of labels."""

    name = "classification"
    summary = _("a text, or a pair of texts, and its label or labels")
    order = 410
    kind = "labelled"
    fields = (
        Field("text", _("the text"),
              ("text", "sentence1", "premise", "text1", "question1", "question", "sentence"),
              weak=("content", "review", "query", "document"),
              hints=("文本", "句子", "内容", "评论", "句子1", "comment", "title")),
        Field("second", _("the other text of a pair"),
              ("text_pair", "sentence2", "hypothesis", "text2", "question2", "sentence"),
              weak=("answer", "passage", "context"), required=False, hints=("句子2",)),
        Field("label", _("the label, or the list of labels"), ("label", "labels"),
              weak=("class", "category", "intent", "sentiment"),
              hints=("标签", "类别", "分类", "情感")),
    )  # fmt: skip

    def recognize(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
        second = row.get(columns["second"])
        return (
            isinstance(row.get(columns["text"]), str)
            and (second is None or isinstance(second, str))
            and _is_label(row.get(columns["label"]))
        )

    def read(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> AnyRow:
        text = read_text(row.get(columns["text"]), columns["text"])
        given = row.get(columns["second"])
        second = None if given is None else read_text(given, columns["second"])
        if not text.strip():
            raise RowProblem(
                "empty_text",
                _("{field} is empty.").format(field=columns["text"]),
                _("Fill it in, or take the row out."),
                "dropped",
            )
        value, column = row.get(columns["label"]), columns["label"]
        if isinstance(value, list):
            labels = tuple(_read_label(one, f"{column}[{n}]") for n, one in enumerate(value))
            return Labelled(text, second, labels, several=True)
        return Labelled(text, second, (_read_label(value, column),))


def _is_label(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, (str, int)) for one in value)
    return isinstance(value, (str, int)) or (isinstance(value, float) and value.is_integer())


def _read_label(value: Any, where: str) -> str:
    """A label's name; a whole number is the name it is written as."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value == "" or not isinstance(value, (str, int)):
        raise RowProblem(
            "missing_field" if value is None or value == "" else "bad_label",
            _("{field} is {found}, not a label.").format(
                field=where, found=_("empty") if value == "" else json_kind(value)
            ),
            _("Give the label as text or as a whole number."),
        )
    return read_text(value, where) if isinstance(value, str) else str(value)


ENTRY = Classification()
