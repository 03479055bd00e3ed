"""Loops without end, and values that grow in them."""
from .hostile import array, body, filled, helper, model, node, ones, untyped


def _loop(nodes, start="x", initializers=(), outputs=("c", "w"), results=("y",), count=2**62, before=(), **more):
    inner = body(nodes, ["i", "c", "v"], outputs)
    return model(
        [*before, node("Loop", ["m", "", start], results, body=inner)], [array("m", count), *initializers], **more)


def loop_of_2_to_the_62():
    return _loop([node("Neg", ["v"], ["w"])], initializers=[ones("x", 1)])


def loop_of_nothing():
    """An empty body: the loop's own work is all there is."""
    return model(
        [node("Loop", ["m", ""], [], body=body([], ["i", "c"], ["c"])), node("Neg", ["x"])],
        [array("m", 2**62), ones("x", 1)])


def loops_nested_without_end():
    inner = node("Loop", ["m", "", "v"], ["w"], body=body([node("Neg", ["a"], ["b"])], ["j", "d", "a"], ["d", "b"]))
    return _loop([inner], initializers=[ones("x", 1)])


def loop_that_scans_without_end():
    """Each iteration adds an element to an output."""
    return _loop(
        [node("Neg", ["v"], ["w"])], initializers=[ones("x", 1)], outputs=["c", "w", "w"], results=["f", "y"],
        declared_bytes=1 << 40)


def loop_that_concatenates():
    """A value doubles at each iteration."""
    return _loop([node("Concat", ["v", "v"], ["w"], axis=0)], initializers=[ones("x", 1)], declared_bytes=1 << 40)


def loop_that_grows_by_one():
    return _loop(
        [node("Concat", ["v", "x"], ["w"], axis=0)], initializers=[ones("x", 1)], declared_bytes=1 << 40)


def loop_that_inserts():
    """A sequence grows by one element, of which each is the same tensor."""
    return _loop(
        [node("SequenceInsert", ["v", "x"], ["w"])], "s", [ones("x", 1)], before=[node("SequenceEmpty", [], ["s"])],
        declared_bytes=1 << 40)


def loop_that_inserts_nothing():
    """The same of empty tensors, which cost no memory of their own."""
    return _loop(
        [node("SequenceInsert", ["v", "e"], ["w"])], "s", before=[
            node("SequenceEmpty", [], ["s"]), *filled("e", 0)], declared_bytes=1 << 40)


def loop_that_doubles_a_text():
    return _loop(
        [node("StringConcat", ["v", "v"], ["w"])], initializers=[helper.make_tensor("x", 8, [1], ["ab"])],
        opset=20, declared_bytes=1 << 40)


def loop_that_copies():
    """Each iteration copies 64 MiB."""
    return _loop([node("Neg", ["v"], ["w"])], before=filled("x", 1 << 24), declared_bytes=1 << 30)


def loop_whose_condition_never_ends():
    inner = body([node("Not", ["f"], ["d"]), node("Neg", ["v"], ["w"])], ["i", "c", "v"], ["d", "w"])
    return model([node("Loop", ["", "t", "x"], ["y"], body=inner)], [
        array("t", True, bool), array("f", False, bool), ones("x", 1)])


def loop_of_many_carried_values():
    """5,000 values go around."""
    names = [f"{k:x}_" for k in range(20_000)]
    inner = body([], ["i", "c", *names], ["c", *names])
    return model([node("Loop", ["m", "", *["x"] * 20_000], [f"y{it}" for it in names], body=inner)], [
        array("m", 2**62), ones("x", 1)], outputs=[f"y{names[0]}"])


def scan_of_a_trillion():
    """No elements, but 2^40 iterations."""
    inner = helper.make_graph([node("Neg", ["e"], ["w"])], "b", [untyped("e")], [untyped("w")])
    return model(filled("x", 1 << 40, 0) + [node("Scan", ["x"], body=inner, num_scan_inputs=1)])


def scan_of_2_to_the_26():
    inner = helper.make_graph([node("Neg", ["e"], ["w"])], "b", [untyped("e")], [untyped("w")])
    return model(
        filled("x", 1 << 26) + [node("Scan", ["x"], body=inner, num_scan_inputs=1)], declared_bytes=1 << 36)


def sequence_map_of_many():
    inner = helper.make_graph([node("Neg", ["e"], ["w"])], "b", [untyped("e")], [untyped("w")])
    return model(
        filled("x", 1 << 22) + [
            node("SplitToSequence", ["x"], ["s"], keepdims=0), node("SequenceMap", ["s"], ["t"], body=inner),
            node("SequenceLength", ["t"])], declared_bytes=1 << 33)


def many_loops_without_end():
    """None of them takes longer than some seconds, and there are hundreds."""
    nodes = [
        node("Loop", ["m", "", "x"], [f"y{k}"], body=body([node("Neg", ["v"], ["w"])], ["i", "c", "v"], ["c", "w"]))
        for k in range(500)]
    return model(nodes, [array("m", 1_000_000), ones("x", 1)], outputs=["y0"])


def loop_in_a_constant_branch():
    """Inference may know the condition, but does not run the loop."""
    loop = node("Loop", ["m", "", "x"], ["w"], body=body([node("Neg", ["a"], ["b"])], ["i", "c", "a"], ["c", "b"]))
    chosen = node("If", ["t"], ["y"], then_branch=body([loop], outputs=["w"]), else_branch=body(
        [node("Identity", ["x"], ["w"])], outputs=["w"]))
    return model([chosen], [array("m", 2**62), array("t", True, bool), ones("x", 1)])
