"""Attention: order of steps, hidden rows, short masks, precision (TSN-0029)."""
import numpy as np

from .case import BF16, BOOL, F, F16, I64, INF, Case


def _softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def _inputs(case, element_type=F, queries=2, keys=3, size=2):
    q = case.input("Q", np.sin(np.arange(queries * size)).reshape(1, 1, queries, size) * 2, element_type)
    k = case.input("K", np.cos(np.arange(keys * size)).reshape(1, 1, keys, size) * 2, element_type)
    v = case.input("V", np.arange(1.0, keys * size + 1).reshape(1, 1, keys, size), element_type)
    return q, k, v


def _scores(q, k):
    return q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1])


def attention_softcap_before_the_mask():
    case = Case("Attention", 24, "the mask is added after softcap, which bounds nothing of it", 29, rtol=1e-5)
    q, k, v = _inputs(case)
    mask = case.input("mask", [[0, -INF, 3]] * 2, F)
    case.apply("Q", "K", "V", "mask", softcap=0.5)
    return case.gives(_softmax(0.5 * np.tanh(_scores(q, k) / 0.5) + mask) @ v, F)


def attention_row_without_keys():
    case = Case("Attention", 24, "a row whose keys are all hidden gives 0", 29, rtol=1e-5)
    q, k, v = _inputs(case)
    case.input("mask", [[True, True, True], [False, False, False]], BOOL)
    case.apply("Q", "K", "V", "mask")
    wanted = _softmax(_scores(q, k)) @ v
    wanted[:, :, 1] = 0
    return case.gives(wanted, F)


def attention_short_mask():
    case = Case("Attention", 24, "a mask shorter than the keys hides the others", 29, rtol=1e-5)
    q, k, v = _inputs(case)
    case.input("mask", [[0.5, 1]] * 2, F)
    case.apply("Q", "K", "V", "mask")
    return case.gives(_softmax(_scores(q, k)[..., :2] + [0.5, 1]) @ v[:, :, :2], F)


def attention_causal_with_a_cache():
    case = Case("Attention", 24, "causal with 2 past keys: query i sees keys up to i + 2", 29, rtol=1e-5)
    q, k, v = _inputs(case, queries=2, keys=2)
    past_k = case.input("past_key", [[[[1, 0], [0, 1]]]], F)
    past_v = case.input("past_value", [[[[9, 8], [7, 6]]]], F)
    case.apply("Q", "K", "V", "", "past_key", "past_value", outputs=["Y", "PK", "PV"], is_causal=1)
    k, v = np.concatenate([past_k, k], axis=2), np.concatenate([past_v, v], axis=2)
    scores = _scores(q, k) + [[0, 0, 0, -INF], [0, 0, 0, 0]]
    case.gives(_softmax(scores) @ v, F), case.gives(k, F, "PK")
    return case.gives(v, F, "PV")


def attention_mode_0_shows_the_product():
    case = Case("Attention", 24, "qk_matmul_output_mode 0: before softcap and mask", 29, rtol=1e-5)
    q, k, v = _inputs(case)
    case.input("mask", [[0, -INF, 3]] * 2, F)
    case.apply("Q", "K", "V", "mask", outputs=["Z", "", "", "Y"], softcap=0.5)
    return case.gives(_scores(q, k), F)


def _small(element_type, name):
    case = Case("Attention", 24, f"{name}: every step is wide, and only what is shown is rounded", 29)
    q, k, v = _inputs(case, element_type, queries=3, keys=7, size=4)
    case.apply("Q", "K", "V")
    return case.gives(_softmax(_scores(q, k)) @ v, element_type)


def attention_float16_rounds_once():
    return _small(F16, "float16")


def attention_bfloat16_rounds_once():
    return _small(BF16, "bfloat16")


def attention_softmax_precision_casts():
    case = Case("Attention", 24, "softmax_precision float16: scores are cast to it, and weights back from it", 29,
                rtol=1e-6)
    q, k, v = _inputs(case, queries=3, keys=7, size=4)
    case.apply("Q", "K", "V", outputs=["Y", "", "", "P"], softmax_precision=F16, qk_matmul_output_mode=3)
    scores = _scores(q, k).astype(np.float16).astype(np.float64)
    weights = _softmax(scores).astype(np.float16).astype(np.float64)
    case.gives(weights @ v, F), case.gives(weights, F, "P")
    wide = _softmax(_scores(q, k))
    return case.admits([wide @ v, wide])


def attention_nonpad_lengths():
    case = Case("Attention", 24, "nonpad_kv_seqlen 2, causal: query i of 2 sees keys up to i, the third key is padding",
                29, rtol=1e-5)
    q, k, v = _inputs(case)
    case.input("lengths", [2], I64)
    case.apply("Q", "K", "V", "", "", "", "lengths", is_causal=1)
    scores = _scores(q, k) + [[0, -INF, -INF], [0, 0, -INF]]
    return case.gives(_softmax(scores) @ v, F)
