"""What single methods promise beyond learning and loading."""

import pytest
import torch
from safetensors.torch import load_file

from engine.errors import BadInput
from engine.methods import METHODS, Situation, load_adapter, method_of_folder
from engine.methods.bottleneck.sites import sites
from engine.models import facts, find, load
from engine.recipe import Model
from tests.engine.methods.cells import ADAPTERS, Cell
from tests.engine.methods.conftest import batch, logits, read_json, train

LORA = {"rank": 4, "alpha": 8.0}


class TestPissa:
    def test_it_is_saved_as_plain_lora_of_twice_the_rank(self, trial, tmp_path):
        made = trial(Cell("lora", {**LORA, "pissa": True}))
        train(made, 0.01)
        made.method.save(made.model, tmp_path)
        config = read_json(tmp_path / "adapter_config.json")
        assert (config["r"], config["lora_alpha"]) == (8, 16)
        assert config["init_lora_weights"] is True
        tensors = load_file(tmp_path / "adapter_model.safetensors")
        assert {t.shape[0] for name, t in tensors.items() if "lora_A" in name} == {8}

    def test_it_begins_as_the_base(self, trial):
        made = trial(Cell("lora", {**LORA, "pissa": True}))
        assert (logits(made.model, made.tokenizer) - made.base_logits).abs().max() < 1e-4

    def test_a_checkpoint_of_another_start_is_gone_on_with_on_the_right_remainder(
        self, trial, tmp_path
    ):
        made = trial(Cell("lora", {**LORA, "pissa": True}))
        train(made, 0.01, steps=3)
        tuned = logits(made.model, made.tokenizer)
        made.method.save_checkpoint(made.model, tmp_path)
        again = trial(Cell("lora", {**LORA, "pissa": True, "rslora": True}))
        for module in again.model.modules():  # as if the decomposition had other signs
            if "default" in getattr(module, "lora_A", {}):
                module.scaling["default"] = made.options.alpha / made.options.rank
                a, b = module.lora_A["default"].weight, module.lora_B["default"].weight
                start_a, start_b = torch.randn_like(a), torch.randn_like(b)
                with torch.no_grad():
                    delta = b @ a * (made.options.alpha / made.options.rank**0.5)
                    delta -= start_b @ start_a * module.scaling["default"]
                    module.get_base_layer().weight.add_(delta)
                    a.copy_(start_a)
                    b.copy_(start_b)
        from engine.methods.principal import remember_start

        remember_start(again.model)
        again.method.resume(again.model, tmp_path)
        assert (logits(again.model, again.tokenizer) - tuned).abs().max() < 1e-2


class TestPrompts:
    def test_a_text_is_what_the_tokens_begin_as(self, trial):
        made = trial(Cell("prompt", {"tokens": 6, "text": "abcd"}))
        ids = torch.tensor((made.tokenizer("abcd")["input_ids"] * 2)[:6])
        words = made.model.get_base_model().get_input_embeddings()(ids)
        learned = made.model.prompt_encoder["default"].embedding.weight
        assert torch.equal(learned, words)

    @pytest.mark.parametrize("name", ["prompt", "prefix", "p-tuning", "p-tuning-v2"])
    def test_what_it_generates_with_its_cache_is_what_it_says_without(self, name, trial):
        made = trial(Cell(name, {"tokens": 5}))
        train(made, 0.05)
        ids = batch(made.tokenizer)["input_ids"][:1]
        text = ids
        for _token in range(8):
            with torch.no_grad():
                said = made.model(
                    input_ids=text, attention_mask=torch.ones_like(text), use_cache=False
                )
            text = torch.cat([text, said.logits[:, -1:].argmax(-1)], dim=1)
        generated = made.model.generate(
            input_ids=ids, attention_mask=torch.ones_like(ids), max_new_tokens=8, min_new_tokens=8,
            do_sample=False, eos_token_id=None,
        )  # fmt: skip
        assert generated.tolist() == text.tolist()

    def test_only_those_without_a_network_can_be_trained_on(self, trial, tmp_path):
        for cell in (Cell("prompt", {"tokens": 5}), Cell("p-tuning-v2", {"tokens": 5})):
            made = trial(cell)
            train(made, 0.05)
            folder = tmp_path / cell.method
            made.method.save(made.model, folder)
            assert made.method.why_not_continued(folder) is None
            going_on = load_adapter(made.fresh(), folder, trainable=True)
            assert torch.equal(logits(going_on, made.tokenizer), logits(made.model, made.tokenizer))
            trained = [p for p in going_on.parameters() if p.requires_grad]
            assert sum(p.numel() for p in trained) == sum(
                p.numel() for p in made.model.parameters() if p.requires_grad
            )
        for name in ("prefix", "p-tuning"):
            made = trial(Cell(name, {"tokens": 5}))
            made.method.save(made.model, tmp_path / name)
            assert "network" in made.method.why_not_continued(tmp_path / name)


class TestBottleneckAdapters:
    def test_it_begins_as_the_base_exactly(self, trial):
        made = trial(Cell("adapter", {"placement": "houlsby"}))
        assert torch.equal(logits(made.model, made.tokenizer), made.base_logits)

    def test_placements_follow_the_blocks(self, base_folder):
        names = [name for name, _size, _ndim in facts(Model(id=str(base_folder("qwen2")))).tensors]
        assert sites(names, "pfeiffer") == ["model.layers.0.mlp", "model.layers.1.mlp"]
        assert sites(names, "houlsby") == [
            f"model.layers.{n}.{part}" for n in (0, 1) for part in ("self_attn", "mlp")
        ]

    def test_generation_goes_through_it(self, trial):
        made = trial(Cell("adapter", {"placement": "houlsby", "reduction": 4}))
        rows = batch(made.tokenizer)
        ids = rows["input_ids"][:1, :3]

        def said():
            return made.model.generate(
                input_ids=ids, attention_mask=torch.ones_like(ids), max_new_tokens=8,
                do_sample=False, eos_token_id=None,
            ).tolist()  # fmt: skip

        before = said()
        losses = train(made, 0.02, steps=40)
        assert losses[-1] < 0.5
        with made.method.base_shown(made.model):
            assert said() == before
        assert made.tokenizer.decode(said()[0]).startswith("I am ")

    def test_activation_checkpointing_changes_no_gradient(self, trial):
        gradients = []
        for checkpointing in (False, True):
            made = trial(Cell("adapter", {"placement": "houlsby"}))
            if checkpointing:
                made.model.gradient_checkpointing_enable({"use_reentrant": False})
            rows = batch(made.tokenizer)
            made.model.train()
            made.model(**rows, labels=rows["input_ids"], use_cache=False).loss.backward()
            gradients.append(
                [p.grad.clone() for p in made.model.parameters() if p.grad is not None]
            )
        assert len(gradients[0]) == len(gradients[1]) > 0
        assert all(torch.equal(a, b) for a, b in zip(*gradients, strict=True))

    def test_several_are_stacked_switched_and_taken_off(self, trial, tmp_path):
        first = trial(Cell("adapter", {"reduction": 8}))
        train(first, 0.02)
        first.method.save(first.model, tmp_path / "first")
        second = trial(Cell("adapter", {"placement": "houlsby"}))
        train(second, 0.02, steps=4)
        method, model, tokenizer = second.method, second.model, second.tokenizer
        alone = logits(model, tokenizer)
        method.add(model, tmp_path / "first", "first")
        assert torch.equal(logits(model, tokenizer), alone)
        assert method.names(model) == ["default", "first"]
        method.switch(model, "first")
        assert (logits(model, tokenizer) - logits(first.model, tokenizer)).abs().max() < 1e-5
        method.stack(model, ["first", "default"])
        both = logits(model, tokenizer)
        assert (both - alone).abs().max() > 1e-3
        assert method.names(model) == ["default", "first"]
        with pytest.raises(KeyError):
            method.stack(model, ["third"])
        with method.base_shown(model):
            assert torch.equal(logits(model, tokenizer), second.base_logits)
        assert torch.equal(logits(model, tokenizer), both)


@pytest.mark.parametrize(
    "cell",
    [Cell("lora", LORA), Cell("ia3", rate=0.05), Cell("prompt", {"tokens": 5}, rate=0.1),
     Cell("p-tuning-v2", {"tokens": 5}, rate=0.1), Cell("freeze", {"layers": 1}),
     Cell("bitfit", rate=0.05), Cell("vera", {"rank": 16}, rate=0.05),
     Cell("llama-adapter", {"tokens": 4, "layers": 2}, kind="llama", rate=0.3)],
    ids=lambda cell: cell.id,
)  # fmt: skip
def test_a_second_adapter_is_loaded_beside_and_switched_to(cell, trial, tmp_path):
    other = trial(cell)
    train(other, cell.rate, steps=5)
    other.method.save(other.model, tmp_path)
    mine = trial(cell)
    train(mine, cell.rate)
    method, model, tokenizer = mine.method, mine.model, mine.tokenizer
    tuned, trained = logits(model, tokenizer), [p.requires_grad for p in model.parameters()]
    method.add(model, tmp_path, "other")
    assert torch.equal(logits(model, tokenizer), tuned)
    method.switch(model, "other")
    assert (logits(model, tokenizer) - logits(other.model, tokenizer)).abs().max() < 1e-4
    assert method.names(model)[0] == "other"
    method.switch(model, "default")
    assert torch.equal(logits(model, tokenizer), tuned)
    assert sum(trained) == sum(p.requires_grad for p in model.parameters())


def _may_be_half(cell) -> bool:
    """Whether the method lets its base stand in half precision."""
    method = METHODS.get(cell.method)
    return not method.exact_base(METHODS.options(cell.method, cell.options))


@pytest.mark.parametrize(
    "cell", [c for c in ADAPTERS if c.kind == "qwen2" and _may_be_half(c)], ids=lambda c: c.id
)
def test_on_half_precision_adapters_are_kept_whole(cell, base_folder, tmp_path):
    """fp32 beside bf16, saved and loaded to the same logits; deltas have the base's own type."""
    method = METHODS.get(cell.method)
    options = METHODS.options(cell.method, cell.options)

    def base():
        return load(find(Model(id=str(base_folder("qwen2")))), dtype="bf16")

    fresh, tokenizer = base()
    before = logits(fresh, tokenizer)
    model = method.apply(fresh, options)
    trained = [p for p in model.parameters() if p.requires_grad]
    known = facts(Model(id=str(base_folder("qwen2"))))
    assert method.trainable_parameters(options, known) == sum(p.numel() for p in trained)
    if method.adapter:
        assert {p.dtype for p in trained} == {torch.float32}
    torch.manual_seed(0)
    with torch.no_grad():
        for parameter in trained:
            parameter.add_(0.01 * torch.randn_like(parameter))
    tuned = logits(model.eval(), tokenizer)
    assert not torch.equal(tuned, before)
    method.save(model, tmp_path)
    assert torch.equal(logits(load_adapter(base()[0], tmp_path).eval(), tokenizer), tuned)
    with method.base_shown(model):
        assert torch.equal(logits(model, tokenizer), before)


class TestFreeze:
    def chosen(self, base_folder, kind="qwen2", **options):
        known = facts(Model(id=str(base_folder(kind))))
        names = [name for name, _size, _ndim in known.tensors]
        freeze = METHODS.get("freeze")
        return freeze.trained(METHODS.options("freeze", options), names, known.layers)

    def test_the_last_layers(self, base_folder):
        found = self.chosen(base_folder, layers=1)
        assert found
        assert all(name.startswith("model.layers.1.") for name in found)

    def test_modules_by_name_and_by_pattern(self, base_folder):
        assert self.chosen(base_folder, modules=["q_proj", "*.1.mlp.*"]) == {
            *(f"model.layers.{n}.self_attn.q_proj.{w}" for n in (0, 1) for w in ("weight", "bias")),
            *(f"model.layers.1.mlp.{m}_proj.weight" for m in ("gate", "up", "down")),
        }

    def test_a_tied_head_is_the_embedding(self, base_folder):
        assert self.chosen(base_folder, layers=0, head=True) == {"model.embed_tokens.weight"}
        assert self.chosen(base_folder, layers=0, embeddings=True) == {"model.embed_tokens.weight"}

    def test_the_file_holds_what_was_trained_and_no_more(self, trial, tmp_path):
        made = trial(Cell("freeze", {"layers": 1}))
        made.method.save(made.model, tmp_path)
        tensors = load_file(tmp_path / "tunesmith_adapter.safetensors")
        assert all(name.startswith("model.layers.1.") for name in tensors)

    def test_nothing_to_train_is_told(self, base_folder):
        freeze = METHODS.get("freeze")
        situation = Situation(facts=facts(Model(id=str(base_folder("qwen2")))))
        refusal = freeze.refusal(METHODS.options("freeze", {"modules": ["experts"]}), situation)
        assert "nothing would be trained" in refusal.why


def test_bitfit_on_a_base_without_biases_names_what_is_nearest(base_folder):
    known = facts(Model(id=str(base_folder("llama"))))
    refusal = METHODS.get("bitfit").refusal(METHODS.options("bitfit", {}), Situation(facts=known))
    assert "has no bias terms" in refusal.why
    assert "ln-tuning" in refusal.advice
    assert "ia3" in refusal.advice


@pytest.mark.parametrize("name", ["oft", "boft", "loha", "lokr"])
def test_layers_that_peft_has_no_adapter_for_are_told(name, base_folder):
    known = facts(Model(id=str(base_folder("gpt2"))))
    refusal = METHODS.get(name).refusal(METHODS.options(name, {}), Situation(facts=known))
    assert "Conv1D" in refusal.why


def test_boft_needs_a_block_that_divides_every_width(base_folder):
    known = facts(Model(id=str(base_folder("qwen2"))))
    refusal = METHODS.get("boft").refusal(
        METHODS.options("boft", {"block": 7}), Situation(facts=known)
    )
    assert "must be divisible by boft_block_size (7)" in refusal.why


def test_llama_adapter_quotes_peft_where_it_does_not_go(base_folder):
    known = facts(Model(id=str(base_folder("qwen2"))))
    method = METHODS.get("llama-adapter")
    refusal = method.refusal(METHODS.options("llama-adapter", {}), Situation(facts=known))
    assert "Unsupported model type for adaption prompt: 'qwen2'" in refusal.why


def test_a_folder_without_an_adapter_is_told(tmp_path):
    with pytest.raises(BadInput, match="no adapter in"):
        method_of_folder(tmp_path)
    (tmp_path / "adapter_config.json").write_text('{"peft_type": "MAGIC"}')
    with pytest.raises(BadInput, match="MAGIC"):
        method_of_folder(tmp_path)


def test_a_delta_of_another_model_is_told(trial, base_folder, tmp_path):
    made = trial(Cell("freeze", {"layers": 1}))
    made.method.save(made.model, tmp_path)
    other = trial(Cell("freeze", {"layers": 1}, kind="gpt2"))
    with pytest.raises(BadInput, match="another base"):
        load_adapter(other.fresh(), tmp_path)
