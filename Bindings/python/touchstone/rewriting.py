"""Models rewritten: optimized, converted, inlined, and cut into parts."""

import ctypes
import os

from ._library import RewritingStruct, ValueHandle, text, texts
from ._values import from_value


def optimize(model, output=None, *, level=2, allow_other_values=False, fuse=False, only=None, skip=()):
    """The model rewritten by rules, as ``touchstone optimize``.

    model: the path of an .onnx file, its bytes, or an onnx.ModelProto.
    output: the path for the new model. Without, it is returned: a ModelProto for a ModelProto, else bytes.
    level: 0: nothing is rewritten. 1: by rules that keep every bit. 2: also by those that round otherwise.
    allow_other_values: also by rules that change values.
    fuse: also fuse nodes into calls of functions of domain touchstone.fused.
    only, skip: names of rules; `touchstone optimize --list` prints them.
    """
    only = list(only or [])
    skip = list(skip)
    choice = texts(only), len(only), texts(skip), len(skip)
    return _rewrite("optimize", model, output, level, int(allow_other_values), int(fuse), *choice)


def convert_version(model, target_version, output=None, *, domain="ai.onnx"):
    """The model written in another version of a domain's operator set, as onnx.version_converter.convert_version.

    model, output, result: as in optimize.
    Raises NotImplemented, with the node and the reason, for what that version cannot say.
    """
    return _rewrite("convert_version", model, output, target_version, text(domain))


def inline_functions(model, output=None):
    """The model with calls of its functions replaced by their bodies, as onnx.inliner.inline_local_functions.

    model, output, result: as in optimize.
    """
    return inline_selected_functions(model, [], exclude=True, output=output)


def inline_selected_functions(model, function_ids, exclude=False, *, output=None):
    """The same for the functions named, or with `exclude` for all others.

    function_ids: pairs of a domain and a name.
    """
    names = [f"{domain}:{name}" for domain, name in function_ids]
    return _rewrite("inline_functions", model, output, texts(names), len(names), int(exclude))


def extract_model(
    input_path, output_path=None, input_names=(), output_names=(), check_model=True, infer_shapes=True
):
    """The part of a model that computes some values from others, as onnx.utils.extract_model.

    input_path, output_path, result: the model and the new one, as in optimize.
    input_names, output_names: values of the main graph, which the part takes and gives.
    check_model, infer_shapes: without effect. What is no model is always refused, and types that the model does
    not state are always inferred.
    """
    inputs, outputs = list(input_names), list(output_names)
    return _rewrite("extract_model", input_path, output_path, texts(inputs), len(inputs), texts(outputs), len(outputs))


def outline_function(model, nodes, name, output=None, *, domain="local"):
    """The model in which some nodes of the main graph have become one call of a function.

    model, output, result: as in optimize.
    nodes: their positions in the graph.
    name, domain: those of the function.
    """
    positions = list(nodes)
    array = (ctypes.c_int64 * len(positions))(*positions)
    return _rewrite("outline_function", model, output, array, len(positions), text(name), text(domain))


def _rewrite(function, model, output, *arguments):
    rewriting = RewritingStruct(size=ctypes.sizeof(RewritingStruct))
    is_proto = hasattr(model, "SerializeToString")
    if is_proto:
        model = model.SerializeToString()
    if isinstance(model, (str, os.PathLike)):
        rewriting.path = text(os.fspath(model))
    else:
        content = bytes(model)
        rewriting.bytes, rewriting.byte_count = content, len(content)
    if output is not None:
        rewriting.output_path = text(os.fspath(output))
    made = ValueHandle.make(function, ctypes.byref(rewriting), *arguments)
    if output is not None:
        return None
    content = from_value(made).tobytes()
    if not is_proto:
        return content
    import onnx  # noqa: PLC0415 - only those who have a ModelProto need it

    return onnx.load_from_string(content)
