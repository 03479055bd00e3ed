"""Shapes and lists of axes as long as a file can hold, and of ranks that no tensor has."""
import numpy as np

from .hostile import F, array, filled, model, node, ones, value

_LENGTH = 400_000


def _long(name, number=1):
    """A list of a byte a number, where numbers are below 128."""
    return node("Constant", [], [name], value_ints=[number] * _LENGTH)


def _with_list(op_type, number=1, before=("x",), after=(), **attributes):
    return model([_long("n", number), node(op_type, [*before, "n", *after], **attributes)], [ones("x", 1)])


def reshape_to_a_long_shape():
    return _with_list("Reshape")


def reshape_to_many_zeros():
    return _with_list("Reshape", 0)


def expand_to_a_long_shape():
    return _with_list("Expand")


def constant_of_a_long_shape():
    return model([_long("n"), node("ConstantOfShape", ["n"])])


def constant_of_a_long_computed_shape():
    """10^7 ones."""
    return model([
        node("Constant", [], ["m"], value_ints=[10_000_000]),
        node("ConstantOfShape", ["m"], ["n"], value=array("", [1])), node("ConstantOfShape", ["n"])],
        declared_bytes=1 << 30)


def expand_to_a_long_computed_shape():
    return model([
        node("Constant", [], ["m"], value_ints=[10_000_000]),
        node("ConstantOfShape", ["m"], ["n"], value=array("", [1])), node("Expand", ["x", "n"])], [ones("x", 1)],
        declared_bytes=1 << 30)


def unsqueeze_along_many_axes():
    return _with_list("Unsqueeze", 0)


def unsqueeze_along_growing_axes():
    return model([node("Range", ["a", "b", "c"], ["n"]), node("Unsqueeze", ["x", "n"])], [
        ones("x", 1), array("a", 0), array("b", 10_000_000), array("c", 1)], declared_bytes=1 << 30)


def unsqueeze_chain():
    """Each node adds an axis: ranks up to 30,000."""
    nodes = [node("Unsqueeze", ["x" if k == 0 else f"{k:x}", "n"], [f"{k + 1:x}"]) for k in range(25_000)]
    return model(nodes, [ones("x", 1), array("n", [0])], outputs=[f"{25_000:x}"])


def squeeze_along_many_axes():
    return _with_list("Squeeze", 0)


def reduce_along_many_axes():
    return _with_list("ReduceSum", 0)


def tile_with_many_repeats():
    return _with_list("Tile")


def pad_with_many_pads():
    return _with_list("Pad")


def slice_along_many_axes():
    return _with_list("Slice", 0, after=("n", "n"))


def transpose_by_a_long_permutation():
    return model([node("Transpose", ["x"], perm=[0] * _LENGTH)], [ones("x", 1)])


def split_by_a_long_list():
    return _with_list("Split", 0, axis=0)


def gather_nd_of_a_long_index():
    return _with_list("GatherND", 0)


def scatter_by_many_updates():
    """Each update goes to the same place."""
    return model([_long("i", 0), node("ScatterElements", ["x", "i", "i"])], [array("x", [1])])


def scatter_nd_of_many_updates():
    return model(
        filled("u", 1 << 24) + [
            node("Constant", [], ["m"], value_ints=[1 << 24, 1]),
            node("ConstantOfShape", ["m"], ["i"], value=array("", [0])),
            node("ScatterND", ["x", "i", "u"], reduction="add")], [ones("x", 1)], declared_bytes=1 << 30)


def declared_rank_of_100_thousand():
    return model([node("Neg", ["x"])], inputs=[value("x", F, [1] * 100_000)])


def ranks_of_10_thousand_that_broadcast():
    return model([node("Add", ["a", "b"])], inputs=[value("a", F, [1] * 50_000), value("b", F, [2] * 50_000)])


def rank_of_60_through_many_nodes():
    nodes = [node("Neg", ["x" if k == 0 else f"{k:x}"], [f"{k + 1:x}"]) for k in range(40_000)]
    return model(nodes, inputs=[value("x", F, [1] * 60)], outputs=[f"{40_000:x}"])


def named_dims_that_multiply():
    """Flatten multiplies names that nobody knows, Reshape divides by them."""
    nodes, last = [], "x"
    for k in range(10_000):
        nodes += [node("Flatten", [last], [f"f{k}"], axis=0), node("Concat", [f"f{k}"] * 2, [f"c{k}"], axis=0)]
        last = f"c{k}"
        if k > 20:
            break
    for k in range(8_000):
        nodes += [node("Reshape", ["x", "n"], [f"r{k}"])]
    return model(nodes, [array("n", [0, -1, 0, 0])], [value("x", F, [f"d{k}" for k in range(4)])], ["r0"])


def einsum_of_a_long_equation():
    return model([node("Einsum", ["x"], equation="a" * 800_000 + "->")], [ones("x", 1)])


def flattened_positions_of_strings():
    """2^26 copies of one string."""
    return model(
        [node("Expand", ["s", "n"])], [array("n", [1 << 26]), array("s", np.array(["a" * 100], object), object)],
        declared_bytes=1 << 32)
