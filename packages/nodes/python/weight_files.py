"""Reads the files that weights come in, name -> array of 32-bit floats, with numpy alone: nothing of them is run."""

import collections
import io
import json
import pickle
import struct
import zipfile

import numpy as np

SAFETENSORS = {"F32": np.float32, "F16": np.float16}
STORAGES = {"FloatStorage": np.float32, "HalfStorage": np.float16}


def read_safetensors(path):
    """The format is a length, a JSON header and the tensors' bytes. What is not floats is left out."""
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] not in SAFETENSORS:
            continue
        start, end = entry["data_offsets"]
        flat = np.frombuffer(data[8 + length + start : 8 + length + end], dtype=SAFETENSORS[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"]).astype(np.float32)
    return tensors


def read_torch(path):
    """A zip of a pickle and of the tensors' bytes. A pickle names what it wants called: here, nothing but what makes a tensor."""
    with zipfile.ZipFile(path) as archive:
        (pickled,) = [name for name in archive.namelist() if name.endswith("/data.pkl")]
        found = TorchUnpickler(archive, pickled[: -len("data.pkl")]).load()
    return {name: tensor for name, tensor in found.items() if tensor is not None}


class TorchUnpickler(pickle.Unpickler):
    def __init__(self, archive, folder):
        super().__init__(io.BytesIO(archive.read(f"{folder}data.pkl")))
        self.archive = archive
        self.folder = folder

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return tensor_of
        if module == "torch" and name.endswith("Storage"):
            return name
        raise pickle.UnpicklingError(f"weights have no use for {module}.{name}")

    def persistent_load(self, key):
        kind, storage, where = key[:3]
        if kind != "storage":
            raise pickle.UnpicklingError(f"weights have no use for a {kind}")
        if storage not in STORAGES:
            return None
        return np.frombuffer(self.archive.read(f"{self.folder}data/{where}"), dtype=STORAGES[storage])


def tensor_of(storage, offset, size, stride, *_):
    """What is not floats is nothing."""
    if storage is None:
        return None
    expected = [int(np.prod(size[i + 1 :], dtype=np.int64)) for i in range(len(size))]
    if any(s != e for s, e, n in zip(stride, expected, size) if n != 1):
        raise pickle.UnpicklingError("a tensor does not lie row by row")
    count = int(np.prod(size, dtype=np.int64))
    return storage[offset : offset + count].reshape(size).astype(np.float32, copy=False)
