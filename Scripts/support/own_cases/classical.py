"""ai.onnx.ml: labels, scores and what is done with them at the end."""
import math
from statistics import NormalDist

import numpy as np
import onnx
from onnx import helper, numpy_helper

from .case import D, F, I64, NAN, STRING, Case, array_of

ML = "ai.onnx.ml"


def _ml(operator, version, shows, note, rtol=0.0):
    return Case(operator, version, shows, note, rtol=rtol, domain=ML)


def _float_bits(*bits):
    return np.array(bits, np.uint32).view(np.float32)


ZERO, MINUS_ZERO, QUIET_NAN, OTHER_NAN = 0, 0x8000_0000, 0x7FC0_0000, 0x7FC0_0001


def labelencoder_2_compares_bits():
    case = _ml("LabelEncoder", 2, "floats are compared bit by bit: -0 is not 0, and another NaN is another key", 44)
    case.input("X", _float_bits(ZERO, MINUS_ZERO, QUIET_NAN, OTHER_NAN), F)
    case.apply("X", keys_floats=[0.0, NAN], values_int64s=[1, 2], default_int64=-9)
    return case.gives([1, -9, 2, -9], I64)


def labelencoder_4_every_nan_is_one_key():
    case = _ml("LabelEncoder", 4, "from 4 on a NaN matches every NaN", 44)
    case.input("X", _float_bits(QUIET_NAN, OTHER_NAN), F)
    case.apply("X", keys_floats=[0.0, NAN], values_int64s=[1, 2], default_int64=-9)
    return case.gives([2, 2], I64)


def labelencoder_4_last_of_equal_keys():
    case = _ml("LabelEncoder", 4, "of a key named twice the last counts", 44)
    case.input("X", ["a", "b"], STRING)
    case.apply("X", keys_strings=["a", "b", "a"], values_int64s=[1, 2, 3], default_int64=-9)
    return case.gives([3, 2], I64)


def _logistic(x):
    return 1 / (1 + math.exp(-x))


def linearregressor_single_logistic():
    case = _ml("LinearRegressor", 1, "a single target is transformed too: LOGISTIC of 1 is 0.731", 45, rtol=1e-6)
    case.input("X", [[1]], F)
    case.apply("X", coefficients=[1.0], post_transform="LOGISTIC")
    return case.gives([[_logistic(1)]], F).admits([[[1]]])


def linearregressor_single_softmax():
    case = _ml("LinearRegressor", 1, "a single target is transformed too: SOFTMAX of one score is 1", 45)
    case.input("X", [[5]], F)
    case.apply("X", coefficients=[1.0], post_transform="SOFTMAX")
    return case.gives([[1]], F).admits([[[5]]])


def linearregressor_single_softmax_zero():
    case = _ml("LinearRegressor", 1, "SOFTMAX_ZERO: a score of 0 stays 0, any other one is 1 when alone", 45)
    case.input("X", [[5], [0]], F)
    case.apply("X", coefficients=[1.0], post_transform="SOFTMAX_ZERO")
    return case.gives([[1], [0]], F).admits([[[5], [0]]])


def linearregressor_single_probit():
    case = _ml("LinearRegressor", 1, "a single target is transformed too: PROBIT of 0.75 is 0.674", 45, rtol=1e-6)
    case.input("X", [[0.75]], F)
    case.apply("X", coefficients=[1.0], post_transform="PROBIT")
    return case.gives([[NormalDist().inv_cdf(0.75)]], F).admits([[[0.75]]])


def svmregressor_single_logistic():
    case = _ml("SVMRegressor", 1, "a single target is transformed too: LOGISTIC of 1 is 0.731", 45, rtol=1e-6)
    case.input("X", [[1]], F)
    case.apply("X", coefficients=[1.0], rho=[0.0], kernel_params=[1.0, 0.0, 0.0], post_transform="LOGISTIC")
    return case.gives([[_logistic(1)]], F).admits([[[1]]])


def _leaf(weights, votes="target"):
    """A tree that is one leaf, which votes with a weight for each of several targets or classes."""
    count = len(weights)
    nodes = {"nodes_treeids": [0], "nodes_nodeids": [0], "nodes_featureids": [0], "nodes_values": [0.0],
             "nodes_modes": ["LEAF"], "nodes_truenodeids": [0], "nodes_falsenodeids": [0]}
    return nodes | {f"{votes}_treeids": [0] * count, f"{votes}_nodeids": [0] * count,
                    f"{votes}_ids": list(range(count)), f"{votes}_weights": [float(it) for it in weights]}


def treeensembleregressor_single_logistic():
    case = _ml("TreeEnsembleRegressor", 3, "a single target is transformed too: LOGISTIC of 1 is 0.731", 45, rtol=1e-6)
    case.input("X", [[0]], F)
    case.apply("X", n_targets=1, post_transform="LOGISTIC", **_leaf([1]))
    return case.gives([[_logistic(1)]], F).admits([[[1]]])


def treeensemble_single_logistic():
    case = _ml("TreeEnsemble", 5, "a single target is transformed too: LOGISTIC of 1 is 0.731", 45, rtol=1e-6)
    case.input("X", [[0]], F)
    logistic = 2
    case.apply("X", n_targets=1, post_transform=logistic, tree_roots=[0], nodes_featureids=[0],
               nodes_splits=_tensor([0.5]), nodes_modes=numpy_helper.from_array(np.zeros(1, np.uint8)),
               nodes_truenodeids=[0], nodes_falsenodeids=[1], nodes_trueleafs=[1], nodes_falseleafs=[1],
               leaf_targetids=[0, 0], leaf_weights=_tensor([1, 2]))
    return case.gives([[_logistic(1)]], F).admits([[[1]]])


def _tensor(values):
    return numpy_helper.from_array(np.array(values, np.float32))


def linearregressor_logistic_tails():
    x = [-30, -36, -40, -80]
    case = _ml("LinearRegressor", 1, "LOGISTIC is right within float also where e^x is small beside 1", 46, rtol=1e-6)
    case.input("X", [[1]], F)
    case.apply("X", targets=len(x), coefficients=[float(it) for it in x], post_transform="LOGISTIC")
    return case.gives([[_logistic(it) for it in x]], F)


def linearregressor_probit():
    x = [0.85, 0.5, 0.001, 0.999]
    case = _ml("LinearRegressor", 1, "PROBIT is the inverse normal distribution: 1.0364334 for 0.85", 47, rtol=1e-6)
    case.input("X", [[1]], F)
    case.apply("X", targets=len(x), coefficients=x, post_transform="PROBIT")
    rounded = np.array(x, np.float32).astype(np.float64)
    return case.gives([[NormalDist().inv_cdf(it) for it in rounded]], F)


def treeensembleclassifier_takes_the_largest_score():
    case = _ml("TreeEnsembleClassifier", 3, "scores -1, 0, 0: the label of the largest, the first of equals", 63)
    case.input("X", [[0]], F)
    case.apply("X", outputs=["Y", "Z"], classlabels_int64s=[7, 8, 9], **_leaf([-1, 0, 0], "class"))
    case.gives([8], I64)
    return case.gives([[-1, 0, 0]], F, "Z")


def treeensembleclassifier_negative_scores():
    case = _ml("TreeEnsembleClassifier", 3, "scores -3, -1, -2: the label of the largest", 63)
    case.input("X", [[0]], F)
    case.apply("X", outputs=["Y", "Z"], classlabels_int64s=[7, 8, 9], **_leaf([-3, -1, -2], "class"))
    case.gives([8], I64)
    return case.gives([[-3, -1, -2]], F, "Z")


def treeensembleclassifier_two_labels_one_vote():
    case = _ml("TreeEnsembleClassifier", 3, "two labels, votes for one id: 0.75 is the probability of the second", 63)
    case.input("X", [[0]], F)
    case.apply("X", outputs=["Y", "Z"], classlabels_int64s=[7, 8], **_leaf([0.75], "class"))
    case.gives([8], I64)
    return case.gives([[0.25, 0.75]], F, "Z")


def treeensembleclassifier_two_labels_negative_vote():
    case = _ml("TreeEnsembleClassifier", 3, "two labels, one vote below 0: -0.5 is a margin, the first label wins", 63)
    case.input("X", [[0]], F)
    case.apply("X", outputs=["Y", "Z"], classlabels_int64s=[7, 8], **_leaf([-0.5], "class"))
    case.gives([7], I64)
    return case.gives([[0.5, -0.5]], F, "Z")


def linearclassifier_two_labels_one_row():
    case = _ml("LinearClassifier", 1, "two labels, one row: 0.25 > 0 takes the second, and Z is 1 - s, s", 63)
    case.input("X", [[0.25]], F)
    case.apply("X", outputs=["Y", "Z"], classlabels_ints=[7, 8], coefficients=[1.0], intercepts=[0.0])
    case.gives([8], I64)
    return case.gives([[0.75, 0.25]], F, "Z")


def svmclassifier_two_labels():
    case = _ml("SVMClassifier", 1, "two classes, no probabilities: s = 1 votes for the first, and Z is -s, s", 63)
    case.input("X", [[1]], F)
    case.apply("X", outputs=["Y", "Z"], classlabels_ints=[7, 8], coefficients=[1.0, -1.0], rho=[0.0],
               support_vectors=[1.0, 0.0], vectors_per_class=[1, 1], kernel_params=[1.0, 0.0, 0.0])
    case.gives([7], I64)
    return case.gives([[-1, 1]], F, "Z")


def _map(key_type, value_type, mapping):
    """An input X that is a map, and its value."""
    value = helper.make_tensor_type_proto(value_type, [])
    info = helper.make_value_info("X", helper.make_map_type_proto(key_type, value))
    message = onnx.MapProto(name="X", key_type=key_type)
    if key_type == STRING:
        message.string_keys.extend(key.encode() for key in mapping)
    else:
        message.keys.extend(mapping)
    message.values.elem_type = onnx.SequenceProto.TENSOR
    message.values.tensor_values.extend(
        numpy_helper.from_array(array_of(it, value_type)) for it in mapping.values())
    return info, message


def _dictvectorizer(shows, mapping):
    case = _ml("DictVectorizer", 1, shows, 48)
    case.input_value(*_map(STRING, F, mapping))
    case.apply("X", string_vocabulary=["a", "c", "b", "z"])
    return case


def dictvectorizer_is_1d():
    case = _dictvectorizer("Y has one axis, and absent keys are 0, as in the text's example", {"a": 4, "c": 8})
    return case.gives([4, 8, 0, 0], F)


def dictvectorizer_other_keys():
    case = _dictvectorizer("a key that the vocabulary lacks is left out", {"a": 4, "q": 8})
    return case.gives([4, 0, 0, 0], F)


def _normalizer(shows, norm, x, wanted, *admitted):
    case = _ml("Normalizer", 1, shows, 49, rtol=1e-6)
    case.input("X", [x], F)
    case.apply("X", norm=norm)
    return case.gives([wanted], F).admits(*[[[it]] for it in admitted])


def normalizer_l1_of_negative_numbers():
    return _normalizer("L1 divides by the sum of magnitudes, 4, not by the sum, 2", "L1", [-1, 3], [-0.25, 0.75],
                       [-0.5, 1.5])


def normalizer_l2_keeps_signs():
    return _normalizer("L2 divides by the root of the sum of squares and keeps signs", "L2", [-3, 4], [-0.6, 0.8],
                       [0.6, 0.8])


def normalizer_max_is_the_largest_number():
    return _normalizer("MAX divides by the largest number, 2, not the largest magnitude", "MAX", [-4, 2], [-2, 1])


def normalizer_of_zeros():
    return _normalizer("a divisor of 0 leaves the row as it is", "L1", [0, 0], [0, 0])


def arrayfeatureextractor_of_a_vector():
    case = _ml("ArrayFeatureExtractor", 1, "a vector gives a matrix of one row", 64)
    case.input("X", [10, 20, 30], F), case.input("I", [2, 0], I64)
    case.apply("X", "I")
    return case.gives([[30, 10]], F)


def featurevectorizer_cuts_and_fills():
    case = _ml("FeatureVectorizer", 1, "inputdimensions 1 and 3: the first input is cut, the second filled with 0", 64)
    case.input("A", [[1, 2]], F), case.input("B", [[3, 4]], F)
    case.apply("A", "B", inputdimensions=[1, 3])
    return case.gives([[1, 3, 4, 0]], F)


def categorymapper_by_the_type_of_x():
    case = _ml("CategoryMapper", 1, "strings become integers even where both defaults are set", 65)
    case.input("X", ["b", "q"], STRING)
    case.apply("X", cats_int64s=[1, 2], cats_strings=["a", "b"], default_int64=-5, default_string="?")
    return case.gives([2, -5], I64)


def castmap_dense():
    case = _ml("CastMap", 1, "DENSE: one row of the values in the order of the keys, whatever max_map says", 66)
    case.input_value(*_map(I64, F, {7: 1.5, 2: 2.5}))
    case.apply("X", cast_to="TO_FLOAT", map_form="DENSE")
    return case.gives([[2.5, 1.5]], F)


def castmap_sparse():
    case = _ml("CastMap", 1, "SPARSE: keys are places, those from max_map on are left out", 66)
    case.input_value(*_map(I64, F, {2: 2.5, 7: 1.5}))
    case.apply("X", cast_to="TO_FLOAT", map_form="SPARSE", max_map=4)
    return case.gives([[0, 0, 2.5, 0]], F)


def binarizer_nan():
    case = _ml("Binarizer", 1, "NaN is not larger than the threshold, so it gives 0", 67)
    case.input("X", [NAN, 1], D)
    case.apply("X", threshold=0.5)
    return case.gives([0, 1], D)
