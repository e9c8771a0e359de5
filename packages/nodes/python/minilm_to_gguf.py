"""Writes a sentence-transformers MiniLM (BERT, safetensors) as GGUF with Q8_0 matrices, as llama.cpp and Ollama load it.

usage: minilm_to_gguf.py DIRECTORY OUTPUT
DIRECTORY holds model.safetensors, config.json and vocab.txt. Needs numpy and gguf.
"""

import json
import os
import sys
from pathlib import Path

import gguf

# Python is started isolated, so that not even a script's own folder is looked into.
sys.path.append(os.path.dirname(os.path.abspath(__file__)))

from weight_files import read_safetensors

# GGUF's names of a layer's tensors, and BERT's.
LAYER = {
    "attn_q": "attention.self.query",
    "attn_k": "attention.self.key",
    "attn_v": "attention.self.value",
    "attn_output": "attention.output.dense",
    "attn_output_norm": "attention.output.LayerNorm",
    "ffn_up": "intermediate.dense",
    "ffn_down": "output.dense",
    "layer_output_norm": "output.LayerNorm",
}


def is_special(token):
    return token.startswith("[") and token.endswith("]")


def spelled(token):
    """llama.cpp marks the beginning of a word, WordPiece its continuation."""
    if is_special(token):
        return token
    return token[2:] if token.startswith("##") else "\u2581" + token


def add_tokenizer(writer, tokens):
    index = {token: i for i, token in enumerate(tokens)}
    special, normal = gguf.TokenType.CONTROL, gguf.TokenType.NORMAL
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([spelled(token) for token in tokens])
    writer.add_token_types([special if is_special(token) else normal for token in tokens])
    writer.add_token_type_count(2)
    writer.add_unk_token_id(index["[UNK]"])
    writer.add_sep_token_id(index["[SEP]"])
    writer.add_pad_token_id(index["[PAD]"])
    writer.add_mask_token_id(index["[MASK]"])
    writer.add_bos_token_id(index["[CLS]"])
    writer.add_eos_token_id(index["[SEP]"])


def add_tensors(writer, tensors, layers):
    q8 = gguf.GGMLQuantizationType.Q8_0

    def add(name, source, exact=False):
        array = tensors[source]
        if exact or array.ndim != 2:
            writer.add_tensor(name, array)
        else:
            writer.add_tensor(name, gguf.quants.quantize(array, q8), raw_dtype=q8)

    add("token_embd.weight", "embeddings.word_embeddings.weight")
    add("position_embd.weight", "embeddings.position_embeddings.weight", exact=True)
    add("token_types.weight", "embeddings.token_type_embeddings.weight", exact=True)
    for part in ("weight", "bias"):
        add(f"token_embd_norm.{part}", f"embeddings.LayerNorm.{part}")
        for i in range(layers):
            for name, source in LAYER.items():
                add(f"blk.{i}.{name}.{part}", f"encoder.layer.{i}.{source}.{part}")


def main(directory, output):
    config = json.loads((directory / "config.json").read_text())
    tokens = (directory / "vocab.txt").read_text(encoding="utf8").splitlines()
    writer = gguf.GGUFWriter(output, "bert")
    writer.add_name("all-MiniLM-L6-v2")
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    add_tokenizer(writer, tokens)
    add_tensors(writer, read_safetensors(directory / "model.safetensors"), config["num_hidden_layers"])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
