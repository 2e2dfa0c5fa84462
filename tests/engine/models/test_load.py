"""Loading: what comes out, and what is refused in one sentence."""

import shutil

import pytest
import torch
from safetensors.torch import load_file, save_file

from engine import recipe
from engine.errors import BadInput
from engine.models import find, load, load_tokenizer
from tests.tiny_models import edit_json, tiny_config, tiny_tokenizer


def refusal(model, **options):
    with pytest.raises(BadInput) as refused:
        load(find(model), dtype="fp32", **options)
    return refused.value.problem


@pytest.mark.parametrize(
    ("dtype", "kind"), [("fp32", torch.float32), ("bf16", torch.bfloat16), ("fp16", torch.float16)]
)
def test_the_model_has_the_type_that_was_asked_for(model, dtype, kind):
    loaded, _tokenizer = load(find(model), dtype=dtype)
    assert {p.dtype for p in loaded.parameters()} == {kind}
    assert not loaded.training


@pytest.mark.parametrize("attention", ["eager", "sdpa"])
def test_the_model_has_the_attention_that_was_asked_for(model, attention):
    loaded, _tokenizer = load(find(model), dtype="fp32", attention=attention)
    assert loaded.config._attn_implementation == attention


def test_weights_are_those_of_the_file(model, folder):
    loaded, _tokenizer = load(find(model), dtype="fp32")
    stored = load_file(folder / "model.safetensors")
    for name, value in loaded.state_dict().items():
        if name in stored:
            assert torch.equal(value, stored[name])


def test_a_4_bit_base_is_loaded_and_mended(model):
    from bitsandbytes.nn import Linear4bit

    from engine.quantization import QUANTIZATIONS

    entry = QUANTIZATIONS.get("bnb-4bit")
    options = QUANTIZATIONS.options("bnb-4bit", {})
    loaded, _tokenizer = load(
        find(model),
        dtype="fp32",
        load_arguments=entry.load_arguments(options, "float32"),
        after_load=entry.after_load,
    )
    layers = [m for m in loaded.modules() if isinstance(m, Linear4bit)]
    assert len(layers) == 14
    assert not any(layer.support_avx512bf16_for_cpu for layer in layers)


def test_an_8_bit_base_does_not_fill_the_log(model, caplog):
    from engine.quantization.load import load_base

    stored = recipe.Quantization.model_validate({"name": "bnb-8bit"})
    loaded, tokenizer = load_base(model, stored)
    caplog.clear()
    loaded(**tokenizer("Hello there", return_tensors="pt"))
    assert not caplog.records


def test_nothing_is_written_to_the_terminal(model, capfd):
    load(find(model), dtype="fp32")
    captured = capfd.readouterr()
    assert captured.out == ""
    assert "Loading" not in captured.err


class TestTokenizer:
    def test_a_pad_token_of_its_own_is_kept(self, model):
        loaded, tokenizer = load(find(model), dtype="fp32")
        assert tokenizer.pad_token == "<|endoftext|>"
        assert tokenizer.padding_side == "right"
        assert loaded.generation_config.pad_token_id == tokenizer.pad_token_id
        assert loaded.generation_config.eos_token_id == tokenizer.eos_token_id

    @pytest.fixture
    def bare(self, made_models, tmp_path):
        """A model whose family brings no pad token."""
        path = made_models("llama", tie_word_embeddings=False)
        folder = shutil.copytree(path, tmp_path / "bare")
        return folder, tiny_tokenizer(folder, pad=False)

    def test_without_one_a_token_that_ends_no_answer_is_taken(self, bare):
        folder, tokenizer = bare
        tokenizer.add_tokens(["<|endoftext|>"], special_tokens=True)
        tokenizer.save_pretrained(folder)
        found = load_tokenizer(find(recipe.Model(id=str(folder))))
        assert found.pad_token == "<|endoftext|>"
        assert found.eos_token == "<|im_end|>"

    def test_the_end_token_pads_where_there_is_nothing_else(self, bare):
        found = load_tokenizer(find(recipe.Model(id=str(bare[0]))))
        assert found.pad_token == found.eos_token == "<|im_end|>"

    def test_a_tokenizer_that_cannot_be_read_is_told(self, model, folder):
        (folder / "tokenizer.json").write_text("{")
        problem = refusal(model)
        assert "tokenizer" in problem.message
        assert "\n" not in problem.message

    def test_one_of_another_model_is_told(self, model, folder):
        tokenizer = tiny_tokenizer(folder)
        tokenizer.add_tokens([f"<more-{n}>" for n in range(50)])
        tokenizer.save_pretrained(folder)
        assert "tokens, the model only 260" in refusal(model).message


class TestRefused:
    def test_weights_that_are_missing(self, model, folder):
        stored = load_file(folder / "model.safetensors")
        del stored["model.layers.1.mlp.up_proj.weight"]
        save_file(stored, folder / "model.safetensors", metadata={"format": "pt"})
        assert "model.layers.1.mlp.up_proj.weight" in refusal(model).message

    def test_weights_of_another_shape(self, model, folder):
        tiny_config(intermediate_size=96).save_pretrained(folder)
        problem = refusal(model)
        assert "another shape" in problem.message
        assert "6 weights" in problem.message

    @pytest.mark.parametrize("damage", [b"", b"not safetensors at all", b"\xff" * 64])
    def test_a_damaged_file(self, model, folder, damage):
        (folder / "model.safetensors").write_bytes(damage)
        assert "safetensors" in refusal(model).message

    def test_a_file_that_was_cut(self, model, folder):
        path = folder / "model.safetensors"
        path.write_bytes(path.read_bytes()[:-1000])
        assert "damaged" in refusal(model).message

    def test_a_model_with_pickles_only(self, model, folder):
        torch.save({}, folder / "pytorch_model.bin")
        (folder / "model.safetensors").unlink()
        assert refusal(model).code == "no_safetensors"

    def test_code_that_comes_along_is_not_run(self, model, folder, tmp_path):
        canary = tmp_path / "canary"
        (folder / "mine.py").write_text(f"open({str(canary)!r}, 'w')")
        edit_json(
            folder / "config.json",
            auto_map={"AutoConfig": "mine.C", "AutoModelForCausalLM": "mine.M"},
        )
        edit_json(folder / "tokenizer_config.json", auto_map={"AutoTokenizer": [None, "mine.T"]})
        load(find(model), dtype="fp32")
        assert not canary.exists()
