"""What is known of a model from its config, and what is said of one that cannot be used."""

import json

import pytest

from engine import recipe
from engine.errors import BadInput
from engine.models import KNOWN, facts, find
from tests.tiny_models import edit_json, tiny_config

KINDS = {
    "qwen2": {},
    "llama": {"tie_word_embeddings": False},
    "qwen3": {"head_dim": 32},
    "gemma3_text": {"head_dim": 32},
    "mistral": {},
    "gpt2": {},
}


def refusal(model):
    with pytest.raises(BadInput) as refused:
        facts(model)
    return refused.value.problem


@pytest.mark.parametrize("kind", KINDS)
def test_parameters_and_layers_are_those_of_the_loaded_model(kind, made_models):
    import torch
    from transformers import AutoModelForCausalLM
    from transformers.pytorch_utils import Conv1D

    path = made_models(kind, **KINDS[kind])
    known = facts(recipe.Model(id=str(path)))
    real = AutoModelForCausalLM.from_pretrained(path)
    assert known.parameters == real.num_parameters()
    assert known.layers == 2
    assert known.hidden == 64
    assert known.tied_embeddings == (kind != "llama")
    modules = [m for m in real.modules() if isinstance(m, (torch.nn.Linear, Conv1D))]
    assert sum(linear.count for linear in known.linears) == len(modules)
    weights = sum(m.weight.numel() for m in modules)
    assert sum(x.count * x.inputs * x.outputs for x in known.linears) == weights
    (head,) = [linear for linear in known.linears if linear.head]
    assert (head.inputs, head.outputs) == (64, known.vocabulary)


@pytest.mark.parametrize(
    "targets", ["all-linear", ("q_proj",), ("q_proj", "down_proj")], ids=lambda t: str(t)
)
@pytest.mark.parametrize("kind", ["qwen2", "llama"])
def test_the_lora_weights_counted_from_the_facts_are_those_peft_makes(kind, targets, made_models):
    from engine.methods import METHODS
    from engine.models import load

    model = recipe.Model(id=str(made_models(kind, **KINDS[kind])))
    lora = METHODS.get("lora")
    options = METHODS.options("lora", {"rank": 4, "alpha": 8, "targets": targets})
    base, _tokenizer = load(find(model), dtype="fp32")
    wrapped = lora.apply(base, options)
    trained = sum(p.numel() for p in wrapped.parameters() if p.requires_grad)
    assert lora.trainable_parameters(options, facts(model)) == trained


def test_every_other_fact_is_read_from_the_config(model, folder):
    known = facts(model)
    assert known.architecture == "Qwen2ForCausalLM"
    assert (known.heads, known.kv_heads, known.head_dim) == (4, 2, 16)
    assert (known.vocabulary, known.context, known.intermediate) == (260, 512, 160)
    assert known.disk_bytes == (folder / "model.safetensors").stat().st_size
    assert known.dtype == "fp32"
    assert known.has_biases
    assert known.chat_template
    assert known.sdpa
    assert known.path == str(folder)
    assert known.quantized is None


def test_facts_follow_the_files(model, folder):
    before = facts(model).parameters
    assert facts(model) is facts(model)
    tiny_config(num_hidden_layers=3).save_pretrained(folder)
    assert facts(model).parameters > before


def test_a_base_without_a_chat_template_is_told(model, folder):
    (folder / "chat_template.jinja").unlink()
    known = facts(model)
    assert not known.chat_template
    assert any("chat template" in warning for warning in known.warnings)


@pytest.mark.parametrize("method", ["gptq", "awq"])
def test_a_quantized_checkpoint_is_recognized(method, model, folder):
    edit_json(folder / "config.json", quantization_config={"quant_method": method, "bits": 4})
    assert facts(model).quantized == method


def test_experts_are_told_and_counted_apart(tmp_path):
    from tests.tiny_models import tiny_model

    path = tiny_model(
        tmp_path / "moe", "qwen3_moe", num_experts=64, num_experts_per_tok=2,
        moe_intermediate_size=160, decoder_sparse_step=1, hidden_size=128, head_dim=32,
    )  # fmt: skip
    known = facts(recipe.Model(id=str(path)))
    assert known.active_parameters < known.parameters / 5
    assert any("experts" in warning for warning in known.warnings)


def test_the_pocket_model_is_known():
    known = facts(recipe.Model(id="pocket"))
    assert known.model_type == "qwen2"
    assert known.context == next(m.context for m in KNOWN if m.name == "pocket")


def test_a_runs_whole_model_is_a_base(folder, tunesmith_home):
    run = tunesmith_home / "runs" / "20260101-000000-x"
    run.mkdir(parents=True)
    folder.rename(run / "model")
    assert facts(recipe.Model(id=f"run:{run.name}")).layers == 2


class TestRefused:
    def test_a_folder_without_config(self, model, folder):
        (folder / "config.json").unlink()
        problem = refusal(model)
        assert "config.json" in problem.message
        assert str(folder) in problem.message

    def test_a_folder_with_an_adapter(self, model, folder):
        (folder / "config.json").unlink()
        (folder / "adapter_config.json").write_text("{}")
        assert "model.adapter" in refusal(model).advice

    def test_a_config_that_is_no_json(self, model, folder):
        (folder / "config.json").write_text('{"model_type": "qwen2",\n oops}')
        assert "config.json, line 2" in refusal(model).message

    @pytest.mark.parametrize("text", ["[]", "3", '"x"', "null", "[" * 100_000, "\ufeff{}", ""])
    def test_a_config_that_is_no_object(self, model, folder, text):
        (folder / "config.json").write_text(text)
        assert "config.json" in refusal(model).message

    def test_a_config_that_is_binary(self, model, folder):
        (folder / "config.json").write_bytes(b"\xff\x00\xfe")
        assert "config.json" in refusal(model).message

    def test_a_config_without_a_type(self, model, folder):
        edit_json(folder / "config.json", model_type=None)
        assert "model_type" in refusal(model).message

    def test_an_architecture_nobody_knows(self, model, folder):
        import transformers

        edit_json(folder / "config.json", model_type="qwen99")
        problem = refusal(model)
        assert "qwen99" in problem.message
        assert transformers.__version__ in problem.message

    @pytest.mark.parametrize(
        "changes",
        [
            {"hidden_size": -64},
            {"hidden_size": "64"},
            {"num_hidden_layers": 10**9},
            {"num_hidden_layers": 0},
            {"vocab_size": 1e30},
            {"num_attention_heads": 0},
        ],
        ids=str,
    )
    def test_sizes_that_no_model_can_have(self, model, folder, changes):
        edit_json(folder / "config.json", **changes)
        problem = refusal(model)
        assert problem.field == "model.id"
        assert "\n" not in problem.message

    def test_a_model_without_tokenizer(self, model, folder):
        (folder / "tokenizer.json").unlink()
        assert "tokenizer" in refusal(model).message

    @pytest.mark.parametrize(
        ("beside", "words"),
        [("pytorch_model.bin", "pickles"), ("model.gguf", "GGUF"), (None, "no weights")],
    )
    def test_a_model_without_safetensors(self, model, folder, beside, words):
        (folder / "model.safetensors").unlink()
        if beside:
            (folder / beside).write_text("x")
        problem = refusal(model)
        assert problem.code == "no_safetensors"
        assert words in problem.message

    def test_a_model_with_a_missing_shard(self, model, folder):
        index = {"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}
        (folder / "model.safetensors.index.json").write_text(json.dumps(index))
        (folder / "model-1.safetensors").write_text("")
        assert "model-2.safetensors" in refusal(model).message

    @pytest.mark.parametrize(
        ("kind", "changes", "words"),
        [
            ("bert", {}, "encodes"),
            ("t5", {"is_encoder_decoder": True}, "encoder-decoder"),
            ("qwen2", {"architectures": ["Qwen2ForSequenceClassification"]}, "classifies"),
            ("vit", {}, "does not generate"),
        ],
    )
    def test_a_model_that_does_not_answer(self, model, folder, kind, changes, words):
        edit_json(folder / "config.json", model_type=kind, **changes)
        problem = refusal(model)
        assert problem.code == "not_text_generation"
        assert words in problem.message

    def test_a_model_that_needs_its_own_code(self, model, folder, tmp_path):
        canary = tmp_path / "canary"
        (folder / "modeling_mine.py").write_text(f"open({str(canary)!r}, 'w')")
        (folder / "configuration_mine.py").write_text(f"open({str(canary)!r}, 'w')")
        edit_json(
            folder / "config.json",
            model_type="mine",
            auto_map={
                "AutoConfig": "configuration_mine.MyConfig",
                "AutoModelForCausalLM": "modeling_mine.MyModel",
            },
        )
        problem = refusal(model)
        assert problem.field == "model.trust_remote_code"
        assert problem.code == "needs_remote_code"
        assert not canary.exists()

    def test_code_beside_a_known_architecture_is_never_run(self, model, folder, tmp_path):
        canary = tmp_path / "canary"
        (folder / "modeling_mine.py").write_text(f"open({str(canary)!r}, 'w')")
        edit_json(
            folder / "config.json",
            auto_map={
                "AutoConfig": "modeling_mine.MyConfig",
                "AutoModelForCausalLM": "modeling_mine.MyModel",
            },
        )
        assert facts(model).architecture == "Qwen2ForCausalLM"
        assert not canary.exists()

    @pytest.mark.parametrize(
        "name",
        ["./nowhere", "/nowhere/at/all", "~/nowhere-at-all", "a/b/c", "C:\\models\\x", ".", "run:"],
    )
    def test_a_path_without_a_model(self, name, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        problem = refusal(recipe.Model(id=name))
        assert problem.field == "model.id"
        assert problem.advice

    def test_a_file(self, folder):
        assert "is a file" in refusal(recipe.Model(id=str(folder / "config.json"))).message

    @pytest.mark.parametrize("name", ["run:nothing", "run:../../etc", "modelscope:qwen/Qwen3"])
    def test_a_run_or_place_that_is_not_there(self, name):
        assert refusal(recipe.Model(id=name)).advice

    def test_a_run_that_made_an_adapter(self, tunesmith_home):
        (tunesmith_home / "runs" / "r" / "adapter").mkdir(parents=True)
        assert "export" in refusal(recipe.Model(id="run:r")).advice


def test_the_list_of_models_is_one_json_document():
    entries = json.loads(json.dumps([model.describe() for model in KNOWN]))
    assert entries[0]["name"] == "pocket"
    assert len(entries) >= 12
    assert all(entry["summary"] and entry["parameters"] > 0 for entry in entries)
    assert len({entry["name"] for entry in entries}) == len(entries)
