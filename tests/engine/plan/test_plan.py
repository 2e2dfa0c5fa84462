"""Plans: every auto resolved with a reason, nothing that was set changed, steps as they come."""

import json

import pytest

from engine import recipe
from engine.data import prepare
from engine.errors import BadInput
from engine.machine import machine
from engine.memory import PARTS
from engine.models import find, load_tokenizer
from engine.plan import count_steps, make_plan
from tests.engine.plan.conftest import GIB, a_card, a_machine

DOCUMENT = {
    "verdict", "device", "needed_bytes", "free_bytes", "parts", "resolved", "reasons", "steps",
    "tokens", "seconds_estimate", "warnings",
}  # fmt: skip


def autos(node, path=""):
    if isinstance(node, dict):
        return [found for key, value in node.items() for found in autos(value, f"{path}.{key}")]
    if isinstance(node, (list, tuple)):
        return [found for value in node for found in autos(value, path)]
    return [path.lstrip(".")] if node == "auto" else []


def test_the_document_is_that_of_the_contract(tiny):
    document = json.loads(json.dumps(make_plan(tiny()).to_json()))
    assert set(document) >= DOCUMENT
    assert set(document["parts"]) == set(PARTS)
    assert sum(document["parts"].values()) == document["needed_bytes"]
    assert document["verdict"] == "fits"
    assert all(set(r) == {"field", "value", "reason", "source"} for r in document["reasons"])


@pytest.mark.parametrize("stage", ["sft", "pretrain"])
@pytest.mark.parametrize("method", ["lora", "full"])
def test_no_auto_is_left_and_each_has_a_reason_and_a_source(tiny, rows_file, stage, method):
    text = rows_file(name="rows.jsonl").with_suffix(".txt")
    text.write_text("A line of text to read.\n\n" * 300)
    source = {"data": {"source": str(text)}} if stage == "pretrain" else {}
    asked = tiny(stage=stage, method=method, **source)
    plan = make_plan(asked)
    document = plan.to_json()
    assert autos(document["resolved"]) == []
    reasons = {reason.field: reason for reason in plan.reasons}
    for field in autos(asked.model_dump(mode="json")):
        value = recipe.read_field(plan.recipe, field)
        if value is None:  # nothing is held out, say
            continue
        assert reasons[field].value == value, field
        assert reasons[field].reason, field
        assert reasons[field].source, field


def test_the_resolved_recipe_is_a_recipe_and_plans_to_itself(tiny):
    plan = make_plan(tiny())
    again = recipe.build(plan.to_json()["resolved"])
    assert again == plan.recipe
    second = make_plan(again)
    assert second.recipe == plan.recipe
    assert second.reasons == ()
    assert (second.steps, second.needed_bytes) == (plan.steps, plan.needed_bytes)


SET = {
    "model.dtype": "bf16", "model.attention": "eager", "data.format": "messages",
    "data.template": "plain", "data.max_length": 96, "data.packing": True, "method.rank": 3,
    "method.alpha": 5.0, "training.learning_rate": 0.5, "training.micro_batch": 3,
    "training.accumulation": 2, "training.effective_batch": 6, "training.optimizer": "sgd",
    "training.precision": "bf16", "training.activation_checkpointing": True,
    "training.eval_every": 0.5, "training.save_every": None, "training.kernels": "none",
    "launch.processes": 1, "launch.strategy": "none",
}  # fmt: skip


@pytest.mark.parametrize("field", SET)
def test_what_the_person_set_is_never_changed(tiny, field):
    plan = make_plan(tiny({field: SET[field]}))
    assert recipe.read_field(plan.recipe, field) == SET[field]
    assert field not in {reason.field for reason in plan.reasons}


def test_everything_at_once_that_the_person_set_is_kept(tiny):
    plan = make_plan(tiny(SET))
    kept = {field: recipe.read_field(plan.recipe, field) for field in SET}
    assert kept == SET


class TestSteps:
    @pytest.mark.parametrize("rows", [1, 7, 16, 17, 100])
    @pytest.mark.parametrize(("micro", "accumulation"), [(1, 1), (4, 4), (3, 5), (8, 2)])
    @pytest.mark.parametrize("epochs", [1, 3, 0.5, 2.25])
    def test_they_are_those_of_transformers(self, rows, micro, accumulation, epochs, tmp_path):
        import torch
        from transformers import Trainer, TrainingArguments

        arguments = TrainingArguments(
            str(tmp_path), num_train_epochs=epochs, per_device_train_batch_size=micro,
            gradient_accumulation_steps=accumulation, use_cpu=True, report_to="none",
        )  # fmt: skip
        data = [{"x": torch.zeros(1)} for _ in range(rows)]
        trainer = Trainer(torch.nn.Linear(1, 1), arguments, train_dataset=data)
        loader = trainer.get_train_dataloader()
        theirs = trainer.set_initial_training_values(arguments, loader)[-1]
        given = recipe.Training(epochs=epochs, micro_batch=micro, accumulation=accumulation)
        assert count_steps(given, rows) == theirs

    def test_max_steps_comes_first(self, tiny):
        assert make_plan(tiny({"training.max_steps": 7})).steps == 7

    @pytest.mark.parametrize("validation", [0, 0.05, 8])
    @pytest.mark.parametrize("stage", ["sft", "pretrain"])
    def test_they_count_the_rows_that_the_trainer_gets(self, tiny, tmp_path, stage, validation):
        given = tiny({"data.validation": validation}, stage=stage)
        if stage == "pretrain":
            text = tmp_path / "text.txt"
            text.write_text("\n\n".join(f"Paragraph {n} of a story." * 3 for n in range(60)))
            given = recipe.with_field(given, "data.source", str(text))
        plan = make_plan(given)
        data = plan.recipe.data
        rows = prepare(
            data,
            "text" if stage == "pretrain" else "conversation",
            load_tokenizer(find(given.model)),
            max_length=data.max_length,
            seed=42,
        )
        assert plan.steps_exact
        assert plan.rows["train"] == len(rows.train)
        assert plan.rows["evaluation"] == len(rows.evaluation)
        assert plan.steps == count_steps(plan.recipe.training, len(rows.train))
        # Which rows are held out is drawn by the seed; their tokens are taken as average ones.
        assert plan.tokens == pytest.approx(3 * sum(rows.train.lengths()), rel=0.05)
        if not validation or stage == "pretrain":
            assert plan.tokens == 3 * sum(rows.train.lengths())

    def test_rows_that_are_cut_away_are_not_counted(self, tiny):
        whole = make_plan(tiny())
        cut = make_plan(tiny({"data.max_length": 64}))
        assert cut.rows["cut"] > 0
        assert cut.tokens < whole.tokens
        assert any("lose their end" in warning for warning in cut.warnings)


class TestBatch:
    def product(self, plan):
        training = plan.recipe.training
        return training.micro_batch * training.accumulation

    @pytest.mark.parametrize("effective", [1, 2, 5, 12, 15, 16, 64])
    def test_the_effective_batch_is_kept(self, tiny, effective):
        plan = make_plan(tiny({"training.effective_batch": effective}))
        assert self.product(plan) == effective == plan.recipe.training.effective_batch

    def test_accumulation_follows_a_micro_batch_that_was_set(self, tiny):
        plan = make_plan(tiny({"training.micro_batch": 2}))
        assert plan.recipe.training.accumulation == 8

    def test_the_micro_batch_follows_an_accumulation_that_was_set(self, tiny):
        plan = make_plan(tiny({"training.accumulation": 4}))
        assert plan.recipe.training.micro_batch == 4

    @pytest.mark.parametrize(
        "given",
        [
            {"training.micro_batch": 3},
            {"training.micro_batch": 32},
            {"training.micro_batch": 4, "training.accumulation": 2},
        ],
    )
    def test_a_product_that_cannot_be_kept_is_told(self, tiny, given):
        plan = make_plan(tiny(given))
        assert plan.recipe.training.effective_batch == self.product(plan) != 16
        assert any("effective_batch 16" in warning for warning in plan.warnings)

    def test_on_a_processor_it_stays_small(self, tiny):
        plan = make_plan(tiny({"training.effective_batch": 64}))
        assert plan.recipe.training.micro_batch <= 8


class TestFit:
    """On cards that are not here, with an 8B of which only the facts are known."""

    def plan(self, tiny, eight_billion, gpu, fields=None, **sections):
        return make_plan(tiny(fields, **sections), gpu=gpu, facts=eight_billion)

    def test_a_4_bit_8b_fits_in_16_gib(self, tiny, eight_billion):
        plan = self.plan(tiny, eight_billion, "16GiB", quantization="bnb-4bit")
        assert plan.verdict == "fits"
        assert plan.recipe.model.dtype == plan.recipe.training.precision == "bf16"
        assert plan.recipe.training.optimizer == "adamw_torch_fused"
        assert plan.needed_bytes <= 0.9 * plan.free_bytes

    def test_a_smaller_card_gets_a_smaller_micro_batch_or_checkpointing(self, tiny, eight_billion):
        large = self.plan(tiny, eight_billion, "80GiB").recipe.training
        small = self.plan(tiny, eight_billion, "20GiB").recipe.training
        assert large.micro_batch == 16
        assert small.micro_batch < 16 or small.activation_checkpointing

    def test_checkpointing_comes_before_a_starved_micro_batch(self, tiny, eight_billion, tmp_path):
        rows = tmp_path / "long.jsonl"
        turn = {"role": "assistant", "content": "word " * 700}
        rows.write_text(json.dumps({"messages": [{"role": "user", "content": "?"}, turn]}) + "\n")
        given = {"data.source": str(rows), "data.max_length": 1024}
        training = self.plan(tiny, eight_billion, "24GiB", given).recipe.training
        assert training.activation_checkpointing is True
        assert training.micro_batch > 1

    def test_full_tuning_gives_up_exactness_last(self, tiny, eight_billion):
        roomy = self.plan(tiny, eight_billion, "b200", method="full")
        tight = self.plan(tiny, eight_billion, "80GiB", method="full")
        assert roomy.recipe.model.dtype == "fp32"
        assert "8bit" not in roomy.recipe.training.optimizer
        assert tight.verdict == "fits"
        assert tight.recipe.model.dtype == "bf16" or "8bit" in tight.recipe.training.optimizer

    def test_an_older_card_computes_in_fp16(self, tiny, eight_billion):
        plan = self.plan(tiny, eight_billion, "t4", quantization="bnb-4bit")
        assert plan.recipe.training.precision == "fp16"
        assert plan.recipe.model.attention == "sdpa"

    def test_between_fitting_and_not_it_is_tight(self, tiny, eight_billion):
        needed = self.plan(tiny, eight_billion, "80GiB", {"training.micro_batch": 1}).needed_bytes
        gib = needed / GIB * 1.04 + 0.5
        given = {"training.micro_batch": 1, "training.activation_checkpointing": False}
        plan = self.plan(tiny, eight_billion, f"{gib:.2f}GiB", given)
        assert plan.verdict == "tight"
        assert plan.fits
        assert any("little to spare" in warning for warning in plan.warnings)

    def test_what_does_not_fit_comes_with_advice_that_makes_it_fit(self, tiny, eight_billion):
        given = {"training.micro_batch": 16, "training.activation_checkpointing": False}
        plan = self.plan(tiny, eight_billion, "12GiB", given)
        assert plan.verdict == "does-not-fit"
        assert not plan.fits
        words = " ".join(plan.advice)
        assert "bnb-4bit" in words
        assert plan.advice[-1].endswith("which fits.")
        assert plan.to_json()["warnings"][0] == plan.advice[0]
        changed = {"training.micro_batch": 1, "training.accumulation": 16}
        mended = self.plan(tiny, eight_billion, "12GiB", changed, quantization="bnb-4bit")
        assert mended.verdict == "fits"

    def test_advice_goes_from_time_to_exactness_to_what_is_learned(self, tiny, eight_billion):
        given = {
            "training.micro_batch": 16, "training.activation_checkpointing": False,
            "data.max_length": 512,
        }  # fmt: skip
        plan = self.plan(tiny, eight_billion, "6GiB", given)
        order = ["activation_checkpointing", "micro_batch: 1", "bnb-4bit"]
        places = [
            next((n for n, line in enumerate(plan.advice) if word in line), None) for word in order
        ]
        found = [place for place in places if place is not None]
        assert found == sorted(found)
        assert "smaller model" in plan.advice[-1] or plan.advice[-1].endswith("which fits.")

    def test_two_cards_share_the_steps(self, tiny, eight_billion):
        one = self.plan(tiny, eight_billion, "h100")
        two = self.plan(tiny, eight_billion, "2xh100")
        assert two.recipe.launch.processes == 2
        assert two.recipe.launch.strategy == "ddp"
        training = two.recipe.training
        assert training.micro_batch * training.accumulation * 2 == 16
        assert two.steps == one.steps
        assert two.seconds_estimate < one.seconds_estimate

    def test_a_card_of_unknown_speed_has_no_time(self, tiny, eight_billion):
        assert self.plan(tiny, eight_billion, "24GiB").seconds_estimate is None


class TestHere:
    def test_free_memory_and_not_the_cards_size_decides(self, tiny, eight_billion, cuda_torch):
        free = make_plan(tiny(), machine=a_machine(a_card(24 * GIB)), facts=eight_billion)
        taken = make_plan(tiny(), machine=a_machine(a_card(8 * GIB)), facts=eight_billion)
        assert (free.verdict, taken.verdict) == ("fits", "does-not-fit")
        assert taken.free_bytes == 8 * GIB

    def test_who_uses_the_gpu_is_told(self, tiny, cuda_torch):
        from engine.machine import GpuUser

        card = a_card(20 * GIB, users=(GpuUser(4711, "other", 4 * GIB, False),))
        plan = make_plan(tiny(), machine=a_machine(card))
        assert any("4711" in warning for warning in plan.warnings)

    def test_an_emptier_gpu_is_named(self, tiny, cuda_torch):
        both = a_machine(a_card(2 * GIB), a_card(23 * GIB, index=1))
        plan = make_plan(tiny(), machine=both)
        assert any("CUDA_VISIBLE_DEVICES=GPU-1" in warning for warning in plan.warnings)

    def test_a_torch_for_the_processor_trains_there_and_says_so(self, tiny, monkeypatch):
        monkeypatch.setattr("engine.plan.devices.torch_build", lambda: ("2.13.0+cpu", None))
        plan = make_plan(tiny(), machine=a_machine(a_card(24 * GIB)))
        assert plan.device == "cpu"
        assert any("2.13.0+cpu" in warning for warning in plan.warnings)

    def test_without_a_gpu_memory_is_the_machines(self, tiny):
        plan = make_plan(tiny(), machine=a_machine(ram=8 * GIB))
        assert (plan.device, plan.device_kind, plan.free_bytes) == ("cpu", "cpu", 8 * GIB)
        assert plan.recipe.training.precision == "fp32"
        assert plan.recipe.training.optimizer == "adamw_torch"

    def test_a_full_disk_is_told(self, tiny):
        plan = make_plan(tiny(method="full"), machine=a_machine(disk=1000))
        assert any("Checkpoints need" in warning for warning in plan.warnings)

    def test_it_works_on_the_machine_that_is_here(self, tiny):
        assert make_plan(tiny(), machine=machine()).fits


class TestData:
    def test_short_rows_are_all_kept_whole(self, tiny):
        plan = make_plan(tiny())
        assert plan.recipe.data.max_length % 64 == 0
        assert plan.rows["cut"] == 0

    def test_long_tails_are_cut_at_the_99th_percentile(self, tiny, tmp_path):
        rows = tmp_path / "tail.jsonl"
        lengths = [100] * 199 + [4000]
        rows.write_text(
            "".join(
                json.dumps(
                    {"messages": [
                        {"role": "user", "content": "?"},
                        {"role": "assistant", "content": "a" * n},
                    ]}
                ) + "\n"
                for n in lengths
            )
        )  # fmt: skip
        plan = make_plan(tiny({"data.source": str(rows)}))
        assert plan.recipe.data.max_length < 512
        assert plan.rows["cut"] == 1
        reason = next(r for r in plan.reasons if r.field == "data.max_length")
        assert "0.5%" in reason.reason

    def test_the_context_bounds_the_length(self, tiny, tmp_path):
        rows = tmp_path / "long.jsonl"
        turn = {"role": "assistant", "content": "a" * 2000}
        line = json.dumps({"messages": [{"role": "user", "content": "?"}, turn]}) + "\n"
        rows.write_text(line * 20)
        plan = make_plan(tiny({"data.source": str(rows)}))
        assert plan.recipe.data.max_length == 512

    def test_a_length_beyond_the_context_is_told(self, tiny):
        plan = make_plan(tiny({"data.max_length": 1024}))
        assert any("1024" in warning and "512" in warning for warning in plan.warnings)

    def test_rows_that_cannot_be_used_are_told(self, tiny, rows_file):
        path = rows_file()
        path.write_text(path.read_text() + '{"messages": []}\n')
        plan = make_plan(tiny())
        assert plan.rows["total"] == 41
        assert plan.rows["kept"] == 40
        assert any("1 of 41" in warning for warning in plan.warnings)

    def test_data_that_cannot_be_used_is_refused(self, tiny, tmp_path):
        with pytest.raises(BadInput, match="nothing-here"):
            make_plan(tiny({"data.source": str(tmp_path / "nothing-here.jsonl")}))

    def test_text_is_cut_into_enough_sequences(self, tiny, tmp_path):
        text = tmp_path / "text.txt"
        text.write_text("\n\n".join("A paragraph of a story." * 4 for _ in range(100)))
        plan = make_plan(tiny({"data.source": str(text)}, stage="pretrain"))
        assert plan.recipe.data.packing is True
        assert plan.rows["train"] >= 16
        assert plan.loss_tokens == plan.tokens


class TestMethod:
    def test_a_rank_holds_what_is_to_be_learned(self, tiny, tmp_path):
        rows = tmp_path / "many.jsonl"
        turn = {"role": "assistant", "content": "abcdefghij" * 30}
        line = json.dumps({"messages": [{"role": "user", "content": "?"}, turn]}) + "\n"
        rows.write_text(line * 400)
        many = make_plan(tiny({"data.source": str(rows)}))
        few = make_plan(tiny())
        assert few.recipe.method.options["rank"] == 16
        assert many.recipe.method.options["rank"] > 16
        assert many.trainable_parameters >= many.loss_tokens / 3
        assert many.recipe.method.options["alpha"] == 2 * many.recipe.method.options["rank"]

    def test_narrow_models_get_a_higher_rate(self, tiny, eight_billion):
        narrow = make_plan(tiny()).recipe.training.learning_rate
        wide = make_plan(tiny(), gpu="h100", facts=eight_billion).recipe.training.learning_rate
        assert wide == 2e-4
        assert narrow > wide

    def test_full_tuning_gets_a_tenth_of_loras_rate(self, tiny, eight_billion):
        plan = make_plan(tiny(method="full"), gpu="b200", facts=eight_billion)
        assert plan.recipe.training.learning_rate == 2e-5


def test_without_rows_held_out_nothing_is_evaluated(tiny):
    plan = make_plan(tiny({"data.validation": 0}))
    assert plan.recipe.training.eval_every is None
    assert plan.recipe.training.save_every >= 1


class TestKept:
    """A second plan answers from what the first one looked at."""

    @pytest.fixture
    def looks(self, monkeypatch):
        from engine.plan import survey

        seen = []
        for name in ("survey", "load_tokenizer", "prepare"):
            real = getattr(survey, name)

            def counted(*args, _real=real, _name=name, **options):
                seen.append(_name)
                return _real(*args, **options)

            monkeypatch.setattr(survey, name, counted)
        return seen

    @pytest.mark.parametrize(
        "change",
        [
            {"training.micro_batch": 1}, {"method.rank": 64}, {"quantization.name": "bnb-4bit"},
            {"training.activation_checkpointing": True}, {"training.epochs": 9},
        ],
        ids=str,
    )  # fmt: skip
    def test_what_if_asks_nothing_anew(self, tiny, looks, change):
        make_plan(tiny())
        looks.clear()
        make_plan(tiny(change))
        assert looks == []

    def test_a_changed_file_is_read_again(self, tiny, looks, rows_file):
        before = make_plan(tiny()).rows["total"]
        looks.clear()
        rows_file(50)
        assert make_plan(tiny()).rows["total"] == 50 != before
        assert "survey" in looks

    def test_a_changed_length_is_surveyed_again(self, tiny, looks):
        make_plan(tiny())
        looks.clear()
        assert make_plan(tiny({"data.max_length": 64})).rows["cut"] > 0
        assert looks == ["survey"]
