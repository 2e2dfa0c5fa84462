"""What the doctor advises: values of the recipe that fit the data, each with its reason."""

from engine.data.doctor.examination import Examination
from engine.data.doctor.report import Setting
from engine.data.ledger import Cause
from engine.data.matching import Reading
from engine.data.mixing import FEWEST_FOR_A_SHARE
from engine.data.quoting import listed
from engine.words import _, ngettext

_PACKS_BELOW = 0.5
_FEW, _MANY = 200, 1000
"""Held-out rows: with fewer than `_FEW` the loss is a guess, more than `_MANY` only take time."""

_CONTINUES_FROM = 0.2
_CUT_WORTH = 64


def settings(found: Examination, validation_rows: int, causes: tuple[Cause, ...],
             split: str) -> tuple[Setting, ...]:  # fmt: skip
    """Values for `data.*`; `split` names the data set's own validation split, if it has one."""
    if not found.lengths.rows:
        return ()
    given = [_length(found), _packing(found), _loss(found), _validation(found, split)]
    codes = {cause.code: cause for cause in causes}
    repeated = codes.get("duplicate") or codes.get("validation_leak")
    if repeated is not None and repeated.outcome == "kept":
        given.append(
            Setting(
                "data.drop_duplicates",
                True,
                ngettext(
                    "{n} row is the same as an earlier one and counts twice.",
                    "{n} rows are the same as an earlier one and count twice or more.",
                    repeated.count,
                ).format(n=repeated.count),
            )
        )
    return tuple(setting for setting in given if setting is not None)


def sentences(settings: tuple[Setting, ...], reading: Reading | None) -> tuple[str, ...]:
    """The advice as a person reads it."""
    said = [f"{one.field}: {_words(one.value)} – {one.reason}" for one in settings]
    if reading is not None and reading.others:
        said.append(
            _("The rows can be read as {formats} too (--set data.format=…).").format(
                formats=_(" or ").join(reading.others)
            )
        )
    if reading is not None and reading.unread:
        said.append(
            _("Columns that are not read: {columns}.").format(columns=listed(reading.unread))
        )
    return tuple(said)


def _words(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _length(found: Examination) -> Setting | None:
    if found.kind == "text" and found.data.packing is not False:
        return Setting(
            "data.max_length",
            "auto",
            _("Documents are joined into full sequences, so none is cut; longer ones see more at "
              "a time and take more memory."),
        )  # fmt: skip
    cut = found.lengths.proposed(found.limit)
    if cut is None:
        return None
    longest = max(found.lengths.counts)
    if not cut.rows_cut:
        reason = _("The longest row has {n} tokens, so none is cut; more would only be padding.")
        return Setting("data.max_length", cut.max_length, reason.format(n=longest))
    if cut.max_length == found.limit:
        return Setting(
            "data.max_length",
            cut.max_length,
            _("The model reads no more; {k} of {m} rows are longer and lose {t} tokens.").format(
                k=cut.rows_cut, m=found.lengths.rows, t=cut.tokens_cut
            ),
        )
    return Setting(
        "data.max_length",
        cut.max_length,
        _("It cuts {k} of {m} rows ({t} tokens); the longest has {n}, for which every batch needs "
          "memory.").format(k=cut.rows_cut, m=found.lengths.rows, t=cut.tokens_cut, n=longest),
    )  # fmt: skip


def _packing(found: Examination) -> Setting | None:
    if found.kind == "text":
        return Setting(
            "data.packing", True, _("Documents one after another leave no padding at all.")
        )
    if found.kind != "conversation":
        return None
    cut = found.lengths.proposed(found.limit)
    length = found.max_length or (cut.max_length if cut else 0)
    share = found.lengths.packed(length) if length else 1.0
    if share < _PACKS_BELOW:
        return Setting(
            "data.packing",
            True,
            _("A row fills {share} % of {n} tokens; packing puts about {k} rows into a sequence in "
              "place of padding.").format(share=round(100 * share), n=length, k=int(1 / share)),
        )  # fmt: skip
    return Setting(
        "data.packing",
        False,
        _(
            "A row fills {share} % of {n} tokens by itself, so there is little padding to save."
        ).format(share=round(100 * share), n=length),
    )


def _loss(found: Examination) -> Setting | None:
    if found.kind != "conversation" or not found.conversations:
        return None
    if found.continued > _CONTINUES_FROM * found.conversations:
        return Setting(
            "data.loss_on",
            "last",
            _("{n} rows repeat an earlier row and go on; with responses their first answers would "
              "be learned again and again.").format(n=found.continued),
        )  # fmt: skip
    if found.several_answers:
        return Setting(
            "data.loss_on",
            "responses",
            _("{n} of {m} rows have several answers, and each is learned; questions are read, not "
              "learned.").format(n=found.several_answers, m=found.conversations),
        )  # fmt: skip
    share = round(100 * found.with_loss / max(1, found.tokens))
    reason = _("Answers are {share} % of the tokens; what users ask is not to be imitated.")
    return Setting("data.loss_on", "responses", reason.format(share=share))


def _validation(found: Examination, split: str) -> Setting | None:
    rows, share = found.trained, found.data.validation
    if found.data.eval_source is not None:
        return None
    if split:
        return Setting(
            "data.eval_source",
            found.data.all_sources()[0].source,
            _("The data set has a split of its own for it ({split}), so no row is taken from "
              "training.").format(split=split),
        )  # fmt: skip
    if rows < FEWEST_FOR_A_SHARE:
        return Setting(
            "data.validation", 0, _("{n} rows are too few to hold one out.").format(n=rows)
        )
    held = rows * share if share < 1 else share
    if held > _MANY:
        return Setting(
            "data.validation",
            _MANY,
            _(
                "{n} held-out rows tell the loss well enough; {share} of {m} rows only take longer."
            ).format(n=_MANY, share=share, m=rows),
        )
    if 0 < held < _FEW:
        wished = min(0.1, max(share, _FEW / rows)) if share < 1 else share
        count = max(1, round(rows * wished)) if wished < 1 else int(wished)
        reason = _("{n} of {m} rows; the loss on so few moves by chance, so read its trend.")
        return Setting("data.validation", round(wished, 3), reason.format(n=count, m=rows))
    if not held:
        return Setting(
            "data.validation",
            0.05,
            _("Without rows held out nobody sees when the model begins to learn by heart."),
        )
    return Setting(
        "data.validation",
        share,
        _("{n} of {m} rows are enough to tell the loss.").format(n=round(held), m=rows),
    )
