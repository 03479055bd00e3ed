import unittest

import ml_dtypes
import models
import numpy as np
import touchstone as ort
from onnx import TensorProto, helper

#: A dtype for each numeric element type.
DTYPES = {
    TensorProto.FLOAT: np.float32,
    TensorProto.UINT8: np.uint8,
    TensorProto.INT8: np.int8,
    TensorProto.UINT16: np.uint16,
    TensorProto.INT16: np.int16,
    TensorProto.INT32: np.int32,
    TensorProto.INT64: np.int64,
    TensorProto.BOOL: np.bool_,
    TensorProto.FLOAT16: np.float16,
    TensorProto.DOUBLE: np.float64,
    TensorProto.UINT32: np.uint32,
    TensorProto.UINT64: np.uint64,
    TensorProto.COMPLEX64: np.complex64,
    TensorProto.COMPLEX128: np.complex128,
    TensorProto.BFLOAT16: ml_dtypes.bfloat16,
    TensorProto.FLOAT8E4M3FN: ml_dtypes.float8_e4m3fn,
    TensorProto.FLOAT8E4M3FNUZ: ml_dtypes.float8_e4m3fnuz,
    TensorProto.FLOAT8E5M2: ml_dtypes.float8_e5m2,
    TensorProto.FLOAT8E5M2FNUZ: ml_dtypes.float8_e5m2fnuz,
    TensorProto.UINT4: ml_dtypes.uint4,
    TensorProto.INT4: ml_dtypes.int4,
    TensorProto.FLOAT4E2M1: ml_dtypes.float4_e2m1fn,
    24: ml_dtypes.float8_e8m0fnu,
    25: ml_dtypes.uint2,
    26: ml_dtypes.int2,
    27: ml_dtypes.float6_e2m3fn,
    28: ml_dtypes.float6_e3m2fn,
}


def session(model):
    return ort.InferenceSession(model.SerializeToString())


def passed(type_proto, value):
    """What becomes of a value that goes through a model unchanged."""
    return session(models.passing(type_proto)).run(None, {"y": value})[0]


class TensorTests(unittest.TestCase):
    def test_every_element_type(self):
        for number, dtype in DTYPES.items():
            with self.subTest(np.dtype(dtype).name):
                dtype = np.dtype(dtype)
                codes = np.array([[0, 1, 1], [1, 0, 1]])
                if dtype.name.startswith("int"):
                    codes = -codes
                x = codes.astype(dtype)
                y = passed(helper.make_tensor_type_proto(number, [2, 3]), x)
                self.assertEqual(y.dtype, dtype)
                np.testing.assert_array_equal(y.astype(np.complex128), x.astype(np.complex128))
                y[0, 0] = y[0, 1]

    def test_layouts(self):
        type_proto = helper.make_tensor_type_proto(TensorProto.FLOAT, None)
        x = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
        for array in (x.T, x[:, ::2], x.astype(">f4"), np.asfortranarray(x), x[:, :0], x[0, 0, 0]):
            np.testing.assert_array_equal(passed(type_proto, array), array)
            self.assertEqual(passed(type_proto, array).shape, np.shape(array))

    def test_numbers_and_lists(self):
        type_proto = helper.make_tensor_type_proto(TensorProto.FLOAT, None)
        for value in (1, 2.5, True, [1, 2], [[1.5], [2]], [], np.float32(3)):
            y = passed(type_proto, value)
            self.assertEqual(y.dtype, np.float32)
            np.testing.assert_array_equal(y, np.asarray(value, np.float32))

    def test_strings(self):
        type_proto = helper.make_tensor_type_proto(TensorProto.STRING, None)
        want = np.array([["", "grün"], ["a\0b", "日本"]], dtype=object)
        for x in (want, want.tolist(), np.char.encode(want.astype(str), "utf-8").astype(object)):
            y = passed(type_proto, x)
            self.assertEqual(y.dtype, object)
            np.testing.assert_array_equal(y, want)
        np.testing.assert_array_equal(passed(type_proto, np.array(["ab", "c"])), ["ab", "c"])
        with self.assertRaisesRegex(ort.InvalidArgument, "holds int"):
            passed(type_proto, np.array([1], dtype=object))


class ContainerTests(unittest.TestCase):
    floats = helper.make_tensor_type_proto(TensorProto.FLOAT, None)

    def test_sequences(self):
        s = session(models.insertion())
        a, b = np.ones(2, np.float32), np.zeros((1, 3), np.float32)
        for sequence in ([], [a], [a, b]):
            (z,) = s.run(None, {"s": sequence, "x": b})
            self.assertIsInstance(z, list)
            self.assertEqual(len(z), len(sequence) + 1)
            for got, want in zip(z, [*sequence, b]):
                np.testing.assert_array_equal(got, want)
        with self.assertRaisesRegex(ort.InvalidArgument, "input 's' is ndarray"):
            s.run(None, {"s": a, "x": b})
        with self.assertRaisesRegex(ort.InvalidArgument, "input 's', element 1,"):
            s.run(None, {"s": [a, np.ones(1)], "x": b})

    def test_optionals(self):
        type_proto = helper.make_optional_type_proto(self.floats)
        self.assertIsNone(passed(type_proto, None))
        np.testing.assert_array_equal(passed(type_proto, np.ones(2, np.float32)), [1, 1])
        sequence = helper.make_optional_type_proto(helper.make_sequence_type_proto(self.floats))
        self.assertIsNone(passed(sequence, None))
        self.assertEqual(passed(sequence, []), [])

    def test_maps(self):
        strings = helper.make_map_type_proto(TensorProto.STRING, self.floats)
        self.assertEqual(passed(strings, {"a": 1.5, "b": 2.0}), {"a": 1.5, "b": 2.0})
        self.assertEqual(passed(strings, {}), {})
        numbers = helper.make_map_type_proto(TensorProto.INT64, self.floats)
        self.assertEqual(passed(numbers, {3: 1.5, -1: 2.0}), {3: 1.5, -1: 2.0})
        listed = passed(helper.make_sequence_type_proto(numbers), [{1: 0.5}, {}])
        self.assertEqual(listed, [{1: 0.5}, {}])
        with self.assertRaisesRegex(ort.InvalidArgument, "input 'y', as a list of keys"):
            passed(numbers, {"a": 1.5})

    def test_sparse_tensors(self):
        type_proto = helper.make_sparse_tensor_type_proto(TensorProto.FLOAT, [2, 3])
        sparse = ort.SparseTensor(np.array([5, 6], np.float32), np.array([0, 5]), (2, 3))
        got = passed(type_proto, sparse)
        np.testing.assert_array_equal(got.values, sparse.values)
        np.testing.assert_array_equal(got.indices, sparse.indices)
        self.assertEqual(got.shape, (2, 3))
        with self.assertRaisesRegex(ort.InvalidArgument, "index 6 lies outside"):
            passed(type_proto, sparse._replace(indices=np.array([0, 6])))


if __name__ == "__main__":
    unittest.main()
