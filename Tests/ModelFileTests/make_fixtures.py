"""Makes the files in Fixtures with PyPI's onnx 1.23, numpy and ml_dtypes, so that the truth is theirs.

Run: python3 make_fixtures.py   (writes beside itself; the result is the same every time)
"""
import io
import json
import os

import ml_dtypes
import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper, numpy_helper

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Fixtures")
TYPES = {name: number for name, number in T.DataType.items() if name != "UNDEFINED"}


def in_fixtures(name):
    return os.path.join(HERE, name)


def sample(name):
    """Seven or fifteen elements, so that packed types end within a byte; codes cover every bit."""
    dtype = helper.tensor_dtype_to_np_dtype(TYPES[name])
    if name == "STRING":
        return np.array(["", "a", "ä€𝄞", "x" * 40, "a\0b", " ", "end"], dtype=object).reshape(7)
    if name == "BOOL":
        return np.array([1, 0, 0, 1, 1, 0, 1], dtype=bool)
    if name.startswith("COMPLEX"):
        return (np.arange(6) * 1.5 - 2j).astype(dtype).reshape(2, 3)
    if name in ("INT2", "UINT2", "INT4", "UINT4"):
        low, high = int(ml_dtypes.iinfo(dtype).min), int(ml_dtypes.iinfo(dtype).max)
        numbers = [low + (k * 5) % (high - low + 1) for k in range(15)]
        return np.array(numbers, dtype=np.int8).astype(dtype).reshape(3, 5)
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        return np.array([info.min, info.max, 0, 1, 100, info.max // 3, info.min // 2], dtype=dtype)
    values = np.array([0, 1, -1, 0.5, 3, -2.5, 1e-3, 6, 0.125, 2, -0.25, 4, 1.5, -6, 0.75], dtype=np.float32)
    return values.astype(dtype).reshape(5, 3)


def unpacked(name, array):
    """The bytes of the elements, little-endian, one byte for each element below a byte."""
    if name in ("INT2", "INT4"):
        return array.astype(np.int8).tobytes()
    if name in ("UINT2", "UINT4"):
        return array.astype(np.uint8).tobytes()
    return np.ascontiguousarray(array).tobytes()


def typed(raw):
    """The same tensor in its typed field instead of raw_data: PyPI's own helper where it has one."""
    name = T.DataType.Name(raw.data_type)
    array = numpy_helper.to_array(raw)
    tensor = T(data_type=raw.data_type, dims=raw.dims, name=raw.name)
    field = helper.tensor_dtype_to_field(raw.data_type)
    if name.startswith("COMPLEX"):
        flat = array.flatten()
        values = [part for number in flat for part in (number.real, number.imag)]
    elif name in ("INT2", "UINT2", "INT4", "UINT4", "FLOAT4E2M1"):
        values = list(raw.raw_data)
    elif name.startswith("FLOAT6") or name.startswith("FLOAT8"):
        values = list(array.view(np.uint8).flatten())
    elif name in ("FLOAT16", "BFLOAT16"):
        values = list(array.view(np.uint16).flatten())
    elif name == "BOOL":
        values = list(array.flatten().astype(np.int32))
    else:
        values = list(array.flatten())
    getattr(tensor, field).extend(v.item() if hasattr(v, "item") else v for v in values)
    assert numpy_helper.to_array(tensor).tobytes() == array.tobytes(), name
    return tensor


def encodings():
    tensors, truth = [], {}
    for name in TYPES:
        array = sample(name)
        raw = numpy_helper.from_array(array, name=f"{name}/raw" if name != "STRING" else "STRING/typed")
        raw.data_type = TYPES[name]
        entry = {"type": TYPES[name], "shape": list(array.shape)}
        if name == "STRING":
            entry["strings"] = [str(s) for s in array]
        else:
            entry["hex"] = unpacked(name, array).hex()
            other = typed(raw)
            other.name = f"{name}/typed"
            truth[other.name] = entry
            tensors.append(other)
        truth[raw.name] = entry
        tensors.append(raw)
    graph = helper.make_graph([], "encodings", [], [], initializer=tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 27)], ir_version=14)
    save(model, "encodings.onnx")
    dump(truth, "encodings.json")


def save(model, name):
    with open(in_fixtures(name), "wb") as file:
        file.write(model.SerializeToString(deterministic=True))


def dump(truth, name):
    with open(in_fixtures(name), "w") as file:
        json.dump(truth, file, indent=1, ensure_ascii=True)


def everything():
    """One model with every message and nearly every field of the format."""
    value = helper.make_tensor_value_info
    inner_output = value("inner_out", T.FLOAT, ["N", 3])
    identity = helper.make_node("Identity", ["x"], ["inner_out"])
    branch = helper.make_graph([identity], "branch", [], [inner_output])
    named = numpy_helper.from_array(np.arange(6, dtype=np.float32).reshape(2, 3), name="constant's own name")
    named.doc_string = "a tensor with a text"
    named.metadata_props.add(key="tensor key", value="tensor value")
    sparse = helper.make_sparse_tensor(
        numpy_helper.from_array(np.array([1.5, 2.5], np.float32), name="sparse weights"),
        numpy_helper.from_array(np.array([1, 5], np.int64), name="where"), [2, 3])
    attributes = dict(
        an_int=-7, a_float=1.25, a_string="täxt",
        ints=[1, -2, 1 << 40], floats=[0.5, -0.0], strings=["a", "", "b"],
        a_tensor=named,
        tensors=[named, numpy_helper.from_array(np.array(3, np.int8))], graphs=[branch, branch],
        a_sparse=sparse, sparses=[sparse, sparse],
        a_type=helper.make_tensor_type_proto(T.FLOAT, ["N", 2, None]),
        types=[helper.make_sequence_type_proto(helper.make_tensor_type_proto(T.INT64, None))],
    )
    node = helper.make_node("Everything", ["x", "", "w"], ["y"], name="node 0", domain="test", **attributes)
    node.attribute.append(helper.make_attribute("no_ints", [], attr_type=onnx.AttributeProto.INTS))
    node.attribute[0].doc_string = "an attribute with a text"
    node.doc_string = "a node with a text"
    node.overload = "second"
    node.metadata_props.add(key="k", value="v")
    device = node.device_configurations.add(configuration_id="two devices", pipeline_stage=1)
    device.sharding_spec.add(tensor_name="w", device=[0, 1])
    branching = helper.make_node("If", ["c"], ["z"], then_branch=branch, else_branch=branch)
    x = value("x", T.FLOAT, ["N", 3])
    x.type.denotation = "IMAGE"
    x.type.tensor_type.shape.dim[0].denotation = "DATA_BATCH"
    x.doc_string = "an input with a text"
    x.metadata_props.add(key="k", value="v")
    opaque = onnx.ValueInfoProto(name="opaque")
    opaque.type.opaque_type.domain = "test"
    opaque.type.opaque_type.name = "Thing"
    negative = value("negative", T.INT32, [-1, 2])
    outputs = [
        value("y", T.FLOAT, None), value("z", T.FLOAT, [2, None, 3]),
        helper.make_value_info(
            "seq", helper.make_sequence_type_proto(helper.make_tensor_type_proto(T.STRING, []))),
        helper.make_value_info("map", helper.make_map_type_proto(
            T.INT64, helper.make_sparse_tensor_type_proto(T.DOUBLE, [4]))),
        helper.make_value_info(
            "opt", helper.make_optional_type_proto(helper.make_tensor_type_proto(T.BFLOAT16, [1]))),
        onnx.ValueInfoProto(name="untyped"),
    ]
    weights = numpy_helper.from_array((np.arange(1200) % 251).astype(np.float32).reshape(40, 30), name="w")
    weights.metadata_props.add(key="k", value="v")
    graph = helper.make_graph(
        [node, branching], "main", [x, value("c", T.BOOL, [])], outputs,
        initializer=[weights, numpy_helper.from_array(np.array(["s", "t"], dtype=object), name="texts")],
        sparse_initializer=[sparse], value_info=[opaque, negative], doc_string="a graph with a text")
    graph.metadata_props.add(key="graph key", value="")
    annotation = graph.quantization_annotation.add(tensor_name="w")
    annotation.quant_parameter_tensor_names.add(key="SCALE_TENSOR", value="scale")
    reference = helper.make_node("LeakyRelu", ["a"], ["b"])
    alpha = onnx.AttributeProto(name="alpha", ref_attr_name="slope", type=onnx.AttributeProto.FLOAT)
    reference.attribute.append(alpha)
    function = helper.make_function(
        "test", "Leaky", ["a"], ["b"], [reference], [helper.make_opsetid("", 18)], attributes=["must"],
        attribute_protos=[helper.make_attribute("slope", 0.5)],
        doc_string="a function with a text", overload="o")
    function.value_info.append(value("a", T.FLOAT, ["K"]))
    function.metadata_props.add(key="k", value="v")
    model = helper.make_model(
        graph, functions=[function], producer_name="make_fixtures", producer_version="1", ir_version=13,
        domain="test.model", model_version=3, doc_string="a model with a text",
        opset_imports=[helper.make_opsetid("", 22), helper.make_opsetid("test", 1)])
    model.metadata_props.add(key="model key", value="ü")
    training = model.training_info.add()
    training.algorithm.name = "training"
    training.update_binding.add(key="w", value="w_new")
    model.configuration.add(name="two devices", num_devices=2)
    # A field of the future, in a message that has none yet.
    payload = model.SerializeToString(deterministic=True) + bytes([0xA2, 0xBB, 0x01, 0x03]) + b"new"
    with open(in_fixtures("everything.onnx"), "wb") as file:
        file.write(payload)


def values():
    """SequenceProto and its like, written by PyPI's numpy_helper."""
    def tensor(array):
        return numpy_helper.from_array(array)

    floats = [np.array([1, 2], np.float32), np.array([[3]], np.float32)]
    # numpy_helper.from_dict knows no text keys.
    text_map = onnx.MapProto(key_type=T.STRING, string_keys=[b"a", b"b"])
    text_map.values.CopyFrom(numpy_helper.from_list([np.array([1], np.int64), np.array([2, 3], np.int64)]))
    nested = numpy_helper.from_list([[np.array([1], np.int64)], []], dtype=onnx.SequenceProto.SEQUENCE)
    cases = {
        "tensor": numpy_helper.from_array(np.array([[1, 2], [3, 4]], np.int16), name="t"),
        "sparse": helper.make_sparse_tensor(
            tensor(np.array([7], np.int64)), tensor(np.array([[1, 2]], np.int64)), [2, 3]),
        "sequence": numpy_helper.from_list(floats, name="s"),
        "empty sequence": numpy_helper.from_list([], dtype=onnx.SequenceProto.TENSOR),
        "nested sequence": nested,
        "map": numpy_helper.from_dict(
            {3: np.array(1.5, np.float32), -1: np.array(2.5, np.float32)}, name="m"),
        "text map": text_map,
        "optional": numpy_helper.from_optional(np.array([1, 2, 3], np.float32), name="o"),
        "empty optional": numpy_helper.from_optional(None),
        "optional sequence": numpy_helper.from_optional(floats),
    }
    bytes_of = {name: proto.SerializeToString(deterministic=True).hex() for name, proto in cases.items()}
    dump(bytes_of, "values.json")


def arrays():
    """What numpy.save and savez write, with and without ml_dtypes."""
    cases, truth, files = {}, {}, {}
    for name in TYPES:
        array = sample(name)
        if name == "STRING":
            array = np.array([["", "a"], ["ä€𝄞", "a\0b"]])
        cases[name] = array
    cases["FLOAT/fortran"] = np.asfortranarray(np.arange(24, dtype=np.float32).reshape(2, 3, 4))
    cases["STRING/fortran"] = np.asfortranarray(np.array([["a", "b", "c"], ["d", "e", "f"]]))
    cases["INT32/big"] = np.array([1, -2, 1 << 30], dtype=">i4")
    cases["COMPLEX64/big"] = np.array([1 + 2j, -3.5j], dtype=">c8")
    cases["DOUBLE/scalar"] = np.array(2.5)
    cases["INT64/empty"] = np.zeros((0, 3), np.int64)
    cases["STRING/bytes"] = np.array([b"ab", b"c"])
    for name, array in cases.items():
        file = io.BytesIO()
        np.save(file, array)
        element = name.split("/")[0]
        entry = {"npy": file.getvalue().hex(), "type": TYPES[element], "shape": list(array.shape)}
        if element == "STRING":
            entry["strings"] = [s.decode() if isinstance(s, bytes) else str(s) for s in array.flatten()]
        else:
            entry["hex"] = unpacked(element, array.astype(array.dtype.newbyteorder("<"))).hex()
        truth[name] = entry
    for version in ((2, 0), (3, 0)):
        file = io.BytesIO()
        np.lib.format.write_array(file, np.arange(3, dtype=np.int64), version=version)
        truth[f"INT64/version {version[0]}"] = {
            "npy": file.getvalue().hex(), "type": T.INT64, "shape": [3],
            "hex": np.arange(3, dtype=np.int64).tobytes().hex()}
    dump(truth, "arrays.json")
    noise = np.random.default_rng(1).integers(0, 255, 600).astype(np.uint8)
    together = {"ramp": np.arange(5000, dtype=np.int32) // 7, "noise": noise,
                "zeros": np.zeros((50, 50)), "one": np.float32(1)}
    np.savez(in_fixtures("stored.npz"), noise=noise, one=np.float32(1))
    np.savez_compressed(in_fixtures("deflated.npz"), **together)


if __name__ == "__main__":
    os.makedirs(HERE, exist_ok=True)
    encodings()
    everything()
    values()
    arrays()
