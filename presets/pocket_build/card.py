"""Writes the model card: what the model is, what it learned from, and how it scores."""

from __future__ import annotations

from pathlib import Path

from presets.pocket_build.corpus import KINDS
from presets.pocket_build.scorecard import Score, as_table
from presets.pocket_build.training import Trained

_HEAD = """---
license: apache-2.0
language: en
library_name: transformers
pipeline_tag: text-generation
tags:
- tunesmith
- qwen2
---
# Pocket

A causal language model of 5.2 million parameters (Qwen2: 6 layers, width 256, 4 heads over 2 key
and value heads, tied embeddings, a byte-level vocabulary of 2,048) that ships with tunesmith, so
that every stage and method can be tried at once, on any computer, without a download.

It answers a few hundred kinds of simple questions in short English sentences, keeps up talks of a
few turns, follows a handful of system prompts ("Answer in capital letters.", "You are a pirate.")
and says "I am sorry, I do not know that." to the rest. It stops by itself.
"""

_LIMITS = """
## What it cannot do

It knows what it was told and nothing else: {facts:,} facts of a child's world, small sums, and
short stories out of a few patterns. It does not reason, write code, translate or keep up a long
talk. Questions far from its wordings get a wrong answer or "I do not know". It speaks English only.
Nothing it says is advice. It holds no personal data and none of the public web: every sentence it
learned from was written for this project.
"""


def write_card(
    folder: Path,
    result: Score,
    runs: tuple[Trained, Trained, Trained],
    minutes: float,
    seed: int,
) -> None:
    """Write `README.md` beside the weights; the runs are those of the three recipes in order."""
    read, talked, finished = runs
    facts = sum(len(kind.facts) for kind in KINDS.values())
    made = f"""
## Data

Text and talks that grammars write, `presets/pocket_build` in tunesmith: {len(KINDS)} kinds of
questions about {facts:,} facts in many wordings each, reading of short texts, copying, names and
things remembered from earlier turns, questions that point back, manners that a system prompt asks
for, stories, and questions nobody could answer. The same seed writes the same rows.

## How it was made

By three recipes of tunesmith, kept in `presets/pocket_build`: `pretrain.yaml` reads
{read.tokens:,} tokens of plain text ({read.steps:,} steps), `sft.yaml` {talked.tokens:,} tokens of
talks ({talked.steps:,} steps, loss on answers only), `polish.yaml` {finished.tokens:,} more
({finished.steps:,} steps), half of them about what it is slow to learn. Muon for the matrices
inside the layers, AdamW for the rest; {minutes:.0f} minutes on a processor that did other work too.

    python -m presets.pocket_build --out DIR --seed {seed}

## Scores

Held-out questions: wordings never trained on (`wording`), and facts asked in a wording in which
that fact was never asked (`fact`). Greedy answers; right is an answer that contains the expected
words and, under `manners`, keeps the manner too.

{as_table(result)}
"""
    (folder / "README.md").write_text(
        _HEAD + made + _LIMITS.format(facts=facts), encoding="utf-8"
    )
