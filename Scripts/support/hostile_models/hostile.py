"""What a hostile model consists of, and short words to make one."""
import dataclasses

import numpy as np
from onnx import AttributeProto, TensorProto, helper, numpy_helper

F, D, I64, I32, U8, BOOL, TEXT = (
    TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.INT64, TensorProto.INT32, TensorProto.UINT8, TensorProto.BOOL,
    TensorProto.STRING)
TRILLION = 10**12
ML, TRAINING = "ai.onnx.ml", "ai.onnx.preview.training"


@dataclasses.dataclass
class Hostile:
    """A model as the bytes of its file, with what lies beside it."""
    content: bytes
    # Words of a command line, for the commands that take inputs; "{folder}" is where the model lies.
    arguments: tuple = ()
    # Files beside the model.
    files: dict = dataclasses.field(default_factory=dict)
    # Bytes of tensors that the model declares and that a run may hold, within the limit of memory.
    declared_bytes: int = 0


def node(op_type, inputs=(), outputs=("y",), domain="", **attributes):
    return helper.make_node(op_type, list(inputs), list(outputs), domain=domain, **attributes)


def value(name, element_type=F, shape=None):
    return helper.make_tensor_value_info(name, element_type, shape)


def untyped(name):
    info = value(name)
    info.ClearField("type")
    return info


def array(name, values, dtype=np.int64):
    return numpy_helper.from_array(np.asarray(values, dtype), name)


def ones(name, *shape):
    return array(name, np.ones(shape), np.float32)


def body(nodes, inputs=(), outputs=(), initializers=(), name="body"):
    """A graph of a node; what inputs and outputs are is for inference to find."""
    return helper.make_graph(
        nodes, name, [untyped(it) for it in inputs], [untyped(it) for it in outputs], list(initializers))


def function(name, inputs, outputs, nodes, attributes=()):
    imports = [helper.make_opsetid("", 21), helper.make_opsetid("local", 1)]
    return helper.make_function("local", name, list(inputs), list(outputs), nodes, imports, list(attributes))


def field(number, content):
    """A field of protobuf that holds bytes, for what onnx's own messages do not write: they are at most 100 deep."""
    return varint(number << 3 | 2) + varint(len(content)) + content


def varint(number):
    made = bytearray()
    while number > 127:
        made.append(number & 127 | 128)
        number >>= 7
    return bytes(made + bytes([number]))


def deep_body(nodes, inputs=(), outputs=()):
    """The bytes of a graph whose nodes are bytes too."""
    return body([], inputs, outputs).SerializeToString() + b"".join(field(1, it) for it in nodes)


def deep_node(made, **graphs):
    """The bytes of a node with graphs that are bytes."""
    content = made.SerializeToString()
    for name, graph in graphs.items():
        attribute = AttributeProto(name=name, type=AttributeProto.GRAPH).SerializeToString()
        content += field(5, attribute + field(6, graph))
    return content


def with_deep_nodes(made, nodes):
    """A Hostile with more nodes behind its own, which are bytes."""
    made.content += field(7, b"".join(field(1, it) for it in nodes))
    return made


def model(nodes, initializers=(), inputs=(), outputs=("y",), opset=21, functions=(), **more):
    """A Hostile of one graph; outputs that are names have no type."""
    graph = helper.make_graph(
        nodes, "g", list(inputs), [untyped(it) if isinstance(it, str) else it for it in outputs], list(initializers))
    imports = [
        helper.make_opsetid("", opset), helper.make_opsetid(ML, 5 if opset > 22 else 4),
        helper.make_opsetid(TRAINING, 1), helper.make_opsetid("local", 1)]
    made = helper.make_model(graph, opset_imports=imports, ir_version=10, functions=list(functions))
    return Hostile(made.SerializeToString(), **more)


def computing(op_type, *operands, outputs=("y",), opset=21, domain="", declared_bytes=0, before=(), **attributes):
    """One node, whose operands are arrays (None for one that is left out) behind an Identity each, so that inference
    does not know them; or names of what the nodes `before` compute."""
    names, nodes, initializers = [], list(before), []
    for index, operand in enumerate(operands):
        if operand is None or isinstance(operand, str):
            names.append(operand or "")
            continue
        names.append(f"x{index}")
        initializers.append(numpy_helper.from_array(np.asarray(operand), f"x{index}_"))
        nodes.append(node("Identity", [f"x{index}_"], [f"x{index}"]))
    nodes.append(node(op_type, names, outputs, domain, **attributes))
    return model(nodes, initializers, outputs=outputs[:1], opset=opset, declared_bytes=declared_bytes)


def filled(name, *shape):
    """Nodes that give a tensor of zeros of any size."""
    return [
        node("Constant", [], [f"{name}_shape"], value_ints=list(shape)),
        node("ConstantOfShape", [f"{name}_shape"], [name])]


def drawn(name, *shape, dtype=F):
    """Nodes that give random numbers from 0 to 1."""
    return [node("RandomUniform", [], [name], shape=list(shape), seed=1.0, dtype=dtype)]


f32 = np.float32
i64 = np.int64
