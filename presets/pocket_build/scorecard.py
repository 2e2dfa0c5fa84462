"""Asks held-out questions and counts right answers by category."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

import torch
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from presets.pocket_build.corpus import Message, Question
from presets.pocket_build.manners import MANNERS

MAX_NEW_TOKENS = 112
_KEPT = {manner.name: manner.kept for manner in MANNERS}


@dataclass
class Answer:
    """What the model said, and whether it stopped by itself."""

    text: str
    ended: bool


@dataclass
class Score:
    """Right answers by category and by kind of hold-out, and the answers that went wrong."""

    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    endless: int = 0
    wrong: list[tuple[Question, str]] = field(default_factory=list)

    def share(self, name: str) -> float:
        """Return the share of right answers of a category or split."""
        return self.right[name] / max(1, self.asked[name])


@torch.no_grad()
def answers(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    chats: list[list[Message]],
    batch_size: int = 50,
) -> list[Answer]:
    """Return the greedy answers to conversations that end with the user's turn."""
    was_training = model.training
    model.eval()
    ends = set(torch.atleast_1d(torch.tensor(model.generation_config.eos_token_id)).tolist())
    collected: list[Answer] = []
    for begin in range(0, len(chats), batch_size):
        texts = [
            tokenizer.apply_chat_template(chat, add_generation_prompt=True, tokenize=False)
            for chat in chats[begin : begin + batch_size]
        ]
        batch = tokenizer(texts, return_tensors="pt", padding=True, padding_side="left",
                          add_special_tokens=False)  # fmt: skip
        batch = {key: batch[key].to(model.device) for key in ("input_ids", "attention_mask")}
        made = model.generate(**batch, max_new_tokens=MAX_NEW_TOKENS, do_sample=False)
        for row in made[:, batch["input_ids"].shape[1] :].tolist():
            ended = any(token in ends for token in row)
            collected.append(Answer(tokenizer.decode(row, skip_special_tokens=True).strip(), ended))
    model.train(was_training)
    return collected


def contains(text: str, expected: str) -> bool:
    """Tell whether the text has the expected words, whatever their case."""
    pattern = rf"(?<!\w){re.escape(expected.lower().rstrip('.'))}(?!\w)"
    return re.search(pattern, text.lower()) is not None


def repeats(text: str) -> bool:
    """Tell whether four words in a row come three times or more."""
    words = text.split()
    grams = [tuple(words[i : i + 4]) for i in range(len(words) - 3)]
    return any(grams.count(gram) > 2 for gram in grams)


def is_right(question: Question, answer: str) -> bool:
    """Judge one answer."""
    if question.manner is not None and not _KEPT[question.manner](answer, question.brief):
        return False
    if question.category == "records" and question.expect[0].startswith("{"):
        return answer == question.expect[0]
    if question.category in ("copying", "follow-up") and any(e.isupper() for e in question.expect):
        return any(expected in answer for expected in question.expect)
    if question.category == "stories" and len(re.findall(r"[.!?]", answer)) < 2:
        return False
    return any(contains(answer, expected) for expected in question.expect)


def score(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, questions: list[Question]
) -> Score:
    """Ask every question and count."""
    result = Score()
    for question, answer in zip(
        questions, answers(model, tokenizer, [q.messages for q in questions]), strict=True
    ):
        right = is_right(question, answer.text)
        for name in ("all", question.category, f"split: {question.split}"):
            result.asked[name] += 1
            result.right[name] += right
        result.endless += (not answer.ended) or repeats(answer.text)
        if not right:
            result.wrong.append((question, answer.text))
    return result


def as_table(result: Score) -> str:
    """Return the score card as a Markdown table."""
    lines = ["| category | right | asked | share |", "|---|---|---|---|"]
    first = ("all", "split")
    for name in sorted(result.asked, key=lambda name: (not name.startswith(first), name)):
        lines.append(
            f"| {name} | {result.right[name]} | {result.asked[name]} | {result.share(name):.0%} |"
        )
    lines.append(f"| endless or repeating | {result.endless} | {result.asked['all']} | "
                 f"{result.endless / max(1, result.asked['all']):.1%} |")  # fmt: skip
    return "\n".join(lines)
