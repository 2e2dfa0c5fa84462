"""The heavy part of an attempt: load, prepare, train, save. Runs what a stage built."""

import json
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any

import datasets
import torch
from transformers import set_seed
from transformers.trainer_callback import PrinterCallback, ProgressCallback

from engine.chat.answer import stop_generation
from engine.chat.isolation import undisturbed
from engine.chat.request import ChatMessage, ChatRequest
from engine.chat.talker import Talker
from engine.data import prepare
from engine.errors import BadInput, RunFailed
from engine.events import DataReady, Phase, PlanMade, RunFinished, RunStopped, Sample
from engine.methods import METHODS, Method
from engine.plan import count_steps
from engine.quantization.load import load_base
from engine.runs import checkpoints
from engine.runs.directory import write_whole
from engine.stages import STAGES, TrainerParts
from engine.train.adapting import hand_over, put_on, types_kept
from engine.train.attempt import Attempt
from engine.train.desk import Desk
from engine.train.environment import environment
from engine.train.figures import TokenMeter
from engine.train.optimizers import own_optimizer, schedule_arguments
from engine.train.pace import Pace
from engine.train.reporter import Reporter
from engine.train.result import save_figures, save_result
from engine.words import _


def work(attempt: Attempt, *, resume: bool) -> Talker:
    """Train the attempt's recipe to its end and leave the model ready to talk.

    Raises:
        StopAsked: when the run was stopped on request, after all is saved.
    """
    recipe, run = attempt.recipe, attempt.run
    plan = run.plan()
    if plan:
        attempt.emit(PlanMade(plan))
        attempt.total_steps = int(plan.get("steps") or 0)
    datasets.disable_progress_bars()  # nobody watches a log
    write_whole(run.environment_file, json.dumps(environment(), indent=1))
    start = _resume_point(attempt) if resume else None

    set_seed(recipe.training.seed)
    attempt.emit(Phase("loading_model", detail=recipe.model.id))
    method = METHODS.get(recipe.method.name)
    base, tokenizer = load_base(recipe.model, recipe.quantization, recipe.training.precision)
    attempt.between_phases()

    attempt.emit(Phase("preparing_data"))
    train, evaluation = _data(attempt, tokenizer)
    attempt.between_phases()

    # Adapters draw random numbers: the same seed here gives the same start, however long
    # loading and tokenizing took.
    set_seed(recipe.training.seed)
    model = put_on(base, method, recipe)
    trainer, reporter, talker = _assemble(attempt, method, model, tokenizer, train, evaluation)
    total_steps = attempt.total_steps
    reporter.resumed_from = str(start.relative_to(run.path)) if start else None
    if start is not None and checkpoints.step_of(start) >= total_steps:
        attempt.step = total_steps
        trainer._load_from_checkpoint(str(start))
    else:
        trainer.train(resume_from_checkpoint=str(start) if start else None)
    if attempt.stop_asked and attempt.step < total_steps:
        _free_optimizer(trainer)
        attempt.outcome = "stopped"
        _report_stop(attempt)
        return talker

    attempt.emit(Phase("saving"))
    stop_generation(trainer.model, tokenizer, talker.template)
    result = save_result(run, method, trainer.model, tokenizer)
    save_figures(
        run,
        {
            "steps": attempt.step,
            "tokens": reporter.tokens,
            "loss_first": reporter.first_loss,
            "loss_last": reporter.loss,
            "eval_loss": reporter.last_eval.loss if reporter.last_eval else None,
            "seconds": round(attempt.seconds, 3),
            "trainable_parameters": sum(
                p.numel() for p in trainer.model.parameters() if p.requires_grad
            ),
        },
    )
    attempt.outcome = "done"
    attempt.emit(
        RunFinished(
            step=attempt.step,
            total_steps=total_steps,
            result=attempt.relative(result),
            loss=reporter.loss,
            eval_loss=reporter.last_eval.loss if reporter.last_eval else None,
            tokens=reporter.tokens,
            seconds=round(attempt.seconds, 3),
        )
    )
    _free_optimizer(trainer)
    return talker


def _resume_point(attempt: Attempt) -> Any:
    """The newest whole checkpoint; damaged ones are told and passed over."""
    start, damaged = checkpoints.newest_whole(attempt.run)
    for note in damaged:
        attempt.warn("damaged_checkpoint", _("{note}; passed over.").format(note=note))
    if start is None:
        attempt.warn("no_checkpoint", _("There is no checkpoint: the run starts over."))
    else:
        attempt.checkpoint = attempt.relative(start)
    return start


def _data(attempt: Attempt, tokenizer: Any) -> tuple[Any, Any]:
    recipe = attempt.recipe
    stage = STAGES.get(recipe.stage.name)
    try:
        prepared = prepare(
            recipe.data,
            stage.kind,
            tokenizer,
            max_length=int(recipe.data.max_length),
            seed=recipe.training.seed,
            progress=_data_progress(attempt),
            pack_text=stage.packs_text,
        )
    except BadInput as error:
        problem = error.problem
        raise RunFailed(
            problem.message, field=problem.field, advice=problem.advice, code="data"
        ) from error
    for warning in prepared.warnings:
        attempt.warn("data", warning)
    train, evaluation = prepared.datasets()
    counts, tokens = prepared.counts, prepared.tokens
    attempt.emit(
        DataReady(
            rows=counts.rows,
            kept=counts.kept,
            cut=counts.cut,
            dropped=counts.dropped,
            refused=counts.refused,
            eval_rows=len(evaluation) if evaluation is not None else 0,
            tokens=tokens.total,
            tokens_with_loss=tokens.with_loss,
        )
    )
    return train, evaluation


def _data_progress(attempt: Attempt) -> Callable[[int, int | None], None]:
    """Tell rows done at most once a second, and obey a stop in between."""
    told = time.monotonic()

    def progress(done: int, total: int | None) -> None:
        nonlocal told
        attempt.between_phases()
        if time.monotonic() - told > 1:
            told = time.monotonic()
            attempt.emit(Phase("preparing_data", done=done, total=total))

    return progress


def _assemble(
    attempt: Attempt,
    method: Method,
    model: Any,
    tokenizer: Any,
    train: Any,
    evaluation: Any,
) -> tuple[Any, Reporter, Talker]:
    """The stage's trainer with our journal, our pace and our desk around it."""
    recipe = attempt.recipe
    talker = Talker(
        model,
        tokenizer,
        method,
        load_base=lambda: load_base(recipe.model, recipe.quantization)[0],
        template=recipe.data.template,
    )
    with types_kept(model) if recipe.quantization.name != "none" else nullcontext():
        trainer: Any = STAGES.get(recipe.stage.name).build_trainer(
            TrainerParts(
                recipe=recipe,
                options=STAGES.options(recipe.stage.name, recipe.stage.options),
                model=model,
                tokenizer=tokenizer,
                train=train,
                evaluation=evaluation,
                folder=checkpoints.aside_folder(attempt.run),
            )
        )
    # Only now is it known how many sequences there are: a plan may have counted a sample, and
    # packing is the trainer's.
    attempt.total_steps = count_steps(recipe.training, len(trainer.train_dataset))
    trainer.args.max_steps = attempt.total_steps
    trainer.args.lr_scheduler_kwargs = schedule_arguments(recipe.training, attempt.total_steps)
    trainer.optimizer_cls_and_kwargs = own_optimizer(str(recipe.training.optimizer), trainer.args)
    hand_over(trainer, method, recipe, attempt.total_steps)
    pace = Pace(recipe.training, attempt.total_steps, evaluation is not None)
    desk = Desk(attempt, talker, pace)
    reporter = Reporter(
        attempt,
        pace,
        desk,
        TokenMeter(model),
        keep=recipe.training.keep_checkpoints,
        patience=recipe.training.early_stopping,
    )
    trainer.add_callback(reporter)
    for noisy in (PrinterCallback, ProgressCallback):
        trainer.remove_callback(noisy)
    desk.trainer = trainer
    _evaluate_undisturbed(trainer, talker, attempt)
    _obey_after_each_step(trainer, desk)
    return trainer, reporter, talker


def _evaluate_undisturbed(trainer: Any, talker: Talker, attempt: Attempt) -> None:
    """Evaluation draws random numbers (a loader's seed): give them back.

    So the trajectory is the same whether, when and how often a run is evaluated.
    """
    evaluate = trainer.evaluate
    prompts = attempt.recipe.evaluation.prompts

    @wraps(evaluate)
    def undisturbing(*args: Any, **kwargs: Any) -> Any:
        with undisturbed(trainer.model):
            metrics = evaluate(*args, **kwargs)
        for prompt in prompts:
            said = talker.respond(
                ChatRequest(
                    messages=(ChatMessage(role="user", content=prompt),),
                    temperature=0.0,
                    max_new_tokens=attempt.recipe.evaluation.max_new_tokens,
                )
            )
            attempt.emit(Sample(step=attempt.step, prompt=prompt, answer=said.answer))
        return metrics

    trainer.evaluate = undisturbing


def _obey_after_each_step(trainer: Any, desk: Desk) -> None:
    """Serve orders once a step is logged, evaluated and saved.

    The library has no callback at that point: earlier, a paused run would not have told its last
    step; later, the next batch is already drawn and a checkpoint would not resume exactly.
    """
    finish_step = trainer._maybe_log_save_evaluate

    @wraps(finish_step)
    def then_obey(*args: Any, **kwargs: Any) -> None:
        finish_step(*args, **kwargs)
        desk.after_step()

    trainer._maybe_log_save_evaluate = then_obey


def _report_stop(attempt: Attempt) -> None:
    attempt.emit(
        RunStopped(
            step=attempt.step,
            total_steps=attempt.total_steps,
            checkpoint=attempt.checkpoint,
            asked_by=attempt.stop_asked or "control",
            seconds=round(attempt.seconds, 3),
        )
    )


def _free_optimizer(trainer: Any) -> None:
    """Give back what only training needs, so that a warm model holds little more than itself."""
    trainer.optimizer = None
    trainer.lr_scheduler = None
    trainer.model.zero_grad(set_to_none=True)
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
