"""Operators that pick, place and order elements."""
import itertools

import numpy as np

from .case import F, I64, INF, NAN, STRING, Case, ramp

SMALLEST, LARGEST = -2**63, 2**63 - 1


def topk_ties():
    case = Case("TopK", 24, "of equal elements the one with the lower index comes first", 16)
    case.input("X", [3, 1, 3, 3], F), case.input("K", [2], I64)
    case.apply("X", "K", outputs=["Y", "I"])
    case.gives([3, 3], F)
    return case.gives([0, 2], I64, "I")


def topk_nan_is_the_largest():
    case = Case("TopK", 24, "NaN comes before infinity where the largest are wanted", 16)
    case.input("X", [1, NAN, INF, 2], F), case.input("K", [3], I64)
    case.apply("X", "K", outputs=["Y", "I"])
    case.gives([NAN, INF, 2], F)
    return case.gives([1, 2, 3], I64, "I")


def topk_smallest_leaves_nan():
    case = Case("TopK", 24, "NaN comes after infinity where the smallest are wanted", 16)
    case.input("X", [1, NAN, INF, 2], F), case.input("K", [3], I64)
    case.apply("X", "K", outputs=["Y", "I"], largest=0)
    case.gives([1, 2, INF], F)
    return case.gives([0, 3, 2], I64, "I")


def topk_unsorted():
    case = Case("TopK", 24, "sorted 0: any order of the three largest is right", 16)
    x, k = case.input("X", [5, 9, 1, 7], F), 3
    case.input("K", [k], I64)
    case.apply("X", "K", outputs=["Y", "I"], sorted=0)
    best = [1, 3, 0]
    case.gives(x[best], F), case.gives(best, I64, "I")
    orders = [list(it) for it in itertools.permutations(best) if list(it) != best]
    return case.admits(*[(x[order], order) for order in orders])


def argmax_ties():
    case = Case("ArgMax", 13, "of equal elements the first, and the last with select_last_index", 16)
    case.input("X", [1, 5, 5, 2], F)
    case.apply("X", keepdims=0)
    case.apply("X", outputs=["Z"], keepdims=0, select_last_index=1)
    case.gives(1, I64)
    return case.gives(2, I64, "Z")


def argmax_nan():
    case = Case("ArgMax", 13, "NaN beats every number", 16)
    case.input("X", [1, NAN, INF], F)
    case.apply("X", keepdims=0)
    return case.gives(1, I64)


def argmin_nan():
    case = Case("ArgMin", 13, "NaN beats every number, as NumPy's argmin says too", 16)
    case.input("X", [1, NAN, -INF], F)
    case.apply("X", keepdims=0)
    return case.gives(1, I64)


def hardmax_nan():
    case = Case("Hardmax", 13, "NaN counts as the largest", 16)
    case.input("X", [[1, NAN, 3]], F)
    case.apply("X")
    return case.gives([[0, 1, 0]], F)


def _boxes(shows, boxes, scores, threshold, wanted):
    case = Case("NonMaxSuppression", 11, shows, 17)
    case.input("boxes", [boxes], F), case.input("scores", [[scores]], F)
    case.input("most", [9], I64), case.input("threshold", [threshold], F)
    case.apply("boxes", "scores", "most", "threshold")
    return case.gives([[0, 0, it] for it in wanted], I64)


def nonmaxsuppression_equal_overlap_stays():
    boxes = [[0, 0, 1, 2], [0, 1, 1, 3]]
    shows = "an overlap of 1/3, equal to the threshold in float, does not suppress"
    return _boxes(shows, boxes, [0.9, 0.8], 1 / 3, [0, 1])


def nonmaxsuppression_flipped_corners():
    return _boxes("corners in either order name the same box", [[0, 0, 2, 2], [2, 2, 0, 0]], [0.9, 0.8], 0.5, [0])


def nonmaxsuppression_equal_scores():
    boxes = [[0, 0, 1, 1], [0, 0, 1, 1], [5, 5, 6, 6]]
    return _boxes("equal scores: the box with the lower index comes first", boxes, [0.5, 0.5, 0.5], 0.5, [0, 2])


def nonmaxsuppression_without_area():
    boxes = [[1, 1, 1, 1], [1, 1, 1, 1]]
    return _boxes("boxes without area overlap nothing, each other neither", boxes, [0.9, 0.8], 0.5, [0, 1])


def nonmaxsuppression_defaults():
    case = Case("NonMaxSuppression", 11, "an omitted threshold is 0, which touching boxes do not exceed", 17)
    boxes = [[0, 0, 1, 1], [0, 0.5, 1, 1.5], [1, 1, 2, 2]]
    case.input("boxes", [boxes], F), case.input("scores", [[[0.9, 0.8, 0.7]]], F), case.input("most", [9], I64)
    case.apply("boxes", "scores", "most")
    return case.gives([[0, 0, 0], [0, 0, 2]], I64)


def nonmaxsuppression_without_a_count():
    case = Case("NonMaxSuppression", 11, "an omitted number of boxes is 0: nothing is selected", 17)
    case.input("boxes", [[[0, 0, 1, 1]]], F), case.input("scores", [[[0.9]]], F)
    case.apply("boxes", "scores")
    return case.gives(np.zeros((0, 3)), I64)


def _repeated(case, *admitted):
    return case.admits(*[[it] for it in admitted])


def scatterelements_repeated_indices():
    case = Case("ScatterElements", 18, "three updates of one element: the last wins, any is right", 22)
    case.input("data", [0, 0, 0], F), case.input("at", [1, 1, 1], I64), case.input("updates", [5, 6, 7], F)
    case.apply("data", "at", "updates")
    return _repeated(case.gives([0, 7, 0], F), [0, 5, 0], [0, 6, 0])


def scatternd_repeated_indices():
    case = Case("ScatterND", 18, "two updates of one row: the last wins, either is right", 22)
    case.input("data", np.zeros((2, 2)), F), case.input("at", [[0], [0]], I64)
    case.input("updates", [[1, 2], [3, 4]], F)
    case.apply("data", "at", "updates")
    return _repeated(case.gives([[3, 4], [0, 0]], F), [[1, 2], [0, 0]])


def scatter_9_repeated_indices():
    case = Case("Scatter", 9, "two updates of one element: the last wins, either is right", 22)
    case.input("data", [0, 0, 0], F), case.input("at", [2, 2], I64), case.input("updates", [5, 6], F)
    case.apply("data", "at", "updates")
    return _repeated(case.gives([0, 0, 6], F), [0, 0, 5])


def scatterelements_add_repeated_indices():
    case = Case("ScatterElements", 18, "with a reduction repeated indices add up", 22)
    case.input("data", [1, 0], F), case.input("at", [0, 0], I64), case.input("updates", [5, 6], F)
    case.apply("data", "at", "updates", reduction="add")
    return case.gives([12, 0], F)


def _beyond(operator, version, at, **attributes):
    case = Case(operator, version, "an index beyond the data is an error", 23)
    case.input("data", [1, 2, 3], F), case.input("at", at, I64)
    case.apply("data", "at", **attributes)
    return case.rejects("invalidValue")


def gather_beyond_the_end():
    return _beyond("Gather", 13, [3])


def gather_before_the_begin():
    return _beyond("Gather", 13, [-4])


def gatherelements_beyond_the_end():
    return _beyond("GatherElements", 13, [0, 3])


def gathernd_beyond_the_end():
    return _beyond("GatherND", 13, [[3]])


def scatterelements_beyond_the_end():
    case = Case("ScatterElements", 18, "an index beyond the data is an error", 23)
    case.input("data", [1, 2, 3], F), case.input("at", [3], I64), case.input("updates", [9], F)
    case.apply("data", "at", "updates")
    return case.rejects("invalidValue")


def _slice(shows, starts, ends, steps, wanted):
    case = Case("Slice", 13, shows, 21)
    case.input("data", [0, 1, 2, 3, 4], F)
    for name, number in (("starts", starts), ("ends", ends), ("axes", 0), ("steps", steps)):
        case.input(name, [number], I64)
    case.apply("data", "starts", "ends", "axes", "steps")
    return case.gives(wanted, F)


def slice_backward_to_the_smallest_integer():
    return _slice("step -1 from the largest to the smallest integer: all of it, reversed", LARGEST, SMALLEST, -1,
                  [4, 3, 2, 1, 0])


def slice_backward_excludes_element_0():
    return _slice("step -2 from 3 to 0: the end is not taken", 3, 0, -2, [3, 1])


def slice_forward_from_the_smallest_integer():
    return _slice("step 2 from the smallest to the largest integer", SMALLEST, LARGEST, 2, [0, 2, 4])


def slice_forward_beyond_the_end():
    return _slice("a start beyond the end takes nothing", 9, LARGEST, 1, [])


def slice_of_the_smallest_step():
    return _slice("a step of the smallest integer takes one element", 4, SMALLEST, SMALLEST, [4])


def slice_axis_twice():
    case = Case("Slice", 13, "an axis named twice is an error", 21)
    case.input("data", ramp(3, 3), F)
    for name, numbers in (("starts", [0, 1]), ("ends", [2, 3]), ("axes", [0, -2])):
        case.input(name, numbers, I64)
    case.apply("data", "starts", "ends", "axes")
    return case.rejects("invalidAttribute")


def _pad(shows, x, pads, wanted, mode, version=19):
    case = Case("Pad", version, shows, 20)
    case.input("data", x, F), case.input("pads", pads, I64)
    case.apply("data", "pads", mode=mode)
    return case if wanted is None else case.gives(wanted, F)


def pad_negative_then_edge():
    return _pad("a negative pad takes away first, what is left is repeated", [1, 2, 3, 4], [-1, 2], [2, 3, 4, 4, 4],
                "edge")


def pad_negative_then_reflect():
    return _pad("a negative pad takes away first, what is left is mirrored", [1, 2, 3, 4], [-1, 2], [2, 3, 4, 3, 2],
                "reflect")


def pad_negative_then_wrap():
    return _pad("a negative pad takes away first, what is left goes round", [1, 2, 3, 4], [-1, 2], [2, 3, 4, 2, 3],
                "wrap")


def pad_reflect_longer_than_the_input():
    return _pad("more cells than there are: the mirror repeats with period 2(n - 1) = 4", [1, 2, 3], [5, 0],
                [2, 1, 2, 3, 2, 1, 2, 3], "reflect")


def pad_wrap_longer_than_the_input():
    return _pad("more cells than there are: round and round", [1, 2, 3], [4, 0], [3, 1, 2, 3, 1, 2, 3], "wrap")


def pad_reflect_of_nothing():
    return _pad("nothing is left to mirror", [1, 2], [-2, 1], None, "reflect").rejects("invalidShape")


def pad_constant_of_nothing():
    return _pad("a constant needs nothing to be left", [1, 2], [-2, 1], [0], "constant")


def onehot_index_outside():
    case = Case("OneHot", 11, "an index outside -depth...depth-1 makes a vector that is off everywhere", 57)
    case.input("at", [0, 3, -1, -4], I64), case.input("depth", 3, I64, []), case.input("values", [0, 1], F)
    case.apply("at", "depth", "values")
    return case.gives([[1, 0, 0], [0, 0, 0], [0, 0, 1], [0, 0, 0]], F)


def onehot_9_negative_index():
    case = Case("OneHot", 9, "before 11 a negative index is outside: off everywhere", 57)
    case.input("at", [0, -1], I64), case.input("depth", 3, I64, []), case.input("values", [0, 1], F)
    case.apply("at", "depth", "values")
    return case.gives([[1, 0, 0], [0, 0, 0]], F)


def nonzero_of_a_scalar():
    case = Case("NonZero", 13, "a scalar that is not 0 gives shape [0, 1]", 56)
    case.input("X", 5, F, [])
    case.apply("X")
    return case.gives(np.zeros((0, 1)), I64)


def nonzero_of_scalar_zero():
    case = Case("NonZero", 13, "the scalar 0 gives shape [0, 0]", 56)
    case.input("X", 0, F, [])
    case.apply("X")
    return case.gives(np.zeros((0, 0)), I64)


def unique_nan():
    case = Case("Unique", 11, "NaN equals NaN and sorts last", 62)
    case.input("X", [NAN, 2, 1, NAN], F)
    case.apply("X")
    return case.gives([1, 2, NAN], F)


def unique_strings():
    case = Case("Unique", 11, "strings sort by code point: capitals first, letters with accents last", 62)
    case.input("X", ["b", "\u00e4", "B", "a", "b"], STRING)
    case.apply("X")
    return case.gives(["B", "a", "b", "\u00e4"], STRING)


def scatternd_add_strings():
    case = Case("ScatterND", 18, "strings have no sum", 52)
    case.input("data", ["a", "b"], STRING), case.input("at", [[0]], I64), case.input("updates", ["c"], STRING)
    case.apply("data", "at", "updates", reduction="add")
    return case.rejects("invalidType", STRING)


def _columns(shows):
    case = Case("Col2Im", 18, shows, 52)
    case.input("X", [[["a", "c"], ["b", "d"]]], STRING)
    return case


def col2im_strings():
    case = _columns("blocks that do not overlap only move elements, strings too")
    case.input("image", [1, 4], I64), case.input("block", [1, 2], I64)
    case.apply("X", "image", "block", strides=[1, 2])
    return case.gives([[[["a", "b", "c", "d"]]]], STRING)


def col2im_strings_that_overlap():
    case = _columns("where blocks overlap elements are summed, and strings have no sum")
    case.input("image", [1, 3], I64), case.input("block", [1, 2], I64)
    case.apply("X", "image", "block")
    return case.rejects("invalidType", STRING)


def range_is_not_a_running_sum():
    case = Case("Range", 11, "element i is start + i * delta, rounded once, not the sum of i steps", 59)
    start, limit = case.input("start", 0, F, []), case.input("limit", 1e5, F, [])
    delta = case.input("delta", 10.1, F, [])
    case.apply("start", "limit", "delta", outputs=["R"])
    case.initializer("last", [-1], I64)
    case.node("Gather", ["R", "last"], ["Y"])
    count = int(np.ceil((limit - start) / delta))
    return case.gives([start + (count - 1) * delta], F)


def range_counts_without_rounding():
    case = Case("Range", 11, "0.3 / 0.1 of the rounded floats is a little above 3, so that there are 4 elements", 59)
    start, limit = case.input("start", 0, F, []), case.input("limit", 0.3, F, [])
    delta = case.input("delta", 0.1, F, [])
    case.apply("start", "limit", "delta")
    count = int(np.ceil((limit - start) / delta))
    return case.gives(start + np.arange(count) * delta, F)
