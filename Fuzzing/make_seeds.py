#!/usr/bin/env python3
"""Makes the seeds of Scripts/fuzz: of every operator the smallest cases, NumPy files, manifests, patterns, images.

  Fuzzing/make_seeds.py        needs ConformanceData/corpora/onnx-1.23.2 (Scripts/conformance-data makes it)

Files that begin with "found-" are former findings; they stay.
"""
import hashlib
import io
import itertools
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Scripts"))

from support import venv  # noqa: E402

venv.enter()

import numpy as np  # noqa: E402
import onnx  # noqa: E402

SEEDS = ROOT / "Fuzzing/Seeds"
CORPORA = [ROOT / "ConformanceData/touchstone", ROOT / "ConformanceData/corpora/onnx-1.23.2"]
# Larger files say no more, and slow libFuzzer down.
LARGEST, LARGEST_IMAGE = 2_000, 4_000


def main():
    for folder in SEEDS.glob("*"):
        for file in folder.glob("*"):
            if not file.name.startswith("found-"):
                file.unlink()
    cases = [(corpus, case) for corpus in CORPORA for case in json.loads((corpus / "manifest.json").read_text())["cases"]]
    models(cases)
    values(cases)
    arrays()
    images(cases)
    texts()
    choices()
    files = [file for file in SEEDS.glob("*/*")]
    print(f"{len(files)} files, {sum(file.stat().st_size for file in files):,} bytes")


def put(folder, name, data):
    (SEEDS / folder).mkdir(parents=True, exist_ok=True)
    (SEEDS / folder / name).write_bytes(data)


def models(cases):
    """The smallest model of each operator, and one with each kind of attribute, subgraph and function."""
    smallest = {}
    for corpus, case in cases:
        data = (corpus / case["path"] / "model.onnx").read_bytes()
        if len(data) > LARGEST or case.get("rejects"):
            continue
        model = onnx.load_from_string(data)
        kinds = {f"kind-{attribute.type}" for node in model.graph.node for attribute in node.attribute}
        kinds |= {"function"} if model.functions else set()
        for key in kinds | {node.op_type for node in model.graph.node}:
            if key not in smallest or len(data) < len(smallest[key]):
                smallest[key] = data
    for key, data in smallest.items():
        put("models", key, data)


def values(cases):
    """One file for each type of a value, behind the byte that names it in Target.valueTypes."""
    seen = {}
    for corpus, case in cases:
        for file in case["files"]:
            path = corpus / case["path"] / file
            if "/input_" in file and path.stat().st_size <= 300:
                data = path.read_bytes()
                try:
                    kind = onnx.load_tensor_from_string(data).data_type
                except Exception:
                    kind = 0
                seen.setdefault((kind, len(data) // 64), data)
    for (kind, size), data in seen.items():
        put("values", f"{kind}-{size}", bytes([max(0, kind - 1)]) + data)


def arrays():
    """NumPy's files: every type that it has, other orders of bytes and axes, archives stored and deflated."""
    types = ["?", "<i1", "<u1", "<i2", "<u2", ">i4", "<i8", "<u8", "<f2", "<f4", ">f8", "<c8", "<c16", "<U3", "S2"]
    made = [np.zeros((2, 3), type) for type in types]
    made += [np.asfortranarray(np.arange(6.0).reshape(2, 3)), np.zeros((0, 5)), np.array(7)]
    for index, array in enumerate(made):
        file = io.BytesIO()
        np.save(file, array)
        put("arrays", f"{index}.npy", b"\0" + file.getvalue())
    for name, save in ("stored", np.savez), ("deflated", np.savez_compressed):
        file = io.BytesIO()
        save(file, x=np.arange(50), y=np.array(["é", ""]))
        put("arrays", f"{name}.npz", b"\0" + file.getvalue())


def images(cases):
    for corpus, case in cases:
        if "image_decoder" in case["name"]:
            path = corpus / case["path"] / "test_data_set_0/input_0.pb"
            data = onnx.load_tensor(path).raw_data
            if len(data) <= LARGEST_IMAGE:
                put("image", case["name"].removeprefix("test_image_decoder_"), data)


def texts():
    entry = {"name": "a", "kind": "node", "path": "a", "files": {"model.onnx": "0" * 64}}
    full = {
        **entry, "name": "b", "rtol": 1e-3, "atol": 1e-7, "rejects": "load", "admits": ["other"], "operator": "Add",
        "files": {"model.onnx": "", "test_data_set_0/input_0.pb": "", "test_data_set_0/output_0.pb": "", "other/output_0.pb": ""}}
    for index, cases in enumerate(([], [entry], [entry, full], [{**full, "admits": "any", "path": "../a"}])):
        manifest = {"corpus": "onnx", "release": "1.23.2", "count": len(cases), "cases": cases}
        put("manifest", f"{index}.json", json.dumps(manifest).encode())
    for file in (ROOT / "ConformanceData/expectations").glob("*"):
        lines = [it for it in file.read_text().splitlines() if it]
        put("expectations", file.name, "\n".join(lines[:6]).encode())
    patterns = [
        "a|b", "(a+)+$", "[^a-z]{2,5}?", r"\p{Greek}\d\bx", "(?i)é(?-i:x)", r"(?P<name>\w*)", r"[[:alpha:]\x{10ffff}]",
        r"\Qa.b\E\C", "^$", "(((a)))", "a**", "x{1000}", r"[\pL-z]", ".*" * 10]
    for index, pattern in enumerate(patterns):
        put("regex", str(index), pattern.encode() + b"\0" + "aaab é x".encode())


def choices():
    """Bytes without a pattern: each makes the mutator choose something else."""
    for index in range(40):
        hashes = (hashlib.sha256(f"{index} {part}".encode()).digest() for part in itertools.count())
        put("choices", str(index), b"".join(itertools.islice(hashes, 1 + index % 8)))


if __name__ == "__main__":
    main()
