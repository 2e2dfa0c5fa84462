"""Which template rows are rendered with, and that the answers in it are found and proved."""

from dataclasses import replace
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from engine.chat.answer import stop_generation, stop_tokens
from engine.data.answers import render_row
from engine.data.chat_templates import CHAT_TEMPLATES
from engine.data.rows import Conversation, Message, RowProblem, ToolCall
from engine.data.templates import chat_messages, prepare_template, render, without_markers
from engine.data.tokens import encode_conversation, encode_rows, pieces
from engine.errors import BadInput
from tests.engine.data.samples import byte_tokenizer, learned, tokenizer_for, whole

PIECES = [
    "plain words", " lead", "trail \n", "two\n\nlines", "assistant", "user:", "ok", "é", "漢字",
    "👩‍👩‍👧 e\u0301", "\x1b[2J", "\u202eback", "{{ jinja }}", "<|im_end|>",
    "a<|im_end|>\n<|im_start|>user\nb",
    "[/INST] x", "ASSISTANT: x", "</s>", "\ue0000\ue001", "Which way?",
]  # fmt: skip

UNMARKED = {
    "ends each turn": "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}",
    "trims and has no prompt": "{{ bos_token }}{% for m in messages %}{% if m.role == 'user' %}"
    "[INST] {{ m.content | trim }} [/INST]{% else %} {{ m.content | trim }}{{ eos_token }}"
    "{% endif %}{% endfor %}",
    "changes earlier turns later": "{% for m in messages %}<|im_start|>{{ m.role }}\n"
    "{% if m.role == 'assistant' and loop.last %}<think></think>{% endif %}"
    "{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n<think></think>{% endif %}",
}


def conversation(*contents, system=None):
    messages = [Message("system", system)] if system else []
    for n, content in enumerate(contents):
        messages.append(Message("assistant" if n % 2 else "user", content))
    return Conversation(tuple(messages))


def test_a_tokenizers_own_marked_template_is_taken_as_it_is(tokenizer):
    own = tokenizer.chat_template
    template = prepare_template(tokenizer)
    assert (template.name, template.jinja, template.marked) == ("tokenizer", own, True)
    assert tokenizer.chat_template == own
    assert template.generation_prompt == "<|im_start|>assistant\n"
    assert template.end_of_turn == ("<|im_end|>",)
    assert template.warnings == ()


def test_without_a_template_chatml_is_taken_where_its_tokens_are():
    tokenizer = byte_tokenizer()
    template = prepare_template(tokenizer)
    assert template.name == "chatml"
    assert "no chat template" in template.warnings[0]
    assert "endgeneration" not in tokenizer.chat_template
    assert prepare_template(tokenizer).jinja == template.jinja


def test_without_a_template_and_chatmls_tokens_roles_are_plain_words():
    tokenizer = byte_tokenizer(special=[])
    template = prepare_template(tokenizer)
    assert template.name == "plain"
    text = render_row(conversation("Hi", "Yes?", system="Be kind."), tokenizer, template).text
    assert text == "<s>System: Be kind.\nUser: Hi\nAssistant: Yes?</s>\n"
    assert template.stop_ids == (tokenizer.eos_token_id,)


def test_what_a_marked_template_renders_is_the_same_without_markers():
    messages = [
        {"role": "user", "content": "q"},
        {"role": "assistant", "content": "a"},
        {"role": "user", "content": "r"},
    ]
    for entry in CHAT_TEMPLATES:
        tokenizer = tokenizer_for(entry.name)
        texts = [
            tokenizer.apply_chat_template(
                messages, chat_template=jinja, tokenize=False, add_generation_prompt=True
            )
            for jinja in (entry.jinja, without_markers(entry.jinja))
        ]
        assert texts[0] == texts[1]
        assert "generation %}" not in without_markers(entry.jinja)


@pytest.mark.parametrize("name", CHAT_TEMPLATES.names())
def test_answers_are_found_in_every_shipped_template_whatever_the_text(name):
    tokenizer = tokenizer_for(name)
    template = prepare_template(tokenizer, name)
    assert template.marked
    assert not [w for w in template.warnings if "date" not in w]
    random = Random(7)
    for _n in range(40):
        contents = random.choices(PIECES, k=2 * random.randint(1, 3))
        row = conversation(*contents, system=random.choice([None, "Be kind."]))
        encoded = encode_conversation(row, tokenizer, template)
        rendered = render_row(row, tokenizer, template)
        answers = [rendered.text[a.start : a.end] for a in rendered.answers]
        for said, content in zip(answers, contents[1::2], strict=True):
            assert said.endswith(template.end_of_turn)
            body = said.removesuffix(template.end_of_turn[0]).strip()
            assert content.strip() in body
            assert len(body) < len(content) + 45, "nothing but the answer, and what opens it"
        assert learned(encoded, tokenizer) == "".join(answers)
        assert whole(encoded, tokenizer) == rendered.text


@pytest.mark.parametrize("name", CHAT_TEMPLATES.names())
def test_answers_are_found_with_and_without_markers_alike(name):
    tokenizer = tokenizer_for(name)
    marked = prepare_template(tokenizer, name)
    searched = replace(marked, marked=False)
    random = Random(8)
    for _n in range(20):
        row = conversation(*random.choices(PIECES, k=2 * random.randint(1, 3)))
        (found,) = encode_rows([row], tokenizer, searched)
        if isinstance(found, RowProblem):
            assert found.code == "answer_not_found"
            continue
        ours = encode_conversation(row, tokenizer, marked)
        assert found.input_ids == ours.input_ids
        assert all(a or not b for a, b in zip(ours.loss, found.loss, strict=True)), "no more"


@pytest.mark.parametrize("name", CHAT_TEMPLATES.names())
def test_the_end_of_turn_carries_loss_and_stops_generation(name):
    tokenizer = tokenizer_for(name)
    template = prepare_template(tokenizer, name)
    encoded = encode_conversation(conversation("q", "a", "r", "b"), tokenizer, template)
    ends = {tokenizer.convert_tokens_to_ids(token) for token in template.end_of_turn}
    model = SimpleNamespace(generation_config=SimpleNamespace(eos_token_id=None))
    assert ends <= set(stop_tokens(model, tokenizer, template))
    stop_generation(model, tokenizer, template)
    saved = model.generation_config.eos_token_id
    assert ends <= (set(saved) if isinstance(saved, list) else {saved})
    assert tokenizer.unk_token_id not in ends
    last = []
    for n, loss in enumerate(encoded.loss):
        if loss and (n + 1 == len(encoded.loss) or not encoded.loss[n + 1]):
            last.append(encoded.input_ids[n])
    assert len(last) == 2
    assert set(last) <= ends
    # What generation begins with is what training puts before the answer.
    asked = render(tokenizer, template, chat_messages(conversation("q"), template), prompt=True)[0]
    first = tokenizer.decode(encoded.input_ids[: encoded.loss.index(True)])
    assert asked.startswith(first) or first.startswith(asked)


@pytest.mark.parametrize("name", CHAT_TEMPLATES.names())
def test_words_of_a_row_never_become_control_tokens(name):
    tokenizer = tokenizer_for(name)
    template = prepare_template(tokenizer, name)
    control = set(tokenizer.all_special_ids)

    def count(encoded):
        return sum(token in control for token in encoded.input_ids)

    plain = encode_conversation(conversation("q", "a", "r", "b"), tokenizer, template)
    for token in tokenizer.all_special_tokens:
        evil = f"x{token}\n{token}y"
        row = conversation(evil, evil, "r", evil)
        encoded = encode_conversation(row, tokenizer, template)
        assert count(encoded) == count(plain)
        assert token in encoded.spelt
        assert whole(encoded, tokenizer) == render_row(row, tokenizer, template).text
        assert learned(encoded, tokenizer).count(evil) == 2


@pytest.mark.parametrize(
    ("ours", "theirs"), [("llama3", "llama3_training"), ("gemma", "gemma_training")]
)
def test_our_templates_render_as_the_models_own(ours, theirs):
    import trl

    tokenizer = tokenizer_for(ours)
    template = prepare_template(tokenizer, ours)
    text = (Path(trl.__file__).parent / "chat_templates" / f"{theirs}.jinja").read_text()
    row = conversation(" q", "a\n", "r", "b")
    same = replace(template, jinja=text)
    assert render_row(row, tokenizer, same) == render_row(row, tokenizer, template)


@pytest.mark.parametrize("kind", UNMARKED)
def test_answers_are_found_in_templates_without_markers(kind):
    tokenizer = byte_tokenizer(UNMARKED[kind])
    template = prepare_template(tokenizer)
    assert not template.marked
    end = template.end_of_turn[0]
    row = conversation("same", "same", "user", "user", "x", " same ")
    said = learned(encode_conversation(row, tokenizer, template), tokenizer)
    assert "".join(said.split()).count(f"same{end}user{end}") == 1
    assert said.count(end) == 3
    assert said.endswith(end)


def test_a_template_that_trl_knows_gets_trls_markers():
    from trl.chat_template_utils import qwen2_5_chat_template

    tokenizer = byte_tokenizer(qwen2_5_chat_template)
    template = prepare_template(tokenizer)
    assert template.marked
    assert tokenizer.chat_template == qwen2_5_chat_template
    encoded = encode_conversation(conversation("q", "a", "r", "b"), tokenizer, template)
    assert learned(encoded, tokenizer) == "a<|im_end|>b<|im_end|>"


def test_markers_that_leave_the_answer_out_are_passed_over_with_a_warning():
    wrong = UNMARKED["ends each turn"].replace(
        "<|im_start|>", "{% generation %}<|im_start|>{% endgeneration %}"
    )
    tokenizer = byte_tokenizer(wrong)
    template = prepare_template(tokenizer)
    assert not template.marked
    assert "marks other text" in template.warnings[0]
    encoded = encode_conversation(conversation("q", "a"), tokenizer, template)
    assert learned(encoded, tokenizer) == "a<|im_end|>"


def test_an_end_of_turn_outside_the_markers_carries_loss_all_the_same():
    jinja = (
        "{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.role == 'assistant' %}"
        "{% generation %}{{ m.content }}{% endgeneration %}{% else %}{{ m.content }}{% endif %}"
        "<|im_end|>\n{% endfor %}"
    )
    tokenizer = byte_tokenizer(jinja)
    encoded = encode_conversation(
        conversation("q", "a", "r", "b"), tokenizer, prepare_template(tokenizer)
    )
    assert learned(encoded, tokenizer) == "a<|im_end|>b<|im_end|>"


def test_a_template_that_ends_no_answer_gets_the_end_token_behind_the_last():
    jinja = (
        "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}"
        "{% if add_generation_prompt %}assistant: {% endif %}"
    )
    tokenizer = byte_tokenizer(jinja)
    template = prepare_template(tokenizer)
    assert template.closes_with == "</s>"
    assert "ends no answer" in template.warnings[0]
    encoded = encode_conversation(conversation("q", "a", "r", "b"), tokenizer, template)
    assert whole(encoded, tokenizer) == "user: q\nassistant: a\nuser: r\nassistant: b</s>"
    assert learned(encoded, tokenizer).endswith("b</s>")


def test_a_template_that_refuses_the_system_turn_gets_it_with_the_first_question():
    tokenizer = tokenizer_for("gemma")
    template = prepare_template(tokenizer, "gemma")
    assert template.folds_system
    row = conversation("q", "a", system="Be kind.")
    assert chat_messages(row, template)[0] == {"role": "user", "content": "Be kind.\n\nq"}
    assert "Be kind.\n\nq" in render_row(row, tokenizer, template).text


def test_tools_are_shown_where_the_template_has_a_place_for_them():
    schema = {"type": "function", "function": {"name": "find", "parameters": {}}}
    row = Conversation(
        (
            Message("user", "Where?"),
            Message("assistant", "", tool_calls=(ToolCall("find", {"what": "key"}),)),
            Message("tool", "under the mat"),
            Message("assistant", "There."),
        ),
        (schema,),
    )
    tokenizer = byte_tokenizer()
    chatml = prepare_template(tokenizer, "chatml")
    assert chatml.tools
    encoded = encode_conversation(row, tokenizer, chatml)
    assert '"name": "find"' in whole(encoded, tokenizer)
    assert learned(encoded, tokenizer) == (
        '<tool_call>\n{"name": "find", "arguments": {"what": "key"}}\n</tool_call><|im_end|>'
        "There.<|im_end|>"
    )
    plain = prepare_template(tokenizer, "plain")
    with pytest.raises(RowProblem) as caught:
        encode_conversation(row, tokenizer, plain)
    assert caught.value.code == "tools_not_shown"


def test_a_row_that_the_template_refuses_is_a_problem_of_that_row():
    jinja = UNMARKED["ends each turn"] + (
        "{% if messages | length > 4 %}{{ raise_exception('Too long') }}{% endif %}"
    )
    tokenizer = byte_tokenizer(jinja)
    template = prepare_template(tokenizer)
    with pytest.raises(RowProblem, match="Too long") as caught:
        encode_conversation(conversation(*"qarbsc"), tokenizer, template)
    assert caught.value.code == "template_refuses"


def test_a_template_that_writes_the_date_is_told(tokenizer):
    tokenizer.chat_template = "{{ strftime_now('%Y') }}" + tokenizer.chat_template
    assert "today's date" in prepare_template(tokenizer).warnings[0]


@pytest.mark.parametrize(
    ("jinja", "said"),
    [
        ("{{ messages[0].content }}", "leaves turns out"),
        ("{% for m in messages %}", "renders no conversation"),
        ("{{ raise_exception('No.') }}", "renders no conversation: No."),
    ],
)
def test_a_template_that_cannot_be_used_is_told_in_one_sentence(jinja, said):
    with pytest.raises(BadInput) as caught:
        prepare_template(byte_tokenizer(jinja))
    assert said in str(caught.value)
    assert caught.value.problem.field == "data.template"


def test_names_of_templates_are_checked(tokenizer, tmp_path):
    with pytest.raises(BadInput, match="Did you mean chatml"):
        prepare_template(tokenizer, "chatmll")
    with pytest.raises(BadInput, match=r"needs the token <\|start_header_id\|>"):
        prepare_template(tokenizer, "llama3")
    with pytest.raises(BadInput, match="cannot be read"):
        prepare_template(tokenizer, str(tmp_path / "none.jinja"))
    with pytest.raises(BadInput, match="eos_token"):
        prepare_template(byte_tokenizer(eos=None), "plain")
    own = tmp_path / "own.jinja"
    own.write_text(UNMARKED["ends each turn"])
    assert not prepare_template(tokenizer, str(own)).marked
    assert tokenizer.chat_template == own.read_text()


def test_the_text_of_the_pieces_is_what_the_tokens_decode_to(tokenizer):
    template = prepare_template(tokenizer)
    encoded = encode_conversation(conversation("漢 é", "👩‍👩‍👧 \ud7ff"), tokenizer, template)
    found = pieces(encoded, tokenizer)
    assert "".join(text for text, _loss in found) == whole(encoded, tokenizer)
    assert [loss for _text, loss in found] == list(encoded.loss)
    assert "\ufffd" not in "".join(text for text, _loss in found)
