"""Shape inference over whole models."""

from ._library import ValueHandle
from ._values import from_value


def infer_shapes(model_bytes, check_type=False, strict_mode=False, data_prop=False):
    """The bytes of a model with inferred types and shapes written in, as onnx.shape_inference.infer_shapes.

    check_type: inputs of the wrong type are an error.
    strict_mode: every error of a node is one; otherwise its outputs stay as the model declares them.
    data_prop: elements of small integer tensors are followed, so that computed shapes are known.
    """
    data = bytes(model_bytes)
    model = ValueHandle.make(
        "infer_shapes", data, len(data), int(check_type), int(strict_mode), int(data_prop)
    )
    return from_value(model).tobytes()
