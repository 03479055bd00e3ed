"""Empty tensors, reductions of nothing, flattening, Einsum, Det."""
import numpy as np

from .case import BOOL, F, I32, I64, INF, NAN, Case, ramp


def _reshape(shows, dims, shape, wanted, **attributes):
    case = Case("Reshape", 14, shows, 24)
    x = case.input("X", np.arange(np.prod(dims, dtype=int)).reshape(dims), F)
    case.input("shape", shape, I64)
    case.apply("X", "shape", **attributes)
    return case.rejects("invalidValue") if wanted is None else case.gives(x.reshape(wanted), F)


def reshape_empty_with_copied_zero():
    return _reshape("[0, 6] under [0, -1]: -1 is what is left of the axes that are not copied, 6", (0, 6), [0, -1],
                    (0, 6))


def reshape_empty_minus_one_is_zero():
    return _reshape("[2, 0, 3] under [0, -1]: nothing is left for -1, so it is 0", (2, 0, 3), [0, -1], (2, 0))


def reshape_allowzero():
    return _reshape("allowzero: 0 is an extent", (0, 3), [3, 0], (3, 0), allowzero=1)


def reshape_zero_beyond_the_rank():
    return _reshape("a 0 where the input has no axis is an error", (6,), [6, 0], None)


def expand_one_against_zero():
    case = Case("Expand", 13, "an extent of 1 against 0 gives 0", 24)
    case.input("X", ramp(3, 1), F), case.input("shape", [3, 0], I64)
    case.apply("X", "shape")
    return case.gives(np.zeros((3, 0)), F)


def _empty(operator, version, element_type, wanted, shows, axes=True):
    case = Case(operator, version, shows, 25)
    case.input("X", np.zeros((2, 0)), element_type)
    if axes:
        case.initializer("axes", [1], I64)
        case.apply("X", "axes", keepdims=0)
    else:
        case.apply("X", axes=[1], keepdims=0)
    return case.gives([wanted] * 2, element_type)


def reducesum_of_nothing():
    return _empty("ReduceSum", 13, F, 0, "the sum of nothing is 0")


def reduceprod_of_nothing():
    return _empty("ReduceProd", 18, F, 1, "the product of nothing is 1")


def reducemax_of_nothing():
    return _empty("ReduceMax", 20, F, -INF, "the maximum of nothing is negative infinity")


def reducemax_of_no_integers():
    return _empty("ReduceMax", 20, I32, -2**31, "the maximum of no integers is the smallest one")


def reducemin_of_no_bools():
    return _empty("ReduceMin", 20, BOOL, True, "the minimum of no bools is true")


def reducemean_of_nothing():
    return _empty("ReduceMean", 18, F, NAN, "the mean of nothing is 0/0")


def reducelogsumexp_of_nothing():
    return _empty("ReduceLogSumExp", 18, F, -INF, "the logarithm of a sum of nothing is negative infinity")


def reducemean_of_no_integers():
    return _empty("ReduceMean", 18, I32, 0, "the mean of no integers is 0")


def reducelogsumexp_of_integers():
    case = Case("ReduceLogSumExp", 18, "integers: log(e + e^2) = 2.31 is cut to 2", 25)
    case.input("X", [1, 2], I32)
    case.apply("X", keepdims=0)
    return case.gives(2, I32)


def argmax_of_nothing():
    case = Case("ArgMax", 13, "there is no index of nothing", 25)
    case.input("X", np.zeros((2, 0)), F)
    case.apply("X", axis=1)
    return case.rejects("invalidShape", I64)


def logsoftmax_1_flattens():
    case = Case("LogSoftmax", 1, "before 13 the axes from `axis` on are one: 12 elements, not 4", 26, rtol=1e-6)
    x = case.input("X", np.sin(ramp(2, 3, 4)), F)
    case.apply("X", axis=1)
    return case.gives(x - np.log(np.exp(x).sum(axis=(1, 2), keepdims=True)), F)


def hardmax_11_flattens():
    case = Case("Hardmax", 11, "before 13 the axes from `axis` on are one: a single 1 in 4 elements", 26)
    case.input("X", [[[1, 2], [4, 3]]], F)
    case.apply("X", axis=1)
    return case.gives([[[0, 0], [1, 0]]], F)


def _einsum(shows, equation, a, b, wanted):
    case = Case("Einsum", 12, shows, 27)
    case.input("A", a, F), case.input("B", b, F)
    case.apply("A", "B", equation=equation)
    return case.gives(wanted, F)


def einsum_extent_1_broadcasts():
    a, b = ramp(2, 1), ramp(3, 2)
    return _einsum("a letter of extent 1 broadcasts against the same letter of extent 3", "ij,jk->ik", a, b,
                   a * b.sum(axis=0))


def einsum_ellipsis_left_out_is_summed():
    a, b = ramp(2, 3, 4), ramp(2, 3, 4)
    return _einsum("an ellipsis that the output leaves out is summed over", "...i,...i->i", a, b,
                   (a * b).sum(axis=(0, 1)))


def einsum_implicit_output():
    a, b = ramp(2, 3), ramp(3, 2)
    return _einsum("without an arrow: letters seen once, capitals first", "bA,Ac", a, b, a @ b)


def einsum_implicit_order():
    a, b = ramp(2, 3), ramp(2, 4)
    return _einsum("without an arrow: B stands before a", "ka,kB", a, b, np.einsum("ka,kB->Ba", a, b))


def einsum_repeated_letter_takes_the_diagonal():
    case = Case("Einsum", 12, "a letter twice in one term takes the diagonal", 27)
    a = case.input("A", ramp(3, 3), F)
    case.apply("A", equation="ii->i")
    return case.gives(np.diag(a), F)


def det_of_extent_0():
    case = Case("Det", 22, "the determinant of a matrix of extent 0 is the empty product, 1", 55)
    case.input("X", np.zeros((2, 0, 0)), F)
    case.apply("X")
    return case.gives([1, 1], F)


def det_in_double():
    case = Case("Det", 22, "computed in double and rounded once: 4097 * 4095 - 4096 * 4096 = -1", 55)
    case.input("X", [[4097, 4096], [4096, 4095]], F)
    case.apply("X")
    return case.gives(-1, F)


def negativeloglikelihood_of_no_samples():
    case = Case("NegativeLogLikelihoodLoss", 22, "the mean of no samples is 0/0", 25)
    case.input("X", np.zeros((0, 3)), F), case.input("T", np.zeros(0), I64)
    case.apply("X", "T")
    return case.gives(NAN, F)


def negativeloglikelihood_of_ignored_samples():
    case = Case("NegativeLogLikelihoodLoss", 22, "the mean over samples that are all ignored is 0/0", 25)
    case.input("X", [[-1, -2, -3]], F), case.input("T", [2], I64)
    case.apply("X", "T", ignore_index=2)
    return case.gives(NAN, F)


def globalaveragepool_of_nothing():
    case = Case("GlobalAveragePool", 22, "the mean of an empty channel is 0/0", 25)
    case.input("X", np.zeros((1, 2, 0)), F)
    case.apply("X")
    return case.gives([[[NAN], [NAN]]], F)
