"""Small models for the tests."""

import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 21


def tensor(name, element_type, shape):
    return helper.make_tensor_value_info(name, element_type, shape)


def model(nodes, inputs, outputs, initializers=(), name="g"):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(initializers))
    return helper.make_model(
        graph,
        producer_name="tests",
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=10,
    )


def addition():
    """y = x + w; w has a default that a run may replace."""
    import numpy as np

    result = model(
        [helper.make_node("Add", ["x", "w"], ["y"], name="sum")],
        [
            tensor("x", TensorProto.FLOAT, ["N", 2]),
            tensor("w", TensorProto.FLOAT, [2]),
        ],
        [tensor("y", TensorProto.FLOAT, ["N", 2])],
        [numpy_helper.from_array(np.array([10, 20], dtype=np.float32), "w")],
    )
    result.model_version = 3
    helper.set_model_props(result, {"purpose": "a test"})
    return result


def reshape(element_type, count, shape):
    """y = x under another shape: a model that takes elements of any type through."""
    return model(
        [helper.make_node("Reshape", ["x", "shape"], ["y"])],
        [tensor("x", element_type, [count])],
        [tensor("y", element_type, shape)],
        [helper.make_tensor("shape", TensorProto.INT64, [len(shape)], shape)],
    )


def insertion(element_type=TensorProto.FLOAT):
    """z = the sequence s with x at its end."""
    sequence = helper.make_sequence_type_proto(
        helper.make_tensor_type_proto(element_type, None)
    )
    return model(
        [helper.make_node("SequenceInsert", ["s", "x"], ["z"])],
        [helper.make_value_info("s", sequence), tensor("x", element_type, None)],
        [helper.make_value_info("z", sequence)],
    )


def passing(type_proto):
    """The output y is the input x, of any type."""
    return model(
        [],
        [helper.make_value_info("y", type_proto)],
        [helper.make_value_info("y", type_proto)],
    )


def unknown():
    """A node that nobody implements."""
    result = model(
        [helper.make_node("NoSuchOperator", ["x"], ["y"], domain="nobody")],
        [tensor("x", TensorProto.FLOAT, [2])],
        [tensor("y", TensorProto.FLOAT, [2])],
    )
    result.opset_import.append(onnx.helper.make_opsetid("nobody", 1))
    return result
