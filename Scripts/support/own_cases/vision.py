"""Regions and grids over images."""
from onnx import TensorProto

from .case import F, I32, I64, NAN, Case, ramp


def _roialign(version, shows, rois, wanted, x=None, **attributes):
    case = Case("RoiAlign", version, shows, 18, rtol=1e-6)
    case.input("X", ramp(1, 1, 4, 4) if x is None else x, F)
    case.input("rois", [rois], F), case.input("images", [0], I64)
    case.apply("X", "rois", "images", **attributes)
    return case.gives([[wanted]], F)


def roialign_10_takes_regions_of_at_least_1():
    # From (1, 1) a region of 1 x 1, its one point at (1.5, 1.5): the mean of 6, 7, 10 and 11.
    return _roialign(10, "before 16 a point makes a region of 1 x 1, not shifted", [1, 1, 1, 1], [[8.5]],
                     sampling_ratio=1)


def roialign_16_shifts_by_half():
    # From 0.5 to 2.5, its one point at 1.5.
    return _roialign(16, "half_pixel: the region is moved by -0.5", [1, 1, 3, 3], [[8.5]], sampling_ratio=1)


def roialign_16_output_half_pixel():
    return _roialign(16, "output_half_pixel: as before 16, the point lies at 2", [1, 1, 3, 3], [[11]],
                     sampling_ratio=1, coordinate_transformation_mode="output_half_pixel")


def roialign_max_of_weighed_corners():
    # The point (1.5, 1.5) has four corners of weight 1/4: 6, 7, 10, 11.
    return _roialign(16, "max: the largest weighed corner, 11 / 4, not the interpolated 8.5", [1, 1, 3, 3],
                     [[11 / 4]], sampling_ratio=1, mode="max")


def roialign_without_points():
    return _roialign(16, "a region of no extent has no points under sampling_ratio 0, and gives 0", [1, 1, 1, 1],
                     [[0]], sampling_ratio=0)


def roialign_far_outside():
    return _roialign(16, "points more than a cell outside are 0", [-9, -9, -7, -7], [[0]], sampling_ratio=2)


def maxroipool_rounds_halves_away():
    case = Case("MaxRoiPool", 22, "corners at 0.5 and 1.5 go to 1 and 2: cells 1 and 2 of each axis", 18)
    case.input("X", ramp(1, 1, 4, 4), F), case.input("rois", [[0, 0.5, 0.5, 1.5, 1.5]], F)
    case.apply("X", "rois", pooled_shape=[2, 2])
    return case.gives([[[[6, 7], [10, 11]]]], F)


def _gridsample(shows, x, places, wanted, element_type=F, rtol=0.0, **attributes):
    """X is one row, and places are along it; the other axis of the grid is its middle."""
    case = Case("GridSample", 22, shows, 19, rtol=rtol)
    case.input("X", [[[x]]], element_type)
    case.input("grid", [[[[place, 0] for place in places]]], F)
    case.apply("X", "grid", **attributes)
    return case.gives([[[wanted]]], element_type)


def gridsample_cubic_coefficient():
    # At -0.5 of four cells with aligned corners lies the place 0.75; the kernel of coefficient -0.75.
    x = [0, 0, 1, 0]
    d, a = 1.25, -0.75
    weight = a * d**3 - 5 * a * d**2 + 8 * a * d - 4 * a
    return _gridsample("the cubic kernel's coefficient is -0.75", x, [-0.5], [weight], mode="cubic", align_corners=1,
                       padding_mode="border", rtol=1e-6)


def gridsample_reflection_about_edges():
    # -1.75 is the place (-1.75 + 1) * 4/2 - 0.5 = -2, mirrored about -0.5 to 1.
    return _gridsample("without aligned corners places are mirrored about the outer edges", [10, 20, 30, 40], [-1.75],
                       [20], mode="linear", padding_mode="reflection")


def gridsample_reflection_about_centres():
    # -5/3 is the place -1, mirrored about 0 to 1.
    return _gridsample("with aligned corners places are mirrored about the outermost centres", [10, 20, 30, 40],
                       [-5 / 3], [20], mode="linear", padding_mode="reflection", align_corners=1, rtol=1e-5)


def gridsample_nearest_halves_to_even():
    # Places 0.5 and 1.5.
    return _gridsample("nearest: a place between two cells goes to the even one", [10, 20, 30, 40], [-0.5, 0], [10, 30],
                       mode="nearest")


def gridsample_nan():
    return _gridsample("a place that is no number shows 0", [10, 20], [NAN], [0], mode="linear").admits_anything()


def gridsample_nan_at_the_border():
    return _gridsample("a place that is no number shows 0 under border too", [10, 20], [NAN], [0], mode="nearest",
                       padding_mode="border").admits_anything()


def gridsample_integers_are_cut():
    return _gridsample("int32: 1.5 is cut to 1, -1.5 to -1", [0, 3, -3, 0], [-0.5, 0.5], [1, -1], I32, mode="linear")


def affinegrid_of_one_cell():
    case = Case("AffineGrid", 20, "with align_corners a single cell lies at 0", 19)
    case.input("theta", [[[1, 0, 0.25], [0, 1, 0.5]]], F), case.input("size", [1, 1, 1, 1], I64)
    case.apply("theta", "size", align_corners=1)
    return case.gives([[[[0.25, 0.5]]]], F).admits_anything()


def upsample_complex_linear():
    case = Case("Upsample", 9, "the text allows complex numbers, and each part is interpolated", 52)
    case.input("X", [1 + 2j, 3 - 2j], TensorProto.COMPLEX64)
    case.initializer("scales", [2], F)
    case.apply("X", "scales", mode="linear")
    return case.gives([1 + 2j, 2, 3 - 2j, 3 - 2j], TensorProto.COMPLEX64)
