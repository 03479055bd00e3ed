"""Resize and Upsample: places as exact fractions, extents, filters, and what integers are rounded to (TSN-0001)."""
import math
from fractions import Fraction

import numpy as np

from .case import D, F, I32, I64, Case, ramp


def _resize(case, x, element_type, **attributes):
    """Only the last axis of X is resized; three of extent 1 stand before it, since other runtimes want images."""
    values = case.input("X", np.reshape(x, (1, 1, 1, -1)), element_type).ravel()
    feeds = {name: attributes.pop(name, None) for name in ("roi", "scales", "sizes")}
    if feeds["roi"]:
        feeds["roi"] = [0, 0, 0, feeds["roi"][0], 1, 1, 1, feeds["roi"][1]]
    for name in ("scales", "sizes"):
        if feeds[name]:
            feeds[name] = [1, 1, 1, *feeds[name]]
    names = ["X"]
    for name, kind in zip(feeds, (F, F, I64)):
        if feeds[name] is None:
            names.append("")
            continue
        case.initializer(name, feeds[name], kind)
        names.append(name)
    while not names[-1]:
        names.pop()
    case.apply(*names, **attributes)
    return values


def _nearest(n, length, place, chosen):
    """0…n−1 resized to a length; `place` is exact, and `chosen` makes a whole number of it."""
    return [min(max(chosen(place(o)), 0), n - 1) for o in range(length)]


def _prefer_ceil(place):
    return math.floor(place + Fraction(1, 2))


def resize_half_pixel_floor_on_whole_places():
    case = Case("Resize", 19, "7 to 9: element 4 lies at 4.5 * 7/9 - 0.5 = 3 exactly", 1)
    _resize(case, np.arange(7), F, sizes=[9], mode="nearest", nearest_mode="floor")
    return case.gives([[[_nearest(7, 9, lambda o: (o + Fraction(1, 2)) * 7 / 9 - Fraction(1, 2), math.floor)]]], F)


def resize_half_pixel_prefers_ceil_on_halves():
    case = Case("Resize", 19, "14 to 9: element 4 lies at 6.5 exactly, which goes to 7", 1)
    _resize(case, np.arange(14), F, sizes=[9], mode="nearest", nearest_mode="round_prefer_ceil")
    return case.gives([[[_nearest(14, 9, lambda o: (o + Fraction(1, 2)) * 14 / 9 - Fraction(1, 2), _prefer_ceil)]]], F)


def resize_asymmetric_prefers_ceil_on_halves():
    case = Case("Resize", 19, "7 to 18: element 9 lies at 3.5 exactly, which goes to 4", 1)
    _resize(case, np.arange(7), F, sizes=[18], mode="nearest", nearest_mode="round_prefer_ceil",
            coordinate_transformation_mode="asymmetric")
    return case.gives([[[_nearest(7, 18, lambda o: Fraction(7 * o, 18), _prefer_ceil)]]], F)


def resize_align_corners_floor_at_the_end():
    case = Case("Resize", 19, "7 to 29: the last element lies at 28 * 6/28 = 6 exactly", 1)
    _resize(case, np.arange(7), F, sizes=[29], mode="nearest", nearest_mode="floor",
            coordinate_transformation_mode="align_corners")
    return case.gives([[[_nearest(7, 29, lambda o: Fraction(6 * o, 28), math.floor)]]], F)


def resize_not_larger_rounds_halves_up():
    case = Case("Resize", 19, "27 * 13/6 = 58.5 makes an extent of 59: halves go up", 1)
    x = np.arange(6 * 27).reshape(6, 27)
    case.input("X", x, F), case.initializer("sizes", [13, 99], I64)
    case.apply("X", "", "", "sizes", mode="nearest", nearest_mode="floor", keep_aspect_ratio_policy="not_larger",
               coordinate_transformation_mode="asymmetric")
    # The scale of both axes is 13/6, not 59/27.
    rows, columns = np.arange(13) * 6 // 13, np.minimum(np.arange(59) * 6 // 13, 26)
    return case.gives(x[np.ix_(rows, columns)], F)


def resize_pytorch_half_pixel_of_length_1():
    case = Case("Resize", 19, "one element under pytorch_half_pixel is taken from place 0, not from the middle", 1)
    x = _resize(case, ramp(4), F, sizes=[1], mode="linear", coordinate_transformation_mode="pytorch_half_pixel")
    return case.gives([[[x[:1]]]], F)


def resize_align_corners_of_length_1():
    case = Case("Resize", 19, "one element under align_corners is taken from place 0", 1)
    x = _resize(case, ramp(4), F, sizes=[1], mode="linear", coordinate_transformation_mode="align_corners")
    return case.gives([[[x[:1]]]], F)


def resize_align_corners_fractional_length():
    case = Case("Resize", 19, "align_corners takes 0.6 * 4 = 2.4, not 2, for the resized length", 1, rtol=1e-6)
    _resize(case, ramp(4), F, scales=[0.6], mode="linear", coordinate_transformation_mode="align_corners")
    return case.gives([[[[1, 1 + 3 / (2.4 - 1)]]]], F)


def resize_crop_by_scales():
    case = Case("Resize", 19, "cropping by scales: the extent is floor(4 * (0.75 - 0.25) * 2) = 4", 1)
    _resize(case, ramp(4), F, roi=[0.25, 0.75], scales=[2], mode="linear",
            coordinate_transformation_mode="tf_crop_and_resize")
    places = 0.25 * 3 + np.arange(4) * 0.5 * 3 / 3
    return case.gives([[[1 + places]]], F)


def _cubic(distance, a=-0.75):
    d = abs(distance)
    if d <= 1:
        return (a + 2) * d**3 - (a + 3) * d**2 + 1
    return a * d**3 - 5 * a * d**2 + 8 * a * d - 4 * a if d < 2 else 0.0


def resize_cubic_exclude_outside():
    case = Case("Resize", 19, "taps outside weigh nothing, and those inside are made to sum to 1", 1, rtol=1e-6)
    x = _resize(case, [3, 1, 4, 1], F, scales=[2], mode="cubic", exclude_outside=1)
    wanted = []
    for o in range(8):
        place = (o + 0.5) / 2 - 0.5
        weights = np.array([_cubic(place - k) if abs(math.floor(place) + 0.5 - k) < 2 else 0 for k in range(4)])
        wanted.append((weights * x).sum() / weights.sum())
    return case.gives([[[wanted]]], F)


def resize_antialias_repeats_the_edge():
    case = Case("Resize", 19, "antialias: the stretched filter reads the edge again beyond it", 1, rtol=1e-6)
    _resize(case, [1, 2, 3, 4], F, scales=[0.5], mode="linear", antialias=1)
    # Weights 1, 3, 3, 1 of 8 at elements -1, 0, 1, 2 and at 1, 2, 3, 4.
    return case.gives([[[[(1 + 3 * 1 + 3 * 2 + 3) / 8, (2 + 3 * 3 + 3 * 4 + 4) / 8]]]], F)


def resize_integers_round_to_even():
    case = Case("Resize", 19, "int32: 0.5 becomes 0, 1.5 becomes 2", 1)
    _resize(case, [0, 1, 2], I32, scales=[2], mode="linear", coordinate_transformation_mode="asymmetric")
    return case.gives([[[[0, 0, 1, 2, 2, 2]]]], I32)


def resize_10_shrinking_takes_ceil():
    case = Case("Resize", 10, "version 10, shrinking: element 1 lies at 1 / 0.6 = 1.67, and 2 is taken", 1)
    x = case.input("X", ramp(4), F)
    case.initializer("scales", [0.6], F)
    case.apply("X", "scales", mode="nearest")
    return case.gives(x[[0, 2]], F)


def resize_10_enlarging_takes_floor():
    case = Case("Resize", 10, "version 10, enlarging: element 5 lies at 5 / 1.5 = 3.33, element 2 at 1.33", 1)
    x = case.input("X", ramp(4), F)
    case.initializer("scales", [1.5], F)
    case.apply("X", "scales", mode="nearest")
    return case.gives(x[[0, 0, 1, 2, 2, 3]], F)


def upsample_9_linear():
    case = Case("Upsample", 9, "places are o / scale; beyond the last element it is repeated", 1)
    case.input("X", [[[[1, 3]]]], D)
    case.initializer("scales", [1, 1, 1, 2], F)
    case.apply("X", "scales", mode="linear")
    return case.gives([[[[1, 2, 3, 3]]]], D)
