"""What a runtime answers to a case, in one line: equal, admitted, a value, refused, or unsupported.

Run as a program, `python -m support.answers RUNTIME`, it is a worker: it reads {"folder", "entry"} from each line that
comes in, and writes one answer for each. A crash ends it, which is an answer too; whoever started it notes that.
"""
import json
import os
import pathlib
import re
import sys

import numpy as np
import onnx
from onnx import numpy_helper

from support.runtimes import RUNTIMES, Unsupported

LONGEST_VALUE, LONGEST_REASON = 120, 110


def read(path, type_):
    """The value in a .pb file, by the type that the model declares."""
    data = pathlib.Path(path).read_bytes()
    kind = type_.WhichOneof("value")
    if kind == "sequence_type":
        return numpy_helper.to_list(onnx.SequenceProto.FromString(data))
    if kind == "map_type":
        message = onnx.MapProto.FromString(data)
        keys = [it.decode() for it in message.string_keys] or message.keys
        return dict(zip(keys, numpy_helper.to_list(message.values), strict=True))
    if kind == "optional_type":
        message = onnx.OptionalProto.FromString(data)
        is_none = not any(message.HasField(it) for it in ("tensor_value", "sequence_value", "map_value"))
        return None if is_none else numpy_helper.to_optional(message)
    return numpy_helper.to_array(onnx.TensorProto.FromString(data))


def read_all(folder, stem, ports):
    return [read(folder / f"{stem}_{i}.pb", port.type) for i, port in enumerate(ports)]


def equal(got, want, entry):
    """Whether a value is as wanted: type, shape and elements, within the case's tolerance; 0 and -0 are one."""
    if isinstance(want, dict):
        return isinstance(got, dict) and got.keys() == want.keys() and all(
            equal(got[key], want[key], entry) for key in want)
    if isinstance(want, list):
        return isinstance(got, (list, tuple)) and len(got) == len(want) and all(
            equal(a, b, entry) for a, b in zip(got, want))
    if want is None or got is None:
        return want is None and got is None
    got, want = np.asarray(got), np.asarray(want)
    if got.shape != want.shape or not same_type(got, want):
        return False
    if want.dtype.kind in "OUSb":
        return bool((got == want).all())
    wide = np.complex128 if want.dtype.kind == "c" else np.float64
    if want.dtype.kind in "iu" and not entry["rtol"] and not entry["atol"]:
        return bool((got == want).all())
    return bool(np.isclose(got.astype(wide), want.astype(wide), entry["rtol"], entry["atol"], equal_nan=True).all())


def same_type(got, want):
    if want.dtype.kind in "OUS":
        return got.dtype.kind in "OUS"
    return got.dtype == want.dtype


def shown(value):
    """A value in few characters."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {shown(it)}" for key, it in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "sequence (" + ", ".join(map(shown, value)) + ")"
    if value is None:
        return "none"
    array = np.asarray(value)
    if array.size == 0:
        return f"{array.dtype.name} of shape {list(array.shape)}"
    return json.dumps(array.tolist(), default=_number, ensure_ascii=False)


def other_type(got, want):
    """The type of a tensor, where it is another than the one wanted."""
    if not isinstance(got, np.ndarray) or not isinstance(want, np.ndarray) or same_type(got, want):
        return ""
    return f" of {got.dtype.name}"


def _number(value):
    return f"{value!r}" if isinstance(value, complex) else float(value)


NOISE = ("Exception from", "While validating", "FrontEnd API failed", "Model wasn't", "-- ", "Node ", "Check ",
         "Summary:", "Loading input model")


def short(error):
    """The part of a message that says why, without where in the runtime's sources it was noticed."""
    text = str(error).strip() or type(error).__name__
    lines = [it.strip() for it in text.splitlines() if it.strip()]
    line = next((it for it in lines if not it.startswith(NOISE)), lines[-1].removeprefix("-- "))
    line = re.sub(r"^\[ONNXRuntimeError\] : \d+ : \w+ : ", "", line)
    line = line.rpartition("Status Message: ")[2]
    line = re.sub(r"^Exception during initialization: ", "", line)
    line = re.sub(r"\S+\.(cpp|cc|h|hpp|py|onnx):\d+ ?", "", line)
    line = re.sub(r"^[\w:<>&* ]*::\w+\(.*?\)( const)? (\[with .*?\] )?(?=\S+.* was false|\w)", "", line)
    line = re.sub(r"0x[0-9a-f]{6,}|\x1b\[[0-9;]*m", "", line)
    return cut(re.sub(r"\s+", " ", line), LONGEST_REASON)


def cut(text, length):
    return text if len(text) <= length else text[:length - 1] + "…"


def answer(run, folder, entry):
    folder = pathlib.Path(folder)
    path = folder / "model.onnx"
    model = onnx.load(path)
    inputs = read_all(folder / "test_data_set_0", "input", model.graph.input)
    try:
        outputs = run(str(path), model, inputs)
    except Unsupported as error:
        return {"answer": "unsupported", "reason": short(error)}
    except Exception as error:  # whatever a runtime throws is its refusal
        return {"answer": "refused", "reason": short(error)}
    if "rejects" in entry:
        return {"answer": "value", "value": cut("; ".join(map(shown, outputs)), LONGEST_VALUE)}
    wanted = read_all(folder / "test_data_set_0", "output", model.graph.output)
    if all_equal(outputs, wanted, entry):
        return {"answer": "equal"}
    value = cut("; ".join(shown(a) + other_type(a, b) for a, b in zip(outputs, wanted)), LONGEST_VALUE)
    return {"answer": "admitted" if is_admitted(outputs, wanted, folder, model, entry) else "value", "value": value}


def all_equal(outputs, wanted, entry):
    return len(outputs) == len(wanted) and all(equal(a, b, entry) for a, b in zip(outputs, wanted))


def is_admitted(outputs, wanted, folder, model, entry):
    admits = entry.get("admits", [])
    if admits == "any":
        pairs = [(np.asarray(a), np.asarray(b)) for a, b in zip(outputs, wanted)]
        return all(a.shape == b.shape and same_type(a, b) for a, b in pairs)
    return any(all_equal(outputs, read_all(folder / it, "output", model.graph.output), entry) for it in admits)


def main():
    # What libraries print must not come between the answers.
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    run = RUNTIMES[sys.argv[1]]
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(answer(run, request["folder"], request["entry"])), file=channel, flush=True)


if __name__ == "__main__":
    main()
