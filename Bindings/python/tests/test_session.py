import os
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

import models
import numpy as np
import touchstone as ort
from onnx import TensorProto, helper


def session(model, **options):
    chosen = ort.SessionOptions()
    for name, value in options.items():
        setattr(chosen, name, value)
    return ort.InferenceSession(model.SerializeToString(), chosen)


class SessionTests(unittest.TestCase):
    def test_words_of_onnx_runtime(self):
        x = np.array([[1, 2], [3, 4], [5, 6]], dtype=np.float32)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "m.onnx")
            Path(path).write_bytes(models.addition().SerializeToString())
            for source in (path, Path(path), Path(path).read_bytes()):
                s = ort.InferenceSession(source, providers=["CPUExecutionProvider"])
                name = s.get_inputs()[0].name
                outputs = s.run(None, {name: x})
                self.assertEqual(outputs[0].shape, (3, 2))
                np.testing.assert_array_equal(outputs[0], x + [10, 20])
        self.assertEqual(s.get_providers(), ["CPUExecutionProvider"])

    def test_introspection(self):
        s = session(models.addition())
        (x,) = s.get_inputs()
        self.assertEqual((x.name, x.type, x.shape), ("x", "tensor(float)", ["N", 2]))
        (y,) = s.get_outputs()
        self.assertEqual((y.name, y.type, y.shape), ("y", "tensor(float)", ["N", 2]))
        (w,) = s.get_overridable_initializers()
        self.assertEqual((w.name, w.type, w.shape), ("w", "tensor(float)", [2]))
        meta = s.get_modelmeta()
        self.assertEqual((meta.producer_name, meta.graph_name, meta.version), ("tests", "g", 3))
        self.assertEqual(meta.custom_metadata_map, {"purpose": "a test"})
        self.assertRegex(ort.__version__, r"^\d+\.\d+\.\d+$")

    def test_initializers_can_be_replaced(self):
        feeds = {"x": np.ones((1, 2), np.float32), "w": np.zeros(2, np.float32)}
        (y,) = session(models.addition()).run(["y"], feeds)
        np.testing.assert_array_equal(y, [[1, 1]])

    def test_options(self):
        feeds = {"x": np.ones((1, 2), np.float32)}
        for level in ort.GraphOptimizationLevel:
            for kernels in (True, False):
                s = session(
                    models.addition(),
                    graph_optimization_level=level,
                    use_kernels=kernels,
                    intra_op_num_threads=1,
                )
                np.testing.assert_array_equal(s.run(None, feeds)[0], [[11, 21]])
        with self.assertRaisesRegex(ort.InvalidArgument, "graph_optimization_level is 7"):
            session(models.addition(), graph_optimization_level=7)

    def test_outputs_are_the_callers_own(self):
        s = session(models.reshape(TensorProto.FLOAT, 4, [2, 2]))
        x = np.arange(4, dtype=np.float32)
        (y,) = s.run(None, {"x": x})
        x[0] = 99
        y[1, 1] = 98
        np.testing.assert_array_equal(y, [[0, 1], [2, 98]])
        np.testing.assert_array_equal(s.run(None, {"x": x})[0], [[99, 1], [2, 3]])

    def test_threads_share_a_session(self):
        s = session(models.addition())
        failures = []

        def work(number):
            for step in range(50):
                x = np.full((number + 1, 2), step, dtype=np.float32)
                (y,) = s.run(None, {"x": x})
                if not np.array_equal(y, x + [10, 20]):
                    failures.append((number, step))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])

    def test_other_providers_are_warned_of(self):
        with self.assertWarnsRegex(UserWarning, "CUDAExecutionProvider"):
            ort.InferenceSession(
                models.addition().SerializeToString(), providers=["CUDAExecutionProvider"]
            )


class ErrorTests(unittest.TestCase):
    def test_models(self):
        with self.assertRaises(ort.InvalidGraph):
            ort.InferenceSession(b"no model")
        with self.assertRaisesRegex(ort.NoSuchFile, "missing.onnx"):
            ort.InferenceSession("missing.onnx")
        with self.assertRaisesRegex(ort.NotImplemented, "NoSuchOperator"):
            session(models.unknown())
        with self.assertRaises(TypeError):
            ort.InferenceSession(42)
        for error in (ort.InvalidGraph, ort.NotImplemented, ort.InvalidArgument, ort.Fail):
            self.assertTrue(issubclass(error, ort.TouchstoneError))
            self.assertTrue(issubclass(error, RuntimeError))

    def test_inputs(self):
        s = session(models.addition())
        x = np.ones((1, 2), np.float32)
        for feeds, message in [
            ({"x": x.astype(np.float64)}, r"input 'x' is tensor\(double\)"),
            ({"x": x, "z": x}, "no input 'z'"),
            ({}, "input 'x' .* is missing"),
            ({"x": np.ones((1, 3), np.float32)}, "axis 1 has extent 3"),
            ({"x": None}, "input 'x' is None"),
            ({"x": {"a": 1}}, "input 'x' is a dict"),
            ({"x": [[1, 2], [3]]}, "input 'x' is no array"),
            ({"x": np.array(["a", "b"])}, r"input 'x' is tensor\(string\)"),
            ({"x": np.array(["2020-01-01"], "M8[D]")}, "no element type"),
        ]:
            with self.subTest(message), self.assertRaisesRegex(ort.InvalidArgument, message):
                s.run(None, feeds)
        with self.assertRaisesRegex(ort.InvalidArgument, "'nothing'"):
            s.run(["nothing"], {"x": x})

    def test_lists_keep_their_kind(self):
        s = session(models.reshape(TensorProto.INT64, 2, [2, 1]))
        np.testing.assert_array_equal(s.run(None, {"x": [1, 2]})[0], [[1], [2]])
        with self.assertRaisesRegex(ort.InvalidArgument, "input 'x' holds numbers of float64"):
            s.run(None, {"x": [1.5, 2]})
        s = session(models.reshape(TensorProto.INT8, 2, [2, 1]))
        with self.assertRaisesRegex(ort.InvalidArgument, "do not fit"):
            s.run(None, {"x": [1, 300]})

    def test_a_run_fails_where_an_operator_does(self):
        node = helper.make_node("Reshape", ["x", "shape"], ["y"])
        s = session(
            models.model(
                [node],
                [
                    models.tensor("x", TensorProto.FLOAT, [None]),
                    models.tensor("shape", TensorProto.INT64, [2]),
                ],
                [models.tensor("y", TensorProto.FLOAT, [None, None])],
            )
        )
        with self.assertRaisesRegex(ort.Fail, "Reshape"):
            s.run(None, {"x": np.ones(3, np.float32), "shape": np.array([2, 2])})

    def test_names_that_c_would_cut_short(self):
        s = session(models.addition())
        x = np.ones((1, 2), np.float32)
        for name, message in [("x\0y", "NUL"), ("\udc80", "no Unicode text")]:
            with self.subTest(message), self.assertRaisesRegex(ort.InvalidArgument, message):
                s.run([name], {"x": x})

    def test_more_axes_than_numpy_knows(self):
        s = session(models.reshape(TensorProto.FLOAT, 1, [1] * 65))
        with self.assertRaisesRegex(ort.NotImplemented, "rank 65"):
            s.run(None, {"x": np.ones(1, np.float32)})

    def test_a_run_can_be_ended(self):
        options = ort.RunOptions()
        options.terminate = True
        s = session(models.addition())
        feeds = {"x": np.ones((1, 2), np.float32)}
        with self.assertRaises(ort.Cancelled):
            s.run(None, feeds, options)
        options.terminate = False
        s.run(None, feeds, options)

    def test_a_missing_library_is_an_import_error(self):
        package = str(Path(ort.__file__).resolve().parents[1])
        environment = {**os.environ, "TOUCHSTONE_LIBRARY": "/nowhere/lib.so", "PYTHONPATH": package}
        result = subprocess.run(
            [sys.executable, "-c", "import touchstone"], env=environment, capture_output=True, text=True
        )
        self.assertIn("ImportError", result.stderr)
        self.assertIn("swift build -c release", result.stderr)


if __name__ == "__main__":
    unittest.main()
