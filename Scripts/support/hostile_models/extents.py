"""Small models whose values are declared to be huge."""
import numpy as np
from onnx import ModelProto

from .hostile import F, TRILLION, array, computing, f32, filled, i64, model, node, ones, value

_ONE = np.ones(1, f32)
_PIXEL = np.ones((1, 1, 1, 1), f32)


def constant_of_a_trillion():
    return computing("ConstantOfShape", i64([TRILLION]))


def constant_within_the_limit():
    """2 GiB of zeros are within the limit of memory of most machines."""
    return model(filled("y", 1 << 29), declared_bytes=1 << 31)


def many_constants_within_the_limit():
    """256 MiB each, of which every one is read at the end."""
    nodes = [it for k in range(400) for it in filled(f"v{k}", 1 << 26)]
    return model(nodes + [node("Sum", [f"v{k}" for k in range(400)])], declared_bytes=1 << 40)


def expand_of_a_trillion():
    return computing("Expand", _ONE, i64([TRILLION]))


def expand_chain():
    nodes = [node("Expand", ["x" if k == 0 else f"v{k}", "n"], [f"v{k + 1}"]) for k in range(60)]
    return model(nodes, [ones("x", 1), array("n", [1 << 20, 1])], outputs=["v60"], declared_bytes=1 << 40)


def tile_chain():
    nodes = [node("Tile", ["x" if k == 0 else f"v{k}", "n"], [f"v{k + 1}"]) for k in range(60)]
    return model(nodes, [ones("x", 1), array("n", [7])], outputs=["v60"], declared_bytes=1 << 40)


def concat_chain():
    nodes = [node("Concat", ["x" if k == 0 else f"v{k}"] * 2, [f"v{k + 1}"], axis=0) for k in range(60)]
    return model(nodes, [ones("x", 1)], outputs=["v60"], declared_bytes=1 << 40)


def concat_chain_of_shapes():
    """The same of numbers that inference follows."""
    nodes = [node("Shape", ["x"], ["v0"])]
    nodes += [node("Concat", [f"v{k}"] * 2, [f"v{k + 1}"], axis=0) for k in range(60)]
    nodes += [node("ConstantOfShape", ["v60"], ["y"])]
    return model(nodes, inputs=[value("x", F, [1])], declared_bytes=1 << 40)


def sequence_doubled():
    """A sequence of sequences is none; but a tensor doubled by way of a sequence is."""
    nodes, last = [], "x"
    for k in range(60):
        nodes += [
            node("SequenceConstruct", [last, last], [f"s{k}"]),
            node("ConcatFromSequence", [f"s{k}"], [f"v{k}"], axis=0)]
        last = f"v{k}"
    return model(nodes, [ones("x", 1)], outputs=[last], declared_bytes=1 << 40)


def add_doubling():
    """An outer sum that grows an axis at each node."""
    nodes = [node("Unsqueeze", ["x" if k == 0 else f"w{k}", "axis"], [f"u{k}"]) if k % 2 == 0 else node(
        "Add", [f"u{k - 1}", "x"], [f"w{k + 1}"]) for k in range(40)]
    return model(nodes, [ones("x", 10), array("axis", [-1])], outputs=["w40"], declared_bytes=1 << 40)


def range_of_a_trillion():
    return computing("Range", i64(0), i64(TRILLION), i64(1))


def range_of_no_step():
    return computing("Range", f32(0), f32(1), f32(1e-45))


def pad_of_a_trillion():
    return computing("Pad", _ONE, i64([TRILLION, TRILLION]), mode="reflect")


def pad_wrapped():
    return computing("Pad", np.ones(3, f32), i64([1 << 28, 0]), mode="wrap", declared_bytes=1 << 32)


def resize_of_a_trillion():
    return computing("Resize", _PIXEL, None, None, i64([1, 1, 1 << 20, 1 << 20]), mode="cubic")


def resize_antialiased():
    """From 2^26 pixels to one: the filter is as wide as the image."""
    return computing(
        "Resize", "x", None, None, i64([1, 1, 1, 4]), before=filled("x", 1, 1, 1, 1 << 26), mode="cubic", antialias=1,
        declared_bytes=1 << 32)


def upsample_of_a_trillion():
    return computing("Upsample", _PIXEL, f32([1, 1, 1e6, 1e6]), opset=9)


def one_hot_of_a_trillion():
    return computing("OneHot", i64([1]), i64(TRILLION), i64([0, 1]))


def one_hot_wide():
    return computing("OneHot", "x", i64(1 << 20), f32([0, 1]), before=[
        node("Constant", [], ["n"], value_ints=[1 << 8]),
        node("ConstantOfShape", ["n"], ["x"], value=array("", [0]))], declared_bytes=1 << 32)


def eye_of_a_trillion():
    return computing("EyeLike", "x", before=filled("x", 1 << 20, 1 << 20))


def random_normal_of_a_trillion():
    return model([node("RandomNormal", [], ["y"], shape=[1 << 20, 1 << 20])])


def random_normal_of_2_to_the_28():
    return model([node("RandomNormal", [], ["y"], shape=[1 << 28])], declared_bytes=1 << 31)


def multinomial_of_a_trillion():
    return computing("Multinomial", np.ones((1, 2), f32), sample_size=1 << 31)


def windows_of_a_trillion():
    return computing("BlackmanWindow", i64(1 << 40))


def window_within_the_limit():
    return computing("BlackmanWindow", i64(1 << 28), declared_bytes=1 << 31)


def mel_matrix_of_a_trillion():
    return computing("MelWeightMatrix", i64(1 << 20), i64(1 << 21), i64(8_000), f32(0), f32(4_000))


def conv_padded():
    return computing("Conv", _PIXEL, _PIXEL, pads=[1 << 30, 1 << 30, 0, 0])


def conv_of_a_wide_kernel():
    """The columns of a product would take 64 GiB."""
    return computing("Conv", "x", "w", before=filled("x", 1, 1, 1, 1 << 18) + filled("w", 2, 1, 1, 1 << 17))


def conv_transpose_of_strides():
    return computing("ConvTranspose", np.ones((1, 1, 2, 2), f32), _PIXEL, strides=[1 << 31, 1 << 31])


def max_pool_padded():
    return computing("MaxPool", _PIXEL, kernel_shape=[1 << 30, 1 << 30], pads=[(1 << 30) - 1] * 4)


def average_pool_of_a_wide_window():
    return computing(
        "AveragePool", "x", before=filled("x", 1, 1, 1 << 12, 1 << 12), kernel_shape=[2_047, 2_047],
        declared_bytes=1 << 30)


def lp_pool_dilated():
    return computing("LpPool", "x", before=filled("x", 1, 1, 1 << 20), kernel_shape=[1 << 18], opset=22)


def max_unpool_of_a_trillion():
    return computing("MaxUnpool", np.ones((1, 1, 1), f32), i64([[[0]]]), i64([1, 1, TRILLION]), kernel_shape=[1])


def col2im_of_a_trillion():
    return computing("Col2Im", np.ones((1, 1, 1), f32), i64([1 << 20, 1 << 20]), i64([1, 1]))


def affine_grid_of_a_trillion():
    return computing("AffineGrid", np.ones((1, 2, 3), f32), i64([1, 1, 1 << 20, 1 << 20]))


def roi_align_of_a_trillion():
    return computing(
        "RoiAlign", np.ones((1, 1, 2, 2), f32), f32([[0, 0, 1, 1]]), i64([0]), output_height=1 << 20,
        output_width=1 << 20)


def roi_align_of_many_samples():
    return computing("RoiAlign", np.ones((1, 1, 2, 2), f32), f32([[0, 0, 1e30, 1e30]]), i64([0]))


def max_roi_pool_of_a_trillion():
    return computing(
        "MaxRoiPool", np.ones((1, 1, 2, 2), f32), f32([[0, 0, 0, 1, 1]]), pooled_shape=[1 << 20, 1 << 20])


def center_crop_pad_of_a_trillion():
    return computing("CenterCropPad", _ONE, i64([TRILLION]))


def gather_of_a_trillion():
    return computing("Gather", "x", "i", before=filled("x", 1, 1 << 20) + [
        node("Constant", [], ["n"], value_ints=[1 << 20]),
        node("ConstantOfShape", ["n"], ["i"], value=array("", [0]))])


def outer_product():
    return computing("MatMul", "a", "b", before=filled("a", 1 << 20, 1) + filled("b", 1, 1 << 20))


def outer_sum():
    return computing("Add", "a", "b", before=filled("a", 1 << 20, 1) + filled("b", 1, 1 << 20))


def empty_beside_huge():
    """No element, and extents that loops might count."""
    nodes = [it for k, op in enumerate(["Softmax", "ArgMax", "LayerNormalization", "GlobalAveragePool"]) for it in (
        *filled(f"e{k}", 0, 1 << 40, 1), node(op, [f"e{k}", f"e{k}"][:2 if op[0] == "L" else 1], [f"y{k}"]))]
    return model(nodes, outputs=["y0"])


def attention_of_long_sequences():
    parts = [it for name in "qkv" for it in filled(name, 1, 1, 1 << 16, 8)]
    return computing("Attention", *"qkv", before=parts, opset=23, declared_bytes=1 << 35)


def attention_of_many_heads():
    parts = [it for name in "qkv" for it in filled(name, 1, 1 << 10, 0)]
    return computing("Attention", *"qkv", before=parts, opset=23, q_num_heads=1 << 62, kv_num_heads=1 << 62)


def depth_to_space_of_blocks():
    return computing("DepthToSpace", "x", before=filled("x", 1, 1 << 20, 1, 1), blocksize=1 << 31)


def dequantize_blocks():
    """Blocks of one element, and blocks larger than any tensor."""
    return computing(
        "DequantizeLinear", np.zeros((1 << 12, 8), np.uint8), np.ones((1 << 12, 8), f32),
        axis=0, block_size=1 << 62, opset=21)


def int4_unpacked():
    """A trillion of half bytes."""
    return computing("Cast", "x", before=filled("x", 1 << 40), to=22)


def cast_to_text():
    """64 Mi strings: sixteen bytes each before they hold anything."""
    return computing("Cast", "x", before=filled("x", 1 << 26), to=8, declared_bytes=1 << 33)


def dft_of_a_trillion():
    return computing("DFT", np.ones((1, 2, 1), f32), i64(TRILLION), opset=20)


def trilu_of_a_shift():
    return computing("Trilu", "x", i64(2**62), before=filled("x", 1 << 13, 1 << 13), declared_bytes=1 << 30)


def initializers_of_no_data():
    """Tensors that declare extents without bytes."""
    made = model([node("Neg", ["x"])], [ones("x", 1)])
    proto = ModelProto.FromString(made.content)
    del proto.graph.initializer[0].dims[:]
    proto.graph.initializer[0].dims.extend([1 << 40, 1 << 20])
    made.content = proto.SerializeToString()
    return made
