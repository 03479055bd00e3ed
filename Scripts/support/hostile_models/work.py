"""Much work for few bytes: products, sorts, transforms, boxes, and many nodes that are each quick."""
import numpy as np

from .hostile import I64, U8, array, computing, drawn, f32, filled, i64, model, node, ones


def matmul_of_8192():
    return computing("MatMul", "a", "b", before=drawn("a", 1 << 13, 1 << 13) + drawn("b", 1 << 13, 1 << 13),
                     declared_bytes=1 << 30)


def matmul_of_integers():
    zeros = [node("Cast", [f"{it}f"], [it], to=U8) for it in "ab"]
    return computing("MatMulInteger", "a", "b", before=drawn("af", 4096, 4096) + drawn("bf", 4096, 4096) + zeros)


def matmul_of_halves():
    halves = [node("Cast", [f"{it}f"], [it], to=10) for it in "ab"]
    return computing("MatMul", "a", "b", before=drawn("af", 4096, 4096) + drawn("bf", 4096, 4096) + halves)


def einsum_of_2_to_the_60_products():
    return computing("Einsum", "x", "x", before=filled("x", 1 << 10, 1 << 10), equation="ij,kl->")


def einsum_of_many_operands():
    """8^20 products."""
    letters = "abcdefghijklmnopqrst"
    return computing("Einsum", *["x"] * 20, before=filled("x", 8), equation=",".join(letters) + "->")


def determinant_of_3000():
    return computing("Det", "x", before=drawn("x", 3_000, 3_000), opset=22)


def determinants_of_many():
    return computing("Det", "x", before=drawn("x", 1 << 16, 16, 16), opset=22)


def dft_of_a_prime_length():
    return computing("DFT", "x", before=drawn("x", 1, 15_485_863, 1), opset=20, declared_bytes=1 << 31)


def dft_of_a_power_of_two():
    return computing("DFT", "x", before=drawn("x", 1, 1 << 22, 1), opset=20, declared_bytes=1 << 30)


def stft_of_every_place():
    return computing(
        "STFT", "x", i64(1), None, i64(1 << 14), before=drawn("x", 1, 1 << 18, 1), declared_bytes=1 << 36)


def non_max_suppression_of_100_thousand_boxes():
    return computing(
        "NonMaxSuppression", "b", "s", i64([2**62]), before=drawn("b", 1, 100_000, 4) + drawn("s", 1, 1, 100_000))


def non_max_suppression_of_disjoint_boxes():
    """No box suppresses another: all pairs are compared."""
    return computing("NonMaxSuppression", "b", "s", i64([2**62]), f32([1.0]), before=drawn(
        "b", 1, 100_000, 4) + drawn("s", 1, 4, 100_000))


def top_k_of_all():
    return computing("TopK", "x", i64([1 << 24]), before=drawn("x", 1 << 24), outputs=("y", "i"),
                     declared_bytes=1 << 30)


def top_k_of_columns():
    return computing("TopK", "x", i64([1 << 11]), before=drawn("x", 1 << 11, 1 << 12), outputs=("y", "i"), axis=0)


def unique_of_2_to_the_24():
    return computing("Unique", "x", before=drawn("x", 1 << 24), outputs=("y", "a", "b", "c"), declared_bytes=1 << 31)


def unique_rows():
    return computing("Unique", "x", before=filled("x", 1 << 12, 1 << 12), outputs=("y", "a", "b", "c"), axis=0)


def compress_of_2_to_the_26():
    return computing("Compress", "x", "c", before=drawn("x", 1 << 26) + [node("Cast", ["x"], ["c"], to=9)],
                     declared_bytes=1 << 30)


def non_zero_of_rank_60():
    return computing("NonZero", "x", before=drawn("x", *[2] * 20, *[1] * 40), declared_bytes=1 << 30)


def grid_sample_cubic():
    return computing("GridSample", "x", "g", before=drawn("x", 1, 64, 64, 64) + drawn("g", 1, 1024, 1024, 2),
                     mode="cubic", declared_bytes=1 << 30)


def roi_align_of_many_boxes():
    boxes = drawn("r", 50_000, 4) + [
        node("Constant", [], ["n"], value_ints=[50_000]),
        node("ConstantOfShape", ["n"], ["i"], value=array("", [0]))]
    return computing("RoiAlign", "x", "r", "i", before=drawn("x", 1, 8, 64, 64) + boxes, output_height=32,
                     output_width=32, sampling_ratio=16, declared_bytes=1 << 31)


def max_roi_pool_of_many_boxes():
    """Each box is the whole image."""
    scaled = [node("Constant", [], ["k"], value_floats=[0.0, 0.0, 0.0, 1e9, 1e9]), *filled("z", 100_000, 5),
              node("Add", ["z", "k"], ["r"])]
    return computing("MaxRoiPool", "x", "r", before=drawn("x", 1, 1, 512, 512) + scaled, pooled_shape=[1, 1])


def lrn_of_a_huge_size():
    return computing("LRN", "x", before=drawn("x", 1, 1 << 16, 8, 8), size=2**62)


def lrn_of_many_channels():
    return computing("LRN", "x", before=drawn("x", 1, 1 << 16, 8, 8), size=1 << 16)


def max_pool_of_a_wide_window():
    return computing("MaxPool", "x", before=drawn("x", 1, 1, 1 << 22), kernel_shape=[1 << 20], outputs=("y", "i"),
                     pads=[1 << 19, 1 << 19])


def conv_of_a_whole_image():
    return computing("Conv", "x", "w", before=drawn("x", 1, 1, 2048, 2048) + drawn("w", 1, 1, 1024, 1024))


def conv_of_many_channels():
    return computing("Conv", "x", "w", before=drawn("x", 1, 512, 64, 64) + drawn("w", 512, 512, 15, 15),
                     pads=[7] * 4, declared_bytes=1 << 31)


def conv_dilated_without_end():
    return computing("Conv", "x", "w", before=drawn("x", 1, 1, 1 << 20) + drawn("w", 1, 1, 2), dilations=[1 << 19])


def deform_conv():
    return computing("DeformConv", "x", "w", "o", before=drawn("x", 1, 64, 64, 64) + drawn("w", 64, 64, 3, 3)
                     + drawn("o", 1, 18, 62, 62), opset=22)


def lstm_of_a_long_sequence():
    return computing("LSTM", "x", "w", "r", before=drawn("x", 1 << 18, 1, 1) + drawn("w", 1, 64, 1)
                     + drawn("r", 1, 64, 16), hidden_size=16, outputs=("y", "h", "c"))


def gru_of_wide_states():
    return computing("GRU", "x", "w", "r", before=drawn("x", 1 << 10, 1, 16) + drawn("w", 1, 3 * 1024, 16)
                     + drawn("r", 1, 3 * 1024, 1024), hidden_size=1024, outputs=("y", "h"))


def cumulative_sum_of_columns():
    return computing("CumSum", "x", i64(0), before=drawn("x", 1 << 12, 1 << 12))


def bit_shift_beyond_the_type():
    return computing("BitShift", np.full(1 << 16, 255, np.uint8), np.full(1 << 16, 255, np.uint8), direction="LEFT")


def pow_of_integers():
    """Powers of 2^62."""
    parts = [node("Constant", [], ["n"], value_ints=[1 << 22]),
             node("ConstantOfShape", ["n"], ["b"], value=array("", [3]))]
    return computing("Pow", "b", i64(2**62), before=parts)


def mod_of_floats():
    """1e308 modulo 1e-300."""
    parts = [node("Constant", [], ["n"], value_ints=[1 << 18]),
             node("ConstantOfShape", ["n"], ["a"], value=array("", [1e308], np.float64))]
    return computing("Mod", "a", np.float64(3e-300), before=parts, fmod=1)


def softmax_of_columns():
    return computing("Softmax", "x", before=drawn("x", 1 << 12, 1 << 12), axis=0)


def layer_normalization_of_doubles():
    return computing("LayerNormalization", "x", "x", before=drawn("x", 1 << 24, dtype=11), declared_bytes=1 << 30)


def reduce_log_sum_exp():
    return computing("ReduceLogSumExp", "x", i64([0]), before=drawn("x", 1 << 12, 1 << 12))


def gelu_of_2_to_the_26():
    return computing("Gelu", "x", before=drawn("x", 1 << 26), opset=20, declared_bytes=1 << 30)


def attention_by_definition():
    parts = [it for name in "qkv" for it in drawn(name, 1, 8, 1 << 12, 64)]
    return computing("Attention", *"qkv", before=parts, opset=23, declared_bytes=1 << 32)


def linear_products_in_a_row():
    """400 nodes of a second each: none is slow, but all are."""
    nodes = drawn("x", 2_048, 2_048)
    nodes += [node("MatMul", ["x" if k == 0 else f"v{k}", "x"], [f"v{k + 1}"]) for k in range(400)]
    return model(nodes, outputs=["v400"])


def functions_of_one_number_in_a_row():
    """20,000 nodes of 2^20 elements."""
    nodes = drawn("x", 1 << 20)
    nodes += [node("Sin", ["x" if k == 0 else f"v{k}"], [f"v{k + 1}"]) for k in range(20_000)]
    return model(nodes, outputs=["v20000"])


def constant_products():
    """Constant expressions, each small and dear."""
    nodes = []
    for k in range(4_000):
        nodes.append(node("Einsum", ["x", "x", "x"], [f"v{k}"], equation="ab,cd,ef->a"))
    return model(nodes, [ones("x", 16, 16)], outputs=["v0"])


def constant_determinants():
    return model([node("Det", ["x"], [f"v{k}"]) for k in range(20_000)], [ones("x", 60, 60)], outputs=["v0"])


def constant_images():
    """Each expands a constant to an image that no fold may take."""
    nodes = [node("Resize", ["x", "", "", "n"], [f"v{k}"], mode="cubic") for k in range(10_000)]
    return model(nodes, [ones("x", 1, 1, 32, 32), array("n", [1, 1, 64, 64])], outputs=["v0"])


def negative_log_likelihood_of_many_classes():
    return computing("SoftmaxCrossEntropyLoss", "x", "t", before=drawn("x", 64, 1 << 18) + [
        node("Constant", [], ["n"], value_ints=[64]), node("ConstantOfShape", ["n"], ["t"], value=array("", [0]))])


def sort_of_equal_numbers():
    return computing("TopK", "x", i64([1 << 24]), before=filled("x", 1 << 24), outputs=("y", "i"), largest=0,
                     declared_bytes=1 << 30)


def random_permutation_of_draws():
    return computing("Bernoulli", "x", before=filled("x", 1 << 28), declared_bytes=1 << 32)


def multinomial_of_many_classes():
    return computing("Multinomial", "x", before=drawn("x", 1, 1 << 20), sample_size=1 << 20)


def gathered_elements():
    return computing("GatherElements", "x", "i", before=drawn("x", 1 << 24) + [
        node("Cast", ["x"], ["i"], to=I64)], declared_bytes=1 << 30)


def tensor_scatter():
    return computing("ScatterElements", "x", "i", "x", before=drawn("x", 1 << 24) + [
        node("Cast", ["x"], ["i"], to=I64)], reduction="mul", declared_bytes=1 << 30)


def quantized_product():
    parts = drawn("f", 4096, 4096) + [node("Cast", ["f"], ["x"], to=U8)]
    one, zero = f32(1), np.uint8(0)
    return computing("QLinearMatMul", "x", one, zero, "x", one, zero, one, zero, before=parts)


def reverse_sequence():
    parts = drawn("x", 1 << 12, 1 << 12) + [
        node("Constant", [], ["n"], value_ints=[1 << 12]),
        node("ConstantOfShape", ["n"], ["l"], value=array("", [1 << 12]))]
    return computing("ReverseSequence", "x", "l", before=parts)
