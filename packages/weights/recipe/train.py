"""Trains an adapter: python train.py BASE.gguf EXAMPLES.jsonl OUT.gguf [--from ADAPTER.gguf] [--seconds N | --steps N].

An example is a line of JSON, { "prompt", "answer" }: only the answer's tokens are learnt.
"""

import argparse
import json
import math
import random
import time

import torch
import torch.nn.functional as F

from smollm2 import Adapted, tokenizer

WARM_UP, LEAST = 0.03, 0.03


def main():
    asked = argparse.ArgumentParser()
    for name in ("base", "examples", "out"):
        asked.add_argument(name)
    asked.add_argument("--seconds", type=float, default=150)
    asked.add_argument("--steps", type=int, default=10**9)
    asked.add_argument("--tokens", type=int, default=32_768, help="a step, padding included")
    asked.add_argument("--longest", type=int, default=1_300, help="tokens of an example; longer ones are left out")
    asked.add_argument("--from", dest="start", help="an adapter to go on from; give the examples that it learnt among the new ones")
    asked.add_argument("--rank", type=int, default=32, help="the same as that of the adapter to go on from")
    asked.add_argument("--rate", type=float, default=1e-3)
    asked.add_argument("--held", type=int, default=200, help="examples to measure with, never learnt")
    args = asked.parse_args()
    torch.manual_seed(0)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    rows = [row for row in encoded(args.examples, tokenizer(args.base)) if len(row[0]) <= args.longest]
    random.Random(1).shuffle(rows)
    held, rows = rows[: args.held], rows[args.held :]
    net = Adapted(args.base, args.rank, 2 * args.rank, device, args.start)
    learnt = list(net.adapter.values())
    optimizer = torch.optim.AdamW(learnt, lr=args.rate, betas=(0.9, 0.95), weight_decay=0)
    print(f"{len(rows)} examples; before: {measured(net, held, args.tokens, device)}", flush=True)
    start, step, seen = time.time(), 0, 0
    for batch in batches(rows, args.tokens):
        done = max((time.time() - start) / args.seconds, step / args.steps)
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = args.rate * min(1, done / WARM_UP + 0.02) * (LEAST + (1 - LEAST) * (1 + math.cos(math.pi * done)) / 2)
        loss, _, tokens = answered(net, batch, device)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step, seen = step + 1, seen + tokens
        if step % 20 == 0 or step == args.steps:
            print(f"step {step}, {seen} tokens, loss {loss.item():.4f}", flush=True)
    print(f"after {step} steps, {time.time() - start:.0f} s: {measured(net, held, args.tokens, device)}", flush=True)
    net.save(args.out, "troupe adapter")


def encoded(path, made):
    """Token ids of each example, and where its answer begins."""
    with open(path, encoding="utf-8") as lines:
        examples = [json.loads(line) for line in lines]
    prompts = made.encode_batch([one["prompt"] for one in examples])
    answers = made.encode_batch([one["answer"] for one in examples])
    return [(prompt.ids + answer.ids, len(prompt.ids)) for prompt, answer in zip(prompts, answers)]


def batches(rows, tokens):
    """Rows of like length together, for ever, each round in another order."""
    shuffle = random.Random(7).shuffle
    while True:
        shuffle(rows)
        made = packed(sorted(rows, key=lambda row: len(row[0])), tokens)
        shuffle(made)
        yield from made


def packed(rows, tokens):
    made = [[]]
    for row in rows:
        if made[-1] and max(len(row[0]), max(len(one[0]) for one in made[-1])) * (len(made[-1]) + 1) > tokens:
            made.append([])
        made[-1].append(row)
    return made


def answered(net, batch, device):
    """The mean loss of the answers' tokens, which of them were right, and how many tokens were read."""
    length = max(len(ids) for ids, _ in batch)
    tokens = torch.tensor([ids + [0] * (length - len(ids)) for ids, _ in batch], device=device)
    places = [(row, at) for row, (ids, begin) in enumerate(batch) for at in range(begin, len(ids))]
    row, at = torch.tensor(places, device=device).T
    with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
        logits = net.logits(net.hidden(tokens)[row, at - 1]).float()
    wanted = tokens[row, at]
    return F.cross_entropy(logits, wanted), logits.argmax(-1) == wanted, sum(len(ids) for ids, _ in batch)


@torch.no_grad()
def measured(net, rows, tokens, device):
    losses, right = [], []
    for batch in packed(sorted(rows, key=lambda row: len(row[0])), tokens):
        loss, hits, _ = answered(net, batch, device)
        losses += [loss.item()] * len(hits)
        right += hits.tolist()
    return f"loss {sum(losses) / len(losses):.4f}, tokens of answers right {sum(right) / len(right):.3f}"


if __name__ == "__main__":
    main()
