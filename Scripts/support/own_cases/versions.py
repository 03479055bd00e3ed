"""Versions that the official cases, written in the newest opset, no longer show."""
import numpy as np

from .case import F, I32, Case, ramp


def add_1_broadcast_axis():
    case = Case("Add", 1, "broadcast=1 with axis: B is aligned at axis 1 of A")
    a, b = case.input("A", ramp(2, 3, 4) / 8, F), case.input("B", [10, 20, 30], F)
    case.node("Add", ["A", "B"], ["Y"], broadcast=1, axis=1)
    return case.gives(a + b.reshape(1, 3, 1), F)


def add_6_broadcast_at_the_end():
    case = Case("Add", 6, "broadcast=1 without axis: B is aligned at the end; int32 since 6")
    a, b = case.input("A", ramp(2, 3, 4), I32), case.input("B", ramp(3, 4) * 100, I32)
    case.node("Add", ["A", "B"], ["Y"], broadcast=1)
    return case.gives(a + b, I32)


def add_6_needs_broadcast_attribute():
    case = Case("Add", 6, "without broadcast=1 shapes must be equal")
    case.input("A", ramp(2, 3), F), case.input("B", ramp(3), F)
    case.node("Add", ["A", "B"], ["Y"])
    return case.rejects("invalidShape")


def softmax_1_flattens():
    case = Case("Softmax", 1, "before 13 the axes from `axis` on are one: 12 elements, not 4", 26, rtol=1e-6)
    x = case.input("X", np.sin(ramp(2, 3, 4)), F)
    case.node("Softmax", ["X"], ["Y"], axis=1)
    exps = np.exp(x.reshape(2, 12))
    return case.gives((exps / exps.sum(axis=1, keepdims=True)).reshape(2, 3, 4), F)


def reshape_1_shape_attribute():
    case = Case("Reshape", 1, "the shape is an attribute; 0 keeps an extent and -1 is computed")
    x = case.input("X", ramp(2, 3, 4), F)
    case.node("Reshape", ["X"], ["Y"], shape=[0, -1])
    return case.gives(x.reshape(2, 12), F)
