"""Graphs and functions one inside the other, whose expansion or inference doubles at each level."""
from .hostile import (
    BOOL, F, TRAINING, array, body, deep_body, deep_node, field, function, helper, model, node, ones, value,
    with_deep_nodes)


def _if(name, then, other=None):
    """An If whose branches have the output `name`."""
    other = other or [node("Identity", ["x"], [name])]
    return node("If", ["c"], [name], then_branch=body(then, outputs=[name]), else_branch=body(other, outputs=[name]))


_CONDITION = array("c", True, bool)


def _deep_ifs(depth, inner):
    """The bytes of Ifs one inside the other around the bytes of a node that gives y."""
    other = deep_body([node("Identity", ["x"]).SerializeToString()], outputs=["y"])
    for _ in range(depth):
        inner = deep_node(node("If", ["c"]), then_branch=deep_body([inner], outputs=["y"]), else_branch=other)
    return inner


def ifs_60_deep():
    inner = node("Neg", ["x"]).SerializeToString()
    return with_deep_nodes(model([], [_CONDITION, ones("x", 1)]), [_deep_ifs(60, inner)])


def ifs_too_deep():
    inner = node("Neg", ["x"]).SerializeToString()
    return with_deep_nodes(model([], [_CONDITION, ones("x", 1)]), [_deep_ifs(300, inner)])


def ifs_both_ways():
    """A tree of 2^12 branches."""
    def tree(level):
        return [_if("y", tree(level - 1), tree(level - 1))] if level else [node("Neg", ["x"], ["y"])]
    return model(tree(12), [ones("x", 1)], [value("c", BOOL, [])])


def ifs_in_a_row():
    """4,000 Ifs, each of which captures what the one before gave."""
    nodes, last = [], "x"
    for k in range(4_000):
        name = f"v{k}"
        nodes.append(_if(name, [node("Neg", [last], [name])], [node("Abs", [last], [name])]))
        last = name
    return model(nodes, [ones("x", 1)], [value("c", BOOL, [])], [last])


def captures_at_every_level():
    """Graphs 60 deep, whose innermost node reads 20,000 outer values, so that every level captures all."""
    names = [f"{k:x}" for k in range(20_000)] + ["x"]
    inner = node("Sum", names).SerializeToString()
    made = model([node("Split", ["s"], names, num_outputs=len(names))], [_CONDITION, ones("s", len(names))])
    return with_deep_nodes(made, [_deep_ifs(60, inner)])


def _loops(depth, inner):
    """The bytes of Loops, one inside the other, around a node that makes `w0` of `v0`."""
    made = inner.SerializeToString()
    for level in range(depth):
        around = deep_body([made], [f"i{level}", f"c{level}", f"v{level}"], [f"c{level}", f"w{level}"])
        names = ([f"v{level + 1}"], [f"w{level + 1}"]) if level + 1 < depth else (["x"], ["y"])
        made = deep_node(node("Loop", ["m", "", *names[0]], names[1]), body=around)
    return made


def loops_30_deep():
    """Carried values lose a dim in each round of inference."""
    made = model([], [array("m", 1)], [value("x", F, [1])])
    return with_deep_nodes(made, [_loops(30, node("Concat", ["v0", "v0"], ["w0"], axis=0))])


def loops_60_deep_that_grow_a_rank():
    made = model([], [array("m", 1), array("axis", [0])], [value("x", F, [1])])
    return with_deep_nodes(made, [_loops(60, node("Unsqueeze", ["v0", "axis"], ["w0"]))])


def loops_30_deep_of_two_iterations():
    made = model([], [array("m", 2)], [value("x", F, [1])])
    return with_deep_nodes(made, [_loops(30, node("Neg", ["v0"], ["w0"]))])


def scans_60_deep():
    inner = node("Neg", ["e0"], ["w0"]).SerializeToString()
    for level in range(60):
        scanned = deep_body([inner], [f"e{level}"], [f"w{level}"])
        names = ([f"e{level + 1}"], [f"w{level + 1}"]) if level < 59 else (["x"], ["y"])
        inner = deep_node(node("Scan", *names, num_scan_inputs=1), body=scanned)
    return with_deep_nodes(model([], [ones("x", *[1] * 62)]), [inner])


def _calls(functions):
    return model([node("F0", ["x"], domain="local")], inputs=[value("x", F, [2])], functions=functions)


def _calling(index, callee, times):
    """A function that calls another several times, one after the other."""
    nodes = []
    for k in range(times):
        names = [f"v{k}"], ["r" if k + 1 == times else f"v{k + 1}"]
        nodes.append(node("Neg", *names) if callee is None else node(f"F{callee}", *names, domain="local"))
    return function(f"F{index}", ["v0"], ["r"], nodes)


def functions_doubling():
    """F0 calls F1 twice, which calls F2 twice, …: 2^60 nodes."""
    return _calls([_calling(k, k + 1 if k < 59 else None, 2) for k in range(60)])


def functions_at_the_limit():
    """Within the million of nodes: 2^18 calls."""
    return _calls([_calling(k, k + 1 if k < 17 else None, 2) for k in range(18)])


def functions_in_a_chain():
    return _calls([_calling(k, k + 1 if k < 119 else None, 1) for k in range(120)])


def functions_that_call_themselves():
    return _calls([_calling(0, 1, 1), _calling(1, 0, 1)])


def functions_calling_from_graphs():
    """Each function calls the next from 20 graphs deep."""
    functions = []
    for k in range(60):
        inner = [node(f"F{k + 1}", ["x"], ["r"], domain="local") if k < 59 else node("Neg", ["x"], ["r"])]
        for _ in range(20):
            inner = [_if("r", inner)]
        condition = node("Constant", [], ["c"], value=array("", True, bool))
        functions.append(function(f"F{k}", ["x"], ["r"], [condition] + inner))
    return _calls(functions)


def functions_in_loops_in_functions():
    """A loop's body is inferred several times, and each time all that it calls."""
    functions = []
    for k in range(30):
        called = node(f"F{k + 1}", ["v"], ["w"], domain="local") if k < 29 else node(
            "Concat", ["v", "v"], ["w"], axis=0)
        loop = node("Loop", ["m", "", "x"], ["r"], body=body([called], ["i", "c", "v"], ["c", "w"]))
        functions.append(function(
            f"F{k}", ["x"], ["r"], [node("Constant", [], ["m"], value=array("", 1)), loop]))
    return _calls(functions)


def function_of_many_inputs():
    """A function of 30,000 inputs, called 20,000 times without any."""
    f = function("F", [f"{k:x}" for k in range(30_000)], ["r"], [node("Constant", [], ["r"], value_int=1)])
    return model([node("F", [], ["y" if k == 0 else f"{k:x}"], "local") for k in range(20_000)], functions=[f])


def function_of_many_values():
    """A function whose one node has 60,000 outputs, called 20,000 times."""
    f = function("F", ["x"], ["r"], [node("Split", ["x"], ["r"] + [f"{k:x}" for k in range(60_000)])])
    calls = [node("F", ["x"], ["y" if k == 0 else f"{k:x}"], "local") for k in range(20_000)]
    return model(calls, [ones("x", 1)], functions=[f])


def function_of_many_attributes():
    """A function with 10,000 attributes, each passed on to a node, called 10,000 times."""
    f = function("F", ["x"], ["r"], [node("Neg", ["x"], ["r"])], [f"{k:x}" for k in range(60_000)])
    calls = [node("F", ["x"], ["y" if k == 0 else f"{k:x}"], "local") for k in range(20_000)]
    return model(calls, [ones("x", 1)], functions=[f])


def function_with_a_large_constant():
    """A function that holds 500,000 numbers, called 8,000 times."""
    held = node("Constant", [], ["k"], value_ints=[1] * 300_000)
    f = function("F", ["x"], ["r"], [held, node("Neg", ["x"], ["r"])])
    calls = [node("F", ["x"], ["y" if k == 0 else f"{k:x}"], "local") for k in range(8_000)]
    return model(calls, [ones("x", 1)], functions=[f])


def functions_by_name_alone():
    """20,000 functions that nobody calls, of names that begin alike."""
    functions = [function("F" * 12 + f"{k:x}", ["x"], ["y"], []) for k in range(12_000)]
    return model([node("Neg", ["x"])], [ones("x", 1)], functions=functions)


def types_90_deep():
    """Sequences of sequences: a TypeProto holds a sequence's, which holds a TypeProto."""
    made = helper.make_tensor_type_proto(F, [1]).SerializeToString()
    for _ in range(90):
        made = field(4, field(1, made))
    given = field(1, b"x") + field(2, made)
    result = model([node("Identity", ["x"])])
    result.content += field(7, field(11, given))
    return result


def gradient_of_a_long_chain():
    nodes, last = [], "x"
    for k in range(8_000):
        nodes.append(node("Sin", [last], [f"v{k}"]))
        last = f"v{k}"
    nodes.append(node("Gradient", ["x"], ["g"], TRAINING, xs=["x"], y=last))
    return model(nodes, inputs=[value("x", F, [2])], outputs=["g"])


def gradients_of_gradients():
    """Each differentiates all that stands before it."""
    nodes, last = [node("Mul", ["x", "x"], ["v0"])], "v0"
    for k in range(12):
        nodes.append(node("Gradient", ["x"], [f"v{k + 1}"], TRAINING, xs=["x"], y=last))
        last = f"v{k + 1}"
    return model(nodes, inputs=[value("x", F, [])], outputs=[last])


def many_gradients():
    """2,000 Gradients of one chain of 2,000 nodes."""
    nodes, last = [], "x"
    for k in range(2_000):
        nodes.append(node("Sin", [last], [f"v{k}"]))
        last = f"v{k}"
    nodes += [node("Gradient", ["x"], [f"g{k}"], TRAINING, xs=["x"], y=last) for k in range(2_000)]
    return model(nodes, inputs=[value("x", F, [])], outputs=["g0"])


def gradient_of_an_endless_loop():
    loop = node("Loop", ["m", "", "x"], ["l"], body=body([node("Sin", ["v"], ["w"])], ["i", "c", "v"], ["c", "w"]))
    return model(
        [loop, node("Gradient", ["x"], ["y"], TRAINING, xs=["x"], y="l")], [array("m", 2**62)], [value("x", F, [])])
