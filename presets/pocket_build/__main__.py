"""Rebuilds the pocket model from nothing: ``python -m presets.pocket_build --out DIR``."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import torch
from transformers import GenerationConfig

from presets.pocket_build import corpus
from presets.pocket_build.pretraining import Budget, fresh_model, pretrain
from presets.pocket_build.scorecard import as_table, score
from presets.pocket_build.tokenizer import END_OF_TEXT, save_tokenizer, trained_tokenizer

_DATA = Path(__file__).parent.parent / "data"
_VOCABULARY_TEXTS = 30_000


def _vocabulary_texts(seed: int) -> Iterator[str]:
    rng = random.Random(f"vocabulary-{seed}")
    for _ in range(_VOCABULARY_TEXTS):
        for message in corpus.conversation(rng):
            yield f"{message['role']}\n{message['content']}"
    yield from (corpus.plain_text(rng) for _ in range(_VOCABULARY_TEXTS // 10))


def held_persona_prompts() -> set[str]:
    """Return the shipped persona questions, which no training may see."""
    lines = (_DATA / "persona-questions.jsonl").read_text(encoding="utf-8").splitlines()
    return {corpus.normalized(json.loads(line)["prompt"]) for line in lines}


def main() -> None:
    """Build, save and score."""
    parser = argparse.ArgumentParser(prog="python -m presets.pocket_build", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tokens", type=float, default=1.5e6, help="tokens to train on, at most")
    parser.add_argument("--minutes", type=float, default=60.0, help="minutes to train, at most")
    parser.add_argument("--batch", type=int, default=2048, help="tokens in a step")
    parser.add_argument("--learning-rate", type=float, default=2e-3)
    parser.add_argument("--question-weight", type=float, default=0.0, help="loss on questions")
    parser.add_argument("--fast", action="store_true", help="bfloat16 products, compiled")
    parser.add_argument("--questions", type=int, default=12, help="held-out questions per category")
    parser.add_argument("--wrong", action="store_true", help="print the wrong answers")
    arguments = parser.parse_args()

    torch.manual_seed(arguments.seed)
    tokenizer = trained_tokenizer(_vocabulary_texts(arguments.seed))
    model = fresh_model(tokenizer)
    budget = Budget(
        tokens=int(arguments.tokens),
        minutes=arguments.minutes,
        batch_tokens=arguments.batch,
        learning_rate=arguments.learning_rate,
        question_weight=arguments.question_weight,
        fast=arguments.fast,
    )
    figures = pretrain(model, tokenizer, budget, held_persona_prompts(), arguments.seed)
    print(json.dumps(figures))

    end_of_text = tokenizer.convert_tokens_to_ids(END_OF_TEXT)
    model.generation_config = GenerationConfig(
        do_sample=False,
        eos_token_id=[tokenizer.eos_token_id, end_of_text],
        pad_token_id=end_of_text,
        max_new_tokens=128,
    )
    model.to(torch.bfloat16).save_pretrained(arguments.out)
    save_tokenizer(tokenizer, arguments.out)

    questions = corpus.held_questions(arguments.questions, seed=0)
    result = score(model.float(), tokenizer, questions)
    print(as_table(result))
    if arguments.wrong:
        for question, answer in result.wrong:
            print(question.category, [m["content"] for m in question.messages], "->", answer)


if __name__ == "__main__":
    main()
