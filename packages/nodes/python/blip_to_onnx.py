"""Writes a BLIP for captions (Li et al. 2022; Hugging Face's BlipForConditionalGeneration) as two ONNX graphs and what is to be known of them.

usage: blip_to_onnx.py DIRECTORY OUTPUT
DIRECTORY holds config.json, vocab.txt and model.safetensors or pytorch_model.bin. Needs numpy and onnx.

OUTPUT gets three files.
encoder.onnx: `pixels` [images, 3, side, side] -> for each layer i of the decoder what its cross-attention looks at, computed once an image:
  `cross.i.key` [images, heads, size, patches + 1] and `cross.i.value` [images, heads, patches + 1, size].
decoder.onnx: `ids` [rows, new], `order` [rows] (which rows of the past these go on from), `past.i.key` and `past.i.value`
  [earlier rows, heads, length, size], the encoder's outputs (of the rows, as many in turn belong to each image) -> `logits`
  [rows, vocabulary] of what follows the last id, `present.i.key` and `present.i.value`.
captioner.json: the side of the picture, the parts that it is seen as, the shape of the past, the tokens that begin, end and pad, the longest caption, the vocabulary.
"""

import json
import os
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

# Python is started isolated, so that not even a script's own folder is looked into.
sys.path.append(os.path.dirname(os.path.abspath(__file__)))

from weight_files import read_safetensors, read_torch

OPSET = 20
FLOAT, INT = TensorProto.FLOAT, TensorProto.INT64
# What BERT adds to the scores of what is not to be seen.
UNSEEN = -10000.0


class Graph:
    """Nodes, in the order in which they are added, over the weights of the model."""

    def __init__(self, weights):
        self.weights = weights
        self.nodes = []
        self.constants = {}

    def op(self, kind, *inputs, name=None, **attributes):
        output = name or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def constant(self, name, array):
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.array(array, order="C", copy=None), name)
        return name

    def weight(self, name):
        return self.constant(name, self.weights[name])

    def ints(self, *values):
        return self.constant("ints_" + "_".join(map(str, values)), np.array(values, np.int64))

    def int(self, value):
        return self.constant(f"int_{value}", np.array(value, np.int64))

    def number(self, value):
        return self.constant(f"number_{value!r}", np.array(value, np.float32))

    def linear(self, x, name):
        matrix = self.constant(f"{name}.weight", self.weights[f"{name}.weight"].T)
        return self.op("Add", self.op("MatMul", x, matrix), self.weight(f"{name}.bias"))

    def norm(self, x, name, epsilon):
        return self.op("LayerNormalization", x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), axis=-1, epsilon=epsilon)

    def heads(self, x, heads, size, by=(0, 2, 1, 3), name=None):
        """[rows, length, width] -> [rows, heads, length, size], or by another order of these."""
        return self.op("Transpose", self.op("Reshape", x, self.ints(0, -1, heads, size)), perm=by, name=name)

    def attention(self, query, key_across, value, size, mask=None):
        """[rows, heads, length, size] each, the keys with the last two turned round -> [rows, length, width]."""
        scores = self.op("Mul", self.op("MatMul", query, key_across), self.number(size**-0.5))
        if mask:
            scores = self.op("Add", scores, mask)
        seen = self.op("MatMul", self.op("Softmax", scores, axis=-1), value)
        return self.op("Reshape", self.op("Transpose", seen, perm=(0, 2, 1, 3)), self.ints(0, 0, -1))

    def model(self, inputs, outputs):
        def infos(shapes):
            return [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in shapes.items()]

        graph = helper.make_graph(self.nodes, "blip", infos(inputs), infos(outputs), list(self.constants.values()))
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10, producer_name="troupe")


KEY, VALUE = ("key", (0, 2, 3, 1)), ("value", (0, 2, 1, 3))


def encoder(weights, vision, text):
    g = Graph(weights)
    width, heads, patch, epsilon = (vision[name] for name in ("hidden_size", "num_attention_heads", "patch_size", "layer_norm_eps"))
    size, side = width // heads, vision["image_size"]
    patches = (side // patch) ** 2
    base = "vision_model"

    embeddings = f"{base}.embeddings"
    conv = [g.weight(f"{embeddings}.patch_embedding.{part}") for part in ("weight", "bias")]
    x = g.op("Conv", "pixels", *conv, kernel_shape=(patch, patch), strides=(patch, patch))
    x = g.op("Transpose", g.op("Reshape", x, g.ints(0, width, -1)), perm=(0, 2, 1))
    images = g.op("Slice", g.op("Shape", x), g.ints(0), g.ints(1))
    whole = g.op("Expand", g.weight(f"{embeddings}.class_embedding"), g.op("Concat", images, g.ints(1, width), axis=0))
    x = g.op("Add", g.op("Concat", whole, x, axis=1), g.weight(f"{embeddings}.position_embedding"))
    for i in range(vision["num_hidden_layers"]):
        layer = f"{base}.encoder.layers.{i}"
        y = g.linear(g.norm(x, f"{layer}.layer_norm1", epsilon), f"{layer}.self_attn.qkv")
        parts = g.op("Reshape", y, g.ints(0, 0, 3, heads, size))
        query, key, value = (
            g.op("Transpose", g.op("Gather", parts, g.int(n), axis=2), perm=by)
            for n, by in enumerate(((0, 2, 1, 3), (0, 2, 3, 1), (0, 2, 1, 3)))
        )
        x = g.op("Add", x, g.linear(g.attention(query, key, value, size), f"{layer}.self_attn.projection"))
        y = g.linear(g.norm(x, f"{layer}.layer_norm2", epsilon), f"{layer}.mlp.fc1")
        x = g.op("Add", x, g.linear(g.op("Gelu", y), f"{layer}.mlp.fc2"))
    x = g.norm(x, f"{base}.post_layernorm", epsilon)

    heads = text["num_attention_heads"]
    size = text["hidden_size"] // heads
    outputs = {}
    for i in range(text["num_hidden_layers"]):
        across = f"text_decoder.bert.encoder.layer.{i}.crossattention.self"
        for part, by in (KEY, VALUE):
            g.heads(g.linear(x, f"{across}.{part}"), heads, size, by, name=f"cross.{i}.{part}")
        outputs |= cross_shapes(i, heads, size, patches)
    return g.model({"pixels": (FLOAT, ["images", 3, side, side])}, outputs)


def decoder(weights, vision, text):
    g = Graph(weights)
    width, heads, epsilon = text["hidden_size"], text["num_attention_heads"], text["layer_norm_eps"]
    size, layers = width // heads, text["num_hidden_layers"]
    patches = (vision["image_size"] // vision["patch_size"]) ** 2
    base = "text_decoder.bert"
    inputs = {"ids": (INT, ["rows", "new"]), "order": (INT, ["rows"])}
    outputs = {"logits": (FLOAT, ["rows", text["vocab_size"]])}

    def length(x, axis):
        return g.op("Gather", g.op("Shape", x), g.int(axis))

    past, new = length("past.0.key", 2), length("ids", 1)
    all_ = g.op("Add", past, new)
    places = g.op("Range", past, all_, g.int(1))
    # An id sees itself and what is before it.
    before = g.op("LessOrEqual", g.op("Range", g.int(0), all_, g.int(1)), g.op("Unsqueeze", places, g.ints(1)))
    mask = g.op("Where", before, g.number(0.0), g.number(UNSEEN))
    rows = g.op("Concat", g.op("Shape", "ids"), g.ints(width), axis=0)
    images = g.op("Slice", g.op("Shape", "cross.0.key"), g.ints(0), g.ints(1))
    by_image = g.op("Concat", images, g.ints(-1, width), axis=0)

    words = g.op("Gather", g.weight(f"{base}.embeddings.word_embeddings.weight"), "ids")
    x = g.op("Add", words, g.op("Gather", g.weight(f"{base}.embeddings.position_embeddings.weight"), places))
    x = g.norm(x, f"{base}.embeddings.LayerNorm", epsilon)
    for i in range(layers):
        layer = f"{base}.encoder.layer.{i}"
        own = f"{layer}.attention"
        now = {}
        for part in ("key", "value"):
            went = g.op("Gather", f"past.{i}.{part}", "order", axis=0)
            now[part] = g.op("Concat", went, g.heads(g.linear(x, f"{own}.self.{part}"), heads, size), axis=2, name=f"present.{i}.{part}")
        query = g.heads(g.linear(x, f"{own}.self.query"), heads, size)
        seen = g.attention(query, g.op("Transpose", now["key"], perm=(0, 1, 3, 2)), now["value"], size, mask)
        x = g.norm(g.op("Add", g.linear(seen, f"{own}.output.dense"), x), f"{own}.output.LayerNorm", epsilon)

        # The rows of an image look at it together, as one row with all their ids.
        across = f"{layer}.crossattention"
        query = g.heads(g.op("Reshape", g.linear(x, f"{across}.self.query"), by_image), heads, size)
        seen = g.op("Reshape", g.attention(query, f"cross.{i}.key", f"cross.{i}.value", size), rows)
        x = g.norm(g.op("Add", g.linear(seen, f"{across}.output.dense"), x), f"{across}.output.LayerNorm", epsilon)

        y = g.op("Gelu", g.linear(x, f"{layer}.intermediate.dense"))
        x = g.norm(g.op("Add", g.linear(y, f"{layer}.output.dense"), x), f"{layer}.output.LayerNorm", epsilon)
        inputs |= {f"past.{i}.{part}": (FLOAT, ["earlier", heads, "length", size]) for part in ("key", "value")}
        inputs |= cross_shapes(i, heads, size, patches)
        outputs |= {f"present.{i}.{part}": (FLOAT, ["rows", heads, "all", size]) for part in ("key", "value")}

    head = "text_decoder.cls.predictions"
    last = g.op("Gather", x, g.int(-1), axis=1)
    y = g.op("Gelu", g.linear(last, f"{head}.transform.dense"))
    y = g.norm(y, f"{head}.transform.LayerNorm", epsilon)
    g.op("Gemm", y, g.weight(output_words(weights)), g.weight(f"{head}.bias"), transB=1, name="logits")
    return g.model(inputs, outputs)


def cross_shapes(i, heads, size, patches):
    return {
        f"cross.{i}.key": (FLOAT, ["images", heads, size, patches + 1]),
        f"cross.{i}.value": (FLOAT, ["images", heads, patches + 1, size]),
    }


def output_words(weights):
    """The words at the way out: their own, or, where there are none or the same, those at the way in."""
    own, shared = "text_decoder.cls.predictions.decoder.weight", "text_decoder.bert.embeddings.word_embeddings.weight"
    return own if own in weights and not np.array_equal(weights[own], weights[shared]) else shared


# What a config leaves out is what the reference takes for it.
VISION = {
    "hidden_size": 768,
    "intermediate_size": 3072,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "image_size": 384,
    "patch_size": 16,
    "hidden_act": "gelu",
    "layer_norm_eps": 1e-5,
}
TEXT = {
    "vocab_size": 30524,
    "hidden_size": 768,
    "num_hidden_layers": 12,
    "num_attention_heads": 8,
    "max_position_embeddings": 512,
    "hidden_act": "gelu",
    "layer_norm_eps": 1e-12,
    "bos_token_id": 30522,
    "sep_token_id": 102,
    "pad_token_id": 0,
    "max_length": 20,
}


def main(directory, output):
    config = json.loads((directory / "config.json").read_text(encoding="utf8"))
    vision, text = VISION | config.get("vision_config", {}), TEXT | config.get("text_config", {})
    if config.get("model_type") != "blip" or vision["hidden_act"] != "gelu" or text["hidden_act"] != "gelu":
        sys.exit("config.json is not of a BLIP with GELU")
    whole, pickled = directory / "model.safetensors", directory / "pytorch_model.bin"
    weights = read_safetensors(whole) if whole.exists() else read_torch(pickled)
    output.mkdir(parents=True, exist_ok=True)
    for name, make in (("encoder", encoder), ("decoder", decoder)):
        onnx.save_model(make(weights, vision, text), output / f"{name}.onnx")
    heads = text["num_attention_heads"]
    known = {
        "side": vision["image_size"],
        "parts": (vision["image_size"] // vision["patch_size"]) ** 2 + 1,
        "layers": text["num_hidden_layers"],
        "heads": heads,
        "size": text["hidden_size"] // heads,
        "begin": text["bos_token_id"],
        "end": text["sep_token_id"],
        "pad": text["pad_token_id"],
        "longest": text["max_length"],
        "positions": text["max_position_embeddings"],
        "tokens": (directory / "vocab.txt").read_text(encoding="utf8").removesuffix("\n").split("\n"),
    }
    (output / "captioner.json").write_text(json.dumps(known, ensure_ascii=False), encoding="utf8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
