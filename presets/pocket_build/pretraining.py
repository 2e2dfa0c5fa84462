"""Trains the pocket model: Qwen2's architecture, Muon for matrices, loss on answers."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pad_sequence
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

from presets.pocket_build import corpus
from presets.pocket_build.tokenizer import END_OF_TEXT, END_OF_TURN, MAX_LENGTH, START_OF_TURN

_PLAIN_SHARE = 0.1
Document = tuple[list[int], list[float]]  # tokens, and how much the loss of each weighs


@dataclass(frozen=True)
class Budget:
    """How long to train: whichever of the two ends first."""

    tokens: int
    minutes: float
    batch_tokens: int = 2048
    learning_rate: float = 2e-3
    flat_share: float = 0.4
    question_weight: float = 0.0
    fast: bool = False


def fresh_model(tokenizer: PreTrainedTokenizerFast) -> Qwen2ForCausalLM:
    """Return the untrained model."""
    return Qwen2ForCausalLM(
        Qwen2Config(
            vocab_size=len(tokenizer),
            hidden_size=256,
            intermediate_size=768,
            num_hidden_layers=6,
            num_attention_heads=4,
            num_key_value_heads=2,
            max_position_embeddings=MAX_LENGTH,
            rope_theta=10000.0,
            tie_word_embeddings=True,
            bos_token_id=None,
            eos_token_id=tokenizer.convert_tokens_to_ids(END_OF_TURN),
            pad_token_id=tokenizer.convert_tokens_to_ids(END_OF_TEXT),
            use_cache=True,
        )
    )


def encoded_chat(
    messages: list[corpus.Message], tokenizer: PreTrainedTokenizerFast, question_weight: float
) -> Document:
    """Return a conversation; answers and their end of turn weigh 1, the rest as told."""
    ids: list[int] = []
    weights: list[float] = []
    start, end = tokenizer.convert_tokens_to_ids([START_OF_TURN, END_OF_TURN])
    line_end = tokenizer.encode("\n", add_special_tokens=False)
    for message in messages:
        head = [start, *tokenizer.encode(message["role"] + "\n", add_special_tokens=False)]
        body = [*tokenizer.encode(message["content"], add_special_tokens=False), end]
        ids += head + body + line_end
        body_weight = 1.0 if message["role"] == "assistant" else question_weight
        weights += [0.0] * len(head) + [body_weight] * len(body) + [0.0] * len(line_end)
    return ids, weights


def documents(
    tokenizer: PreTrainedTokenizerFast, excluded: set[str], seed: int, question_weight: float
) -> Iterator[Document]:
    """Yield an endless mix of conversations and plain texts, leaving out the excluded prompts."""
    rng = random.Random(f"train-{seed}")
    end_of_text = tokenizer.convert_tokens_to_ids(END_OF_TEXT)
    while True:
        if rng.random() < _PLAIN_SHARE:
            ids = tokenizer.encode(corpus.plain_text(rng), add_special_tokens=False)
            ids = [*ids, end_of_text]
            yield ids, [1.0] * len(ids)
            continue
        messages = corpus.conversation(rng)
        asked = {corpus.normalized(m["content"]) for m in messages if m["role"] == "user"}
        if not asked & excluded:
            yield encoded_chat(messages, tokenizer, question_weight)


def batches(
    source: Iterator[Document], size: int, pad: int, seed: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield right-padded (tokens, weights) of about ``size`` tokens, of documents of like length."""
    rng = random.Random(f"batches-{seed}")
    while True:
        pool = sorted((next(source) for _ in range(1024)), key=lambda document: len(document[0]))
        groups: list[list[Document]] = [[]]
        for document in pool:
            if (len(groups[-1]) + 1) * len(document[0]) > size:
                groups.append([])
            groups[-1].append(document)
        rng.shuffle(groups)
        for group in filter(None, groups):
            tokens = [torch.tensor(ids) for ids, _ in group]
            weights = [torch.tensor(weights) for _, weights in group]
            yield (
                pad_sequence(tokens, batch_first=True, padding_value=pad),
                pad_sequence(weights, batch_first=True, padding_value=0.0),
            )


def _optimizers(model: Qwen2ForCausalLM, learning_rate: float) -> list[torch.optim.Optimizer]:
    matrices: list[torch.nn.Parameter] = []
    others: list[torch.nn.Parameter] = []
    for name, parameter in model.named_parameters():
        is_matrix = parameter.ndim == 2 and "embed_tokens" not in name
        (matrices if is_matrix else others).append(parameter)
    muon = torch.optim.Muon(
        matrices, lr=learning_rate, weight_decay=0.01, adjust_lr_fn="match_rms_adamw"
    )
    adamw = torch.optim.AdamW(others, lr=learning_rate, betas=(0.9, 0.95), weight_decay=0.0)
    return [muon, adamw]


def _factor(done: float, flat: float) -> float:
    """Return the learning rate's factor: a short warm-up, flat, then a cosine to a fiftieth."""
    if done < 0.01:
        return max(done, 1e-4) / 0.01
    if done < flat:
        return 1.0
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, (done - flat) / (1 - flat))))


def _loss(model: Qwen2ForCausalLM, tokens: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Return the weighted mean loss; padding on the right needs no mask."""
    weights, targets = weights[:, 1:], tokens[:, 1:]
    kept = weights > 0
    hidden = model.model(input_ids=tokens, use_cache=False).last_hidden_state[:, :-1]
    logits = model.lm_head(hidden[kept]).float()
    losses = cross_entropy(logits, targets[kept], reduction="none")
    return (losses * weights[kept]).sum() / weights[kept].sum()


def pretrain(
    model: Qwen2ForCausalLM,
    tokenizer: PreTrainedTokenizerFast,
    budget: Budget,
    excluded: set[str],
    seed: int,
    log: bool = True,
) -> dict[str, float]:
    """Train the model within the budget and return the figures of the run."""
    optimizers = _optimizers(model, budget.learning_rate)
    source = documents(tokenizer, excluded, seed, budget.question_weight)
    stream = batches(source, budget.batch_tokens, tokenizer.pad_token_id, seed)
    started, tokens, step, smooth = time.monotonic(), 0, 0, 0.0
    model.train()
    if budget.fast:
        model.model.forward = torch.compile(model.model.forward, dynamic=True)
    while True:
        minutes = (time.monotonic() - started) / 60
        done = max(tokens / budget.tokens, minutes / budget.minutes)
        if done >= 1:
            break
        inputs, weights = next(stream)
        with torch.autocast("cpu", torch.bfloat16, enabled=budget.fast):
            loss = _loss(model, inputs, weights)
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = budget.learning_rate * _factor(done, budget.flat_share)
            optimizer.step()
        tokens += int((inputs != tokenizer.pad_token_id).sum())
        step += 1
        smooth = loss.item() if step == 1 else 0.98 * smooth + 0.02 * loss.item()
        if log and step % 50 == 0:
            print(f"step {step} tokens {tokens} min {minutes:.1f} loss {smooth:.3f}", flush=True)
    if budget.fast:
        del model.model.forward
    return {"steps": step, "tokens": tokens, "minutes": round(minutes, 1), "loss": round(smooth, 3)}
