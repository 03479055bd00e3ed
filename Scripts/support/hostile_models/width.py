"""Very many of a thing: nodes, inputs, outputs, names, initializers."""
import numpy as np

from .hostile import F, Hostile, array, helper, model, node, ones, untyped, value


def _chain(op_type, count, **attributes):
    names = ["x"] + [f"{k:x}_" for k in range(count - 1)] + ["y"]
    return [node(op_type, [a], [b], **attributes) for a, b in zip(names, names[1:])]


def chain_of_nodes():
    return model(_chain("Neg", 40_000), inputs=[value("x", F, [2])])


def chain_of_constants():
    """Every node of the chain is a constant expression of 4,096 elements."""
    return model(_chain("Sin", 40_000), [ones("x", 4_096)])


def chain_of_shapes():
    """4,096 integers that follow from shapes go through each node."""
    nodes = [node("Shape", ["s"], ["x1"]), node("Expand", ["x1", "n"], ["x"])] + _chain("Abs", 40_000)
    return model(nodes, [array("n", [4_096])], [value("s", F, [3])])


def many_constants():
    nodes = [node("Constant", [], [f"{k:x}"], value_int=k) for k in range(25_000)]
    return model(nodes + [node("Identity", ["0"])])


def value_read_by_many():
    nodes = [node("Neg", ["x"], [f"{k:x}"]) for k in range(40_000)]
    return model(nodes, inputs=[value("x", F, [2])], outputs=["0"])


def every_value_kept():
    """40,000 outputs of the graph."""
    nodes = [node("Neg", ["x"], [f"{k:x}"]) for k in range(25_000)]
    return model(nodes, inputs=[value("x", F, [2])], outputs=[f"{k:x}" for k in range(25_000)])


def sum_of_many():
    return model([node("Sum", ["x"] * 300_000)], inputs=[value("x", F, [2])])


def max_of_many_shapes():
    """Every other operand has another shape that broadcasts."""
    return model([node("Max", ["a", "b"] * 150_000)], [ones("a", 1, 1, 1, 7), ones("b", 5, 1, 1, 1)])


def concat_of_many():
    return model([node("Concat", ["x"] * 300_000, axis=0)], inputs=[value("x", F, [2])])


def concat_of_many_constants():
    return model([node("Concat", ["x"] * 300_000, axis=0)], [array("x", [1])])


def sequence_of_many():
    return model([
        node("SequenceConstruct", ["x"] * 300_000, ["s"]),
        node("ConcatFromSequence", ["s"], ["y"], axis=0)], inputs=[value("x", F, [2])])


def sequence_grown_by_one():
    """20,000 nodes, each of which makes a sequence longer by one."""
    nodes = [node("SequenceConstruct", ["x"], ["s0"])]
    nodes += [node("SequenceInsert", [f"s{k}", "x"], [f"s{k + 1}"]) for k in range(20_000)]
    return model(nodes + [node("SequenceLength", ["s20000"])], inputs=[value("x", F, [2])])


def sequence_kept_at_each_length():
    """The same, where every sequence is also an output of the graph."""
    nodes = [node("SequenceConstruct", ["x"], ["s0"])]
    nodes += [node("SequenceInsert", [f"s{k}", "x"], [f"s{k + 1}"]) for k in range(15_000)]
    return model(nodes, inputs=[value("x", F, [2])], outputs=[f"s{k}" for k in range(0, 15_001)])


def split_into_many():
    names = [f"{k:x}" for k in range(90_000)]
    return model([node("Split", ["x"], names, num_outputs=len(names))], [ones("x", 90_000)], outputs=names[:1])


def split_shape_into_many():
    names = [f"{k:x}" for k in range(100_000)]
    nodes = [
        node("ConstantOfShape", ["n"], ["x"]), node("Split", ["x"], names, num_outputs=len(names))]
    return model(nodes, [array("n", [100_000])], outputs=names[:1])


def einsum_of_many():
    equation = ",".join(["a"] * 150_000) + "->a"
    return model([node("Einsum", ["x"] * 150_000, equation=equation)], inputs=[value("x", F, [2])])


def einsum_of_52_letters():
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return model([node("Einsum", ["x"], equation=f"{letters}->")], [ones("x", *[2] * 10, *[1] * 42)])


def unknown_operator_of_many():
    names = [f"{k:x}" for k in range(80_000)]
    return model([node("Nothing", ["x"] * 130_000, names)], inputs=[value("x", F, [2])], outputs=["0"])


def many_inputs():
    names = [f"{k:x}" for k in range(35_000)]
    return model([node("Sum", names)], inputs=[value(it, F, [1]) for it in names])


def many_inputs_with_defaults():
    names = [f"{k:x}" for k in range(20_000)]
    return model([node("Sum", names)], [ones(it, 1) for it in names], [value(it, F, [1]) for it in names])


def many_initializers():
    names = [f"{k:x}" for k in range(40_000)]
    return model([node("Sum", names)], [array(it, 1, np.int8) for it in names])


def many_value_infos():
    made = helper.make_graph([node("Neg", ["x"])], "g", [value("x", F, [1])], [untyped("y")])
    made.value_info.extend(value(f"{k:x}", F, [1]) for k in range(50_000))
    return Hostile(helper.make_model(made, ir_version=10).SerializeToString())


def many_opset_imports():
    made = helper.make_model(
        helper.make_graph([node("Neg", ["x"])] * 1, "g", [value("x", F, [1])], [untyped("y")]), ir_version=10,
        opset_imports=[helper.make_opsetid("", 21)] + [helper.make_opsetid(f"{k:x}", 1) for k in range(80_000)])
    return Hostile(made.SerializeToString())


def many_opset_imports_of_functions():
    """3,000 calls of a function that imports 60,000 domains."""
    imports = [helper.make_opsetid("", 21)] + [helper.make_opsetid(f"{k:x}", 1) for k in range(60_000)]
    f = helper.make_function("local", "F", ["x"], ["r"], [node("Neg", ["x"], ["r"])], imports)
    calls = [node("F", ["x"], ["y" if k == 0 else f"{k:x}"], "local") for k in range(12_000)]
    return model(calls, [ones("x", 1)], functions=[f])


def many_metadata_entries():
    made = helper.make_model(
        helper.make_graph([node("Neg", ["x"])], "g", [value("x", F, [1])], [untyped("y")]), ir_version=10)
    helper.set_model_props(made, {f"{k:x}": "" for k in range(80_000)})
    return Hostile(made.SerializeToString())


def metadata_of_a_megabyte():
    made = helper.make_model(
        helper.make_graph([node("Neg", ["x"])], "g", [value("x", F, [1])], [untyped("y")]), ir_version=10)
    helper.set_model_props(made, {"\x1b[2J" * 100_000: "\u202e" * 100_000})
    made.doc_string = "\x1b]0;t\x07\r" * 10_000
    return Hostile(made.SerializeToString())


def names_of_100_kilobytes():
    """Each stands in every message about the node."""
    names = ["x"] + [str(k) * 90_000 for k in range(5)]
    nodes = [node("Neg", [a], [b]) for a, b in zip(names, names[1:])]
    return model(nodes, inputs=[value("x", F, [1])], outputs=names[-1:])


def operator_of_a_megabyte():
    return model([node("N" * 900_000, ["x"])], inputs=[value("x", F, [1])])


def names_that_begin_alike():
    names = ["x"] + ["\u0301" * 200 + f"{k:x}" for k in range(1_000)]
    nodes = [node("Neg", [a], [b]) for a, b in zip(names, names[1:])]
    return model(nodes, inputs=[value("x", F, [1])], outputs=names[-1:])


def inputs_missing_by_the_thousand():
    """Every name that nobody computes is looked for in all graphs around."""
    return model([node("Sum", [f"{k:x}" for k in range(100_000)])])


def attributes_by_the_thousand():
    given = {f"a{k:x}": 1 for k in range(40_000)}
    return model([node("Neg", ["x"], ["y"], **given)], inputs=[value("x", F, [1])])


def nodes_in_no_order():
    """40,000 nodes, each of which reads what the next one computes."""
    return model(list(reversed(_chain("Neg", 40_000))), inputs=[value("x", F, [2])])
