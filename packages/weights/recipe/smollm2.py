"""SmolLM2-135M out of a GGUF file, with a LoRA adapter on every linear layer, and that adapter as GGUF."""

import math

import gguf
import numpy as np
import torch
import torch.nn.functional as F
from gguf.quants import dequantize, quantize
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers

LAYERS, HEADS, KV_HEADS, WIDTH, ROPE_BASE, EPSILON = 30, 9, 3, 64, 100_000.0, 1e-5
LINEAR = ["attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"]
CONTROL_TOKEN = 3


def tokenizer(path):
    """The tokenizer that the file describes; marks of the chat template are single tokens."""
    fields = gguf.GGUFReader(path).fields

    def strings(name):
        field = fields[f"tokenizer.ggml.{name}"]
        return [bytes(field.parts[i]).decode() for i in field.data]

    tokens, merges = strings("tokens"), [tuple(merge.split(" ")) for merge in strings("merges")]
    types = fields["tokenizer.ggml.token_type"]
    made = Tokenizer(models.BPE(vocab={token: i for i, token in enumerate(tokens)}, merges=merges))
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    control = [token for token, i in zip(tokens, types.data) if types.parts[i][0] == CONTROL_TOKEN]
    made.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in control])
    return made


def read(path, device):
    """The tensors of a GGUF file by name, in full precision."""
    tensors = gguf.GGUFReader(path).tensors
    values = {one.name: np.array(dequantize(one.data, one.tensor_type), dtype=np.float32) for one in tensors}
    return {name: torch.from_numpy(one).to(device) for name, one in values.items()}


class Adapted:
    """The frozen base, and the adapter's two matrices a linear layer: another adapter's, or such that change nothing at first."""

    def __init__(self, path, rank, alpha, device, start=None):
        self.rank, self.alpha = rank, alpha
        self.base = read(path, device)
        self.adapter = {}
        for layer in range(LAYERS):
            for name in LINEAR:
                key = f"blk.{layer}.{name}.weight"
                out, into = self.base[key].shape
                spread = 1 / math.sqrt(into)
                self.adapter[f"{key}.lora_a"] = torch.empty(rank, into, device=device).uniform_(-spread, spread).requires_grad_()
                self.adapter[f"{key}.lora_b"] = torch.zeros(out, rank, device=device, requires_grad=True)
        if start:
            self.adapter |= {key: values.requires_grad_() for key, values in read(start, device).items()}

    def linear(self, x, key):
        change = F.linear(F.linear(x, self.adapter[f"{key}.lora_a"]), self.adapter[f"{key}.lora_b"])
        return F.linear(x, self.base[key]) + change * (self.alpha / self.rank)

    def hidden(self, tokens):
        """What stands before the vocabulary, of rows of token ids."""
        rows, length = tokens.shape
        x = F.embedding(tokens, self.base["token_embd.weight"])
        turn = torch.arange(length, device=x.device)[:, None] * ROPE_BASE ** -(torch.arange(0, WIDTH, 2, device=x.device) / WIDTH)
        future = torch.ones(length, length, dtype=torch.bool, device=x.device).triu(1)
        for layer in range(LAYERS):
            name = f"blk.{layer}."
            h = normed(x, self.base[f"{name}attn_norm.weight"])
            q = turned(self.linear(h, f"{name}attn_q.weight").view(rows, length, HEADS, WIDTH), turn)
            k = turned(self.linear(h, f"{name}attn_k.weight").view(rows, length, KV_HEADS, WIDTH), turn)
            v = self.linear(h, f"{name}attn_v.weight").view(rows, length, KV_HEADS, WIDTH)
            k, v = (one.repeat_interleave(HEADS // KV_HEADS, 2).transpose(1, 2) for one in (k, v))
            scores = q.transpose(1, 2) @ k.transpose(2, 3) / math.sqrt(WIDTH)
            mixed = scores.masked_fill(future, -math.inf).softmax(-1) @ v
            x = x + self.linear(mixed.transpose(1, 2).reshape(rows, length, HEADS * WIDTH), f"{name}attn_output.weight")
            h = normed(x, self.base[f"{name}ffn_norm.weight"])
            gate = F.silu(self.linear(h, f"{name}ffn_gate.weight")) * self.linear(h, f"{name}ffn_up.weight")
            x = x + self.linear(gate, f"{name}ffn_down.weight")
        return normed(x, self.base["output_norm.weight"])

    def logits(self, hidden):
        return F.linear(hidden, self.base["token_embd.weight"])

    def save(self, path, name):
        writer = gguf.GGUFWriter(path, "llama")
        writer.add_string("general.type", "adapter")
        writer.add_string("adapter.type", "lora")
        writer.add_float32("adapter.lora.alpha", self.alpha)
        writer.add_string("general.name", name)
        kind = gguf.GGMLQuantizationType.Q8_0
        for key, values in self.adapter.items():
            writer.add_tensor(key, quantize(values.detach().cpu().numpy(), kind), raw_dtype=kind)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()


def normed(x, weight):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPSILON) * weight


def turned(x, turn):
    """Rotary positions on neighbouring pairs, which is how llama.cpp keeps these weights."""
    cos, sin = turn.cos()[:, None], turn.sin()[:, None]
    a, b = x[..., ::2], x[..., 1::2]
    return torch.stack((a * cos - b * sin, a * sin + b * cos), -1).flatten(-2)
