import unittest

import models
import numpy as np
import onnx.backend.test
import touchstone.backend as backend
from onnx import helper
from onnx.backend.test.runner import BackendIsNotSupposedToImplementIt


class BackendTests(unittest.TestCase):
    def test_inputs_stand_in_the_graphs_order(self):
        prepared = backend.prepare(models.addition(), "CPU")
        x, w = np.ones((1, 2), np.float32), np.zeros(2, np.float32)
        np.testing.assert_array_equal(prepared.run([x])[0], [[11, 21]])
        np.testing.assert_array_equal(prepared.run([x, w])[0], [[1, 1]])
        np.testing.assert_array_equal(prepared.run({"x": x}).y, [[11, 21]])
        with self.assertRaises(ValueError):
            prepared.run([x, w, w])

    def test_run_model_and_run_node(self):
        x = np.ones((1, 2), np.float32)
        np.testing.assert_array_equal(backend.run_model(models.addition(), [x])[0], [[11, 21]])
        node = helper.make_node("Add", ["a", "a"], ["b"])
        np.testing.assert_array_equal(backend.run_node(node, [x], opset_version=14)[0], [[2, 2]])
        np.testing.assert_array_equal(backend.run_node(node, [x, x])[0], [[2, 2]])

    def test_what_is_not_implemented_is_skipped(self):
        with self.assertRaises(BackendIsNotSupposedToImplementIt):
            backend.prepare(models.unknown())
        self.assertFalse(backend.is_compatible(models.unknown()))
        self.assertTrue(backend.is_compatible(models.addition()))

    def test_devices(self):
        self.assertTrue(backend.supports_device("CPU"))
        self.assertFalse(backend.supports_device("CUDA:0"))
        with self.assertRaises(ValueError):
            backend.prepare(models.addition(), "CUDA")

    def test_onnx_runner(self):
        runner = onnx.backend.test.BackendTest(backend, __name__)
        runner.include("^test_(add|softmax_axis_1|reshape_negative_dim|sequence_insert_at_back)_cpu$")
        result = unittest.TestResult()
        runner.test_suite.run(result)
        problems = result.failures + result.errors
        self.assertEqual(problems, [], "\n".join(text for _, text in problems))
        self.assertGreaterEqual(result.testsRun - len(result.skipped), 3)


if __name__ == "__main__":
    unittest.main()
