"""Subgraphs, optionals, sequences and functions."""
import numpy as np
import onnx
from onnx import helper, numpy_helper

from .case import BOOL, F, I64, Case


def _port(name, element_type, dims):
    return helper.make_tensor_value_info(name, element_type, dims)


def _loop(shows, body, trips, condition, scan_dims=None):
    """A Loop that carries v from 1 on, with one scan output where `scan_dims` says of what."""
    case = Case("Loop", 21, shows, 33)
    case.input("M", trips, I64, []), case.input("v0", [1], F)
    names = ["M", "", "v0"]
    if condition is not None:
        case.input("cond", condition, BOOL, [])
        names[1] = "cond"
    case.apply(*names, outputs=["Y"] if scan_dims is None else ["Y", "S"], body=body)
    return case


def _doubling(condition, scan_dims=None):
    """A body that doubles v and gives the condition as it is told; it scans v before."""
    nodes = [helper.make_node("Add", ["v", "v"], ["twice"]),
             helper.make_node("Constant", [], ["go"], value=numpy_helper.from_array(np.array(condition)))]
    outputs = [_port("go", BOOL, []), _port("twice", F, [1])]
    if scan_dims is not None:
        nodes.append(helper.make_node("Identity", ["v"], ["seen"]))
        outputs.append(_port("seen", F, scan_dims))
    return helper.make_graph(nodes, "body", [_port("i", I64, []), _port("c", BOOL, []), _port("v", F, [1])], outputs)


def loop_without_cond_ignores_the_condition():
    case = _loop("without the input cond the body's false does not end the loop", _doubling(False), 3, None)
    return case.gives([8], F)


def loop_with_cond_ends():
    return _loop("with the input cond the body's false ends the loop", _doubling(False), 3, True).gives([2], F)


def loop_without_an_iteration():
    shows = "no iteration: the scan output has extent 0, and the rank that the body declares"
    case = _loop(shows, _doubling(True, [1]), 0, True, [1])
    case.gives([1], F)
    return case.gives(np.zeros((0, 1)), F, "S")


def loop_sees_names_around_it():
    nodes = [helper.make_node("Add", ["v", "W"], ["more"]), helper.make_node("Identity", ["c"], ["go"])]
    body = helper.make_graph(nodes, "body", [_port("i", I64, []), _port("c", BOOL, []), _port("v", F, [1])],
                             [_port("go", BOOL, []), _port("more", F, [1])])
    case = _loop("the body reads an initializer of the graph around it", body, 3, True)
    case.initializer("W", [10], F)
    return case.gives([31], F)


def scan_8_batches_are_scans_of_their_own():
    nodes = [helper.make_node("Add", ["s", "x"], ["sum"]), helper.make_node("Identity", ["sum"], ["seen"])]
    body = helper.make_graph(nodes, "body", [_port("s", F, [1]), _port("x", F, [1])],
                             [_port("sum", F, [1]), _port("seen", F, [1])])
    case = Case("Scan", 8, "version 8: two batches, of which the second has length 2 of 3; the rest is 0", 33)
    case.input("lengths", [3, 2], I64), case.input("s0", [[0], [100]], F)
    case.input("X", [[[1], [2], [3]], [[4], [5], [6]]], F)
    case.apply("lengths", "s0", "X", outputs=["Y", "S"], body=body, num_scan_inputs=1)
    case.gives([[6], [109]], F)
    return case.gives([[[1], [3], [6]], [[104], [109], [0]]], F, "S")


def sequencemap_of_nothing():
    body = helper.make_graph([helper.make_node("Cast", ["x"], ["y"], to=I64)], "body", [_port("x", F, ["n"])],
                             [_port("y", I64, ["n"])])
    case = Case("SequenceMap", 17, "no element: an empty sequence of the type that the body declares", 33)
    case.input_value(helper.make_tensor_sequence_value_info("X", F, None), _empty_sequence("X"))
    case.apply("X", body=body)
    return case.gives_value(helper.make_tensor_sequence_value_info("Y", I64, None), _empty_sequence("Y"))


def _empty_sequence(name):
    return onnx.SequenceProto(name=name, elem_type=onnx.SequenceProto.TENSOR)


def _optional_of_sequence():
    inner = helper.make_sequence_type_proto(helper.make_tensor_type_proto(F, None))
    return helper.make_value_info("X", helper.make_optional_type_proto(inner))


def optionalhaselement_of_an_empty_sequence():
    case = Case("OptionalHasElement", 18, "an empty sequence is a value", 34)
    present = onnx.OptionalProto(name="X", elem_type=onnx.OptionalProto.SEQUENCE, sequence_value=_empty_sequence("S"))
    case.input_value(_optional_of_sequence(), present)
    case.apply("X")
    return case.gives(True, BOOL)


def optionalhaselement_of_none():
    case = Case("OptionalHasElement", 18, "none is no value", 34)
    case.input_value(_optional_of_sequence(), numpy_helper.from_optional(None, "X", onnx.OptionalProto.SEQUENCE))
    case.apply("X")
    return case.gives(False, BOOL)


def optionalhaselement_of_a_tensor():
    case = Case("OptionalHasElement", 18, "from 18 on a plain tensor counts as present, even without elements", 34)
    case.input("X", np.zeros(0), F)
    case.apply("X")
    return case.gives(True, BOOL)


def optionalgetelement_of_none():
    inner = helper.make_tensor_type_proto(F, [1])
    case = Case("OptionalGetElement", 18, "none has no element, which is an error", 34)
    case.input_value(helper.make_value_info("X", helper.make_optional_type_proto(inner)),
                     numpy_helper.from_optional(None, "X", onnx.OptionalProto.TENSOR))
    case.apply("X")
    return case.rejects("invalidValue", F, [1])


def function_with_the_name_of_an_operator():
    case = Case("Relu", 14, "a function of the model named Relu is meant by Relu: it negates", 37)
    x = case.input("X", [-1, 2], F)
    case.functions.append(helper.make_function(
        "", "Relu", ["A"], ["B"], [helper.make_node("Neg", ["A"], ["B"])], [helper.make_opsetid("", 14)]))
    case.apply("X")
    return case.gives(-x, F).admits([[0, 2]])
