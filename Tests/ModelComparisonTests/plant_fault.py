"""Plants one fault in a copy of a model, so that bisection can be tried on it.

    plant_fault.py MODEL COPY KIND NODE

KIND is `weight` (an element-wise change of the node's first floating weight), `operator` (another operator of the same
signature) or `attribute` (another value of an attribute that keeps the shapes). NODE is a position in the main graph,
or positions with the attribute that leads to a subgraph, as `12/then_branch/3`.
"""

import sys

import numpy
import onnx
from onnx import numpy_helper

SIMILAR = {
    "Relu": "Sigmoid", "Sigmoid": "Tanh", "Tanh": "Sigmoid", "Add": "Sub", "Sub": "Add", "Mul": "Add", "Div": "Mul",
    "Erf": "Tanh", "Sqrt": "Exp", "HardSigmoid": "Sigmoid", "MaxPool": "AveragePool", "Softmax": "LogSoftmax",
    "ReduceMean": "ReduceMax", "GlobalAveragePool": "GlobalMaxPool", "Clip": "Neg", "Gelu": "Elu", "Log": "Sqrt",
}


def locate(model, path):
    """The graph and the node that a path leads to."""
    graph = model.graph
    parts = path.split("/")
    for index, attribute in zip(parts[0:-1:2], parts[1::2]):
        node = graph.node[int(index)]
        graph = next(a.g for a in node.attribute if a.name == attribute)
    return graph, graph.node[int(parts[-1])]


def tensors(model, graph):
    """Every constant that a node of the graph may read, by name."""
    found = {}
    for scope in (model.graph, graph):
        found.update({tensor.name: tensor for tensor in scope.initializer})
        for node in scope.node:
            if node.op_type == "Constant" and node.attribute[0].name == "value":
                found[node.output[0]] = node.attribute[0].t
    return found


def change_weight(model, graph, node):
    known = tensors(model, graph)
    for name in node.input:
        tensor = known.get(name)
        if tensor is not None and tensor.data_type in (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16):
            values = numpy_helper.to_array(tensor).copy()
            values.reshape(-1)[:: max(1, values.size // 64)] += numpy.abs(values).max() * 0.5 + 0.01
            tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))
            return f"weight {name}"
    raise SystemExit(f"node {node.name} has no floating weight")


def change_operator(model, graph, node):
    other = SIMILAR[node.op_type]
    change = f"{node.op_type} became {other}"
    if other in ("Sigmoid", "Neg", "Elu"):
        del node.attribute[:]
        del node.input[1:]
    node.op_type = other
    return change


def change_attribute(model, graph, node):
    for attribute in node.attribute:
        if attribute.name in ("alpha", "beta", "epsilon", "gamma", "lambd"):
            attribute.f = attribute.f * 3 + 0.25
            return f"attribute {attribute.name}"
        if attribute.name in ("coordinate_transformation_mode", "mode"):
            others = {b"asymmetric": b"half_pixel", b"half_pixel": b"asymmetric", b"linear": b"nearest"}
            if attribute.s in others:
                attribute.s = others[attribute.s]
                return f"attribute {attribute.name}"
        if attribute.name in ("activations", "base_values", "nodes_values", "target_weights"):
            if attribute.floats:
                attribute.floats[:] = [number + 1 for number in attribute.floats]
                return f"attribute {attribute.name}"
        if attribute.name == "axis" and node.op_type in ("Softmax", "LogSoftmax", "Hardmax"):
            attribute.i = 1
            return "attribute axis"
    raise SystemExit(f"node {node.name} ({node.op_type}) has no attribute to change")


def main():
    source, target, kind, path = sys.argv[1:]
    model = onnx.load(source)
    graph, node = locate(model, path)
    change = {"weight": change_weight, "operator": change_operator, "attribute": change_attribute}[kind]
    print(f"{node.op_type} '{node.name}': {change(model, graph, node)}")
    onnx.save(model, target)


if __name__ == "__main__":
    main()
