"""Models that other tools rewrite wrongly, and others that they and our own rewrite rightly."""
import dataclasses

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

F, D = TensorProto.FLOAT, TensorProto.DOUBLE

# Python that rewrites the model at its first argument into its second.
TOOLS = {
    "onnxscript": """
import sys, onnx
from onnxscript import optimizer, rewriter
model = onnx.load(sys.argv[1])
onnx.save(rewriter.rewrite(optimizer.optimize(rewriter.rewrite(model))), sys.argv[2])
""",
    "onnxslim": "import onnxslim, sys; onnxslim.slim(sys.argv[1], sys.argv[2])",
    "onnxoptimizer": """
import sys, onnx, onnxoptimizer
model = onnx.load(sys.argv[1])
passes = [it for it in onnxoptimizer.get_available_passes() if not it.startswith(("split", "lift", "rename", "set"))]
onnx.save(onnxoptimizer.optimize(model, passes), sys.argv[2])
""",
    "onnxsim": "import onnx, onnxsim, sys; m, ok = onnxsim.simplify(sys.argv[1]); onnx.save(m, sys.argv[2])",
    "onnxruntime": """
import sys, onnxruntime as ort
options = ort.SessionOptions()
options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
options.optimized_model_filepath = sys.argv[2]
options.log_severity_level = 4
try:
    ort.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
except Exception as error:
    print(error)
""",
}


# What our own makes of a model.
OWN = ["touchstone optimize --level 1", "touchstone optimize", "touchstone convert --opset 28"]


@dataclasses.dataclass
class Rewrite:
    name: str
    tools: list
    model: onnx.ModelProto
    # Why the tool shows no fault that `touchstone verify` could name.
    note: str = ""


def node(op, inputs, outputs, **attributes):
    return helper.make_node(op, inputs.split(), outputs.split(), **attributes)


def array(name, values, dtype=np.float32):
    return numpy_helper.from_array(np.asarray(values, dtype), name)


def model(nodes, shape=("n", 3), *, constants=(), inputs=(), opset=17, element=F):
    """x goes through Neg at both ends, so that the pattern between a and b stands in the middle."""
    graph = helper.make_graph(
        [node("Neg", "x", "a"), *nodes, node("Neg", "b", "y")], "g",
        [helper.make_tensor_value_info("x", element, list(shape)), *inputs],
        [helper.make_tensor_value_info("y", element, None)], list(constants))
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    # Exporters say the types of inner values, and some tools ask for them.
    return onnx.shape_inference.infer_shapes(made)


def _clips(low1, high1, low2, high2):
    return model(
        [node("Clip", "a l1 h1", "c"), node("Clip", "c l2 h2", "b")],
        constants=[array("l1", low1), array("h1", high1), array("l2", low2), array("h2", high2)])


def _normalization(outputs, **attributes):
    constants = [array(it, [1, 2, 0.5]) for it in ["s", "bias", "m", "v"]]
    return model(
        [node("Conv", "a w", "c"), node("BatchNormalization", "c s bias m v", outputs, **attributes)],
        shape=["n", 2, 4, 4], constants=[array("w", np.arange(6).reshape(3, 2, 1, 1) - 2.0), *constants], opset=15)


def _dropout():
    return model([node("Dropout", "a r t", "b")], constants=[array("r", 0.5), array("t", True, bool)], opset=13)


def _pooled(op, added, shape=("n", 2, 5, 5), **attributes):
    return model(
        [node("Pad", "a p", "c"), node(op, "c", "b", kernel_shape=[3, 3], **attributes)], shape=list(shape),
        constants=[array("p", added, np.int64)], opset=13)


def _draws():
    return model(
        [node("RandomNormalLike", "a", "c"), node("RandomNormalLike", "a", "d"), node("Sub", "c d", "b")])


def _default():
    return model(
        [node("Mul", "a w", "c"), node("Add", "c w", "b")], constants=[array("w", [0, 0, 0])],
        inputs=[helper.make_tensor_value_info("w", F, [3])])


def faults():
    """What `shared/TRANSFORMS.md` calls measured wrong, in its order."""
    every = ["onnxscript", "onnxslim", "onnxoptimizer", "onnxsim", "onnxruntime"]
    cast = model(
        [node("Cast", "a", "c", to=F), node("Cast", "c", "d", to=TensorProto.FLOAT16), node("Cast", "d", "b", to=D)],
        element=D)
    reshape = model(
        [node("Reshape", "a s", "b", allowzero=1)], shape=[0, 3], constants=[array("s", [3, 0], np.int64)])
    scaled = model(
        [node("Conv", "a w", "c"), node("Mul", "c k", "b")], shape=["n", 2, 3, 3],
        constants=[array("w", np.ones((3, 2, 1, 1))), array("k", [1, 2, 3])])
    reshapes = model(
        [node("Reshape", "a s", "c"), node("Reshape", "c t", "b")], shape=[2, 3, 4],
        constants=[array("s", [4, 6], np.int64), array("t", [0, 2, -1], np.int64)])
    largest = model([node("Exp", "a", "c"), node("ArgMax", "c", "d", axis=-1), node("Cast", "d", "b", to=F)])
    reciprocal = model(
        [node("Div", "one v", "c"), node("Mul", "c a", "b")], shape=[3], constants=[array("one", 1.0)],
        inputs=[helper.make_tensor_value_info("v", F, [3])])
    relu = model(
        [node("Relu", "a", "c"), node("Clip", "c l h", "b")], element=D,
        constants=[array("l", 0.0, np.float64), array("h", 6.0, np.float64)])
    return [
        Rewrite("Clip∘Clip of ranges apart", ["onnxscript"], _clips(0, 1, 2, 3)),
        Rewrite("Relu∘Clip below 0", ["onnxscript"], model(
            [node("Clip", "a l h", "c"), node("Relu", "c", "b")], constants=[array("l", -3), array("h", -1)])),
        Rewrite("Min(Max(x, [1,1,1])) loses a rank", ["onnxscript"], model(
            [node("Max", "a l", "c"), node("Min", "c h", "b")], shape=["n"],
            constants=[array("l", [[[-0.5]]]), array("h", 0.5)])),
        Rewrite("BatchNormalization in training into Conv", ["onnxscript"], _normalization("b rm rv", training_mode=1)),
        Rewrite("Cast∘Cast double, float, float16", ["onnxscript"], cast),
        Rewrite("Conv·Mul along the width", ["onnxslim"], scaled),
        Rewrite("Dropout in training", ["onnxslim", "onnxruntime"], _dropout()),
        Rewrite("Reshape with allowzero", ["onnxslim"], reshape),
        Rewrite("x·[1,1,1] under an open dim", ["onnxslim"], model(
            [node("Mul", "a k", "b")], shape=["n"], constants=[array("k", [1, 1, 1])])),
        Rewrite("Pad(0) into MaxPool", ["onnxoptimizer", "onnxsim"], _pooled("MaxPool", [0, 0, 1, 1, 0, 0, 1, 1])),
        Rewrite("Pad into AveragePool with pads", ["onnxoptimizer", "onnxsim"], _pooled(
            "AveragePool", [0, 0, 1, 1, 0, 0, 1, 1], pads=[1, 1, 1, 1])),
        Rewrite("Reshape∘Reshape with a 0", ["onnxoptimizer", "onnxsim"], reshapes),
        Rewrite("two draws made one", ["onnxslim", "onnxoptimizer", "onnxsim"], _draws()),
        Rewrite("ArgMax(Exp x)", ["onnxoptimizer", "onnxsim"], largest),
        Rewrite("Log(Softmax x)", ["onnxoptimizer", "onnxsim"], model(
            [node("Softmax", "a", "c", axis=-1), node("Log", "c", "b")])),
        Rewrite("a default taken for a constant", ["onnxslim", "onnxoptimizer", "onnxsim"], _default()),
        Rewrite("(1/b)·a", ["onnxruntime"], reciprocal),
        Rewrite("Relu+Clip in double", ["onnxruntime"], relu, "it fails while it rewrites, and makes no model"),
        Rewrite("x+0", every, model([node("Add", "a z", "b")], constants=[array("z", 0.0)])),
        Rewrite(
            "unused outputs of a training BatchNormalization", ["onnxruntime"], _unused(),
            "the model that it makes keeps all outputs and is right; of equal constants one is left, over which its "
            "own kernel writes the running mean, so that only its runs differ"),
    ]


def _unused():
    constants = [array(it, [1, 2, 0.5]) for it in ["s", "bias", "m", "v"]]
    return model(
        [node("BatchNormalization", "a s bias m v", "b um uv sm sv")], shape=["n", 3, 4, 4], constants=constants,
        opset=9)


def correct(cases):
    """Rewrites that are right: small models by every tool; the faults' models and ONNX's models of functions, which lie
    in the folder `cases`, by our own."""
    every = [*TOOLS, *OWN]
    small = [Rewrite(name, every, model(nodes, shape, constants=constants))
             for name, nodes, shape, constants in _patterns()]
    own = [Rewrite(it.name, OWN, it.model) for it in faults()]
    functions = [Rewrite(it.name, OWN, onnx.load(it / "model.onnx")) for it in sorted(cases.glob("*_expanded"))]
    return small + own + functions


def _patterns():
    """Patterns that the tools rewrite rightly, each three times with other numbers: names, nodes, shapes, constants."""
    made = []
    random = np.random.default_rng(0)

    def weights(*shape):
        return random.uniform(-1, 1, shape)

    for k in range(1, 4):
        channels = 2 + k
        image = ["n", 2, 5 + k, 5]
        conv = node("Conv", "a w", "c", kernel_shape=[3, 3], pads=[1] * 4)
        kernel = array("w", weights(channels, 2, 3, 3))
        statistics = [array("s", weights(channels)), array("bias", weights(channels)), array("m", weights(channels)),
                      array("v", np.abs(weights(channels)) + 0.1)]
        made += [
            (f"Conv and BatchNormalization {k}", [conv, node("BatchNormalization", "c s bias m v", "b")], image,
             [kernel, *statistics]),
            (f"Conv and Mul {k}", [conv, node("Mul", "c k", "b")], image,
             [kernel, array("k", weights(channels, 1, 1))]),
            (f"Conv and Add {k}", [conv, node("Add", "c k", "b")], image,
             [kernel, array("k", weights(1, channels, 1, 1))]),
            (f"MatMul and Add {k}", [node("MatMul", "a w", "c"), node("Add", "c k", "b")], ["n", 4 * k],
             [array("w", weights(4 * k, 7)), array("k", weights(7))]),
            (f"MatMul and scale {k}", [node("MatMul", "a w", "c"), node("Mul", "c k", "b")], ["n", 4, 6 * k],
             [array("w", weights(6 * k, 5)), array("k", 0.3 * k)]),
            (f"Transpose twice {k}", [node("Transpose", "a", "c", perm=[1, 2, 0]),
                                      node("Transpose", "c", "b", perm=[0, 2, 1])], ["n", k, 3], []),
            (f"Reshape twice {k}", [node("Reshape", "a s", "c"), node("Reshape", "c t", "b")], ["n", 2 * k, 3],
             [array("s", [-1, 6 * k], np.int64), array("t", [-1, 3], np.int64)]),
            (f"Identity and dead nodes {k}", [node("Identity", "a", "c"), node("Exp", "c", "unused"),
                                              node("Identity", "c", "b")], ["n", k], []),
            (f"the same twice {k}", [node("Sigmoid", "a", "c"), node("Sigmoid", "a", "d"), node("Add", "c d", "b")],
             ["n", k], []),
            (f"constants {k}", [node("Mul", "k k", "c"), node("Sqrt", "c", "d"), node("Mul", "a d", "b")], ["n", 3],
             [array("k", weights(3) + k)]),
        ]
    return made
