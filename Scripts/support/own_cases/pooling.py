"""Pools and convolutions: windows that stick out, pads that are computed, extents of 0."""
import numpy as np

from .case import F, I32, I64, INF, NAN, U8, Case, ramp


def averagepool_ceil_counts_no_cells_beyond_the_pads():
    case = Case("AveragePool", 22, "ceil_mode with count_include_pad: the last window has 2 cells, one of them pad", 2)
    case.input("X", [[[1, 2, 3, 4]]], F)
    case.apply("X", kernel_shape=[3], strides=[2], pads=[1, 1], ceil_mode=1, count_include_pad=1)
    return case.gives([[[(0 + 1 + 2) / 3, (2 + 3 + 4) / 3, (4 + 0) / 2]]], F)


def averagepool_of_pads_alone():
    case = Case("AveragePool", 22, "a window over pads alone, none of which counts, has the mean 0/0", 2)
    case.input("X", [[[1, 2]]], F)
    case.apply("X", kernel_shape=[1], pads=[1, 0])
    return case.gives([[[NAN, 1, 2]]], F)


def maxpool_ceil_drops_a_window_in_the_end_padding():
    case = Case("MaxPool", 22, "ceil_mode gives 2 windows, but the second would start beyond the input", 3)
    case.input("X", [[[5, 7]]], F)
    case.apply("X", kernel_shape=[1], strides=[2], ceil_mode=1)
    return case.gives([[[5]]], F)


def maxpool_same_ignores_ceil_mode():
    case = Case("MaxPool", 22, "SAME_UPPER: ceil(5 / 2) = 3 windows, with ceil_mode or without", 3)
    case.input("X", [[[1, 2, 3, 4, 5]]], F)
    case.apply("X", kernel_shape=[2], strides=[2], ceil_mode=1, auto_pad="SAME_UPPER")
    return case.gives([[[2, 4, 5]]], F)


def maxpool_valid_ignores_ceil_mode():
    case = Case("MaxPool", 22, "VALID: floor((5 - 2) / 2) + 1 = 2 windows also with ceil_mode", 3)
    case.input("X", [[[1, 2, 3, 4, 5]]], F)
    case.apply("X", kernel_shape=[2], strides=[2], ceil_mode=1, auto_pad="VALID")
    return case.gives([[[2, 4]]], F)


def maxpool_of_pads_alone():
    case = Case("MaxPool", 22, "a window over pads alone gives negative infinity and index -1", 3)
    case.input("X", [[[1, 2]]], F)
    case.apply("X", outputs=["Y", "I"], kernel_shape=[1], pads=[1, 1])
    case.gives([[[-INF, 1, 2, -INF]]], F)
    return case.gives([[[-1, 0, 1, -1]]], I64, "I")


def lppool_ceil_mode():
    case = Case("LpPool", 22, "cells beyond the input add nothing: sqrt(3*3 + 4*4) = 5", 3)
    case.input("X", [[[2, 0, 3, 4]]], F)
    case.apply("X", kernel_shape=[3], strides=[2], ceil_mode=1)
    return case.gives([[[np.sqrt(13), 5]]], F)


def maxunpool_equal_indices():
    case = Case("MaxUnpool", 11, "of equal indices the last wins", 3)
    case.input("X", [[[[1, 2]]]], F), case.input("I", [[[[1, 1]]]], I64)
    case.apply("X", "I", kernel_shape=[1, 2], strides=[1, 2])
    return case.gives([[[[0, 2, 0, 0]]]], F).admits([[0, 1, 0, 0]])


def convtranspose_computed_pads_are_not_negative():
    case = Case("ConvTranspose", 22, "output_shape 5 where the formula gives 3: the rest is 0", 4)
    case.input("X", [[[1, 2]]], F), case.input("W", [[[1, 10]]], F)
    case.apply("X", "W", output_shape=[5])
    return case.gives([[[1, 12, 20, 0, 0]]], F)


def _transposed(version, auto_pad, wanted, shows):
    case = Case("ConvTranspose", version, shows, 4)
    case.input("X", [[[1, 2, 3]]], F), case.input("W", [[[1, 10]]], F)
    # In full: 1, 12, 23, 30; one cell must go.
    case.apply("X", "W", output_shape=[3], auto_pad=auto_pad)
    return case.gives([[wanted]], F)


def convtranspose_odd_pad_notset():
    return _transposed(11, "NOTSET", [12, 23, 30], "from 11 on the odd cell goes at the begin")


def convtranspose_odd_pad_same_upper():
    return _transposed(11, "SAME_UPPER", [1, 12, 23], "SAME_UPPER: the odd cell goes at the end")


def convtranspose_odd_pad_same_lower():
    return _transposed(11, "SAME_LOWER", [12, 23, 30], "SAME_LOWER: the odd cell goes at the begin")


def convtranspose_1_odd_pad_notset():
    return _transposed(1, "NOTSET", [1, 12, 23], "in version 1 the odd cell goes at the end for NOTSET")


def maxpool_extent_0():
    case = Case("MaxPool", 22, "an axis of 4 under a kernel of 5 with stride 2: floor(-1 / 2) + 1 = 0", 51)
    case.input("X", ramp(1, 2, 16, 4), F)
    case.apply("X", kernel_shape=[3, 3], strides=[2, 2], dilations=[1, 2])
    return case.gives(np.zeros((1, 2, 7, 0)), F)


def averagepool_extent_0():
    case = Case("AveragePool", 22, "a kernel larger than the input by one: floor(-1 / 1) + 1 = 0", 51)
    case.input("X", ramp(1, 1, 2), F)
    case.apply("X", kernel_shape=[3])
    return case.gives(np.zeros((1, 1, 0)), F)


def conv_extent_0():
    case = Case("Conv", 22, "a kernel larger than the input by one: floor(-1 / 1) + 1 = 0", 51)
    case.input("X", ramp(1, 1, 2), F), case.input("W", ramp(1, 1, 3), F)
    case.apply("X", "W")
    return case.gives(np.zeros((1, 1, 0)), F)


def maxpool_negative_extent():
    case = Case("MaxPool", 22, "floor(-2 / 1) + 1 = -1 is no extent", 51)
    case.input("X", ramp(1, 1, 2), F)
    case.apply("X", kernel_shape=[4])
    return case.rejects("invalidShape")


def conv_negative_extent():
    case = Case("Conv", 22, "floor(-2 / 1) + 1 = -1 is no extent", 51)
    case.input("X", ramp(1, 1, 2), F), case.input("W", ramp(1, 1, 4), F)
    case.apply("X", "W")
    return case.rejects("invalidShape")


def _pool_with_a_long_stride(operator):
    """6 elements, kernel 1, stride 3: the pools' formula makes (2 - 1) * 3 + 1 - 6 = -2, one less on each side."""
    case = Case(operator, 22, "SAME_UPPER, kernel 1, stride 3: pads of -1 leave out an element on each side", 53)
    case.input("X", [[np.arange(6)]], F)
    case.apply("X", kernel_shape=[1], strides=[3], auto_pad="SAME_UPPER")
    return case.gives([[[1, 4]]], F).admits([[0, 3]])


def maxpool_same_with_a_long_stride():
    return _pool_with_a_long_stride("MaxPool")


def averagepool_same_with_a_long_stride():
    return _pool_with_a_long_stride("AveragePool")


def lppool_same_with_a_long_stride():
    return _pool_with_a_long_stride("LpPool")


def conv_same_with_a_long_stride():
    case = Case("Conv", 22, "SAME_UPPER, kernel 1, stride 3: without pads the extent is as wanted, nothing is cut", 53)
    case.input("X", [[np.arange(6)]], F), case.input("W", [[[1]]], F)
    case.apply("X", "W", strides=[3], auto_pad="SAME_UPPER")
    return case.gives([[[0, 3]]], F)


def convinteger_same_with_a_long_stride():
    case = Case("ConvInteger", 10, "SAME_UPPER, kernel 1, stride 3: as Conv, nothing is cut", 53)
    case.input("X", [[np.arange(6)]], U8), case.input("W", [[[1]]], U8)
    case.apply("X", "W", strides=[3], auto_pad="SAME_UPPER")
    return case.gives([[[0, 3]]], I32)
