"""What the doctor can find: one entry for each, with what it means for the row and what to do."""

from dataclasses import dataclass
from typing import Literal

from engine.words import _

Severity = Literal["error", "warning", "note"]
"""`error`: rows are lost; `warning`: used, and probably not as meant; `note`: worth knowing."""

Effect = Literal["kept", "dropped", "refused"]


@dataclass(frozen=True)
class Finding:
    """One kind of trouble. `mended` where `--fix` writes the row without it.

    An `advice` of its own stands where the reader of the row gives none.
    """

    code: str
    title: str
    effect: Effect
    severity: Severity
    advice: str = ""
    mended: bool = False


def _kept(code: str, title: str, advice: str, *, severity: Severity = "warning",
          mended: bool = False) -> Finding:  # fmt: skip
    return Finding(code, title, "kept", severity, advice, mended)


def _lost(code: str, title: str, effect: Effect = "refused", *, mended: bool = False) -> Finding:
    return Finding(code, title, effect, "error", "", mended)


_ENTRIES = (
    # Files and rows that cannot be read. Their advice comes with the row's own trouble.
    _lost("broken_json", _("broken JSON")),
    _lost("broken_csv", _("broken CSV")),
    _lost("wrong_cells", _("too many or too few cells")),
    _lost("not_an_object", _("not an object")),
    _lost("not_utf8", _("not UTF-8")),
    _lost("bad_unicode", _("half a character")),
    _lost("missing_field", _("a field is missing or null")),
    _lost("not_text", _("no text where text belongs"), mended=True),
    _lost("bad_shape", _("turns in no known shape")),
    _lost("unknown_role", _("an unknown role")),
    _lost("bad_tool_call", _("a broken tool call")),
    _lost("bad_tools", _("broken tool descriptions")),
    _lost("bad_label", _("a label that is none")),
    _lost("bad_weight", _("a weight that is neither 0 nor 1")),
    _lost("template_refuses", _("the chat template refuses it")),
    _lost("bad_template", _("the chat template refuses it")),
    _lost("tools_not_shown", _("the chat template shows no tools")),
    _lost("answer_not_found", _("the answers cannot be told apart")),
    # Rows with nothing to learn from.
    _lost("no_answer", _("no answer"), "dropped"),
    _lost("no_question", _("no question"), "dropped"),
    _lost("empty_answer", _("an empty answer"), "dropped"),
    _lost("empty_turn", _("an empty turn"), "dropped"),
    _lost("empty_text", _("an empty text"), "dropped"),
    _lost("only_thoughts", _("nothing but thoughts"), "dropped"),
    _lost("ends_with_answer", _("a prompt that is answered"), "dropped"),
    _lost("same_answers", _("chosen and rejected are the same"), "dropped"),
    _lost("nothing_to_learn", _("no token carries loss"), "dropped"),
    _lost("cut_before_answer", _("cut before the answer"), "dropped"),
    # Rows that are used.
    _kept(
        "duplicate", _("the same as an earlier row"),
        _("Set data.drop_duplicates: true to train on each row once."),
    ),
    _kept(
        "near_duplicate", _("nearly the same as an earlier row"),
        _("Look at some of them; rows that repeat count more than the others."),
        severity="note",
    ),
    _kept(
        "validation_leak", _("a held-out row that is trained on too"),
        _("Set data.drop_duplicates: true; else the evaluation looks better than it is."),
    ),
    _kept(
        "near_validation_leak", _("a held-out row nearly the same as one trained on"),
        _("Hold rows out by topic (data.eval_source), so that the evaluation means something."),
    ),
    _kept(
        "cut", _("longer than data.max_length"),
        _("Raise data.max_length, or split these rows; what stands behind it is not learned."),
    ),
    _kept(
        "longer_than_model", _("longer than the model's context"),
        _("Set data.max_length to the model's context, or split these rows."),
    ),
    _kept(
        "byte_order_mark", _("the file begins with a byte order mark"),
        _("Nothing is lost; save the file as UTF-8 without a mark for other programs."),
        severity="note", mended=True,
    ),
    _kept(
        "other_columns", _("other columns than most rows"),
        _("See whether rows of another data set got in; missing columns count as empty."),
        severity="note", mended=True,
    ),
    _kept(
        "mixed_types", _("a column of another type than in the first rows"),
        _("Write the column in one type; some programs refuse the whole file."),
        severity="note", mended=True,
    ),
    _kept(
        "null_value", _("null in a column that is read"),
        _("Nothing is lost; null counts as empty here, and write \"\" for other programs."),
        severity="note", mended=True,
    ),
    _kept(
        "nested_null", _("null inside of a value"),
        _("Nothing is lost; leave such keys out for other programs."),
        severity="note", mended=True,
    ),
    _kept(
        "ends_with_user", _("ends without an answer"),
        _("Add the answer; the last question carries no loss and is dead weight."),
        mended=True,
    ),
    _kept(
        "starts_with_assistant", _("begins with an answer"),
        _("Add the question before it; many chat templates refuse such rows."),
    ),
    _kept(
        "repeated_role", _("two turns of one role in a row"),
        _("Join the turns, or add the one that is missing between them."),
        mended=True,
    ),
    _kept(
        "late_system", _("a system turn after the first turn"),
        _("Put it first; many chat templates refuse it elsewhere."),
    ),
    _kept(
        "unequal_calls", _("tool calls and results do not match"),
        _("Give each call its result right behind it, or take the row out: it teaches results "
          "that nobody asked for, or calls that nothing answers."),
    ),
    _kept(
        "undescribed_tool", _("a tool is called that is not described"),
        _("Describe it in the row's tools; else the model learns to invent tools."),
    ),
    _kept(
        "control_tokens_in_text", _("control tokens of this model in the text"),
        _("Take it out if it is left over from another template; it is read as words."),
    ),
    _kept(
        "template_text", _("the marks of a chat template in the text"),
        _("Read the row with the right format, or take the marks out; the model learns to write "
          "them."),
    ),
    _kept(
        "control_codes", _("control codes in the text"),
        _("Take them out; --fix does."), mended=True,
    ),
    _kept(
        "direction_marks", _("marks that turn the reading order around"),
        _("Take them out unless they are meant; --fix does."), mended=True,
    ),
    _kept(
        "invisible_characters", _("characters that cannot be seen"),
        _("Take them out; --fix does."), mended=True,
    ),
    _kept(
        "lost_characters", _("characters that an earlier program lost (�)"),
        _("Fetch the text again from its origin; what stood there cannot be told."),
    ),
    _kept(
        "mojibake", _("text decoded in a wrong encoding (mojibake)"),
        _("Write it again from its origin as UTF-8; --fix mends what can be undone."), mended=True,
    ),
    _kept(
        "placeholder", _("placeholders that nobody filled in"),
        _("Fill them in before training; the model learns to write them."),
    ),
    _kept(
        "secret", _("what looks like a key or a password"),
        _("Take it out and revoke it: models repeat what they were trained on. --fix removes it."),
        mended=True,
    ),
)  # fmt: skip

FINDINGS: dict[str, Finding] = {entry.code: entry for entry in _ENTRIES}


def finding(code: str, effect: Effect) -> Finding:
    """What is known of a code; a new one of a reader or a template counts as rows lost."""
    severity: Severity = "note" if effect == "kept" else "error"
    return FINDINGS.get(code) or Finding(code, code.replace("_", " "), effect, severity)
