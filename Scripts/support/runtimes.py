"""The runtimes that Scripts/spec-notes asks, each behind one function: (model's path, ModelProto, inputs) -> outputs.

Inputs and outputs are lists in the model's order: arrays, lists for sequences, dicts for maps, None for nothing.
Each runtime is imported when it is first asked for, since a process asks one only.
"""
import re

import numpy as np
from onnx import TensorProto, helper

# What numpy has no type for of its own: ONNX Runtime's Python hands such tensors in and out as raw bits only.
RAW = {TensorProto.BFLOAT16, TensorProto.FLOAT8E4M3FN, TensorProto.FLOAT8E4M3FNUZ, TensorProto.FLOAT8E5M2,
       TensorProto.FLOAT8E5M2FNUZ, TensorProto.FLOAT8E8M0, TensorProto.FLOAT4E2M1, TensorProto.INT4,
       TensorProto.UINT4, TensorProto.INT2, TensorProto.UINT2}
WHOLE = {TensorProto.INT4, TensorProto.UINT4, TensorProto.INT2, TensorProto.UINT2}


class Unsupported(Exception):
    """The runtime says that it does not have what the model asks for."""


def reference(path, model, inputs):
    from onnx.reference import ReferenceEvaluator

    try:
        evaluator = ReferenceEvaluator(model)
    except (NotImplementedError, TypeError) as error:
        raise Unsupported(error) from error
    return evaluator.run(None, dict(zip([it.name for it in model.graph.input], inputs, strict=True)))


def _onnxruntime(level):
    def run(path, model, inputs):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        options.intra_op_num_threads = 1
        options.graph_optimization_level = getattr(onnxruntime.GraphOptimizationLevel, level)
        model, back = _with_plain_types(model)
        feeds = {port.name: _plain(value) for port, value in zip(model.graph.input, inputs, strict=True)}
        try:
            session = onnxruntime.InferenceSession(
                model.SerializeToString(), options, providers=["CPUExecutionProvider"])
            outputs = session.run(None, feeds)
        except Exception as error:
            message = str(error)
            if "NOT_IMPLEMENTED" in message or "not a registered function/op" in message:
                raise Unsupported(error) from error
            raise
        return [value if dtype is None else np.asarray(value).astype(dtype)
                for value, dtype in zip(outputs, back, strict=True)]

    return run


def _plain(value):
    """Raw types as wider ones of numpy, and the values of maps as plain numbers."""
    if isinstance(value, dict):
        return {key: it.item() for key, it in value.items()}
    if isinstance(value, np.ndarray) and value.dtype.name in ("int4", "uint4", "int2", "uint2"):
        return value.astype(np.int32)
    if isinstance(value, np.ndarray) and value.dtype.name.startswith(("bfloat", "float8", "float4")):
        return value.astype(np.float32)
    return value


def _with_plain_types(model):
    """The model with casts at inputs and outputs of raw types, and for each output the type to go back to."""
    raw_inputs = [it for it in model.graph.input if it.type.tensor_type.elem_type in RAW]
    raw_outputs = [it for it in model.graph.output if it.type.tensor_type.elem_type in RAW]
    back = [helper.tensor_dtype_to_np_dtype(it.type.tensor_type.elem_type) if it in raw_outputs else None
            for it in model.graph.output]
    if not raw_inputs and not raw_outputs:
        return model, back
    changed = type(model)()
    changed.CopyFrom(model)
    graph = changed.graph
    before, after = [], []
    for port in [it for it in graph.input if it in raw_inputs]:
        before.append(helper.make_node("Cast", [port.name + "/plain"], [port.name],
                                       to=port.type.tensor_type.elem_type))
        port.type.tensor_type.elem_type = _wider(port)
        port.name += "/plain"
    for port in [it for it in graph.output if it in raw_outputs]:
        after.append(helper.make_node("Cast", [port.name], [port.name + "/plain"], to=_wider(port)))
        port.type.tensor_type.elem_type = after[-1].attribute[0].i
        port.name += "/plain"
    nodes = [*before, *graph.node, *after]
    del graph.node[:]
    graph.node.extend(nodes)
    return changed, back


def _wider(port):
    return TensorProto.INT32 if port.type.tensor_type.elem_type in WHOLE else TensorProto.FLOAT


def openvino(path, model, inputs):
    import openvino as ov

    core = ov.Core()
    try:
        read = core.read_model(path)
        # As Touchstone asks it: without this, float becomes bfloat16 on processors that have it.
        compiled = core.compile_model(read, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    except Exception as error:
        if re.search("not support|unsupported|no conversion rule", str(error), re.IGNORECASE):
            raise Unsupported(error) from error
        raise
    feeds = {}
    for port, value in zip(model.graph.input, inputs, strict=True):
        found = next((it for it in compiled.inputs if port.name in it.names), None)
        if found is None and len(compiled.inputs) == len(inputs):
            found = compiled.inputs[list(model.graph.input).index(port)]
        if found is not None:
            feeds[found] = _openvino_tensor(value, found.element_type)
    results = compiled(feeds)
    return [_openvino_array(results[port]) for port in compiled.outputs]


def _openvino_tensor(value, element_type):
    import openvino as ov

    if not isinstance(value, np.ndarray):
        raise Unsupported("takes tensors only")
    if value.dtype == object:
        return ov.Tensor(value.astype(str))
    return ov.Tensor(np.ascontiguousarray(value), value.shape, element_type)


def _openvino_array(value):
    # OpenVINO's own strings come as fixed-width ones.
    return value.astype(object) if value.dtype.kind in "US" else value


def touchstone(path, model, inputs):
    import touchstone as ts

    try:
        session = ts.InferenceSession(path)
        return session.run(None, dict(zip([it.name for it in model.graph.input], inputs, strict=True)))
    except ts.NotImplemented as error:
        raise Unsupported(error) from error


RUNTIMES = {
    "reference": reference,
    "onnxruntime": _onnxruntime("ORT_ENABLE_ALL"),
    "onnxruntime at level 0": _onnxruntime("ORT_DISABLE_ALL"),
    "openvino": openvino,
    "touchstone": touchstone,
}


def versions():
    from importlib import metadata

    import touchstone as ts

    found = {it: metadata.version(it) for it in ("onnxruntime", "openvino")}
    return {"reference": metadata.version("onnx"), **found, "touchstone": ts.__version__}
