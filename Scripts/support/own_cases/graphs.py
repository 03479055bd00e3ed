"""Graphs, functions and sequences, and models that must be refused, each for its reason."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .case import D, F, I64, Case, ramp


def if_reads_outer_names():
    case = Case("If", 21, "branches read inputs, values and initializers of the graph around them", 33)
    x = case.input("X", ramp(3), F)
    case.inputs.append(helper.make_tensor_value_info("cond", TensorProto.BOOL, []))
    case.values.append(numpy_helper.from_array(np.array(False), "cond"))
    case.initializers.append(numpy_helper.from_array(np.array([100, 200, 300], np.float32), "W"))
    case.node("Add", ["X", "X"], ["twice"])

    def branch(name, other):
        node = helper.make_node("Add", ["twice", other], ["R"])
        return helper.make_graph([node], name, [], [helper.make_tensor_value_info("R", F, [3])])

    case.node("If", ["cond"], ["Y"], then_branch=branch("then", "X"), else_branch=branch("else", "W"))
    return case.gives(2 * x + [100, 200, 300], F)


def local_function_with_attribute():
    case = Case("Softmax", 13, "a function of the model hands its caller's attribute on, else its default", rtol=1e-6)
    x = case.input("X", np.sin(ramp(3, 5)), F)
    case.imports.append(helper.make_opsetid("own", 1))
    inner = helper.make_node("Softmax", ["A"], ["S"])
    reference = inner.attribute.add()
    reference.name, reference.ref_attr_name, reference.type = "axis", "along", onnx.AttributeProto.INT
    both = [inner, helper.make_node("Add", ["S", "A"], ["B"])]
    case.functions.append(helper.make_function(
        "own", "SoftmaxPlus", ["A"], ["B"], both, [helper.make_opsetid("", 13)], [],
        [helper.make_attribute("along", 1)]))
    case.nodes += [helper.make_node("SoftmaxPlus", ["X"], ["H"], domain="own", along=0),
                   helper.make_node("SoftmaxPlus", ["H"], ["Y"], domain="own")]

    def plus(x, axis):
        exps = np.exp(x)
        return exps / exps.sum(axis=axis, keepdims=True) + x

    return case.gives(plus(plus(x, 0), 1), F)


def sequence_of_scalars():
    case = Case("SequenceInsert", 11, "a tensor of rank 0 as an element of a sequence, inserted before the last")
    sequence = helper.make_tensor_sequence_value_info("S", F, None)
    case.inputs.append(sequence)
    scalars = [np.array(it, np.float32) for it in (1.5, 2.5, 9)]
    case.values.append(numpy_helper.from_list([scalars[0], scalars[1]], "S"))
    case.input("T", 9.0, F, [])
    case.input("at", -1, I64, [])
    case.node("SequenceInsert", ["S", "T", "at"], ["Y"])
    wanted = numpy_helper.from_list([scalars[0], scalars[2], scalars[1]], "Y")
    return case.gives_value(helper.make_tensor_sequence_value_info("Y", F, None), wanted)


def add_mixed_types():
    case = Case("Add", 14, "both inputs have one type T: float and double are refused")
    case.input("A", ramp(2), F), case.input("B", ramp(2), D)
    case.node("Add", ["A", "B"], ["Y"])
    return case.rejects("invalidType")


def graph_out_of_order():
    case = Case("Add", 14, "nodes must stand in topological order")
    case.input("A", ramp(2), F)
    case.node("Add", ["H", "A"], ["Y"])
    case.node("Add", ["A", "A"], ["H"])
    return case.rejects("invalid")


def conv_wrong_channels():
    case = Case("Conv", 22, "the channels of X must be those of W times group")
    case.input("X", np.zeros((1, 4, 5, 5)), F), case.input("W", np.zeros((2, 3, 3, 3)), F)
    case.node("Conv", ["X", "W"], ["Y"])
    return case.rejects("invalidShape")
