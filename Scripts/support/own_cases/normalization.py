"""Normalization: how training is signalled, which variance, and what random operators may give."""
import numpy as np

from .case import BOOL, F, I64, Case, ramp


def _batch(case):
    x = case.input("X", [[[1, 3]], [[5, 7]]], F)
    for name, value in (("scale", 1), ("B", 0), ("mean", 100), ("var", 9)):
        case.input(name, [value], F)
    return x, (x - x.mean()) / np.sqrt(x.var() + 1e-5)


def batchnormalization_training_mode():
    case = Case("BatchNormalization", 15, "training_mode: Y by the batch, running values by momentum", 31,
                rtol=1e-5)
    x, y = _batch(case)
    case.apply("X", "scale", "B", "mean", "var", outputs=["Y", "M", "V"], training_mode=1, momentum=0.75)
    case.gives(y, F), case.gives([0.75 * 100 + 0.25 * x.mean()], F, "M")
    return case.gives([0.75 * 9 + 0.25 * x.var()], F, "V")


def batchnormalization_9_training_by_outputs():
    case = Case("BatchNormalization", 9, "7 to 13: more than one output means training", 31, rtol=1e-5)
    x, y = _batch(case)
    case.apply("X", "scale", "B", "mean", "var", outputs=["Y", "M"], momentum=0.75)
    case.gives(y, F)
    return case.gives([0.75 * 100 + 0.25 * x.mean()], F, "M")


def batchnormalization_9_inference():
    case = Case("BatchNormalization", 9, "7 to 13: one output means inference", 31, rtol=1e-5)
    x, _ = _batch(case)
    case.apply("X", "scale", "B", "mean", "var")
    return case.gives((x - 100) / np.sqrt(9 + 1e-5), F)


def batchnormalization_6_is_test():
    case = Case("BatchNormalization", 6, "up to 6: is_test 0, the default, means training", 31, rtol=1e-5)
    _, y = _batch(case)
    case.apply("X", "scale", "B", "mean", "var")
    return case.gives(y, F)


def meanvariancenormalization_adds_to_the_deviation():
    case = Case("MeanVarianceNormalization", 13, "equal numbers: 1e-9 is added to the deviation, which gives 0", 31)
    case.input("X", [[[[4, 4]]]], F)
    case.apply("X")
    return case.gives([[[[0, 0]]]], F)


def meanvariancenormalization_of_small_numbers():
    case = Case("MeanVarianceNormalization", 13, "a deviation of 1e-9 is doubled by what is added to it", 31, rtol=1e-5)
    x = case.input("X", [[[[-1e-9, 1e-9]]]], F)
    case.apply("X")
    return case.gives(x / (x.std() + 1e-9), F)


def layernormalization_population_variance():
    case = Case("LayerNormalization", 17, "the variance divides by the number of elements", 31, rtol=1e-6)
    x = case.input("X", [[1, 2, 6]], F)
    case.input("scale", [1, 1, 1], F)
    case.apply("X", "scale", epsilon=0.5)
    return case.gives((x - 3) / np.sqrt(x.var() + 0.5), F)


def _uniform(seed, name, case, **attributes):
    case.node("RandomUniform", [], [name], shape=[1000], seed=seed, **attributes)


def randomuniform_same_seed():
    case = Case("RandomUniform", 22, "two operators with one seed draw the same numbers, with another other ones", 32)
    _uniform(7.0, "A", case), _uniform(7.0, "B", case), _uniform(8.0, "C", case)
    case.node("Equal", ["A", "B"], ["same"])
    case.node("Equal", ["A", "C"], ["other"])
    for name in ("same", "other"):
        case.node("Cast", [name], [name + "s"], to=F)
        case.node("ReduceMean", [name + "s"], [name + "Y"], keepdims=0)
    case.gives(1, F, "sameY")
    return case.gives(0, F, "otherY")


def _philox(counter, key):
    """Ten rounds of Philox4x32, on Python's integers."""
    x, k = [counter, 0, 0, 0], [key, 0]
    for _ in range(10):
        a, b = x[0] * 0xD2511F53, x[2] * 0xCD9E8D57
        x = [(b >> 32) ^ x[1] ^ k[0], b & 0xFFFFFFFF, (a >> 32) ^ x[3] ^ k[1], a & 0xFFFFFFFF]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return x


def randomuniform_philox():
    case = Case("RandomUniform", 22, "draw i is 53 bits of block i of Philox4x32-10 under the bits of seed", 32)
    case.apply(outputs=["Y"], shape=[4], seed=7.0, low=-3.0, high=5.0)
    key = int(np.float32(7).view(np.uint32))
    blocks = [_philox(i, key) for i in range(4)]
    fractions = [((high << 32 | low) >> 11) * 2.0**-53 for low, high, _, _ in blocks]
    return case.gives([-3 + 8 * it for it in fractions], F).admits_anything()


def randomuniform_range():
    case = Case("RandomUniform", 22, "every number lies in [-3, 5], and they spread over it", 32)
    _uniform(7.0, "A", case, low=-3.0, high=5.0)
    case.node("ReduceMin", ["A"], ["low"], keepdims=0)
    case.node("ReduceMax", ["A"], ["high"], keepdims=0)
    for name, bounds in (("low", (-3, -2)), ("high", (4, 5))):
        for i, bound in enumerate(bounds):
            case.initializer(f"{name}{i}", bound, F)
        case.node("GreaterOrEqual", [name, name + "0"], [name + "above"])
        case.node("LessOrEqual", [name, name + "1"], [name + "below"])
        case.node("And", [name + "above", name + "below"], [name + "Y"])
    case.gives(True, BOOL, "lowY")
    return case.gives(True, BOOL, "highY")


def bernoulli_of_certainties():
    case = Case("Bernoulli", 22, "probability 0 is never drawn, 1 always", 32)
    case.input("X", [0, 1, 0, 1], F)
    case.apply("X", seed=1.0)
    return case.gives([0, 1, 0, 1], F)


def dropout_training_scales():
    case = Case("Dropout", 22, "training: what is kept is divided by 1 - ratio; a ratio of 0 keeps all", 32)
    x = case.input("X", ramp(4), F)
    case.input("ratio", 0, F, []), case.input("training", True, BOOL, [])
    case.apply("X", "ratio", "training", outputs=["Y", "M"], seed=1)
    case.gives(x, F)
    return case.gives([True] * 4, BOOL, "M")


def multinomial_of_certainties():
    case = Case("Multinomial", 22, "all weight on class 2 draws nothing else", 32)
    case.input("X", [[-1000, -1000, 0]], F)
    case.apply("X", sample_size=4, seed=1.0, dtype=I64)
    return case.gives([[2, 2, 2, 2]], I64)
