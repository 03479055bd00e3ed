"""Ten small models, each with one fault planted in the copy that the other runtime runs: `touchstone bisect` must name
the node, `touchstone reduce` must leave at most three nodes that still differ.

    TOUCHSTONE=.build/release/touchstone python -m unittest discover -s Tests/ModelComparisonTests

The other runtime is `onnxruntime`, or what TOUCHSTONE_TEST_PROVIDER names.
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

sys.path.insert(0, os.path.dirname(__file__))
import plant_fault  # noqa: E402

TOUCHSTONE = os.environ.get("TOUCHSTONE", ".build/release/touchstone")
PROVIDER = os.environ.get("TOUCHSTONE_TEST_PROVIDER", "onnxruntime")
FLOAT = TensorProto.FLOAT


class Builder:
    """Collects nodes and weights of one graph; the weights are drawn, the same ones every time."""

    def __init__(self, seed, prefix=""):
        self.random = numpy.random.default_rng(seed)
        self.nodes, self.weights, self.prefix = [], [], prefix

    def weight(self, *shape, scale=0.3):
        name = f"{self.prefix}w{len(self.weights)}"
        values = self.random.normal(0, scale, shape).astype(numpy.float32)
        self.weights.append(numpy_helper.from_array(values, name))
        return name

    def constant(self, values, dtype=numpy.int64):
        name = f"{self.prefix}w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(numpy.array(values, dtype), name))
        return name

    def add(self, op_type, *inputs, outputs=None, **attributes):
        outputs = outputs or [f"{self.prefix}{op_type.lower()}_{len(self.nodes)}"]
        self.nodes.append(helper.make_node(op_type, inputs, outputs, f"{self.prefix}n{len(self.nodes)}", **attributes))
        return outputs[0]

    def model(self, inputs, outputs, opset=17, ml=False):
        graph = helper.make_graph(
            self.nodes, "g", [helper.make_tensor_value_info(n, t, s) for n, t, s in inputs],
            [helper.make_tensor_value_info(n, t, None) for n, t in outputs], self.weights)
        imports = [helper.make_opsetid("", opset)] + ([helper.make_opsetid("ai.onnx.ml", 3)] if ml else [])
        return helper.make_model(graph, opset_imports=imports, ir_version=8)


def convolutional():
    b = Builder(1)
    x = "x"
    for channels, before in ((8, 3), (12, 8), (10, 12)):
        x = b.add("Relu", b.add("Conv", x, b.weight(channels, before, 3, 3), b.weight(channels), pads=[1] * 4))
    x = b.add("MaxPool", x, kernel_shape=[2, 2], strides=[2, 2])
    x = b.add("Flatten", b.add("GlobalAveragePool", x))
    b.add("Gemm", x, b.weight(10, 5), b.weight(5), outputs=["y"])
    return b.model([("x", FLOAT, [2, 3, 9, 11])], [("y", FLOAT)])


def branched():
    """Two branches that meet: halving must not be misled by the nodes of the other branch."""
    b = Builder(2)
    left = b.add("Tanh", b.add("MatMul", "x", b.weight(7, 6)))
    right = b.add("Sigmoid", b.add("MatMul", "x", b.weight(7, 6)))
    right = b.add("Relu", b.add("Add", right, b.weight(6)))
    left = b.add("Exp", b.add("Mul", left, b.weight(6)))
    b.add("Softmax", b.add("Sub", left, right), axis=-1, outputs=["y"])
    return b.model([("x", FLOAT, [4, 7])], [("y", FLOAT)])


def attention():
    b = Builder(3)
    q, k, v = (b.add("MatMul", "x", b.weight(8, 8)) for _ in range(3))
    scores = b.add("Div", b.add("MatMul", q, b.add("Transpose", k, perm=[0, 2, 1])), b.weight(1, scale=3.0))
    mixed = b.add("MatMul", b.add("Softmax", scores, axis=-1), v)
    x = b.add("Add", mixed, "x")
    x = b.add("LayerNormalization", x, b.weight(8, scale=1.0), b.weight(8), axis=-1)
    x = b.add("Mul", x, b.add("Erf", b.add("Mul", x, b.weight(1))))
    b.add("MatMul", x, b.weight(8, 4), outputs=["y"])
    return b.model([("x", FLOAT, [2, 5, 8])], [("y", FLOAT)])


def recurrent():
    b = Builder(4)
    h = b.add("LSTM", "x", b.weight(1, 20, 4), b.weight(1, 20, 5), b.weight(1, 40), hidden_size=5)
    h = b.add("Squeeze", h, b.constant([1]))
    b.add("GRU", h, b.weight(1, 9, 5), b.weight(1, 9, 3), hidden_size=3, outputs=["states", "y"])
    return b.model([("x", FLOAT, [6, 2, 4])], [("y", FLOAT)])


def resizing():
    b = Builder(5)
    x = b.add("LeakyRelu", b.add("Conv", "x", b.weight(4, 2, 3, 3), pads=[1] * 4), alpha=0.1)
    x = b.add("Resize", x, "", b.constant([1, 1, 2, 1.5], numpy.float32), mode="linear",
              coordinate_transformation_mode="half_pixel")
    x = b.add("ConvTranspose", x, b.weight(4, 3, 2, 2), strides=[2, 2])
    b.add("HardSigmoid", x, alpha=0.3, outputs=["y"])
    return b.model([("x", FLOAT, [1, 2, 6, 8])], [("y", FLOAT)])


def chosen():
    """An If, whose branch holds the fault."""
    b = Builder(6)
    inner = Builder(7, "then_")
    hidden = inner.add("MatMul", "h", "outer")
    hidden = inner.add("Tanh", inner.add("Add", hidden, inner.weight(4)))
    inner.add("Mul", hidden, inner.weight(4), outputs=["then_y"])
    then = helper.make_graph(inner.nodes, "then", [], [helper.make_tensor_value_info("then_y", FLOAT, None)],
                             inner.weights)
    other = helper.make_graph([helper.make_node("MatMul", ["h", "outer"], ["else_y"])], "else", [],
                              [helper.make_tensor_value_info("else_y", FLOAT, None)])
    b.weights.append(numpy_helper.from_array(
        numpy.linspace(-1, 1, 24, dtype=numpy.float32).reshape(6, 4), "outer"))
    b.add("Relu", b.add("MatMul", "x", b.weight(5, 6)), outputs=["h"])
    condition = b.add("Greater", b.add("ReduceSum", "h", keepdims=0), b.constant(-1, numpy.float32))
    chosen = b.add("If", condition, then_branch=then, else_branch=other)
    b.add("Softmax", chosen, axis=-1, outputs=["y"])
    return b.model([("x", FLOAT, [3, 5])], [("y", FLOAT)])


def looped():
    """A Loop, whose body holds the fault."""
    b = Builder(8)
    inner = Builder(9, "body_")
    step = inner.add("Tanh", inner.add("Add", inner.add("MatMul", "state", "weights"), "x"))
    inner.add("Mul", step, inner.constant([0.5], numpy.float32), outputs=["next"])
    inner.add("Identity", "go_on", outputs=["go_on_out"])
    body = helper.make_graph(
        inner.nodes, "body",
        [helper.make_tensor_value_info("i", TensorProto.INT64, []),
         helper.make_tensor_value_info("go_on", TensorProto.BOOL, []),
         helper.make_tensor_value_info("state", FLOAT, [3, 4])],
        [helper.make_tensor_value_info("go_on_out", TensorProto.BOOL, []),
         helper.make_tensor_value_info("next", FLOAT, [3, 4])], inner.weights)
    b.weights.append(numpy_helper.from_array(
        numpy.linspace(-1, 1, 16, dtype=numpy.float32).reshape(4, 4), "weights"))
    start = b.add("Sigmoid", "x")
    looped = b.add("Loop", b.constant(3), b.constant(True, bool), start, body=body)
    b.add("ReduceMean", looped, axes=[1], outputs=["y"])
    return b.model([("x", FLOAT, [3, 4])], [("y", FLOAT)])


def quantized():
    b = Builder(10)
    scale, zero = b.constant(0.02, numpy.float32), b.constant(3, numpy.int8)
    x = b.add("DequantizeLinear", b.add("QuantizeLinear", "x", scale, zero), scale, zero)
    x = b.add("Relu", b.add("MatMul", x, b.weight(9, 6)))
    x = b.add("DequantizeLinear", b.add("QuantizeLinear", x, scale, zero), scale, zero)
    b.add("MatMul", x, b.weight(6, 4), outputs=["y"])
    return b.model([("x", FLOAT, [5, 9])], [("y", FLOAT)])


def forest():
    b = Builder(11)
    x = b.add("Scaler", "x", domain="ai.onnx.ml", offset=[0.1, 0.2, 0.3], scale=[1.0, 2.0, 3.0])
    b.add("TreeEnsembleRegressor", x, domain="ai.onnx.ml", n_targets=1, outputs=["y"],
          nodes_treeids=[0] * 5, nodes_nodeids=list(range(5)), nodes_featureids=[0, 1, 0, 0, 0],
          nodes_modes=["BRANCH_LEQ", "BRANCH_LEQ", "LEAF", "LEAF", "LEAF"],
          nodes_values=[0.4, 0.5, 0.0, 0.0, 0.0], nodes_truenodeids=[1, 3, 0, 0, 0],
          nodes_falsenodeids=[2, 4, 0, 0, 0], target_treeids=[0] * 3, target_nodeids=[2, 3, 4],
          target_ids=[0] * 3, target_weights=[1.5, -2.0, 0.25])
    return b.model([("x", FLOAT, [20, 3])], [("y", FLOAT)], ml=True)


def reduced():
    b = Builder(12)
    x = b.add("Sqrt", b.add("Abs", "x"))
    mean = b.add("ReduceMean", x, axes=[-1], keepdims=1)
    x = b.add("Div", b.add("Sub", x, mean), b.add("Sqrt", b.add("ReduceMax", x, axes=[-1], keepdims=1)))
    x = b.add("Concat", x, b.add("Clip", x, b.constant(-0.2, numpy.float32), b.constant(0.3, numpy.float32)),
              axis=1)
    b.add("Gemm", x, b.weight(12, 3), outputs=["y"])
    return b.model([("x", FLOAT, [4, 6])], [("y", FLOAT)])


# The model, the kind of fault, where it is planted.
FAULTS = [
    (convolutional, "weight", "2"),
    (branched, "operator", "5"),
    (attention, "attribute", "6"),
    (recurrent, "weight", "2"),
    (resizing, "attribute", "2"),
    (chosen, "operator", "4/then_branch/2"),
    (looped, "operator", "1/body/1"),
    (quantized, "operator", "3"),
    (forest, "attribute", "1"),
    (reduced, "operator", "2"),
]


def touchstone(*arguments):
    answer = subprocess.run([TOUCHSTONE, *arguments], capture_output=True, text=True, timeout=120)
    return answer.returncode, answer.stdout, answer.stderr


class PlantedFaults(unittest.TestCase):
    def plant(self, folder, make, kind, path):
        model, faulty = f"{folder}/model.onnx", f"{folder}/faulty.onnx"
        onnx.save(make(), model)
        copy = onnx.load(model)
        graph, node = plant_fault.locate(copy, path)
        change = {"weight": plant_fault.change_weight, "operator": plant_fault.change_operator,
                  "attribute": plant_fault.change_attribute}[kind]
        change(copy, graph, node)
        onnx.save(copy, faulty)
        return [model, "--provider", PROVIDER, "--provider-model", faulty]

    def test_every_fault_is_found(self):
        for make, kind, path in FAULTS:
            with self.subTest(make.__name__), tempfile.TemporaryDirectory() as folder:
                arguments = self.plant(folder, make, kind, path)
                code, output, error = touchstone("bisect", *arguments, "--json", "-")
                self.assertEqual(code, 1, error + output)
                report = json.loads(output)
                self.assertEqual(report["outcome"], "found", output)
                self.assertEqual(report["node"]["index"], int(path.split("/")[-1]), output)
                self.assertEqual(len(report["path"]), path.count("/") // 2)

    def test_every_fault_is_reduced(self):
        for make, kind, path in FAULTS:
            with self.subTest(make.__name__), tempfile.TemporaryDirectory() as folder:
                arguments = self.plant(folder, make, kind, path)
                case = f"{folder}/case"
                code, output, error = touchstone("reduce", *arguments, "-o", case)
                self.assertEqual(code, 1, error + output)
                model = onnx.load(f"{case}/model.onnx")
                onnx.checker.check_model(model)
                self.assertLessEqual(len(model.graph.node), 3)
                for index, info in enumerate(model.graph.output):
                    tensor = onnx.load_tensor(f"{case}/test_data_set_0/output_{index}.pb")
                    self.assertEqual(tensor.name, info.name)
                # The case itself: the reference passes it, the faulty copy does not.
                data = f"{case}/test_data_set_0"
                self.assertEqual(touchstone("run", f"{case}/model.onnx", "--data-dir", data)[0], 0)
                self.assertEqual(touchstone("run", f"{case}/provider_model.onnx", "--data-dir", data)[0], 1)

    def test_the_same_model_does_not_differ(self):
        for make, _, _ in FAULTS:
            with self.subTest(make.__name__), tempfile.TemporaryDirectory() as folder:
                onnx.save(make(), f"{folder}/model.onnx")
                code, output, error = touchstone("bisect", f"{folder}/model.onnx", "--provider", PROVIDER)
                self.assertEqual(code, 0, error + output)
                code, output, error = touchstone("compare", f"{folder}/model.onnx", "--provider", PROVIDER,
                                                 "--per-node")
                self.assertEqual(code, 0, error + output)


if __name__ == "__main__":
    unittest.main()
