"""Texts and patterns."""
import numpy as np
from onnx import TensorProto

from .hostile import TEXT, array, body, computing, model, node


def _texts(name, *values):
    return TensorProto(name=name, data_type=TEXT, dims=[len(values)], string_data=[it.encode() for it in values])


def _matching(pattern, text):
    return model([node("Identity", ["t"], ["x"]), node("RegexFullMatch", ["x"], pattern=pattern)], [_texts("t", text)])


def pattern_of_nested_stars():
    return _matching("(a*)*b", "a" * 500_000)


def pattern_of_twenty_nested_stars():
    return _matching("(" * 200 + "a" + "*)" * 200 + "b", "a" * 500_000)


def pattern_of_optionals():
    return _matching("a?" * 20_000 + "a" * 20_000, "a" * 40_000)


def pattern_repeated_a_million_times():
    return _matching("((a{1000}){1000}){1000}", "a" * 900_000)


def pattern_of_a_counted_class():
    return _matching(r"[\p{L}\p{N}]{0,1000}x", "\u00e9" * 400_000)


def pattern_repeated_within_the_limit():
    return _matching("((((a?){10}){10}){10})*b", "a" * 800_000)


def pattern_of_many_words():
    return _matching("|".join(f"{k:x}" for k in range(120_000)), "zzzz")


def pattern_of_equal_words():
    return _matching("(" + "|".join(["a"] * 100_000) + ")*b", "a" * 400_000)


def pattern_of_classes():
    return _matching(r"[\p{L}\P{L}\w\W\d\D\s\S]" * 20_000, "\u00e9" * 20_000)


def pattern_of_many_ranges():
    return _matching("[" + "".join(chr(k) for k in range(0x100, 0xD000, 2)) + "]*x", "\u0100" * 300_000)


def pattern_too_deep():
    return _matching("(" * 200_000 + "a" + ")" * 200_000, "a")


def pattern_that_ignores_case():
    return _matching("(?i)" + "".join(chr(k) for k in range(0x100, 0x2000)) * 20 + "*", "x")


def patterns_by_the_thousand():
    """A constant expression each."""
    nodes = [node("RegexFullMatch", ["t"], [f"y{k}"], pattern=f"(a|{k})*b") for k in range(8_000)]
    return model(nodes, [_texts("t", "a" * 4_000)], outputs=["y0"])


def text_doubled():
    """2^60 bytes, of constants."""
    nodes = [node("StringConcat", [f"s{k}"] * 2, [f"s{k + 1}"]) for k in range(60)]
    return model(nodes, [_texts("s0", "ab")], outputs=["s60"], declared_bytes=1 << 40)


def text_doubled_in_many_elements():
    nodes = [node("StringConcat", [f"s{k}"] * 2, [f"s{k + 1}"]) for k in range(60)]
    return model(nodes, [_texts("s0", *["a"] * 4_096)], outputs=["s60"], declared_bytes=1 << 40)


def text_broadcast():
    """A megabyte beside each of 2^20 elements."""
    return model([node("Expand", ["e", "n"], ["b"]), node("StringConcat", ["a", "b"])], [
        _texts("a", "a" * 900_000), _texts("e", ""), array("n", [1 << 20])], declared_bytes=1 << 40)


def text_cast_from_numbers():
    """The longest decimal form of each number."""
    return model([node("ConstantOfShape", ["n"], ["x"], value=array("", [5e-324], np.float64)),
                  node("Cast", ["x"], to=TEXT)], [array("n", [1 << 23])], declared_bytes=1 << 31)


def numbers_cast_from_long_texts():
    return model([node("Identity", ["s"], ["x"]), node("Cast", ["x"], to=11)], [
        _texts("s", "0." + "0" * 300_000 + "1" * 300_000 + "e300000", "1" * 100_000, "1e99999999999999999999")])


def text_split_at_every_character():
    return model([node("Identity", ["s"], ["x"]), node("StringSplit", ["x"], ["y", "n"], delimiter="a")], [
        _texts("s", "a" * 800_000)], declared_bytes=1 << 30)


def text_split_and_padded():
    """One long row makes all 4,096 as long."""
    return model([node("Identity", ["s"], ["x"]), node("StringSplit", ["x"], ["y", "n"], delimiter="a")], [
        _texts("s", "a" * 500_000, *["b"] * 40_000)], declared_bytes=1 << 40)


def text_normalized_by_stop_words():
    words = [f"{k:x}" for k in range(60_000)]
    return model([node("Identity", ["s"], ["x"]), node(
        "StringNormalizer", ["x"], stopwords=words, is_case_sensitive=0, case_change_action="UPPER",
        locale="tr_TR.UTF-8")], [_texts("s", *[f"{k:x}" for k in range(50_000)])])


def text_of_growing_case():
    return model([node("Identity", ["s"], ["x"]), node("StringNormalizer", ["x"], case_change_action="UPPER")], [
        _texts("s", "\u0390" * 400_000)])


def n_grams_of_huge_lengths():
    return computing("TfIdfVectorizer", np.zeros((1 << 14, 4), np.int64), max_gram_length=2**62, min_gram_length=1,
                     max_skip_count=2**62, mode="TF", ngram_counts=[0], ngram_indexes=[0], pool_int64s=[0])


def n_grams_with_many_skips():
    return computing("TfIdfVectorizer", np.zeros(20_000, np.int64), max_gram_length=10, min_gram_length=10,
                     max_skip_count=2_000, mode="TF", ngram_counts=[0] * 10, ngram_indexes=[0], pool_int64s=[0] * 10)


def n_grams_to_a_huge_index():
    return computing("TfIdfVectorizer", np.zeros(4, np.int64), max_gram_length=1, min_gram_length=1, max_skip_count=0,
                     mode="TF", ngram_counts=[0], ngram_indexes=[2**40], pool_int64s=[0])


def texts_unique():
    return model([node("Identity", ["s"], ["x"]), node("LabelEncoder", ["x"], ["y"], "ai.onnx.ml", keys_strings=[
        "a" * 100 + f"{k:x}" for k in range(4_000)], values_int64s=list(range(4_000)))], [
            _texts("s", *["a" * 100 + f"{k:x}" for k in range(4_000)])])


def text_in_a_loop():
    """Each iteration appends a megabyte."""
    inner = body([node("StringConcat", ["v", "x"], ["w"])], ["i", "c", "v"], ["c", "w"])
    return model([node("Loop", ["m", "", "x"], ["y"], body=inner)], [
        array("m", 2**62), _texts("x", "a" * 900_000)], declared_bytes=1 << 40)
