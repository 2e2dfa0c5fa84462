"""Making a plan: check, look at model, data and machine, fill in every auto, find what fits."""

from collections.abc import Callable
from math import ceil

import engine.machine
from engine.errors import BadInput
from engine.machine import Machine, imagine
from engine.memory import Device
from engine.models import ModelFacts
from engine.models import facts as facts_of
from engine.plan.adapters import resolve_adapter
from engine.plan.advice import advice
from engine.plan.checks import (
    CheckedRecipe,
    check,
    check_with_device,
    check_with_facts,
    has_flash_attention,
)
from engine.plan.devices import Target, target
from engine.plan.document import Plan
from engine.plan.draft import Draft
from engine.plan.fit import Fit, explain, find_fit
from engine.plan.paths import whole_paths
from engine.plan.rates import resolve_learning_rate, resolve_method
from engine.plan.rows import CONFIG, Sequences, resolve_data
from engine.plan.speed import seconds
from engine.plan.steps import count_steps, epochs_of
from engine.plan.survey import DataFigures
from engine.recipe import Recipe
from engine.words import _

SAVES_A_RUN = 5
EVALUATIONS_A_RUN = 10
FEW_STEPS = 10
LARGE_BATCH = 32


def make_plan(
    recipe: Recipe,
    *,
    machine: Machine | None = None,
    gpu: str | None = None,
    progress: Callable[[str], None] | None = None,
    facts: ModelFacts | None = None,
) -> Plan:
    """What this recipe will cost on this machine, or on one with the cards of `gpu`.

    Facts, tokenizer and figures of the data are kept from one call to the next while their files
    stay the same, so that a changed field is answered at once. Imports transformers.

    Args:
        machine: read anew by default, since free memory changes.
        gpu: `24GiB`, `rtx-4090` or `2xh100` instead of the cards that are here.
        progress: told in words what is being looked at.

    Raises:
        BadInput: anything in the recipe, the model or the data that cannot be used.
    """
    tell = progress or (lambda _words: None)
    checked = check(recipe)
    here = engine.machine.machine() if machine is None else machine
    if gpu is not None:
        here = imagine(gpu, here)
    spot = target(here)
    _check_launch(recipe, spot)
    check_with_device(recipe, spot.device, here=spot.here)
    tell(_("reading the model"))
    facts = facts_of(recipe.model) if facts is None else facts
    check_with_facts(checked, facts)
    draft = Draft(recipe)
    for warning in (*spot.warnings, *facts.warnings):
        draft.warn(warning)
    _resolve_attention(draft, facts, spot)
    figures = DataFigures(recipe, checked.stage, facts, tell)
    sequences = resolve_data(draft, checked.stage, facts, spot.device, figures)
    tell(_("choosing the rest"))
    stored = checked.quantization.name if checked.quantization.bits else facts.quantized
    resolve_adapter(draft, checked.method, stored)
    resolve_method(draft, checked.method, facts, sequences)
    resolve_learning_rate(draft, checked.method, facts)
    processes = _resolve_launch(draft, spot)
    draft.choose("training.kernels", "none", _("the plain ones, which every model has"), "stage")
    fit = find_fit(draft, checked.method, facts, spot.device, sequences, processes)
    explain(draft, fit, facts, spot.device, checked.method)
    _keep_batch(draft, fit, processes)
    _resolve_grouping(draft)
    return _finish(draft, checked, facts, here, spot, sequences, fit, processes)


def _finish(
    draft: Draft,
    checked: CheckedRecipe,
    facts: ModelFacts,
    machine: Machine,
    spot: Target,
    sequences: Sequences,
    fit: Fit,
    processes: int,
) -> Plan:
    """Steps, intervals, time and the verdict, once every choice is made."""
    training = fit.setting.applied(draft.recipe()).training
    steps = count_steps(training, sequences.train, processes)
    _resolve_intervals(draft, steps, bool(sequences.evaluation))
    left = draft.left()
    if left:
        raise AssertionError(f"the plan left {left} on auto")
    recipe = whole_paths(draft.recipe())
    epochs = epochs_of(training, sequences.train, processes)
    tokens = round(sequences.tokens * epochs)
    method = checked.method
    trained = method.trainable_parameters(
        type(checked.method_options).model_validate(recipe.method.options), facts
    )
    duration = seconds(
        facts,
        spot.device,
        machine,
        tokens=tokens,
        length=sequences.typical,
        micro_batches=steps * int(training.accumulation),
        trained=trained,
        adapter=method.adapter,
        checkpointing=bool(training.activation_checkpointing),
        quantized=checked.quantization.bits is not None or facts.quantized is not None,
        processes=processes,
    )
    _warn_about_course(draft, method.adapter, steps, sequences, fit)
    if spot.here:
        _warn_about_disk(draft, machine, facts, recipe, trained, method.adapter)
    verdict = fit.verdict
    return Plan(
        verdict=verdict,  # type: ignore[arg-type]
        device=spot.device.name if processes == 1 else f"{processes} x {spot.device.name}",
        device_kind=spot.device.kind,
        needed_bytes=fit.memory.needed_bytes,
        free_bytes=spot.device.free_bytes,
        total_bytes=spot.device.total_bytes,
        parts=fit.memory.parts,
        recipe=recipe,
        reasons=tuple(draft.reasons),
        steps=steps,
        steps_exact=sequences.exact,
        tokens=tokens,
        loss_tokens=round(sequences.loss_tokens * epochs),
        trainable_parameters=trained,
        seconds_estimate=None if duration is None else round(duration, 1),
        rows=sequences.rows(),
        warnings=(*fit.memory.notes, *draft.warnings),
        advice=advice(recipe, facts, spot.device, sequences) if verdict == "does-not-fit" else (),
    )


def _check_launch(recipe: Recipe, spot: Target) -> None:
    wanted = recipe.launch.processes
    if wanted != "auto" and int(wanted) > 1 and spot.here:
        raise BadInput(
            _("launch.processes: this version of tunesmith trains on one device."),
            field="launch.processes",
            code="not_built",
            advice=_("Leave it at 1."),
        )


def _resolve_launch(draft: Draft, spot: Target) -> int:
    draft.choose(
        "launch.processes",
        spot.processes,
        _("one for each card") if spot.processes > 1 else _("one device trains"),
        "device",
    )
    processes = int(draft["launch.processes"])
    draft.choose(
        "launch.strategy",
        "ddp" if processes > 1 else "none",
        _("each card holds the whole model and takes its share of the rows")
        if processes > 1
        else _("one device needs none"),
        "device",
    )
    return processes


def _resolve_attention(draft: Draft, facts: ModelFacts, spot: Target) -> None:
    device: Device = spot.device
    flash = spot.here and device.kind == "cuda" and device.has_bf16 and has_flash_attention()
    if not facts.sdpa:
        draft.choose(
            "model.attention",
            "eager",
            _("{kind} has no other attention that trains right").format(kind=facts.architecture),
            CONFIG,
        )
    elif flash:
        draft.choose("model.attention", "flash_attention_2", _("flash-attn is installed"), "device")
    else:
        draft.choose(
            "model.attention",
            "sdpa",
            _("torch's own fused attention, which never writes all scores out"),
            CONFIG,
        )


def _keep_batch(draft: Draft, fit: Fit, processes: int) -> None:
    """Rows a step are micro batch times accumulation times devices; say so if they changed."""
    wanted = int(draft["training.effective_batch"])
    got = fit.setting.micro_batch * fit.setting.accumulation * processes
    if got == wanted:
        return
    draft["training.effective_batch"] = got
    draft.warn(
        _("A step has {got} rows ({micro} x {n}), not training.effective_batch {wanted}.").format(
            got=got, micro=fit.setting.micro_batch, n=fit.setting.accumulation, wanted=wanted
        )
    )


def _resolve_grouping(draft: Draft) -> None:
    """Rows of like length share a batch where a batch has several rows of several lengths."""
    packed, rows = bool(draft["data.packing"]), int(draft["training.micro_batch"])
    draft.choose(
        "data.group_by_length",
        not packed and rows > 1,
        _("the sequences are full, so no batch is padded")
        if packed
        else _("rows of like length in one batch need little padding")
        if rows > 1
        else _("a micro batch is one row, which needs no padding"),
        "stage",
    )


def _resolve_intervals(draft: Draft, steps: int, evaluates: bool) -> None:
    """Some ten evaluations and five checkpoints a run; both also come at the end."""
    if evaluates:
        draft.choose(
            "training.eval_every",
            ceil(steps / EVALUATIONS_A_RUN),
            _every(steps, EVALUATIONS_A_RUN),
            "steps",
        )
    elif draft.is_auto("training.eval_every"):
        draft.choose("training.eval_every", None, _("no rows are held out"), "data.validation")
    if draft.is_auto("training.save_every"):
        draft.choose(
            "training.save_every",
            ceil(steps / SAVES_A_RUN),
            _every(steps, SAVES_A_RUN),
            "steps",
        )


def _every(steps: int, times: int) -> str:
    return _("{n} times in {steps} steps").format(n=min(steps, times), steps=steps)


def _warn_about_course(
    draft: Draft, adapter: bool, steps: int, sequences: Sequences, fit: Fit
) -> None:
    if steps < FEW_STEPS:
        draft.warn(
            _("Only {n} steps: with so few rows, more epochs or a smaller effective batch.").format(
                n=steps
            )
        )
    if adapter and int(draft["training.effective_batch"]) > LARGE_BATCH:
        draft.warn(_("Adapters learn less from steps of more than {n} rows.").format(n=LARGE_BATCH))
    if fit.verdict == "tight":
        draft.warn(_("The estimate leaves little to spare; a real step may need more."))
    if not fit.memory.confident:
        draft.warn(_("No measured run backs this estimate: torch.compile changes what is kept."))


def _warn_about_disk(
    draft: Draft, machine: Machine, facts: ModelFacts, recipe: Recipe, trained: int, adapter: bool
) -> None:
    """Room for checkpoints (weights and two optimizer states, one more than are kept) and result."""
    each = 4 if adapter or recipe.model.dtype == "fp32" else 2
    needed = trained * each * (3 * (recipe.training.keep_checkpoints + 1) + 1)
    home = machine.disk("home")
    if home is not None and needed > home.free_bytes:
        draft.warn(
            _("Checkpoints need {need:.1f} GB, but {path} has {free:.1f} GB left.").format(
                need=needed / 1e9, path=home.path, free=home.free_bytes / 1e9
            )
        )
    models = machine.disk("models")
    download = facts.disk_bytes if facts.path is None else None
    if models is not None and download is not None and download > models.free_bytes:
        draft.warn(
            _("The model takes {need:.1f} GB, but {path} has {free:.1f} GB left.").format(
                need=download / 1e9, path=models.path, free=models.free_bytes / 1e9
            )
        )
