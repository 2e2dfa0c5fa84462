"""An adapter to begin from: that it is there, and that the recipe goes with it."""

from pathlib import Path
from typing import Any

from engine.errors import BadInput
from engine.methods import AdapterMethod, Method, method_of_folder
from engine.models.adapters import CONTINUE, find_adapter
from engine.plan.draft import Draft
from engine.words import _

SOURCE = "model.adapter"


def resolve_adapter(draft: Draft, method: Method, stored: str | None) -> None:
    """Look the adapter up and take over the options it was made with.

    Raises:
        BadInput: no adapter there, one of another method, or options that contradict it.
    """
    reference = draft["model.adapter"]
    if reference is None:
        return
    folder = find_adapter(str(reference))
    made_by = method_of_folder(folder)
    if draft["model.adapter_use"] == CONTINUE:
        _continue(draft, method, made_by, folder)
    else:
        _merge(made_by, stored)


def _continue(draft: Draft, method: Method, made_by: AdapterMethod, folder: Path) -> None:
    if made_by.name != method.name:
        raise BadInput(
            _("method.name: the adapter to go on with was made by {made}, not {method}.").format(
                made=made_by.name, method=method.name
            ),
            field="method.name",
            code="combination",
            advice=_(
                "Set method: {made}, or model.adapter_use: merge to start a new one on it."
            ).format(made=made_by.name),
        )
    why = made_by.why_not_continued(folder)
    if why:
        raise BadInput(
            f"model.adapter: {why}",
            field="model.adapter",
            code="combination",
            advice=_("Start anew, or set model.adapter_use: merge where it can be merged."),
        )
    for option, value in made_by.saved_options(folder).items():
        field = f"method.{option}"
        given = draft[field]
        if given not in (None, "auto") and not _alike(given, value) and option != "targets":
            raise BadInput(
                _("{field}: the adapter to go on with has {value}.").format(
                    field=field, value=value
                ),
                field=field,
                code="combination",
                advice=_("Leave the option out; it is taken from the adapter."),
            )
        if option == "targets":
            draft[field] = None
        draft.choose(field, value, _("as the adapter that is trained on"), SOURCE)


def _alike(given: Any, value: Any) -> bool:
    if isinstance(given, (list, tuple)) and isinstance(value, (list, tuple)):
        return list(given) == list(value)
    return bool(given == value)


def _merge(made_by: AdapterMethod, stored: str | None) -> None:
    if not made_by.merges:
        raise BadInput(
            _("model.adapter_use: {made} has no weights that could be merged into a base.").format(
                made=made_by.name
            ),
            field="model.adapter_use",
            code="combination",
            advice=_("Set model.adapter_use: continue."),
        )
    if stored is not None:
        raise BadInput(
            _(
                "model.adapter_use: merging into a base that is stored as {stored} rounds the "
                "adapter away."
            ).format(stored=stored),
            field="model.adapter_use",
            code="combination",
            advice=_("Set quantization: none, or export the merged model and start from that."),
        )
