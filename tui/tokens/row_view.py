"""One row as text: what carries loss underlined, where it is cut, and its figures in a line."""

import re

from textual.content import Content

from engine.data.preview import Preview, PreviewProblem, PreviewRow
from engine.words import _
from tui.safe_text import plain, plain_lines

LOSS, REST = "bold underline $accent", "$text-muted"


def row_content(row: PreviewRow, preview: Preview) -> Content:
    """The row as the model sees it; its turns where its stage makes the tokens."""
    if not row.tokens:
        parts = [
            Content.assemble((plain(turn.role), "bold $accent"), "\n", plain_lines(turn.content))
            for turn in row.turns
        ]
        parts = parts or [Content(plain_lines(row.text))]
        note = _("The stage makes one or two sequences of such a row; here it is as read.")
        parts.append(Content.styled(note, "$text-muted italic"))
        return Content("\n\n").join(parts)
    runs: list[tuple[str, str]] = []
    run, carries = "", row.tokens[0][1]
    for text, loss in row.tokens:
        if loss != carries:
            runs.append((plain_lines(run), LOSS if carries else REST))
            run, carries = "", loss
        run += text
    runs.append((plain_lines(run), LOSS if carries else REST))
    ends = _endings(row)
    return Content.assemble(*runs, *((f"\n{text}", "bold $warning") for text in ends))


def _endings(row: PreviewRow) -> list[str]:
    """What stands behind the tokens that are shown."""
    said = []
    if row.hidden:
        said.append(_("… {n} more tokens are not shown.").format(n=f"{row.hidden:,}"))
    if row.cut:
        said.append(
            _("✂ Cut here: {n} more tokens are not trained on.").format(n=f"{row.lost:,}")
            if row.lost
            else _("✂ Cut here: what follows is not trained on.")
        )
    return said


def problem_content(problem: PreviewProblem) -> Content:
    """Why a row cannot be used, and what to do."""
    return Content.assemble(
        (_("✗ This row is left out."), "bold $error"),
        "\n\n",
        plain(problem.message),
        ("\n\n" + plain(problem.advice), "$text-muted"),
        (f"\n\n{plain(problem.code)}", "dim"),
    )


def figures(row: PreviewRow) -> str:
    """Tokens of the row and how many of them carry loss."""
    if not row.tokens:
        return ""
    count = len(row.tokens) + row.hidden
    carry = sum(loss for _text, loss in row.tokens)
    more = "+" if row.hidden else ""
    return _("{n} tokens, {loss} carry loss").format(n=f"{count:,}", loss=f"{carry:,}{more}")


def cut_words(row: PreviewRow, max_length: object) -> str:
    """Where the row is cut, or that it is not."""
    if not row.tokens:
        return ""
    if row.cut:
        return _("✂ cut at {n}").format(n=max_length)
    return _("max length auto") if max_length == "auto" else _("whole")


def marked(words: Content, text: str) -> tuple[Content, int | None]:
    """The words with each place of `text` marked, and where the first one begins."""
    if not text:
        return words, None
    first: int | None = None
    for found in re.finditer(re.escape(plain_lines(text)), words.plain, re.IGNORECASE):
        words = words.stylize("reverse", found.start(), found.end())
        first = found.start() if first is None else first
    return words, first
