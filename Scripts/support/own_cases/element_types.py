"""Element types and shapes at the edge."""
import ml_dtypes
import numpy as np
from onnx import TensorProto, numpy_helper

from .case import BF16, D, F, F16, I64, Case, ramp


def add_float16_rounds_once():
    case = Case("Add", 14, "float16: the exact sum rounded once, ties to even, overflow to infinity")
    a = case.input("A", [2048, 2048, 65504, 0.1, 6e-8], F16)
    b = case.input("B", [1, 3, 32, 0.2, 6e-8], F16)
    case.node("Add", ["A", "B"], ["Y"])
    return case.gives(a + b, F16)


def add_bfloat16_rounds_once():
    case = Case("Add", 13, "bfloat16: the exact sum rounded once, ties to even")
    a, b = case.input("A", [256, 256, 1, -3], BF16), case.input("B", [1, 3, 2**-9, 3], BF16)
    case.node("Add", ["A", "B"], ["Y"])
    return case.gives(a + b, BF16)


def add_int64_wraps():
    case = Case("Add", 14, "int64 sums wrap")
    case.input("A", [2**63 - 1, -2**63], I64), case.input("B", [1, -1], I64)
    case.node("Add", ["A", "B"], ["Y"])
    return case.gives([-2**63, 2**63 - 1], I64)


def constant_int4():
    case = Case("Constant", 21, "int4, two elements a byte and an odd number of them")
    values = np.array([-8, -1, 0, 1, 7]).astype(ml_dtypes.int4)
    case.node("Constant", [], ["Y"], value=numpy_helper.from_array(values))
    return case.gives(values, TensorProto.INT4)


def constant_uint2():
    case = Case("Constant", 25, "uint2, four elements a byte and a rest")
    values = np.array([[3, 2, 1], [0, 1, 2]]).astype(ml_dtypes.uint2)
    case.node("Constant", [], ["Y"], value=numpy_helper.from_array(values))
    return case.gives(values, TensorProto.UINT2)


def add_empty():
    case = Case("Add", 14, "an extent of 0 broadcasts against 1, and gives nothing")
    case.input("A", np.zeros((2, 0, 3)), F), case.input("B", ramp(2, 1, 1), F)
    case.node("Add", ["A", "B"], ["Y"])
    return case.gives(np.zeros((2, 0, 3)), F)


def add_scalars():
    case = Case("Add", 14, "two tensors of rank 0 give one of rank 0")
    a, b = case.input("A", 1.5, F, []), case.input("B", 0.25, F, [])
    case.node("Add", ["A", "B"], ["Y"])
    return case.gives(a + b, F)


def conv_asymmetric():
    case = Case("Conv", 22, "all sizes differ: strides, dilations and pads of two axes, two groups, a bias")
    x, w = case.input("X", np.cos(ramp(1, 4, 7, 9)), D), case.input("W", np.sin(ramp(6, 2, 2, 3)), D)
    b = case.input("B", ramp(6), D)
    case.node("Conv", ["X", "W", "B"], ["Y"], group=2, strides=[2, 1], dilations=[1, 3], pads=[1, 0, 2, 4])
    case.rtol, case.atol = 1e-12, 1e-12
    padded = np.pad(x, ((0, 0), (0, 0), (1, 2), (0, 4)))
    height, width = (7 + 3 - 2) // 2 + 1, 9 + 4 - 7 + 1
    y = np.zeros((1, 6, height, width))
    for m, i, j in np.ndindex(6, height, width):
        channels = padded[0, 2 * (m // 3):2 * (m // 3) + 2]
        y[0, m, i, j] = b[m] + (channels[:, 2 * i:2 * i + 2, j:j + 7:3] * w[m]).sum()
    return case.gives(y, D)
