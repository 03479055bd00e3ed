"""Quantization: ties, zero points, precision."""
import numpy as np

from .case import F, F16, I32, I8, INF, NAN, U8, Case


def _quantize(shows, x, scale, zero_point, wanted, element_type=U8, version=23, scale_type=F, **attributes):
    case = Case("QuantizeLinear", version, shows, 11)
    case.input("x", x, F if scale_type != F16 else F16), case.input("scale", scale, scale_type, [])
    case.input("zero", zero_point, element_type, [])
    case.node("QuantizeLinear", ["x", "scale", "zero"], ["Y"], **attributes)
    return case.gives(wanted, element_type)


def quantizelinear_ties_to_even_before_the_zero_point():
    shows = "the quotient is rounded half to even before an odd zero point is added: 0.5 gives 0 + 3"
    return _quantize(shows, [0.5, 1.5, 2.5, -0.5], 1, 3, [3, 5, 5, 3])


def quantizelinear_saturates_after_the_zero_point():
    return _quantize("-10 + 128 fits, 200 + 128 does not", [-10, 200, -300, INF, -INF], 1, 128,
                     [118, 255, 0, 255, 0])


def quantizelinear_nan():
    return _quantize("NaN gives the zero point", [NAN], 1, 7, [7]).admits_anything()


def quantizelinear_divides_in_the_type_of_the_scale():
    # 250.25 / 0.09998 = 2503.1, and from 2048 on float16 has steps of 2.
    case = Case("QuantizeLinear", 23, "a float16 scale: the quotient is rounded to float16, to even steps", 11)
    x, scale = case.input("x", [250.25, 3], F16), case.input("scale", 0.1, F16, [])
    case.input("zero", 0, 4, [])
    case.apply("x", "scale", "zero")
    return case.gives(np.rint((x / scale).astype(np.float16).astype(np.float64)), 4)


def dequantizelinear_rounds_once():
    case = Case("DequantizeLinear", 23, "(x - zero) * scale is exact and rounded once: 2^24 + 1 is not cut first", 11)
    x = case.input("x", [2**24 + 1, 2**25 + 3], I32)
    scale = case.input("scale", 0.3, F, [])
    case.apply("x", "scale")
    return case.gives(x * scale, F)


def dynamicquantizelinear_of_zeros():
    case = Case("DynamicQuantizeLinear", 11, "zeros alone: the scale is 0, and all else 0", 11)
    case.input("x", [0, 0], F)
    case.apply("x", outputs=["Y", "S", "Z"])
    case.gives([0, 0], U8), case.gives(0, F, "S")
    return case.gives(0, U8, "Z")


def convinteger_pads_with_the_zero_point():
    case = Case("ConvInteger", 10, "padding is the zero point, so that it adds 0", 12)
    case.input("x", [[[7, 9]]], U8), case.input("w", [[[1, 1]]], U8), case.input("x_zero_point", 5, U8, [])
    case.apply("x", "w", "x_zero_point", pads=[1, 1])
    return case.gives([[[2, 6, 4]]], I32)


def matmulinteger_zero_points_by_row_and_column():
    case = Case("MatMulInteger", 10, "a zero point for each row of A and each column of B", 12)
    a, b = case.input("A", [[1, 2], [3, 4], [5, 6]], U8), case.input("B", [[7, 8], [9, 10]], U8)
    a_zero, b_zero = case.input("a_zero", [1, 2, 3], U8), case.input("b_zero", [4, 5], U8)
    case.apply("A", "B", "a_zero", "b_zero")
    return case.gives((a - a_zero[:, None]) @ (b - b_zero), I32)


def qlinearmatmul_rounds_before_the_zero_point():
    case = Case("QLinearMatMul", 21, "0.5 goes to the even 0 before the zero point 3 is added; 1.5 to 2", 12)
    case.input("a", [[1], [3]], U8), case.input("as", 1, F, []), case.input("az", 0, U8, [])
    case.input("b", [[1]], U8), case.input("bs", 1, F, []), case.input("bz", 0, U8, [])
    case.input("ys", 2, F, []), case.input("yz", 3, U8, [])
    case.apply("a", "as", "az", "b", "bs", "bz", "ys", "yz")
    return case.gives([[3], [5]], U8)


def qlinearconv_rounds_before_the_zero_point():
    case = Case("QLinearConv", 10, "0.5 goes to the even 0 before the zero point 3 is added; 1.5 to 2", 12)
    case.input("x", [[[1, 3]]], U8), case.input("xs", 1, F, []), case.input("xz", 0, U8, [])
    case.input("w", [[[1]]], U8), case.input("ws", 1, F, []), case.input("wz", 0, U8, [])
    case.input("ys", 2, F, []), case.input("yz", 3, U8, [])
    case.apply("x", "xs", "xz", "w", "ws", "wz", "ys", "yz")
    return case.gives([[[3, 5]]], U8)


def quantizelinear_int8():
    return _quantize("int8: saturates at -128 and 127", [1000, -1000, 63.5], 0.5, -1, [127, -128, 126], I8)
