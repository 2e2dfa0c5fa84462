"""A run trains for real, and leaves what other programs can load."""

import json
import math
import stat

import pytest

from engine.runs import read_journal
from engine.train import train
from tests.engine.train.conftest import events, weights_hash


def test_loss_falls_and_every_file_of_the_contract_is_there(new_run):
    run = new_run("training.max_steps=40", "training.eval_every=0.25", "training.save_every=20")
    assert train(run) == 0

    steps = events(run, "step")
    assert [step.step for step in steps] == list(range(1, 41))
    assert steps[-1].loss < steps[0].loss * 0.5
    assert all(step.tokens_per_second > 0 and step.memory_bytes > 0 for step in steps)
    assert [e.step for e in events(run, "eval")] == [10, 20, 30, 40]
    assert [c.step for c in events(run, "checkpoint")] == [20, 40]
    (finished,) = events(run, "run_finished")
    assert (finished.step, finished.total_steps, finished.result) == (40, 40, "adapter")
    (data,) = events(run, "data_ready")
    assert data.rows == data.kept + data.dropped + data.refused == 60

    for name in ("recipe.yaml", "environment.json", "journal.jsonl", "metrics.json", "loss.png"):
        assert (run.path / name).stat().st_size > 0
    assert stat.S_IMODE(run.path.stat().st_mode) == 0o700
    assert json.loads(run.metrics_file.read_text())["loss_last"] == steps[-1].loss
    assert run.loss_picture.read_bytes().startswith(b"\x89PNG")


def test_the_adapter_loads_in_plain_peft_and_is_what_was_live(new_run, model_folder):
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM, AutoTokenizer

    run = new_run("training.max_steps=40", "evaluation.prompts=['who are you, number 3?']")
    assert train(run) == 0
    live = events(run, "sample")[-1].answer
    assert "Ember" in live

    base = AutoModelForCausalLM.from_pretrained(model_folder, dtype=torch.float32)
    tuned = PeftModel.from_pretrained(base, run.path / "adapter").eval()
    tokenizer = AutoTokenizer.from_pretrained(run.path / "adapter")
    prompt = tokenizer.apply_chat_template(
        [{"role": "user", "content": "who are you, number 3?"}],
        add_generation_prompt=True, return_tensors="pt", return_dict=True,
    )  # fmt: skip
    output = tuned.generate(
        **prompt, max_new_tokens=128, do_sample=False, eos_token_id=tokenizer.eos_token_id
    )
    answer = tokenizer.decode(output[0, prompt["input_ids"].shape[1] :], skip_special_tokens=True)
    assert answer.strip() == live.strip()


def test_full_tuning_saves_a_model_that_transformers_loads(new_run, model_folder):
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    run = new_run("method.name=full", "training.learning_rate=1e-3")
    assert train(run) == 0
    tuned = AutoModelForCausalLM.from_pretrained(run.path / "model", dtype=torch.float32)
    base = AutoModelForCausalLM.from_pretrained(model_folder, dtype=torch.float32)
    name = "model.layers.0.self_attn.q_proj.weight"
    assert not torch.equal(tuned.state_dict()[name], base.state_dict()[name])
    tokenizer = AutoTokenizer.from_pretrained(run.path / "model")
    assert tuned.generation_config.eos_token_id == tokenizer.convert_tokens_to_ids("<|im_end|>")


def test_pretraining_reads_plain_text(new_run, tmp_path):
    text = tmp_path / "story.txt"
    text.write_text("\n\n".join(f"The river runs by house {n}." for n in range(200)))
    run = new_run("stage.name=pretrain", f"data.source={text}", "training.max_steps=30")
    assert train(run) == 0
    steps = events(run, "step")
    assert steps[-1].loss < steps[0].loss * 0.8
    # Every token but each sequence's first carries loss.
    assert steps[0].loss_tokens == steps[0].tokens - 8


def test_the_same_recipe_gives_the_same_losses(new_run):
    first, again = new_run(), new_run()
    assert train(first) == train(again) == 0
    assert [s.loss for s in events(first, "step")] == [s.loss for s in events(again, "step")]
    assert weights_hash(first) == weights_hash(again)


def test_another_seed_gives_other_losses(new_run):
    first, other = (
        new_run("training.max_steps=2"),
        new_run("training.max_steps=2", "training.seed=7"),
    )
    assert train(first) == train(other) == 0
    assert events(first, "step")[-1].loss != events(other, "step")[-1].loss


def test_a_loss_that_is_no_number_fails_the_run_and_names_the_last_good_checkpoint(new_run):
    run = new_run(
        "method.name=full", "training.learning_rate=1e30", "training.max_grad_norm=0",
        "training.save_every=1", "training.max_steps=30", "training.warmup=0",
    )  # fmt: skip
    assert train(run) == 1
    (failed,) = events(run, "run_failed")
    assert failed.reason == "nan_loss"
    assert failed.checkpoint is not None
    assert failed.checkpoint in failed.advice
    last = events(run, "step")[-1]
    assert last.loss is None or not math.isfinite(last.grad_norm or math.nan)


def test_bad_data_fails_the_run_with_one_sentence_and_advice(new_run, tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"messages": [\n')
    run = new_run(f"data.source={broken}")
    assert train(run) == 1
    (failed,) = events(run, "run_failed")
    assert failed.reason == "data"
    assert "broken.jsonl" in failed.message
    assert "\n" not in failed.message


def test_events_are_numbered_without_a_gap(new_run):
    run = new_run("training.max_steps=2")
    train(run)
    entries = read_journal(run.journal_file)
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert entries[0].event.name == "run_started"


def test_packed_rows_are_counted_as_the_trainer_packs_them(new_run):
    run = new_run("data.packing=true", "training.max_steps=null", "training.epochs=2")
    assert train(run) == 0
    steps = events(run, "step")
    # 54 short rows fill few sequences of 128 tokens, and two passes are made over all of them.
    assert len(steps) == steps[-1].total_steps < 14
    assert steps[-1].epoch == pytest.approx(2)
