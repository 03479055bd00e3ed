import os
import tempfile
import unittest

import models
import numpy as np
import onnx
import touchstone as ort
from onnx import TensorProto, helper

#: The definitions in a process of their own: another runtime that is always there.
OTHER = "touchstone:definitions"


def doubled(op_type="Add"):
    """y = x op x, z = Relu(y)."""
    return models.model(
        [helper.make_node(op_type, ["x", "x"], ["y"], name="first"), helper.make_node("Relu", ["y"], ["z"])],
        [models.tensor("x", TensorProto.FLOAT, ["N", 3])],
        [models.tensor("z", TensorProto.FLOAT, ["N", 3])],
    )


class Comparison(unittest.TestCase):
    x = np.array([[1, -2, 3], [4, 5, 6]], np.float32)

    def test_the_same_results(self):
        report = ort.compare(doubled().SerializeToString(), {"x": self.x}, [OTHER], per_node=True)
        trial = report["trials"][0]
        self.assertEqual(trial["verdict"], "equal")
        self.assertEqual([node["verdict"] for node in trial["nodes"]], ["equal", "equal"])
        self.assertEqual(report["inputs"], [{"name": "x", "type": "float[2,3]", "origin": "given"}])

    def test_random_inputs_take_dims(self):
        report = ort.compare(doubled().SerializeToString(), providers=OTHER, dims={"N": 4}, seed=7)
        self.assertEqual(report["inputs"][0]["origin"], "random, seed 7")
        self.assertEqual(report["trials"][0]["outputs"][0]["count"], 12)

    def test_a_fault_in_the_copy(self):
        model, copy = doubled().SerializeToString(), doubled("Mul").SerializeToString()
        report = ort.compare(model, {"x": self.x}, OTHER, provider_model=copy)
        self.assertEqual(report["trials"][0]["verdict"], "differs")
        # 2·6 against 6·6.
        self.assertEqual(report["trials"][0]["outputs"][0]["maxAbsolute"], 24)
        found = ort.bisect(model, {"x": self.x}, OTHER, provider_model=copy)
        self.assertEqual((found["outcome"], found["node"]["name"]), ("found", "first"))
        with tempfile.TemporaryDirectory() as folder:
            ort.reduce(model, folder, {"x": self.x}, OTHER, provider_model=copy)
            self.assertEqual([n.op_type for n in onnx.load(f"{folder}/model.onnx").graph.node], ["Add"])

    def test_levels_and_threads_are_trials(self):
        report = ort.compare(doubled().SerializeToString(), {"x": self.x}, OTHER, opt_levels=[0, 99], threads=[1, 2])
        trials = [(t["optimizationLevel"], t["threadCount"]) for t in report["trials"]]
        self.assertEqual(trials, [(0, 1), (0, 2), (99, 1), (99, 2)])

    def test_strings(self):
        model = models.model(
            [helper.make_node("Identity", ["x"], ["y"])], [models.tensor("x", TensorProto.STRING, [2])],
            [models.tensor("y", TensorProto.STRING, [2])])
        words = np.array(["ä", "b"], dtype=object)
        report = ort.compare(model.SerializeToString(), {"x": words}, OTHER)
        self.assertEqual(report["trials"][0]["verdict"], "equal")

    def test_errors(self):
        model = doubled().SerializeToString()
        with self.assertRaisesRegex(ort.InvalidArgument, "no input 'w'"):
            ort.compare(model, {"x": self.x, "w": self.x}, OTHER)
        with self.assertRaisesRegex(ort.InvalidArgument, "only arrays"):
            ort.compare(model, {"x": [self.x]}, OTHER)
        with self.assertRaisesRegex(ort.TouchstoneError, "'nothing' names no provider"):
            ort.compare(model, {"x": self.x}, "nothing")
        with self.assertRaises(ort.InvalidGraph):
            ort.compare(b"no model", {"x": self.x}, OTHER)

    @unittest.skipUnless(os.environ.get("TOUCHSTONE_TEST_PROVIDER"), "TOUCHSTONE_TEST_PROVIDER names no runtime")
    def test_another_runtime(self):
        provider = os.environ["TOUCHSTONE_TEST_PROVIDER"]
        report = ort.compare(doubled().SerializeToString(), {"x": self.x}, [OTHER, provider])
        self.assertEqual([trial["verdict"] for trial in report["trials"]], ["equal", "equal"])


if __name__ == "__main__":
    unittest.main()
