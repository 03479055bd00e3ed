"""Arithmetic where numbers end: integers, signs of zero, NaN, infinities, and how sums are taken."""
import numpy as np

from .case import BF16, D, F, F16, I32, I64, I8, INF, NAN, U8, BOOL, Case


def div_truncates():
    case = Case("Div", 14, "integers: the quotient is cut toward zero", 5)
    case.input("A", [-7, 7, -7, 7], I32), case.input("B", [2, -2, -2, 2], I32)
    case.apply("A", "B")
    return case.gives([-3, -3, 3, 3], I32)


def div_smallest_by_minus_one():
    case = Case("Div", 14, "the smallest int32 divided by -1 wraps to itself", 5)
    case.input("A", [-2**31], I32), case.input("B", [-1], I32)
    case.apply("A", "B")
    return case.gives([-2**31], I32)


def div_by_zero():
    case = Case("Div", 14, "an integer divided by 0 is an error", 5)
    case.input("A", [1], I32), case.input("B", [0], I32)
    case.apply("A", "B")
    return case.rejects("invalidValue", I32)


def mod_takes_the_sign_of_the_divisor():
    case = Case("Mod", 13, "fmod 0: the sign of B", 6)
    case.input("A", [-7, 7, -7, 7, -6], I32), case.input("B", [3, -3, -3, 3, 3], I32)
    case.apply("A", "B")
    return case.gives([2, -2, -1, 1, 0], I32)


def mod_fmod_of_integers():
    case = Case("Mod", 13, "fmod 1: the sign of A, for integers too", 6)
    case.input("A", [-7, 7, -7, 7], I32), case.input("B", [3, -3, -3, 3], I32)
    case.apply("A", "B", fmod=1)
    return case.gives([-1, 1, -1, 1], I32)


def mod_fmod_keeps_the_sign_of_zero():
    case = Case("Mod", 13, "fmod 1: 6 mod 3 is a zero with the sign of A, which the reciprocal shows", 6)
    case.input("A", [-6, 6], F), case.input("B", [3, -3], F)
    case.apply("A", "B", outputs=["M"], fmod=1)
    case.node("Reciprocal", ["M"], ["Y"])
    return case.gives([-INF, INF], F)


def mod_of_floats_takes_the_sign_of_the_divisor():
    case = Case("Mod", 28, "fmod 0 of floats, from 28 on: the sign of B, for a zero too, which the reciprocal shows", 6)
    case.input("A", [-5.5, 5.5, -6, 6], F), case.input("B", [2, -2, 2, -2], F)
    case.apply("A", "B", outputs=["M"])
    case.node("Reciprocal", ["M"], ["Y"])
    return case.gives([2, -2, INF, -INF], F)


def mod_by_zero():
    case = Case("Mod", 13, "an integer modulo 0 is an error", 6)
    case.input("A", [1], I32), case.input("B", [0], I32)
    case.apply("A", "B")
    return case.rejects("invalidValue", I32)


def pow_negative_exponent():
    case = Case("Pow", 15, "integers: 1/2 is cut to 0, while 1 and -1 have whole inverses", 7)
    case.input("X", [2, 1, -1, -1], I32), case.input("E", [-1, -3, -3, -2], I32)
    case.apply("X", "E")
    return case.gives([0, 1, -1, 1], I32)


def pow_wraps():
    case = Case("Pow", 15, "int32: 3^21 = 10460353203 keeps its low 32 bits; 3^39 in int64 is exact beyond 2^53", 7)
    case.input("X", [3], I32), case.input("E", [21], I32)
    case.input("X2", [3], I64), case.input("E2", [39], I64)
    case.apply("X", "E")
    case.apply("X2", "E2", outputs=["Y2"])
    case.gives([3**21 - 2 * 2**32], I32)
    return case.gives([3**39], I64, "Y2")


def pow_zero_to_a_negative_power():
    case = Case("Pow", 15, "the integer 0 has no inverse", 7)
    case.input("X", [0], I32), case.input("E", [-1], I32)
    case.apply("X", "E")
    return case.rejects("invalidValue", I32)


def pow_fractional_exponent_of_an_integer():
    case = Case("Pow", 15, "2^0.5 = 1.41 is cut to 1, 10^0.5 to 3", 7)
    case.input("X", [2, 10], I32), case.input("E", [0.5, 0.5], F)
    case.apply("X", "E")
    return case.gives([1, 3], I32)


def round_halves():
    case = Case("Round", 22, "halves go to even", 13)
    case.input("X", [0.5, 1.5, 2.5, -2.5, -1.5], F)
    case.apply("X")
    return case.gives([0, 2, 2, -2, -2], F)


def round_keeps_the_sign_of_zero():
    case = Case("Round", 22, "-0.3 becomes -0, which the reciprocal shows", 13)
    case.input("X", [-0.3, 0.3, -0.0], F)
    case.apply("X", outputs=["R"])
    case.node("Reciprocal", ["R"], ["Y"])
    return case.gives([-INF, INF, -INF], F)


def clip_min_above_max():
    case = Case("Clip", 13, "min above max: everything becomes max", 14)
    case.input("X", [-9, 0, 9], F), case.input("low", 2, F, []), case.input("high", -1, F, [])
    case.apply("X", "low", "high")
    return case.gives([-1, -1, -1], F)


def clip_nan():
    case = Case("Clip", 13, "a NaN in the input stays", 14)
    case.input("X", [-9, NAN, 9], F), case.input("low", -1, F, []), case.input("high", 1, F, [])
    case.apply("X", "low", "high")
    return case.gives([-1, NAN, 1], F)


def clip_nan_bound():
    case = Case("Clip", 13, "a bound that is NaN gives NaN", 14)
    case.input("X", [-9, 9], F), case.input("low", NAN, F, [])
    case.apply("X", "low")
    return case.gives([NAN, NAN], F)


def _with_nan(operator, version, wanted, shows, x=(NAN, 1, -2), **attributes):
    case = Case(operator, version, shows, 15)
    case.input("X", x, F)
    case.apply("X", **attributes)
    return case.gives(wanted, F)


def relu_nan():
    return _with_nan("Relu", 14, [NAN, 1, 0], "NaN stays NaN")


def sign_nan():
    return _with_nan("Sign", 13, [NAN, 1, -1], "the sign of NaN is NaN")


def thresholdedrelu_nan():
    return _with_nan("ThresholdedRelu", 22, [0, 1, 0], "NaN is not larger than alpha, so it gives 0", alpha=0.5)


def shrink_nan():
    return _with_nan("Shrink", 9, [0, 1, -2], "NaN lies on neither side, so it gives 0", lambd=0.5)


def reducemax_nan():
    return _with_nan("ReduceMax", 20, NAN, "a NaN makes its group NaN", keepdims=0)


def globalmaxpool_nan():
    return _with_nan("GlobalMaxPool", 22, [[[NAN]]], "a NaN makes its channel NaN", x=[[[1, NAN, 3]]])


def max_nan():
    case = Case("Max", 13, "a NaN on either side wins", 15)
    case.input("A", [NAN, 1, 1], F), case.input("B", [1, NAN, 2], F)
    case.apply("A", "B")
    return case.gives([NAN, NAN, 2], F)


def min_nan():
    case = Case("Min", 13, "a NaN on either side wins", 15)
    case.input("A", [NAN, 1, 1], F), case.input("B", [1, NAN, 2], F)
    case.apply("A", "B")
    return case.gives([NAN, NAN, 1], F)


def mish_infinities():
    case = Case("Mish", 22, "negative infinity gives NaN, as the formula's product of infinity and 0 does", 60)
    case.input("X", [-INF, INF], F)
    case.apply("X")
    return case.gives([NAN, INF], F)


def gelu_infinities():
    case = Case("Gelu", 20, "negative infinity gives NaN, as the formula's product of infinity and 0 does", 60)
    case.input("X", [-INF, INF], F)
    case.apply("X")
    return case.gives([NAN, INF], F)


def swish_infinities():
    case = Case("Swish", 24, "negative infinity gives NaN, as the formula's product of infinity and 0 does", 60)
    case.input("X", [-INF, INF], F)
    case.apply("X")
    return case.gives([NAN, INF], F)


def softsign_infinities():
    case = Case("Softsign", 22, "infinities give NaN, as the formula's quotient does", 60)
    case.input("X", [-INF, INF], F)
    case.apply("X")
    return case.gives([NAN, NAN], F)


def bitshift_beyond_the_width():
    case = Case("BitShift", 11, "an amount of the width or more shifts everything out", 61)
    case.input("X", [1, 255, 255], U8), case.input("B", [8, 7, 200], U8)
    case.apply("X", "B", direction="RIGHT")
    return case.gives([0, 1, 0], U8)


def shrink_bias_is_not_rounded():
    case = Case("Shrink", 9, "the bias of 0.5 is added as it is; ONNX's function body makes it a whole number", 69)
    case.input("X", [2, -2, 0.25], F)
    case.apply("X", lambd=1.0, bias=0.5)
    return case.gives([1.5, -1.5, 0], F)


def gemm_integers():
    case = Case("Gemm", 13, "alpha 0.5: the result is computed as a real number and cut toward zero", 68)
    case.input("A", [[1, 2], [-1, -2]], I32), case.input("B", [[3], [1]], I32)
    case.apply("A", "B", alpha=0.5)
    return case.gives([[2], [-2]], I32)


def gemm_integers_wrap():
    case = Case("Gemm", 13, "with whole alpha and beta integers wrap", 68)
    case.input("A", [[2**30, 2**30]], I32), case.input("B", [[2], [1]], I32)
    case.apply("A", "B", alpha=1.0)
    return case.gives([[3 * 2**30 - 2**32]], I32)


def matmul_float16_rounds_once():
    case = Case("MatMul", 13, "float16: 4096 products of 1 make 4096, though 2048 + 1 is 2048", 36)
    case.input("A", np.ones((1, 4096)), F16), case.input("B", np.ones((4096, 1)), F16)
    case.apply("A", "B")
    return case.gives([[4096]], F16)


def reducesum_cancels_exactly():
    case = Case("ReduceSum", 13, "doubles too: the sum of 2^53, 1 and -2^53 is 1", 36)
    case.input("X", [2**53, 1, -2**53], D)
    case.apply("X", keepdims=0)
    return case.gives(1, D)


def reducesum_float16_rounds_once():
    case = Case("ReduceSum", 13, "float16: 4096 ones make 4096, though 2048 + 1 is 2048", 36)
    case.input("X", np.ones(4096), F16)
    case.apply("X", keepdims=0)
    return case.gives(4096, F16)


def softmax_bfloat16_rounds_once():
    case = Case("Softmax", 13, "bfloat16: exponentials and their sum are wide, only the quotient is rounded", 36)
    x = case.input("X", np.linspace(-2, 2, 24), BF16)
    case.apply("X")
    return case.gives(np.exp(x) / np.exp(x).sum(), BF16)


def conv_equal_filters():
    case = Case("Conv", 22, "two equal filters give the same bits, wherever among the filters they stand", 38)
    weights = np.sin(np.arange(17 * 27)).reshape(17, 3, 3, 3) * 1e4
    weights[16] = weights[5] = weights[0]
    case.input("X", np.cos(np.arange(3 * 81)).reshape(1, 3, 9, 9) * 1e4, F), case.input("W", weights, F)
    case.apply("X", "W", outputs=["C"])
    for i, channel in enumerate((0, 5, 16)):
        case.initializer(f"at{i}", [channel], I64)
        case.node("Gather", ["C", f"at{i}"], [f"C{i}"], axis=1)
    case.node("Equal", ["C0", "C1"], ["first"])
    case.node("Equal", ["C0", "C2"], ["second"])
    case.node("And", ["first", "second"], ["Y"])
    return case.gives(np.full((1, 1, 7, 7), True), BOOL)


def matmul_equal_columns():
    case = Case("MatMul", 13, "equal rows times equal columns give the same bits", 38)
    a = np.tile(np.sin(np.arange(100)) * 1e4, (7, 1))
    b = np.tile((np.cos(np.arange(100)) * 1e4)[:, None], (1, 9))
    case.input("A", a, F), case.input("B", b, F)
    case.apply("A", "B", outputs=["M"])
    case.node("ReduceMax", ["M"], ["high"], keepdims=0)
    case.node("Equal", ["M", "high"], ["Y"])
    return case.gives(np.full((7, 9), True), BOOL)


def _shows_sign(operator, version, inputs, shows, **attributes):
    """The reciprocal tells 0 from -0."""
    case = Case(operator, version, shows, 50)
    for name, values in inputs.items():
        case.input(name, values, F)
    case.apply(*inputs, outputs=["S"], **attributes)
    case.node("Reciprocal", ["S"], ["Y"])
    return case


def sum_of_negative_zeros():
    case = _shows_sign("Sum", 13, {"A": [-0.0, -0.0], "B": [-0.0, 0.0]}, "-0 + -0 is -0, -0 + 0 is 0")
    return case.gives([-INF, INF], F)


def mean_of_negative_zeros():
    return _shows_sign("Mean", 13, {"A": [-0.0], "B": [-0.0]}, "the mean of zeros below is -0").gives([-INF], F)


def reducesum_of_negative_zero():
    return _shows_sign("ReduceSum", 13, {"X": [-0.0]}, "the sum of one -0 is -0", keepdims=1).gives([-INF], F)


def cumsum_of_negative_zero():
    case = Case("CumSum", 14, "the running sum begins with the first element, and keeps its sign", 50)
    case.input("X", [-0.0, 1], F), case.input("axis", 0, I32, [])
    case.apply("X", "axis", outputs=["S"])
    case.node("Reciprocal", ["S"], ["Y"])
    return case.gives([-INF, 1], F)


def clip_of_zero_at_negative_zero():
    case = Case("Clip", 13, "0 and -0 are equal, so that the input's own sign stays", 50)
    case.input("X", [0.0, -0.0], F), case.input("low", -0.0, F, [])
    case.apply("X", "low", outputs=["S"])
    case.node("Reciprocal", ["S"], ["Y"])
    return case.gives([INF, -INF], F)


def add_int8_wraps():
    case = Case("Add", 14, "int8 sums wrap")
    case.input("A", [127, -128], I8), case.input("B", [1, -1], I8)
    case.apply("A", "B")
    return case.gives([-128, 127], I8)
