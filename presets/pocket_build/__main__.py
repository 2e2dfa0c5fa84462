"""Rebuilds the pocket model from nothing: ``python -m presets.pocket_build --out DIR``."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, GenerationConfig

from presets.pocket_build import blank, corpus, material
from presets.pocket_build.card import write_card
from presets.pocket_build.scorecard import as_table, score
from presets.pocket_build.tokenizer import END_OF_TEXT, save_tokenizer, trained_tokenizer
from presets.pocket_build.training import precision, train

CHARACTERS, TALKS, HARD_TALKS = 2_200_000, 140_000, 24_000
QUESTIONS, UNKNOWN = 20, 100


def main() -> None:
    """Write the world, train, save, ask and print the score card."""
    parser = argparse.ArgumentParser(prog="python -m presets.pocket_build", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument("--work", type=Path, help="folder for data and runs; beside --out if unset")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--talks", type=int, default=TALKS, help="conversations to learn from")
    parser.add_argument("--hard-talks", type=int, default=HARD_TALKS, help="of the last part")
    parser.add_argument("--characters", type=int, default=CHARACTERS, help="plain text to read")
    parser.add_argument("--wrong", action="store_true", help="print the wrong answers")
    arguments = parser.parse_args()
    started = time.monotonic()
    out: Path = arguments.out.absolute()
    work: Path = (arguments.work or out.with_name(out.name + "-work")).absolute()
    work.mkdir(parents=True, exist_ok=True)

    tokenizer = trained_tokenizer(material.vocabulary_texts(arguments.seed))
    blank.save_blank(tokenizer, arguments.seed, work / "blank")
    material.write_text(work / "text.jsonl", arguments.characters, arguments.seed)
    material.write_talks(work / "talks.jsonl", arguments.talks, arguments.seed)
    hard = arguments.hard_talks
    material.write_talks(work / "hard.jsonl", hard, arguments.seed, corpus.hard_conversation)
    shared = {"training__seed": arguments.seed, "training__precision": precision()}
    read = train(
        "pretrain",
        work / "home",
        model__id=work / "blank",
        data__source=work / "text.jsonl",
        **shared,
    )
    talked = train(
        "sft",
        work / "home",
        model__id=f"run:{read.folder.name}",
        data__source=work / "talks.jsonl",
        **shared,
    )

    finished = train(
        "polish",
        work / "home",
        model__id=f"run:{talked.folder.name}",
        data__source=work / "hard.jsonl",
        **shared,
    )

    model = AutoModelForCausalLM.from_pretrained(finished.folder / "model", dtype=torch.bfloat16)
    end_of_text = tokenizer.convert_tokens_to_ids(END_OF_TEXT)
    model.generation_config = GenerationConfig(
        do_sample=False,
        eos_token_id=[tokenizer.eos_token_id, end_of_text],
        pad_token_id=end_of_text,
        max_new_tokens=128,
    )
    model.save_pretrained(out)
    save_tokenizer(tokenizer, out)
    minutes = (time.monotonic() - started) / 60

    questions = corpus.held_questions(QUESTIONS, seed=0, unknowns=UNKNOWN)
    result = score(model.float().eval(), tokenizer, questions)
    write_card(out, result, (read, talked, finished), minutes, arguments.seed)
    print(as_table(result))
    print(f"{minutes:.0f} minutes, {read.tokens + talked.tokens + finished.tokens:,} tokens")
    if arguments.wrong:
        for question, answer in result.wrong:
            print(question.category, [m["content"] for m in question.messages], "->", answer)


if __name__ == "__main__":
    main()
