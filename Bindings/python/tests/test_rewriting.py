import tempfile
import unittest
from pathlib import Path

import models
import numpy as np
import onnx
import touchstone as ort
from onnx import TensorProto, helper


def chain():
    """y = Neg(Identity(x)) · twice, where twice = Add(x, x) is a function of the model."""
    body = [helper.make_node("Add", ["a", "a"], ["b"])]
    twice = helper.make_function("local", "Twice", ["a"], ["b"], body, [helper.make_opsetid("", 21)])
    graph = helper.make_graph(
        [
            helper.make_node("Identity", ["x"], ["i"]),
            helper.make_node("Neg", ["i"], ["n"]),
            helper.make_node("Twice", ["x"], ["t"], domain="local"),
            helper.make_node("Mul", ["n", "t"], ["y"]),
        ],
        "g",
        [models.tensor("x", TensorProto.FLOAT, [3])],
        [models.tensor("y", TensorProto.FLOAT, [3])],
    )
    imports = [helper.make_opsetid("", 21), helper.make_opsetid("local", 1)]
    return helper.make_model(graph, opset_imports=imports, ir_version=10, functions=[twice])


def operators(model):
    return [node.op_type for node in model.graph.node]


class RewritingTests(unittest.TestCase):
    x = np.array([1, -2, 0.5], np.float32)

    def run_model(self, model):
        return ort.InferenceSession(model.SerializeToString()).run(None, {"x": self.x})[0].tolist()

    def test_optimize(self):
        model = chain()
        optimized = ort.optimize(model, level=1)
        self.assertEqual(operators(optimized), ["Neg", "Twice", "Mul"])
        self.assertEqual(self.run_model(optimized), self.run_model(model))
        self.assertEqual(operators(ort.optimize(model, level=0)), operators(model))
        self.assertEqual(operators(ort.optimize(model, skip=["DropIdentity"])), operators(model))
        with self.assertRaisesRegex(ort.InvalidArgument, "no rule 'DropIdentities'"):
            ort.optimize(model, only=["DropIdentities"])

    def test_fuse(self):
        graph = helper.make_graph(
            [helper.make_node("MatMul", ["x", "x"], ["p"]), helper.make_node("Relu", ["p"], ["y"])],
            "g",
            [models.tensor("x", TensorProto.FLOAT, [3])],
            [models.tensor("y", TensorProto.FLOAT, [])],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
        self.assertEqual(operators(ort.optimize(model)), ["MatMul", "Relu"])
        fused = ort.optimize(model, fuse=True)
        self.assertEqual(operators(fused), ["MatMulRelu"])
        self.assertEqual(self.run_model(fused), self.run_model(model))

    def test_outline_function(self):
        model = chain()
        outlined = ort.outline_function(model, [0, 1], "Minus")
        self.assertEqual(operators(outlined), ["Twice", "Minus", "Mul"])
        self.assertEqual(self.run_model(outlined), self.run_model(model))
        with self.assertRaisesRegex(ort.TouchstoneError, "at least one must be chosen"):
            ort.outline_function(model, [9], "Minus")

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            old, new = Path(folder, "old.onnx"), Path(folder, "new.onnx")
            onnx.save(chain(), old)
            self.assertIsNone(ort.optimize(old, new))
            self.assertEqual(operators(onnx.load(new)), ["Neg", "Twice", "Mul"])
            with self.assertRaises(ort.NoSuchFile):
                ort.optimize(Path(folder, "none.onnx"), new)

    def test_bytes_give_bytes(self):
        optimized = ort.optimize(chain().SerializeToString())
        self.assertEqual(operators(onnx.load_from_string(optimized)), ["Neg", "Twice", "Mul"])

    def test_convert(self):
        model = chain()
        older = ort.convert_version(model, 13)
        self.assertEqual({it.domain: it.version for it in older.opset_import}[""], 13)
        self.assertEqual(self.run_model(older), self.run_model(model))
        with self.assertRaisesRegex(ort.NotImplemented, "known are 1 to 28"):
            ort.convert_version(model, 99)

    def test_verify(self):
        model = chain()
        same = ort.verify(model.SerializeToString(), ort.optimize(model, level=1).SerializeToString())
        self.assertEqual(same["verdict"], "same-bits")
        other = chain()
        other.graph.node[1].op_type = "Abs"
        report = ort.verify(model.SerializeToString(), other.SerializeToString(), {"x": self.x})
        self.assertEqual((report["verdict"], report["firstDifference"]["value"]), ("different", "n"))

    def test_inline(self):
        model = chain()
        flat = ort.inline_functions(model)
        self.assertEqual(operators(flat), ["Identity", "Neg", "Add", "Mul"])
        self.assertEqual(len(flat.functions), 0)
        self.assertEqual(self.run_model(flat), self.run_model(model))
        self.assertEqual(operators(ort.inline_selected_functions(model, [("local", "Twice")])), operators(flat))
        kept = ort.inline_selected_functions(model, [("local", "Twice")], exclude=True)
        self.assertEqual(operators(kept), operators(model))

    def test_extract(self):
        part = ort.extract_model(chain(), input_names=["n", "t"], output_names=["y"])
        self.assertEqual(operators(part), ["Mul"])
        self.assertEqual([it.name for it in part.graph.input], ["n", "t"])
        with self.assertRaisesRegex(ort.InvalidGraph, "'z' is no value"):
            ort.extract_model(chain(), input_names=["x"], output_names=["z"])

    def test_the_saved_model_is_what_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            options = ort.SessionOptions()
            options.optimized_model_filepath = Path(folder, "optimized.onnx")
            session = ort.InferenceSession(chain().SerializeToString(), options)
            saved = onnx.load(options.optimized_model_filepath)
            self.assertEqual(operators(saved), ["Neg", "Twice", "Mul"])
            self.assertEqual(self.run_model(saved), session.run(None, {"x": self.x})[0].tolist())


if __name__ == "__main__":
    unittest.main()
