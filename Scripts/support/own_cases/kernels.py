"""Values where fast code goes astray: signs of zero, subnormals, tails, sums that overflow on the way."""
import math

import numpy as np

from .case import D, F, I64, U64, Case

ONE_ULP = 2.0**-23


def _unary(operator, version, x, wanted, shows, rtol=0.0):
    case = Case(operator, version, shows, rtol=rtol)
    case.input("X", x, F)
    case.apply("X")
    return case.gives(wanted, F)


def neg_of_zero():
    case = Case("Neg", 13, "the negative of 0 is -0, which the reciprocal shows")
    case.input("X", [0.0, -0.0], F)
    case.apply("X", outputs=["N"])
    case.node("Reciprocal", ["N"], ["Y"])
    return case.gives([-np.inf, np.inf], F)


def exp_subnormal():
    return _unary("Exp", 13, [-100, -90], [math.exp(-100), math.exp(-90)], "results below 2^-126 are kept")


def sigmoid_subnormal():
    wanted = [1 / (1 + math.exp(100)), 1 / (1 + math.exp(20))]
    return _unary("Sigmoid", 13, [-100, -20], wanted, "results below 2^-126 are kept", rtol=ONE_ULP)


def erf_saturates():
    return _unary("Erf", 13, [10, -10], [1, -1], "far from 0 it is exactly 1 or -1")


def tanh_near_one():
    x = np.float64(np.float32(6.1517935))
    return _unary("Tanh", 13, [x], [math.tanh(x)], "near 1 it is right within one unit in the last place", rtol=ONE_ULP)


def lrn_of_large_numbers():
    case = Case("LRN", 13, "the sum of squares does not overflow: 3e38 over (1e-4 * 9e76 + 1)^0.75", rtol=1e-6)
    x = case.input("X", [[[[3e38]]]], F)
    case.apply("X", size=1, alpha=1e-4, beta=0.75, bias=1.0)
    alpha = np.float64(np.float32(1e-4))
    return case.gives(x / (1 + alpha * x * x) ** 0.75, F)


def cast_uint64_to_double():
    case = Case("Cast", 19, "the number, not its bits")
    case.input("X", [1, 2, 3, 2**64 - 2**11], U64)
    case.apply("X", to=D)
    return case.gives([1, 2, 3, 2.0**64 - 2.0**11], D)


def reducel2_uint64():
    case = Case("ReduceL2", 18, "the root of 9 + 16")
    case.input("X", [3, 4], U64)
    case.initializer("axes", [0], I64)
    case.apply("X", "axes", keepdims=0)
    return case.gives(5, U64)


def resize_uint64():
    case = Case("Resize", 19, "uint64 between two numbers, not between their bits")
    case.input("X", [[[[2, 4]]]], U64)
    case.initializer("scales", [1, 1, 1, 2], F)
    case.apply("X", "", "scales", mode="linear", coordinate_transformation_mode="asymmetric")
    return case.gives([[[[2, 3, 4, 4]]]], U64)


def attention_uint64_mask():
    case = Case("Attention", 24, "a mask of uint64 is added as numbers: 0 and 50 leave the second key alone", rtol=1e-6)
    case.input("Q", [[[[0]]]], F), case.input("K", [[[[1], [1]]]], F), case.input("V", [[[[3], [7]]]], F)
    case.input("mask", [[0, 50]], U64)
    case.apply("Q", "K", "V", "mask")
    return case.gives([[[[7]]]], F)


def reducel2_of_large_numbers():
    case = Case("ReduceL2", 18, "the sum of squares does not overflow", rtol=1e-6)
    x = case.input("X", [2e38, -1e38], F)
    case.apply("X", keepdims=0)
    return case.gives(np.sqrt((x * x).sum()), F)


def reducemean_of_large_numbers():
    case = Case("ReduceMean", 18, "the sum does not overflow", rtol=1e-6)
    x = case.input("X", [3e38, 3e38, 1e38], F)
    case.apply("X", keepdims=0)
    return case.gives(x.mean(), F)


def layernormalization_of_large_numbers():
    case = Case("LayerNormalization", 17, "the variance does not overflow", rtol=1e-5)
    x = case.input("X", [[1e30, 2e30, 6e30]], F)
    case.input("scale", [1, 1, 1], F)
    case.apply("X", "scale")
    return case.gives((x - x.mean()) / np.sqrt(x.var() + 1e-5), F)
