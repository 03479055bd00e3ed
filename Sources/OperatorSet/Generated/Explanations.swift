// Written by Scripts/generate-explanations from the comments of the types; do not edit.
// swift-format-ignore-file

/// What `touchstone explain` says of each operator: by name, with the domain where that is not ai.onnx.
public let operatorExplanations: [String: String] = [
  "Abs": #"""
    # Abs

    The magnitude of each element. That of the smallest integer of a type wraps to itself.

        Y[i] = |X[i]|

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 6 also integers, from 13 also bfloat16.
    - Errors: none.
    - Versions: 1, 6 (integers), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Acos": #"""
    # Acos

    The angle, from 0 to π, whose cosine each element is; NaN outside −1…1.

        output[i] = arccos input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 7, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Acosh": #"""
    # Acosh

    The number, not negative, whose hyperbolic cosine each element is; NaN below 1.

        output[i] = ln(x + √(x² − 1))      x = input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 9, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Add": #"""
    # Add

    The sum of two tensors, element by element, after broadcasting.

        C[i] = A[i] + B[i]

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T): the sum, of the common shape. Integers wrap.
    - Attributes: `broadcast` (to 6): 1 lets B be stretched to the shape of A. `axis` (to 6): the axis of A at
      which B begins; by default B is aligned at the end. `consumed_inputs` (1): a hint without effect.
    - Types: T is a float type or an integer of 32 or 64 bits; of any width from 14.
    - Errors: shapes that do not broadcast.
    - Versions: 1, 6 (integers), 7 (broadcasting by NumPy's rule), 13 (bfloat16), 14 (small integers).
    - Source: onnx/defs/math/defs.cc.
    - Notes: none.
    """#,
  "AffineGrid": #"""
    # AffineGrid

    The points at which an affinely transformed image is sampled: a grid for GridSample.

        grid[n, h, w, :] = theta[n] · (x_w, y_h, 1)               2D
        grid[n, d, h, w, :] = theta[n] · (x_w, y_h, z_d, 1)       3D
        x_w = (2w + 1) / W − 1, or with align_corners x_w = 2w / (W − 1) − 1      y, z likewise

    - Inputs: `theta` (T1): [N, 2, 3] or [N, 3, 4]. `size` (T2): [N, C, H, W] or [N, C, D, H, W] of the image.
    - Outputs: `grid` (T1): [N, H, W, 2] or [N, D, H, W, 3].
    - Attributes: `align_corners`: 1 lets −1 and 1 be the centres of the outermost pixels, 0 their outer
      edges.
    - Types: T1 is a float type, T2 int64.
    - Errors: a `theta` that does not fit `size`.
    - Versions: 20.
    - Source: onnx/defs/nn/defs.cc; PyTorch's affine_grid.
    - Notes: TSN-0019: with align_corners a single pixel lies at 0, as in PyTorch; the text leaves it open.
    """#,
  "And": #"""
    # And

    Whether both of two tensors are true, element by element, after broadcasting.

        C[i] = A[i] and B[i]

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T1): the common shape.
    - Attributes: `broadcast` (before 7): 1 lets B be stretched to the shape of A. `axis` (before 7): the
      axis of A at which B begins; by default B is aligned at the end.
    - Types: T is bool; T1 is bool.
    - Errors: shapes that do not broadcast.
    - Versions: 1, 7 (broadcasts by NumPy's rule).
    - Source: onnx/defs/logical/defs.cc, old.cc.
    - Notes: none.
    """#,
  "ArgMax": #"""
    # ArgMax

    The position along an axis of the largest element.

        reduced[o] = k with data[o, k] = max data[o, …]      k along the axis

    - Inputs: `data` (T): any shape of rank 1 or more.
    - Outputs: `reduced` (tensor(int64)): positions from 0; the axis has extent 1, or is gone.
    - Attributes: `axis` (default 0): where to look. `keepdims` (default 1): whether the axis stays with
      extent 1. `select_last_index` (from 12, default 0): 1 names the last of equal elements, otherwise the
      first.
    - Types: T is any integer of a byte or more, float16, float or double; also bfloat16 from 13.
    - Errors: `axis` out of range; an axis of extent 0.
    - Versions: 1, 11 (negative `axis`), 12 (`select_last_index`), 13 (bfloat16).
    - Source: onnx/defs/reduction/defs.cc, old.cc.
    - Notes: TSN-0016 (a NaN beats every number, as in NumPy).
    """#,
  "ArgMin": #"""
    # ArgMin

    The position along an axis of the smallest element.

        reduced[o] = k with data[o, k] = min data[o, …]      k along the axis

    - Inputs: `data` (T): any shape of rank 1 or more.
    - Outputs: `reduced` (tensor(int64)): positions from 0; the axis has extent 1, or is gone.
    - Attributes: `axis` (default 0): where to look. `keepdims` (default 1): whether the axis stays with
      extent 1. `select_last_index` (from 12, default 0): 1 names the last of equal elements, otherwise the
      first.
    - Types: T is any integer of a byte or more, float16, float or double; also bfloat16 from 13.
    - Errors: `axis` out of range; an axis of extent 0.
    - Versions: 1, 11 (negative `axis`), 12 (`select_last_index`), 13 (bfloat16).
    - Source: onnx/defs/reduction/defs.cc, old.cc.
    - Notes: TSN-0016 (a NaN beats every number, as in NumPy).
    """#,
  "Asin": #"""
    # Asin

    The angle, from −π/2 to π/2, whose sine each element is; NaN outside −1…1.

        output[i] = arcsin input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 7, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Asinh": #"""
    # Asinh

    The number whose hyperbolic sine each element is.

        output[i] = ln(x + √(x² + 1))      x = input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 9, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Atan": #"""
    # Atan

    The angle, from −π/2 to π/2, whose tangent each element is.

        output[i] = arctan input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 7, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Atanh": #"""
    # Atanh

    The number whose hyperbolic tangent each element is; ±∞ at ±1, NaN beyond.

        output[i] = ½ ln((1 + x) / (1 − x))      x = input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 9, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Attention": #"""
    # Attention

    Scaled dot-product attention, with masks, grouped heads and a cache of keys and values.

        S[b, h, i, j] = softcap(scale · Σ d  Q[b, h, i, d] · K[b, h / g, j, d]) + bias[b, h, i, j]
        Y[b, h, i, d] = Σ j  softmaxⱼ(S)[b, h, i, j] · V[b, h / g, j, d]      g = q_num_heads / kv_num_heads

    where softcap(s) = c · tanh(s / c), and bias is the mask, −∞ where a key is not to be seen. A query that
    sees no key yields 0.

    - Inputs: `Q` (T1), `K` (T1), `V` (T2): [batch, heads, sequence, size], or [batch, sequence, heads ·
      size]. `attn_mask` (U), optional: stretches to [batch, heads, queries, keys]; false hides, numbers are
      added; keys past its end are hidden. `past_key` (T1), `past_value` (T2), optional, together: put before
      K and V. `nonpad_kv_seqlen` (tensor(int64), from 24), optional: [batch], how many keys are real.
    - Outputs: `Y` (T1): as Q, with the size of V. `present_key` (T1), `present_value` (T2), optional: past
      and new together, with four axes. `qk_matmul_output` (T1), optional: [batch, heads, queries, keys].
    - Attributes: `scale`: by default 1/√size. `softcap`: c, by default 0, which means none. `is_causal`: 1
      lets query i see the keys up to i + offset: the number of past keys, or `nonpad_kv_seqlen` less the
      queries, or 0. `left_window_size`, `right_window_size` (from 25): how far from there a query sees, −1
      without bound. `q_num_heads`, `kv_num_heads`: needed with three axes. `qk_matmul_output_mode`: 0 the
      products, 1 after softcap, 2 after the mask, 3 after softmax. `softmax_precision`: the type in which the
      softmax is computed, by default T1.
    - Types: T1 and T2 are float16, float, double or bfloat16; U is bool, an integer or one of these.
    - Errors: shapes that do not fit together; a past key without a past value, or with `nonpad_kv_seqlen`.
    - Versions: 23, 24 (`nonpad_kv_seqlen`), 25 (windows).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: TSN-0029 (softcap before the mask, causal alignment, hidden rows, short masks; in bfloat16
      each step is rounded); TSN-0036.
    """#,
  "AveragePool": #"""
    # AveragePool

    The mean of the elements under a window that slides over each channel.

        Y[n, c, o…] = Σ k…  X[n, c, o·stride + k·dilation − pad] / count(o)

    where X counts as 0 in the padding, and count(o) is the number of cells under the window: those on the
    input, or with `count_include_pad` those on the padded input.

    - Inputs: `X` (T): [N, C, D1, …, Dk].
    - Outputs: `Y` (T): [N, C, O1, …, Ok].
    - Attributes: `kernel_shape`: the extents of the window. `strides`, `dilations` (from 19): by default 1.
      `pads`: cells before each axis, then after each; by default 0. `auto_pad`: SAME_UPPER and SAME_LOWER
      compute pads so that O = ⌈D / stride⌉, an odd cell going to the end or to the begin; VALID means none.
      `ceil_mode` (from 10): 1 lets a last, partial window count unless it would start in the end padding.
      `count_include_pad` (from 7): 1 divides by the padding cells too.
    - Types: T is float16, float or double; also bfloat16 from 22.
    - Errors: a rank below 3; a window so large that the number of cells would be negative.
    - Versions: 1, 7 (`count_include_pad`), 10 (`ceil_mode`), 11 (defaults of strides written down), 19
      (`dilations`), 22 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: TSN-0002 (cells beyond the padded input never count; a mean of no cells is NaN); TSN-0051
      (extents of 0); TSN-0053 (SAME with a long stride).
    """#,
  "BatchNormalization": #"""
    # BatchNormalization

    Normalises each channel by its mean and variance, then scales and shifts it.

        Y[n, c, d…] = (X[n, c, d…] − mean[c]) / √(var[c] + ε) · scale[c] + B[c]

    The statistics are the given ones, or in training those of X over n and d…; then also

        running_mean = input_mean · momentum + mean · (1 − momentum)      likewise running_var

    - Inputs: `X` (T): [N, C, D1, …, Dk]; a vector has one channel. `scale`, `B` (T, T1 from 15), `mean` and
      `var` (T; from 14 `input_mean` and `input_var`, U, T2 from 15): [C].
    - Outputs: `Y` (T). In training also `mean`, `var` (from 14 `running_mean`, `running_var`), and before 14
      `saved_mean` and `saved_var`, the statistics of X.
    - Attributes: `epsilon`: ε. `momentum`. `training_mode` (from 14): 1 means training. `is_test` (to 6): 0
      means training. `spatial` (to 8): 0 keeps statistics for each element of [C, D1, …, Dk], over n only.
      `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double; also bfloat16 from 14, where the statistics may have another type
      U, and from 15 the scale a third one.
    - Errors: statistics whose shape does not fit X; from 14 more than one output without training.
    - Versions: 1, 6 (no `consumed_inputs`), 7 (no `is_test`: more than one output means training), 9 (no
      `spatial`), 14 (`training_mode`, two statistics outputs, bfloat16), 15 (a type for scale and B).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: TSN-0031 (how training is signalled; the population variance; batch statistics normalise Y).
    """#,
  "Bernoulli": #"""
    # Bernoulli

    Zeros and ones, each drawn with a probability of its own.

        output[i] = 1 if u < input[i], else 0      u uniform on [0, 1)

    - Inputs: `input` (T1): the probabilities of a one.
    - Outputs: `output` (T2): the shape of `input`.
    - Attributes: `dtype`: the type of the output, by default that of `input`. `seed`: the generator's seed,
      by default the run's own.
    - Types: T1 is float16, float or double, from 22 also bfloat16; T2 is float16, bfloat16, float, double,
      any integer or bool.
    - Errors: a number in `input` outside [0, 1]; a `dtype` that the output may not have.
    - Versions: 15, 22 (bfloat16).
    - Source: onnx/defs/generator/defs.cc, old.cc.
    - Notes: TSN-0032 (Philox4x32-10; the same numbers in every run with the same seed).
    """#,
  "BitCast": #"""
    # BitCast

    The same bits, read as another type of the same width.

        bits(output[i]) = bits(input[i])

    - Inputs: `input` (T1): any shape.
    - Outputs: `output` (T2): the shape of `input`.
    - Attributes: `to`: the type, by number.
    - Types: T1 and T2 are any type but strings and float6.
    - Errors: a type of another width, or that T2 does not allow.
    - Versions: 26.
    - Source: onnx/defs/tensor/defs.cc.
    - Notes: none.
    """#,
  "BitShift": #"""
    # BitShift

    The bits of each integer moved left or right, after broadcasting.

        Z[i] = X[i] · 2^Y[i]         direction = LEFT, high bits are lost
             = ⌊X[i] / 2^Y[i]⌋       direction = RIGHT

    - Inputs: `X` (T): the numbers. `Y` (T): by how many bits each moves; both broadcast to a common shape.
    - Outputs: `Z` (T): the common shape. By as many bits as T has, or by a negative number, all bits are
      lost: what remains is 0, or −1 for a negative X to the right.
    - Attributes: `direction`: `LEFT` or `RIGHT`; to the right, signed numbers keep their sign.
    - Types: T is an unsigned integer, from 28 also signed integers.
    - Errors: shapes that do not broadcast; another `direction`.
    - Versions: 11, 28 (signed integers; amounts out of range have a result).
    - Source: onnx/defs/logical/defs.cc, old.cc.
    - Notes: TSN-0061: before 28 the text does not say what amounts out of range give, and the rule of 28 is
      used.
    """#,
  "BitwiseAnd": #"""
    # BitwiseAnd

    The bits that both of two integers have, after broadcasting.

        C[i] = A[i] and B[i]      bit by bit

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T): the common shape.
    - Attributes: none.
    - Types: T is any integer.
    - Errors: shapes that do not broadcast.
    - Versions: 18.
    - Source: onnx/defs/logical/defs.cc.
    - Notes: none.
    """#,
  "BitwiseNot": #"""
    # BitwiseNot

    Each integer with all its bits turned over.

        Y[i] = not X[i]      bit by bit

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: none.
    - Types: T is any integer.
    - Errors: none.
    - Versions: 18.
    - Source: onnx/defs/logical/defs.cc.
    - Notes: none.
    """#,
  "BitwiseOr": #"""
    # BitwiseOr

    The bits that at least one of two integers has, after broadcasting.

        C[i] = A[i] or B[i]      bit by bit

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T): the common shape.
    - Attributes: none.
    - Types: T is any integer.
    - Errors: shapes that do not broadcast.
    - Versions: 18.
    - Source: onnx/defs/logical/defs.cc.
    - Notes: none.
    """#,
  "BitwiseXor": #"""
    # BitwiseXor

    The bits that exactly one of two integers has, after broadcasting.

        C[i] = A[i] xor B[i]      bit by bit

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T): the common shape.
    - Attributes: none.
    - Types: T is any integer.
    - Errors: shapes that do not broadcast.
    - Versions: 18.
    - Source: onnx/defs/logical/defs.cc.
    - Notes: none.
    """#,
  "BlackmanWindow": #"""
    # BlackmanWindow

    Blackman's window: it falls to 0 at the ends, with the least leakage of the three.

        output[n] = 0.42 − 0.5·cos(2πn / D) + 0.08·cos(4πn / D)      D = size, or size − 1 where not periodic

    - Inputs: `size` (T1): one number, the length of the window.
    - Outputs: `output` (T2): [size].
    - Attributes: `periodic`: 1 for a window that continues with its first value, 0 for a symmetric one.
      `output_datatype`: the element type, by default float.
    - Types: T1 is int32 or int64, T2 any number.
    - Errors: a negative `size`; an `output_datatype` that T2 does not allow.
    - Versions: 17.
    - Source: onnx/defs/math/defs.cc.
    - Notes: TSN-0054: a symmetric window of length 1, for which the formula divides by 0, is 1, as in NumPy;
      integers are truncated.
    """#,
  "Cast": #"""
    # Cast

    The same elements, each converted to another type.

        output[i] = to(input[i])

    What `to` means, from → to:
      - float → float: the nearest, ties to even; beyond the range ±infinity. To a float8, `saturate` decides.
      - float → integer: truncated toward zero; high bits are discarded as between integers; NaN and infinity
        give 0.
      - integer → integer: the low bits are kept.
      - anything → bool: false for ±0, true for all else, NaN included. bool → number: 0 or 1.
      - number → string and back: `NumericText`.

    - Inputs: `input` (T1): any shape.
    - Outputs: `output` (T2): the shape of `input`.
    - Attributes: `to`: the type, by number; in 1 by name. `saturate` (from 19, default 1): whether a number
      too large for a float8 becomes the largest, rather than infinity or NaN. `round_mode` (from 24, default
      up): how float8e8m0 rounds to a power of two: up, down, or nearest.
    - Types: T1 and T2 are any type but complex numbers; no strings before 9; the types of each later IR
      version.
    - Errors: `to` that is no type of T2; a string that is no number.
    - Versions: 1, 6 (`to` is a number), 9 (strings), 13 (bfloat16), 19 (float8, `saturate`), 21 (4-bit
      integers), 23 (float4e2m1), 24 (float8e8m0, `round_mode`), 25 (2-bit integers), 28 (float6).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0008 (out of range), TSN-0009 (float8), TSN-0010 (text).
    """#,
  "CastLike": #"""
    # CastLike

    The same elements, each converted to the type of another tensor; `Cast` says how.

        output[i] = T2(input[i])

    - Inputs: `input` (T1): any shape. `target_type` (T2): only its type counts.
    - Outputs: `output` (T2): the shape of `input`.
    - Attributes: `saturate` (from 19, default 1): whether a number too large for a float8 becomes the
      largest. `round_mode` (from 24, default up): how float8e8m0 rounds to a power of two: up, down, or
      nearest.
    - Types: T1 and T2 are any type but complex numbers, with the types of each later IR version.
    - Errors: a string that is no number.
    - Versions: 15, 19 (float8, `saturate`), 21 (4-bit integers), 23 (float4e2m1), 24 (float8e8m0,
      `round_mode`), 25 (2-bit integers).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0008 (out of range), TSN-0009 (float8), TSN-0010 (text).
    """#,
  "CausalConvWithState": #"""
    # CausalConvWithState

    A convolution of each channel by itself that looks only back, with the last inputs carried from call to
    call.

        output[n, c, t] = f(bias[c] + Σ j  weight[c, 0, j] · P[n, c, t + j])      P = past_state, then input
        present_state = the last k − 1 elements of P

    where f(y) = y / (1 + exp(−y)) for silu and swish.

    - Inputs: `input` (T): [N, C, L]. `weight` (T): [C, 1, k]. `bias` (T), optional: [C]. `past_state` (T),
      optional: [N, C, k − 1], by default zeros.
    - Outputs: `output` (T): [N, C, L]. `present_state` (T): [N, C, k − 1].
    - Attributes: `activation`: f, one of none, silu and swish; by default none.
    - Types: T is float, float16 or bfloat16.
    - Errors: shapes that do not fit together; a kernel of no cells.
    - Versions: 27.
    - Source: onnx/defs/nn/defs.cc.
    - Notes: TSN-0036 (sum and activation are taken in a wider type and rounded once).
    """#,
  "Ceil": #"""
    # Ceil

    Each element rounded up to an integer.

        Y[i] = ⌈X[i]⌉

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 13 also bfloat16.
    - Errors: none.
    - Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Celu": #"""
    # Celu

    An exponential linear unit whose derivative is continuous for every `alpha`.

        Y[i] = max(0, x) + min(0, alpha · (e^(x/alpha) − 1))      x = X[i]

    Both arms have the sign of x, whatever the sign of alpha, so that one of the two terms is always 0.

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `alpha`: the shape of the negative side, by default 1.
    - Types: T is float, from 28 also bfloat16, double and float16.
    - Errors: none.
    - Versions: 12, 28 (float16, double and bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0015 (a NaN stays a NaN).
    """#,
  "CenterCropPad": #"""
    # CenterCropPad

    A tensor brought to given extents by cutting off, or adding zeros, on both sides.

        output_data[…, o, …] = input_data[…, o + ⌊(n − m) / 2⌋, …]      n > m: cropped
        output_data[…, o + ⌊(m − n) / 2⌋, …] = input_data[…, o, …]      n < m: 0 around it

    - Inputs: `input_data` (T). `shape` (Tind): the extents m, one for each axis meant.
    - Outputs: `output_data` (T).
    - Attributes: `axes`: the axes that `shape` means, by default all.
    - Types: T is any tensor; strings have the empty string for zero. Tind is int32 or int64.
    - Errors: an axis out of range or named twice; a `shape` of another length; a negative extent.
    - Versions: 18.
    - Source: onnx/defs/tensor/defs.cc.
    - Notes: none.
    """#,
  "Clip": #"""
    # Clip

    Each element, or the bound of an interval that it lies beyond.

        output[i] = min(max(input[i], min), max)

    - Inputs: `input` (T): any shape. `min`, `max` (T, from 11), optional: one element each.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: `min`, `max` (to 6): the bounds; in 6 by default the ends of the range of a float.
      `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 12 also integers, from 13 also bfloat16.
    - Errors: a bound of more than one element.
    - Versions: 1, 6 (defaults of min and max), 11 (min and max become inputs), 12 (integers), 13
      (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0014 (min above max gives max; a NaN, in `input` or a bound, gives NaN; an omitted bound
      does not bound); TSN-0050 (0 keeps its sign at a bound of 0).
    """#,
  "Col2Im": #"""
    # Col2Im

    Puts columns of blocks back into an image; where blocks overlap, they are added.

        output[n, c, l·stride + k·dilation − pad] += input[n, (c, k), l]      k in a block, l over the blocks

    - Inputs: `input` (T): [N, C·Π block, L], the blocks in row-major order. `image_shape` (tensor(int64)):
      the spatial extents of the result. `block_shape` (tensor(int64)): those of a block.
    - Outputs: `output` (T): [N, C, image…].
    - Attributes: `strides`, `dilations`: by default 1. `pads`: cells around the image, at the begin of each
      axis, then at the end of each; by default 0. What falls into them is dropped.
    - Types: T is any tensor.
    - Errors: blocks of strings that overlap, since strings cannot be added; a number of blocks or channels
      that does not fit; lists of the wrong length.
    - Versions: 18.
    - Source: onnx/defs/nn/defs.cc; PyTorch's fold.
    - Notes: TSN-0036 (sums are taken in a wider type and rounded once), TSN-0052 (strings).
    """#,
  "Compress": #"""
    # Compress

    The slices of a tensor along an axis for which a condition holds.

        output[…, k, …] = input[…, index of the k-th true in condition, …]

    - Inputs: `input` (T): of rank r ≥ 1. `condition` (T1): rank 1, at most as long as the axis; what is
      beyond its end is left out.
    - Outputs: `output` (T): rank r, or rank 1 without an axis.
    - Attributes: `axis`: without it, the tensor is flattened first.
    - Types: T is any tensor; also bfloat16 from 28. T1 is bool.
    - Errors: `axis` out of range; a condition of another rank or longer than the axis.
    - Versions: 9, 11 (axis may be negative), 28 (bfloat16).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Concat": #"""
    # Concat

    Tensors laid one after another along an axis.

        concat_result[…, offsetₖ + i, …] = inputsₖ[…, i, …]      offsetₖ = Σ_{l<k} extent of inputsₗ

    - Inputs: `inputs` (T), variadic: tensors of one rank, whose extents differ along the axis at most.
    - Outputs: `concat_result` (T).
    - Attributes: `axis`: along which to join; in 1 it may be omitted and is 1.
    - Types: T is a float type in 1, any type from 4; also bfloat16 from 13.
    - Errors: `axis` outside −r…r−1; ranks or other extents that differ.
    - Versions: 1, 4 (axis is required; every type), 11 (axis may be negative), 13 (bfloat16).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "ConcatFromSequence": #"""
    # ConcatFromSequence

    The tensors of a sequence laid one after another along an axis, or stacked along a new one.

        concat_result = Concat(input_sequence…)      new_axis = 0
        concat_result[…, k, …] = input_sequence[k][…]      new_axis = 1

    - Inputs: `input_sequence` (S): at least one tensor; their extents agree, except along an old axis.
    - Outputs: `concat_result` (T).
    - Attributes: `axis`: in −r…r−1 for tensors of rank r, in −r−1…r for a new axis. `new_axis`: 1 makes a new
      axis.
    - Types: T is any tensor, S a sequence of it.
    - Errors: an empty sequence; `axis` out of range; extents that do not agree.
    - Versions: 11.
    - Source: onnx/defs/sequence/defs.cc.
    - Notes: none.
    """#,
  "Constant": #"""
    # Constant

    A value that stands in the model itself.

        output = the one attribute that is given

    - Inputs: none.
    - Outputs: `output` (T).
    - Attributes: exactly one of: `value`, a tensor; `sparse_value` (from 11), a tensor given by its elements
      other than zero, which becomes an ordinary one; from 12 `value_int` and `value_float`, a scalar int64 or
      float, `value_string`, a scalar string, and `value_ints`, `value_floats`, `value_strings`, lists of them
      as a tensor of rank 1.
    - Types: T is a float type in 1, any type from 9, with the types of each later IR version.
    - Errors: none or several of the attributes given; a sparse index outside the shape.
    - Versions: 1, 9 (every type), 11 (sparse_value), 12 (value_int and its kin), 13 (bfloat16), 19 (float8),
      21 (4-bit integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
    - Source: onnx/defs/generator/defs.cc, old.cc.
    - Notes: none.
    """#,
  "ConstantOfShape": #"""
    # ConstantOfShape

    A tensor of a given shape in which every element is the same.

        output[i…] = value

    - Inputs: `input` (T1): the extents, a tensor of rank 1; an empty one means a scalar.
    - Outputs: `output` (T2): a tensor of that shape.
    - Attributes: `value`: a tensor with one element, by default a float 0; its type is the output's.
    - Types: T1 is int64. T2 is any number or bool; the small types come with the versions.
    - Errors: a negative extent; a `value` with other than one element.
    - Versions: 9, 20 (bfloat16 and float8), 21 (4-bit integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit
      integers).
    - Source: onnx/defs/generator/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Conv": #"""
    # Conv

    Slides a bank of filters over a tensor; each output cell is the sum of products of a filter and what lies
    under it (a cross-correlation: the filter is not flipped).

        Y[n, m, o…] = B[m] + Σ c, k…  W[m, c, k…] · X[n, g·C/group + c, o·stride + k·dilation − pad]

    where g = m / (M / group) is the group of filter m, and X counts as 0 in the padding.

    - Inputs: `X` (T): [N, C, D1, …, Dk]. `W` (T): [M, C/group, K1, …, Kk]. `B` (T), optional: [M].
    - Outputs: `Y` (T): [N, M, O1, …, Ok].
    - Attributes: `kernel_shape`: K, by default that of W. `strides`, `dilations`: by default 1. `pads`: cells
      added at the begin of each axis, then at the end of each; by default 0. `auto_pad`: SAME_UPPER and
      SAME_LOWER compute pads so that O = ⌈D / stride⌉, an odd cell going to the end or to the begin; VALID
      means none. `group`: into how many parts the channels are split.
    - Types: T is float16, float or double; also bfloat16 from 22.
    - Errors: ranks or channels that do not fit together; a kernel so large that the number of
      cells would be negative.
    - Versions: 1, 11 (defaults of strides and dilations written down), 22 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: TSN-0036 (sums are taken in a wider type and rounded once), TSN-0051 (extents of 0), TSN-0053
      (SAME with a long stride).
    """#,
  "ConvInteger": #"""
    # ConvInteger

    The convolution of integers of 8 bits less their zero points, by the rules of `Conv`.

        y = conv(x − x_zero_point, w − w_zero_point)      padding counts as x_zero_point, that is as 0 in the
        sum

    - Inputs: `x` (T1): [N, C, D1, …]. `w` (T2): [M, C/group, K1, …]. `x_zero_point` (T1), optional: one
      number. `w_zero_point` (T2), optional: one number, or one for each filter; each by default 0.
    - Outputs: `y` (T3): [N, M, O1, …]; 32 bits wrap.
    - Attributes: `kernel_shape`, `strides`, `dilations`, `pads`, `auto_pad`, `group`: as in `Conv`.
    - Types: T1 and T2 are int8 or uint8, T3 is int32.
    - Errors: those of `Conv`; zero points that fit neither form.
    - Versions: 10.
    - Source: onnx/defs/nn/defs.cc.
    - Notes: TSN-0012 (padding with the zero point), TSN-0051 (extents of 0), TSN-0053 (SAME with a long
      stride).
    """#,
  "ConvTranspose": #"""
    # ConvTranspose

    The transpose of Conv: each input cell spreads a filter, weighted by itself, over the output.

        Y[n, g·M/group + m, i·stride + k·dilation − pad] += X[n, c, i] · W[c, m, k]      over c, i…, k…

    where g = c / (C / group), Y begins as `B`, and what falls outside Y is dropped.

    - Inputs: `X` (T): [N, C, D1, …, Dk]. `W` (T): [C, M/group, K1, …, Kk]. `B` (T), optional: [M].
    - Outputs: `Y` (T): [N, M, O1, …, Ok], O = stride·(D − 1) + output_padding + dilation·(K − 1) + 1 − pads.
    - Attributes: `kernel_shape`: K, by default that of W. `strides`, `dilations`: by default 1. `pads`: cells
      cut off the begin of each axis, then off the end of each; by default 0. `output_padding`: cells more at
      the end; by default 0. `output_shape`: O itself, before 11 perhaps after N and M; `pads` then follow
      from it. `auto_pad`: SAME_UPPER and SAME_LOWER mean O = D · stride unless `output_shape` says otherwise;
      VALID means no pads. `group`: into how many parts the channels are split.
    - Types: T is float16, float or double; also bfloat16 from 22.
    - Errors: ranks or channels that do not fit together; an output extent below 0.
    - Versions: 1, 11 (computed pads put an odd cell at the begin, except with SAME_UPPER), 22 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: TSN-0004 (computed pads never become negative; the odd cell by version); TSN-0036 (sums).
    """#,
  "Cos": #"""
    # Cos

    The cosine of each element, an angle in radians.

        output[i] = cos input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 7, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Cosh": #"""
    # Cosh

    The hyperbolic cosine of each element.

        output[i] = (e^x + e^−x) / 2      x = input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 9, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "CumProd": #"""
    # CumProd

    The products of the elements up to each place along an axis.

        y[i] = Π x[j]      j ≤ i along the axis; j < i if exclusive; ≥ and > if reverse

    - Inputs: `x` (T): any shape of rank 1 or more. `axis` (T2): one number, negative from the end.
    - Outputs: `y` (T): the shape of `x`.
    - Attributes: `exclusive` (default 0): 1 leaves the element itself out. `reverse` (default 0): 1 starts
      from the end.
    - Types: T is a float type or an integer of 32 or 64 bits. T2 is int32 or int64.
    - Errors: `axis` out of range or not one number.
    - Versions: 26.
    - Source: onnx/defs/math/defs.cc.
    - Notes: TSN-0036 (each product is taken wide and rounded once); integers wrap.
    """#,
  "CumSum": #"""
    # CumSum

    The sums of the elements up to each place along an axis.

        y[i] = Σ x[j]      j ≤ i along the axis; j < i if exclusive; ≥ and > if reverse

    - Inputs: `x` (T): any shape of rank 1 or more. `axis` (T2): one number, negative from the end.
    - Outputs: `y` (T): the shape of `x`.
    - Attributes: `exclusive` (default 0): 1 leaves the element itself out. `reverse` (default 0): 1 sums from
      the end.
    - Types: T is float, double or an integer of 32 or 64 bits; float16 and bfloat16 from 14. T2 is int32 or
      int64.
    - Errors: `axis` out of range or not one number.
    - Versions: 11, 14 (float16, bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0036 (each sum is taken wide and rounded once), TSN-0050 (a sum of −0 is −0); integers
      wrap.
    """#,
  "DFT": #"""
    # DFT

    The discrete Fourier transform along one axis, or its inverse.

        output[…, k, …] = Σₙ input[…, n, …] · exp(−2πi·kn / N)            0 ≤ n < N
        output[…, n, …] = 1/N · Σₖ input[…, k, …] · exp(2πi·kn / N)      inverse

    - Inputs: `input` (T1): [signal…, 1] of real numbers or [signal…, 2] of real and imaginary parts.
      `dft_length` (T2), optional: N; the signal is cut off or filled up with zeros. By default the extent n
      of the axis, and 2(n − 1) where one-sided and inverse. `axis` (tensor(int64), from 20), optional: by
      default −2.
    - Outputs: `output` (T1): the shape of `input`, but for the axis, which is N long, or ⌊N/2⌋ + 1 where
      one-sided and not inverse, and for the last one, which is 2, or 1 where one-sided and inverse.
    - Attributes: `axis` (17): by default 1. `inverse`: 1 for the inverse. `onesided`: 1 leaves out the half
      that is the conjugate of the other; its inverse takes the first ⌊N/2⌋ + 1 numbers and yields real ones.
    - Types: T1 is a float type, T2 int32 or int64.
    - Errors: `axis` out of range, or the last one; a last extent other than 1 or 2; an N below 1; one-sided:
      a complex signal, or a real one where inverse.
    - Versions: 17, 20 (axis becomes an input; the last but one by default).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0028.
    """#,
  "DeformConv": #"""
    # DeformConv

    A convolution whose sampling places are moved by given offsets, and whose samples may be weighed by a
    mask.

        Y[n, m, o…] = B[m] + Σ c, k…  W[m, c, k…] · mask[n, f, k…, o…] · X[n, g + c, p]
        p = o·stride + k·dilation − pad + offset[n, f, k…, :, o…]

    where X is interpolated linearly between cells and 0 outside, g is the first channel of the group of
    filter m and f the offset group of channel g + c.

    - Inputs: `X` (T): [N, C, D1, …, Dk]. `W` (T): [M, C/group, K1, …, Kk]. `offset` (T): [N, offset_group ·
      ΠK · k, O1, …, Ok], for each kernel cell one number per axis. `B` (T), optional: [M]. `mask` (T),
      optional: [N, offset_group · ΠK, O1, …, Ok], by default ones.
    - Outputs: `Y` (T): [N, M, O1, …, Ok].
    - Attributes: `kernel_shape`: K, by default that of W. `strides`, `dilations`: by default 1. `pads`: cells
      before each axis, then after each; by default 0. `group`: into how many parts the channels are split;
      `offset_group`: into how many for the offsets.
    - Types: T is float16, float or double; also bfloat16 from 22.
    - Errors: shapes that do not fit together.
    - Versions: 19, 22 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: TSN-0036 (sums are taken in a wider type and rounded once).
    """#,
  "DepthToSpace": #"""
    # DepthToSpace

    Channels spread out as blocks of pixels.

        output[n, c, h·b + i, w·b + j] = input[n, (i·b + j)·C' + c, h, w]      DCR
        output[n, c, h·b + i, w·b + j] = input[n, (c·b + i)·b + j, h, w]       CRD

    where b is the block size and C' = C / b².

    - Inputs: `input` (T): [N, C, H, W].
    - Outputs: `output` (T): [N, C / b², H·b, W·b].
    - Attributes: `blocksize`: b. `mode` (from 11): DCR (the default) or CRD.
    - Types: T is any tensor; also bfloat16 from 13.
    - Errors: another rank; a C that b² does not divide; a `blocksize` below 1.
    - Versions: 1, 11 (mode), 13 (bfloat16), 28 (nothing but the text).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "DequantizeLinear": #"""
    # DequantizeLinear

    The real numbers that quantized ones stand for.

        y[i] = (x[i] − x_zero_point[g]) · x_scale[g]      g the scale that i falls under

    - Inputs: `x` (T1; T in 10 and 13): any shape. `x_scale` (T2; tensor(float) before 19): one number; from
      13 also one for each index of an axis; from 21 also one for each block along an axis. `x_zero_point`
      (T1; T before 19), optional: the shape of `x_scale`; by default 0.
    - Outputs: `y` (T3; tensor(float) before 19, T2 in 19 and 21): the shape of `x`.
    - Attributes: `axis` (from 13, default 1): the axis of several scales. `block_size` (from 21, default 0):
      elements to a block. `output_dtype` (from 23): the type of y; by default that of `x_scale`.
    - Types: T1 (T before 19) is int8, uint8 or int32; float8 from 19; 4-bit and 16-bit integers from 21;
      float4e2m1 from 23; 2-bit integers from 25; float6 from 28. T2 is float, float16 or bfloat16; float8e8m0
      from 24. T3 is float, float16 or bfloat16.
    - Errors: scales that do not fit the shape of x; a zero point of another shape; no type for y.
    - Versions: 10, 13 (`axis`), 19 (float8, float16), 21 (blocks, 4-bit and 16-bit integers), 23
      (`output_dtype`, float4), 24 (float8e8m0 scales), 25 (2-bit integers), 28 (float6).
    - Source: onnx/defs/quantization/defs.cc, old.cc.
    - Notes: TSN-0011 (the product is exact, and rounded once to the type of y).
    """#,
  "Det": #"""
    # Det

    The determinant of each matrix of a stack.

        Y[…] = det X[…, :, :]

    - Inputs: `X` (T): […, M, M].
    - Outputs: `Y` (T): the leading axes of X; a scalar for one matrix.
    - Attributes: none.
    - Types: T is float16, float or double; also bfloat16 from 22.
    - Errors: a rank below 2; matrices that are not square.
    - Versions: 11, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0055: by elimination with the largest pivot, in double. The determinant of a matrix of extent
      0 is 1.
    """#,
  "Div": #"""
    # Div

    The quotient of two tensors, element by element, after broadcasting.

        C[i] = A[i] / B[i]                   floating numbers
             = A[i] / B[i] toward zero      integers

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T): the common shape. The smallest integer divided by −1 wraps to itself.
    - Attributes: `broadcast` (before 7): 1 lets B be stretched to the shape of A. `axis` (before 7): the
      axis of A at which B begins; by default B is aligned at the end. `consumed_inputs` (1): a hint without
      effect.
    - Types: T is float16, float or double, from 6 also integers of 32 and 64 bits, from 13 also bfloat16,
      from 14 also integers of 8 and 16 bits.
    - Errors: shapes that do not broadcast; an integer divided by 0 (invalidValue).
    - Versions: 1, 6 (integers of 32 and 64 bits), 7 (broadcasts by NumPy's rule), 13 (bfloat16), 14
      (integers of 8 and 16 bits).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0005 (integers are truncated; division by 0 is an error).
    """#,
  "Dropout": #"""
    # Dropout

    In training, sets random elements to zero and scales the others up; otherwise a copy.

        output[i] = data[i] · mask[i] / (1 − ratio)   in training: mask[i] = (u ≥ ratio), u uniform on [0, 1)
                  = data[i]                           otherwise: mask[i] = 1

    - Inputs: `data` (T): any shape. `ratio` (T1, from 12), optional: the share of elements to drop, by
      default 0.5. `training_mode` (T2, from 12), optional: true in training, by default false.
    - Outputs: `output` (T): the shape of `data`. `mask` (T, bool from 10), optional: what was kept; outside
      training all ones.
    - Attributes: `is_test` (to 6): 0 (the default) in training, else 1. `ratio` (to 11): as the later
      input; without effect in 7 and 10, which have no training. `seed` (from 12): the generator's seed, by
      default the run's own. `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 13 also bfloat16, from 22 also float8. The mask is T before
      10, then bool (T1 in 10, T2 from 12). T1 (from 12, for `ratio`) is float16, float or double, from 22
      also bfloat16 and float8.
    - Errors: in training, a `ratio` outside [0, 1).
    - Versions: 1, 6 (no consumed_inputs), 7 (no is_test: never training), 10 (mask is bool), 12 (ratio
      becomes an input; training_mode and seed), 13 (bfloat16), 22 (float8; float8 and bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: TSN-0032 (Philox4x32-10; the same numbers in every run with the same seed); TSN-0031 lists how
      versions signal training.
    """#,
  "DynamicQuantizeLinear": #"""
    # DynamicQuantizeLinear

    Floats as uint8, with the scale and zero point that just cover their range and 0.

        y_scale = (max(0, max x) − min(0, min x)) / 255
        y_zero_point = clamp(round(−min(0, min x) / y_scale))
        y[i] = clamp(round(x[i] / y_scale) + y_zero_point)      clamp to 0…255, round ties to even

    - Inputs: `x` (T1): any shape.
    - Outputs: `y` (T2): the shape of `x`. `y_scale` (tensor(float)), `y_zero_point` (T2): scalars.
    - Attributes: none.
    - Types: T1 is float, T2 is uint8.
    - Errors: none.
    - Versions: 11.
    - Source: onnx/defs/quantization/defs.cc.
    - Notes: TSN-0011. Each step is rounded to float, as in ONNX's function body. Zeros alone give a scale of
      0.
    """#,
  "Einsum": #"""
    # Einsum

    Products of elements of several tensors, summed over the axes that the output does not name.

        Output[output labels] = Σ over the other labels  Π Inputs[p][labels of p]

    - Inputs: `Inputs` (T), variadic: as many as the equation has terms.
    - Outputs: `Output` (T): an axis for each label of the output's term.
    - Attributes: `equation`: terms of letters, divided by commas, and after `->` the output's term; without
      it the letters that stand once, in the order of their codes. A letter twice in a term means a diagonal.
      `...` stands for axes that broadcast, as many in each term; blanks are ignored.
    - Types: T is float16, float, double or any integer of a byte or more; also bfloat16 from 28.
    - Errors: an equation that is none; ranks that do not fit; a label with two extents, neither of them 1.
    - Versions: 12, 28 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0027 (extents of 1 broadcast for letters too; an ellipsis missing in the output is summed
      over).
    """#,
  "Elu": #"""
    # Elu

    The element itself if it is positive, and an exponential that approaches −`alpha` if it is negative.

        Y[i] = x                       x ≥ 0, x = X[i]
             = alpha · (e^x − 1)      x < 0

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `alpha`: how far negative numbers can go, by default 1. `consumed_inputs` (1): a hint
      without effect.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 1, 6 (no consumed_inputs), 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0015 (a NaN stays a NaN).
    """#,
  "Equal": #"""
    # Equal

    Where two tensors hold the same, after broadcasting.

        C[i] = (A[i] = B[i])

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T1): the common shape. NaN equals nothing; strings are equal byte by byte.
    - Attributes: `broadcast` (before 7): 1 lets B be stretched to the shape of A. `axis` (before 7): the
      axis of A at which B begins; by default B is aligned at the end.
    - Types: T is int32 or int64 or bool, from 11 also integers of 8 and 16 bits, float16, float and double,
      uint32 and uint64, from 13 also bfloat16, from 19 also strings; T1 is bool.
    - Errors: shapes that do not broadcast.
    - Versions: 1, 7 (broadcasts by NumPy's rule), 11 (float16, float, double and the other integers), 13
      (bfloat16), 19 (strings).
    - Source: onnx/defs/logical/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Erf": #"""
    # Erf

    The error function of each element.

        output[i] = 2/√π ∫ e^(−t²) dt      t from 0 to input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`. For integers (before 13) the value is truncated toward
      zero.
    - Attributes: none.
    - Types: T is float16, float, double or any integer, from 13 also bfloat16, from 13 without integers.
    - Errors: none.
    - Versions: 9, 13 (bfloat16; no integers).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Exp": #"""
    # Exp

    The exponential function of each element.

        output[i] = e^input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 13 also bfloat16.
    - Errors: none.
    - Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Expand": #"""
    # Expand

    A tensor broadcast with a shape.

        output[i…] = input[i…, with 0 on every axis of extent 1]

    - Inputs: `input` (T). `shape` (tensor(int64)): need not be the result's: where it has 1, the input's
      extent stays.
    - Outputs: `output` (T): of the shape that both broadcast to.
    - Attributes: none.
    - Types: T is any tensor; also bfloat16 from 13.
    - Errors: shapes that do not broadcast; a negative extent.
    - Versions: 8, 13 (bfloat16).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0024 (an extent of 1 against 0 gives 0).
    """#,
  "EyeLike": #"""
    # EyeLike

    A matrix of ones on a diagonal and zeros elsewhere.

        output[i, j] = j − i = k ? 1 : 0

    - Inputs: `input` (T1): a matrix, of which the shape and perhaps the type are taken.
    - Outputs: `output` (T2): of the same shape.
    - Attributes: `dtype`: the element type, by default that of `input`. `k`: the diagonal, 0 the main one,
      positive above it.
    - Types: T1 and T2 are any number or bool; also bfloat16 from 22.
    - Errors: an input of another rank than 2; a `dtype` that T2 does not allow.
    - Versions: 9, 22 (bfloat16).
    - Source: onnx/defs/generator/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Flatten": #"""
    # Flatten

    A tensor as a matrix: the axes before one make its rows, the others its columns.

        output[flat(i₀ … i_{axis−1}), flat(i_axis … i_{r−1})] = input[i₀ … i_{r−1}]

    - Inputs: `input` (T): a tensor of rank `axis` or more.
    - Outputs: `output` (T): of rank 2.
    - Attributes: `axis`: the first axis of the columns, by default 1, in −r…r; 0 makes a single row.
    - Types: T is a float type in 1, any type from 9, with the types of each later IR version.
    - Errors: `axis` out of range.
    - Versions: 1, 9 (every type), 11 (axis may be negative), 13 (bfloat16), 21 (float8, 4-bit integers), 23
      (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Floor": #"""
    # Floor

    Each element rounded down to an integer.

        Y[i] = ⌊X[i]⌋

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 13 also bfloat16.
    - Errors: none.
    - Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "GRU": #"""
    # GRU

    A layer of gated recurrent units, run over sequences forward, backward or both.

        zₜ = f(Xₜ·Wzᵀ + Hₜ₋₁·Rzᵀ + Wbz + Rbz)
        rₜ = f(Xₜ·Wrᵀ + Hₜ₋₁·Rrᵀ + Wbr + Rbr)
        hₜ = g(Xₜ·Whᵀ + (rₜ ⊙ Hₜ₋₁)·Rhᵀ + Rbh + Wbh)      g(Xₜ·Whᵀ + rₜ ⊙ (Hₜ₋₁·Rhᵀ + Rbh) + Wbh)
                                                           with `linear_before_reset`
        Hₜ = (1 − zₜ) ⊙ hₜ + zₜ ⊙ Hₜ₋₁

    - Inputs: `X` (T): [time, batch, input]. `W` (T): [directions, 3·hidden, input] and `R` (T): [directions,
      3·hidden, hidden], the gates in the order z, r, h. `B` (T), optional: [directions, 6·hidden], Wb before
      Rb. `sequence_lens` (T1), optional: [batch], the steps that each sequence has. `initial_h` (T),
      optional: [directions, batch, hidden].
    - Outputs: `Y` (T), optional: [time, directions, batch, hidden], every H; 0 past a sequence's end. `Y_h`
      (T), optional from 3: [directions, batch, hidden], the last H of each sequence.
    - Attributes: `hidden_size`. `direction`: forward, reverse or bidirectional. `activations`: f, g, by
      default Sigmoid, Tanh, then those of the other direction; `activation_alpha`, `activation_beta`:
      parameters of those that have them, in order. `clip`: a bound on what goes into each activation.
      `linear_before_reset` (from 3): 1 as in the formula. `layout` (from 14): 1 puts the batch first in X, Y
      and the states. `output_sequence` (to 6): a hint without effect.
    - Types: T is float16, float or double; also bfloat16 from 22. T1 is int32.
    - Errors: shapes that do not fit together; an unknown activation; a length beyond X.
    - Versions: 1 (its default `direction` is misspelt), 3 (`linear_before_reset`, `Y_h` optional), 7 (no
      `output_sequence`), 14 (`layout`), 22 (bfloat16).
    - Source: onnx/defs/rnn/defs.cc, old.cc.
    - Notes: TSN-0030 (clip before every activation; lengths; α and β); TSN-0036 (a wider type).
    """#,
  "Gather": #"""
    # Gather

    Slices of a tensor along an axis, picked by their indices.

        output[j₀ … j_{axis−1}, i…, j_{axis} …] = data[j₀ … j_{axis−1}, indices[i…], j_{axis} …]

    - Inputs: `data` (T): a tensor of rank 1 or more. `indices` (Tind): of any rank, each in −s…s−1 for an
      axis of extent s.
    - Outputs: `output` (T): the shape of `data` with the axis replaced by the shape of `indices`.
    - Attributes: `axis`: by default 0.
    - Types: T is any tensor; also bfloat16 from 13. Tind is int32 or int64.
    - Errors: `axis` out of range; an index out of range.
    - Versions: 1, 11 (indices may be negative), 13 (bfloat16).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0023 (an index out of range is an error; nothing is clamped or filled).
    """#,
  "GatherElements": #"""
    # GatherElements

    Elements of a tensor, each picked by an index along one axis.

        output[i…] = data[i…, with indices[i…] at the axis]

    - Inputs: `data` (T): of rank r ≥ 1. `indices` (Tind): of the same rank, each in −s…s−1 for an axis of
      extent s; its other extents do not exceed those of `data`.
    - Outputs: `output` (T): the shape of `indices`.
    - Attributes: `axis`: by default 0.
    - Types: T is any tensor; also bfloat16 from 13. Tind is int32 or int64.
    - Errors: `axis` out of range; ranks that differ; an index out of range.
    - Versions: 11, 13 (bfloat16).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0023 (an index out of range is an error).
    """#,
  "GatherND": #"""
    # GatherND

    Slices of a tensor, each picked by a tuple of indices for its leading axes.

        output[b…, i…, j…] = data[b…, indices[b…, i…, :]…, j…]      b of batch_dims axes

    - Inputs: `data` (T): a tensor of rank r ≥ 1. `indices` (tensor(int64)): of rank q ≥ 1; the last axis
      holds tuples of k ≤ r − b indices, each in −s…s−1 for its axis of extent s.
    - Outputs: `output` (T): of shape indices.shape[..<q−1] followed by data.shape[b+k...].
    - Attributes: `batch_dims` (from 12): the number b of leading axes that both inputs share.
    - Types: T is any tensor; also bfloat16 from 13.
    - Errors: b not below both ranks; tuples longer than the axes left; batch axes that differ; an index out
      of range.
    - Versions: 11, 12 (batch_dims), 13 (bfloat16).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0023 (an index out of range is an error).
    """#,
  "Gelu": #"""
    # Gelu

    Each element times the probability that a standard normal number is smaller.

        Y[i] = x · Φ(x) = ½ x (1 + erf(x / √2))                       approximate = none, x = X[i]
             = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))      approximate = tanh

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `approximate`: `none` (the default) or `tanh`.
    - Types: T is float16, bfloat16, float or double.
    - Errors: another value of `approximate`.
    - Versions: 20.
    - Source: onnx/defs/math/defs.cc.
    - Notes: TSN-0060: −∞ gives NaN, as −∞ · 0 does.
    """#,
  "Gemm": #"""
    # Gemm

    The product of two matrices, each transposed on request, scaled, plus a scaled third matrix.

        Y[m, n] = alpha · Σₖ A′[m, k] · B′[k, n] + beta · C[m, n]      A′ = transA ? Aᵀ : A, B′ alike

    - Inputs: `A` (T): [M, K], or [K, M] with `transA`. `B` (T): [K, N], or [N, K] with `transB`. `C` (T),
      optional from 11: broadcast to [M, N].
    - Outputs: `Y` (T): [M, N].
    - Attributes: `alpha`, `beta`: factors, by default 1. `transA`, `transB`: 1 to transpose. `broadcast` (to
      6): 1 lets C be stretched to [M, N]; otherwise it must have that shape.
    - Types: T is float16, float or double; integers of 32 and 64 bits from 9, bfloat16 from 13.
    - Errors: A or B that is no matrix; inner extents that differ; C that does not broadcast.
    - Versions: 1, 6 (clearer text), 7 (C always broadcasts), 9 (integers), 11 (C is optional), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0036 (a wide sum, rounded once). TSN-0068: integers wrap while alpha and beta are whole
      numbers; otherwise the result is computed as a real number and truncated.
    """#,
  "GlobalAveragePool": #"""
    # GlobalAveragePool

    The mean of each channel.

        Y[n, c] = Σ d…  X[n, c, d…] / (D1 · … · Dk)

    - Inputs: `X` (T): [N, C, D1, …, Dk].
    - Outputs: `Y` (T): [N, C, 1, …, 1], of the rank of X.
    - Attributes: none.
    - Types: T is float16, float or double; also bfloat16 from 22.
    - Errors: a rank below 2.
    - Versions: 1, 22 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: TSN-0025 (the mean of an empty channel is NaN).
    """#,
  "GlobalLpPool": #"""
    # GlobalLpPool

    The Lp norm of each channel.

        Y[n, c] = (Σ d…  |X[n, c, d…]|^p)^(1/p)

    - Inputs: `X` (T): [N, C, D1, …, Dk].
    - Outputs: `Y` (T): [N, C, 1, …, 1], of the rank of X.
    - Attributes: `p`: the order of the norm, by default 2; a float in 1.
    - Types: T is float16, float or double; also bfloat16 from 22.
    - Errors: a rank below 2; `p` not positive.
    - Versions: 1, 2 (`p` is an integer), 22 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: none.
    """#,
  "GlobalMaxPool": #"""
    # GlobalMaxPool

    The largest element of each channel.

        Y[n, c] = max d…  X[n, c, d…]

    - Inputs: `X` (T): [N, C, D1, …, Dk].
    - Outputs: `Y` (T): [N, C, 1, …, 1], of the rank of X.
    - Attributes: none.
    - Types: T is float16, float or double; also bfloat16 from 22.
    - Errors: a rank below 2.
    - Versions: 1, 22 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: TSN-0015 (a NaN makes its channel NaN); TSN-0025 (the maximum of an empty channel is −∞).
    """#,
  "Greater": #"""
    # Greater

    Where the first of two tensors is larger than the second, after broadcasting.

        C[i] = (A[i] > B[i])

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T1): the common shape. A comparison with NaN is false.
    - Attributes: `broadcast` (before 7): 1 lets B be stretched to the shape of A. `axis` (before 7): the
      axis of A at which B begins; by default B is aligned at the end.
    - Types: T is float16, float or double, from 9 also integers, from 13 also bfloat16; T1 is bool.
    - Errors: shapes that do not broadcast.
    - Versions: 1, 7 (broadcasts by NumPy's rule), 9 (integers), 13 (bfloat16).
    - Source: onnx/defs/logical/defs.cc, old.cc.
    - Notes: none.
    """#,
  "GreaterOrEqual": #"""
    # GreaterOrEqual

    Where the first of two tensors is larger than, or equal to, the second, after broadcasting.

        C[i] = (A[i] ≥ B[i])

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T1): the common shape. A comparison with NaN is false.
    - Attributes: none.
    - Types: T is float16, float, double or any integer, from 16 also bfloat16; T1 is bool.
    - Errors: shapes that do not broadcast.
    - Versions: 12, 16 (bfloat16).
    - Source: onnx/defs/logical/defs.cc, old.cc.
    - Notes: none.
    """#,
  "GridSample": #"""
    # GridSample

    Samples each channel at the places that a grid names.

        Y[n, c, o…] = Σ i…  w(i1 − p1) · … · wr(ir − pr) · X[n, c, i…]      p = place(grid[n, o…, :])

    A grid's numbers run from −1 to 1 over an axis of X, the last axis first; w is the kernel of `mode`.

    - Inputs: `X` (T1): [N, C, D1, …, Dr]. `grid` (T2): [N, O1, …, Or, r].
    - Outputs: `Y` (T1): [N, C, O1, …, Or].
    - Attributes: `mode`: linear, nearest or cubic (in 16 bilinear, nearest, bicubic). `padding_mode`: what
      lies outside: zeros, border (the nearest edge) or reflection. `align_corners`: 1 puts −1 and 1 on the
      centres of the outermost cells, 0 on their outer edges.
    - Types: T1 is any tensor, without bfloat16 before 22; strings only with nearest. T2 is float16, float or
      double, from 22 also bfloat16.
    - Errors: ranks, or the last extent of `grid`, that do not fit; in 16 a rank other than 4.
    - Versions: 16, 20 (any number of axes; linear and cubic by these names), 22 (bfloat16).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0019 (a = −0.75; places outside are moved first, then each cell; halves go to even; integers
      are cut toward zero; a place that is no number shows 0).
    """#,
  "GroupNormalization": #"""
    # GroupNormalization

    Normalises each group of channels of each instance by its own mean and variance, then scales and shifts
    it.

        Y[n, c, d…] = scale[j] · (X[n, c, d…] − mean) / √(var + ε) + bias[j]

    where mean and var go over the channels of the group g = c / (C / num_groups) and d…; j is g before 21 and
    c from 21 on.

    - Inputs: `X` (T): [N, C, D1, …, Dk]. `scale`, `bias` (T): [num_groups] before 21, [C] from 21.
    - Outputs: `Y` (T): the shape of X.
    - Attributes: `num_groups`: a divisor of C. `epsilon`: ε. `stash_type` (from 21): the least precision of
      the normalisation; we compute in a wider one.
    - Types: T is float16, float, double or bfloat16.
    - Errors: a rank below 2; `num_groups` that does not divide C; `scale` or `bias` of another shape.
    - Versions: 18 (deprecated since), 21 (scale and bias for each channel, `stash_type`).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: TSN-0031 (the variance is that of the population); TSN-0036 (precision).
    """#,
  "HammingWindow": #"""
    # HammingWindow

    Hamming's window: a raised cosine that does not fall to 0 at the ends.

        output[n] = 25/46 − 21/46·cos(2πn / D)      D = size, or size − 1 where not periodic

    - Inputs: `size` (T1): one number, the length of the window.
    - Outputs: `output` (T2): [size].
    - Attributes: `periodic`: 1 for a window that continues with its first value, 0 for a symmetric one.
      `output_datatype`: the element type, by default float.
    - Types: T1 is int32 or int64, T2 any number.
    - Errors: a negative `size`; an `output_datatype` that T2 does not allow.
    - Versions: 17.
    - Source: onnx/defs/math/defs.cc.
    - Notes: TSN-0054: a symmetric window of length 1, for which the formula divides by 0, is 1, as in NumPy;
      integers are truncated.
    """#,
  "HannWindow": #"""
    # HannWindow

    Hann's window: a raised cosine that falls to 0 at the ends.

        output[n] = 0.5 − 0.5·cos(2πn / D)      D = size, or size − 1 where not periodic

    - Inputs: `size` (T1): one number, the length of the window.
    - Outputs: `output` (T2): [size].
    - Attributes: `periodic`: 1 for a window that continues with its first value, 0 for a symmetric one.
      `output_datatype`: the element type, by default float.
    - Types: T1 is int32 or int64, T2 any number.
    - Errors: a negative `size`; an `output_datatype` that T2 does not allow.
    - Versions: 17.
    - Source: onnx/defs/math/defs.cc.
    - Notes: TSN-0054: a symmetric window of length 1, for which the formula divides by 0, is 1, as in NumPy;
      integers are truncated.
    """#,
  "HardSigmoid": #"""
    # HardSigmoid

    A piecewise linear approximation of the logistic function.

        Y[i] = max(0, min(1, alpha · X[i] + beta))

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `alpha`: the slope, by default 0.2. `beta`: the value at 0, by default 0.5.
      `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 1, 6 (no consumed_inputs), 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0015 (a NaN stays a NaN).
    """#,
  "HardSwish": #"""
    # HardSwish

    Each element times a piecewise linear approximation of its Sigmoid.

        Y[i] = x · max(0, min(1, x/6 + ½))      x = X[i]

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 14, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0015 (a NaN stays a NaN).
    """#,
  "Hardmax": #"""
    # Hardmax

    One for the first of the largest elements along an axis, zero for all others.

        Y[i] = i = min { j : X[j] = max X } ? 1 : 0      i, j along the axis

    - Inputs: `input` (T): any shape of rank 1 or more.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: `axis`: the axis along which to look (from 13, by default the last); before, the tensor is
      flattened to a matrix at this axis (by default 1), and each row is a line.
    - Types: T is float16, float or double; also bfloat16 from 13.
    - Errors: `axis` out of range.
    - Versions: 1, 11 (negative `axis`), 13 (one axis instead of a flattened tail; bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0026 (flattening before 13); TSN-0016 (a NaN counts as the largest, as in ArgMax).
    """#,
  "Identity": #"""
    # Identity

    A value under another name.

        output = input

    - Inputs: `input` (V; T before 14): any value.
    - Outputs: `output` (V; T before 14): the same value.
    - Attributes: none.
    - Types: V is any tensor, with the types of each later IR version; also any sequence from 14 and optional
      from 16.
    - Errors: none.
    - Versions: 1, 13 (bfloat16), 14 (sequences), 16 (optionals), 19 (float8), 21 (4-bit integers), 23
      (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "If": #"""
    # If

    Runs one of two subgraphs; its outputs are the outputs.

        outputs = cond ? then_branch() : else_branch()

    - Inputs: `cond` (B): one bool.
    - Outputs: `outputs` (V), variadic: those of the branch that ran, in its order.
    - Attributes: `then_branch`, `else_branch`: graphs without inputs; they see the names of the graph around them.
    - Types: B is bool. V is any tensor; also any sequence from 13 and optional from 16.
    - Errors: `cond` with other than one element; branches that yield different numbers of outputs.
    - Versions: 1, 11 (branches may differ in shape), 13 (sequences), 16 (optionals, bfloat16), 19 (float8),
      21 (4-bit integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
    - Source: onnx/defs/controlflow/defs.cc, old.cc.
    - Notes: TSN-0033 (outer names and shadowing).
    """#,
  "ImageDecoder": #"""
    # ImageDecoder

    The first image of a file, as pixels.

        image[y, x, :] = the pixel in row y from the top and column x from the left, in pixel_format

    - Inputs: `encoded_stream` (T1): the bytes of a file, [length].
    - Outputs: `image` (T2): [height, width, channels], with 3 channels or, for Grayscale, 1.
    - Attributes: `pixel_format`: RGB, BGR or Grayscale.
    - Types: T1 and T2 are uint8.
    - Errors: a file that is no BMP, JPEG, JPEG 2000, PNG, PNM (P1 to P6), TIFF or WebP, that is damaged or
      too large; a format whose library is not installed.
    - Versions: 20.
    - Source: onnx/defs/image/defs.cc.
    - Notes: TSN-0040: errors instead of an empty matrix; alpha is dropped; more than 8 bits are rounded to 8;
      limits. A file is told by its first bytes. Libraries of the system decode all but BMP and PNM.
    """#,
  "InstanceNormalization": #"""
    # InstanceNormalization

    Normalises each channel of each instance by its own mean and variance, then scales and shifts it.

        output[n, c, d…] = scale[c] · (input[n, c, d…] − mean) / √(var + ε) + B[c]      mean, var over d…

    - Inputs: `input` (T): [N, C, D1, …, Dk]. `scale`, `B` (T): [C].
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: `epsilon`: ε. `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double; also bfloat16 from 22.
    - Errors: a rank below 3; `scale` or `B` of another shape than [C].
    - Versions: 1, 6 (no `consumed_inputs`), 22 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: TSN-0031 (the variance is that of the population).
    """#,
  "IsInf": #"""
    # IsInf

    Which elements are infinite.

        Y[i] = (X[i] = +∞ and detect_positive) or (X[i] = −∞ and detect_negative)

    - Inputs: `X` (T1): any shape.
    - Outputs: `Y` (T2): the shape of `X`.
    - Attributes: `detect_positive`, `detect_negative`: 0 makes the infinity of that sign count as finite;
      by default 1.
    - Types: T1 is float or double, from 20 also float8, bfloat16 and float16; T2 is bool.
    - Errors: none.
    - Versions: 10, 20 (float16, bfloat16 and float8).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "IsNaN": #"""
    # IsNaN

    Which elements are not a number.

        Y[i] = (X[i] is NaN)

    - Inputs: `X` (T1): any shape.
    - Outputs: `Y` (T2): the shape of `X`.
    - Attributes: none.
    - Types: T1 is float16, float or double, from 13 also bfloat16, from 20 also float8; T2 is bool.
    - Errors: none.
    - Versions: 9, 13 (bfloat16), 20 (float8).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "LRN": #"""
    # LRN

    Divides each element by a power of the sum of squares over its neighbouring channels.

        Y[n, c, d…] = X[n, c, d…] / (bias + alpha / size · Σ i  X[n, i, d…]²)^beta

    where i runs from c − ⌊(size − 1) / 2⌋ to c + ⌈(size − 1) / 2⌉, as far as there are channels.

    - Inputs: `X` (T): [N, C, D1, …, Dk].
    - Outputs: `Y` (T): the shape of X.
    - Attributes: `size`: how many channels to sum over. `alpha`, `beta`, `bias`: as in the formula.
    - Types: T is float16, float or double; also bfloat16 from 13.
    - Errors: a rank below 2; `size` not positive.
    - Versions: 1, 13 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: none.
    """#,
  "LSTM": #"""
    # LSTM

    A layer of long short-term memory, run over sequences forward, backward or both.

        iₜ = f(Xₜ·Wiᵀ + Hₜ₋₁·Riᵀ + Pi ⊙ Cₜ₋₁ + Wbi + Rbi)
        fₜ = f(Xₜ·Wfᵀ + Hₜ₋₁·Rfᵀ + Pf ⊙ Cₜ₋₁ + Wbf + Rbf)      1 − iₜ with `input_forget`
        cₜ = g(Xₜ·Wcᵀ + Hₜ₋₁·Rcᵀ + Wbc + Rbc)
        Cₜ = fₜ ⊙ Cₜ₋₁ + iₜ ⊙ cₜ
        oₜ = f(Xₜ·Woᵀ + Hₜ₋₁·Roᵀ + Po ⊙ Cₜ + Wbo + Rbo)
        Hₜ = oₜ ⊙ h(Cₜ)

    - Inputs: `X` (T): [time, batch, input]. `W` (T): [directions, 4·hidden, input] and `R` (T): [directions,
      4·hidden, hidden], the gates in the order i, o, f, c. `B` (T), optional: [directions, 8·hidden], Wb
      before Rb. `sequence_lens` (T1), optional: [batch], the steps that each sequence has. `initial_h`,
      `initial_c` (T), optional: [directions, batch, hidden]. `P` (T), optional: [directions, 3·hidden], in
      the order i, o, f.
    - Outputs: `Y` (T), optional: [time, directions, batch, hidden], every H; 0 past a sequence's end. `Y_h`,
      `Y_c` (T), optional: [directions, batch, hidden], the last H and C of each sequence.
    - Attributes: `hidden_size`. `direction`: forward, reverse or bidirectional. `activations`: f, g, h, by
      default Sigmoid, Tanh, Tanh, then those of the other direction; `activation_alpha`, `activation_beta`:
      parameters of those that have them, in order. `clip`: a bound on what goes into each activation.
      `input_forget`: 1 couples the gates. `layout` (from 14): 1 puts the batch first in X, Y and the states.
      `output_sequence` (1): a hint without effect.
    - Types: T is float16, float or double; also bfloat16 from 22. T1 is int32.
    - Errors: shapes that do not fit together; an unknown activation; a length beyond X.
    - Versions: 1, 7 (no `output_sequence`), 14 (`layout`), 22 (bfloat16).
    - Source: onnx/defs/rnn/defs.cc, old.cc.
    - Notes: TSN-0030 (clip before every activation, h included; lengths; α and β); TSN-0036 (states are
      carried in a wider type).
    """#,
  "LayerNormalization": #"""
    # LayerNormalization

    Normalises the elements of the last axes by their mean and variance, then scales and shifts them.

        Mean = Σ X / count      InvStdDev = 1 / √(Σ (X − Mean)² / count + ε)      over axis, axis + 1, …
        Y = (X − Mean) · InvStdDev · Scale + B

    - Inputs: `X` (T): any shape of rank 1 or more. `Scale` (T), `B` (T, optional): shapes that stretch to X.
    - Outputs: `Y` (T): the shape of X. `Mean`, `InvStdDev` (U), optional: the shape of X with 1 from `axis`
      on.
    - Attributes: `axis`: the first axis to normalise, by default the last. `epsilon`: ε. `stash_type`: the
      number of U, and the least precision of the normalisation; we compute in a wider one.
    - Types: T is float16, float, double or bfloat16; U is float or bfloat16.
    - Errors: `axis` out of range; `Scale` or `B` that do not stretch to X; `stash_type` not among U.
    - Versions: 17.
    - Source: onnx/defs/nn/defs.cc.
    - Notes: TSN-0031 (the variance is that of the population); TSN-0036 (precision).
    """#,
  "LeakyRelu": #"""
    # LeakyRelu

    The element itself if it is not negative, otherwise a small part of it.

        Y[i] = x              x ≥ 0, x = X[i]
             = alpha · x      x < 0

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `alpha`: the slope for negative numbers, by default 0.01. `consumed_inputs` (1): a hint
      without effect.
    - Types: T is float16, float or double, from 16 also bfloat16.
    - Errors: none.
    - Versions: 1, 6 (no consumed_inputs), 16 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0015 (a NaN stays a NaN).
    """#,
  "Less": #"""
    # Less

    Where the first of two tensors is smaller than the second, after broadcasting.

        C[i] = (A[i] < B[i])

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T1): the common shape. A comparison with NaN is false.
    - Attributes: `broadcast` (before 7): 1 lets B be stretched to the shape of A. `axis` (before 7): the
      axis of A at which B begins; by default B is aligned at the end.
    - Types: T is float16, float or double, from 9 also integers, from 13 also bfloat16; T1 is bool.
    - Errors: shapes that do not broadcast.
    - Versions: 1, 7 (broadcasts by NumPy's rule), 9 (integers), 13 (bfloat16).
    - Source: onnx/defs/logical/defs.cc, old.cc.
    - Notes: none.
    """#,
  "LessOrEqual": #"""
    # LessOrEqual

    Where the first of two tensors is smaller than, or equal to, the second, after broadcasting.

        C[i] = (A[i] ≤ B[i])

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T1): the common shape. A comparison with NaN is false.
    - Attributes: none.
    - Types: T is float16, float, double or any integer, from 16 also bfloat16; T1 is bool.
    - Errors: shapes that do not broadcast.
    - Versions: 12, 16 (bfloat16).
    - Source: onnx/defs/logical/defs.cc, old.cc.
    - Notes: none.
    """#,
  "LinearAttention": #"""
    # LinearAttention

    Attention without softmax: a state of size keys × values is updated token by token and read by the
    queries.

        S ← exp(gₜ) · S                                    gated, gated_delta
        u = vₜ        or        u = βₜ · (vₜ − Sᵀ·kₜ)      delta, gated_delta
        S ← S + kₜ ⊗ u
        oₜ = scale · qₜᵀ·S

    for each batch and key head; query head h reads the state of key head h / (q_num_heads / kv_num_heads).

    - Inputs: `query` (T): [B, T, q_num_heads · dk]. `key` (T): [B, T, kv_num_heads · dk]. `value` (T): [B, T,
      kv_num_heads · dv]. `past_state` (S), optional: [B, kv_num_heads, dk, dv], by default zeros. `decay`
      (T): g, [B, T, kv_num_heads · dk] or [B, T, kv_num_heads]; for the gated rules only. `beta` (T): β, [B,
      T, kv_num_heads] or [B, T, 1]; for the delta rules only.
    - Outputs: `output` (T): [B, T, q_num_heads · dv]. `present_state` (S): [B, kv_num_heads, dk, dv].
    - Attributes: `q_num_heads`, `kv_num_heads`. `update_rule`: linear, gated, delta or gated_delta. `scale`:
      by default 0, which means 1/√dk. `chunk_size`: a hint without effect.
    - Types: T and S are each float, float16 or bfloat16. Without `past_state`, S is T.
    - Errors: shapes that do not fit together; `decay` or `beta` missing where the rule needs it, or given
      where it does not.
    - Versions: 27.
    - Source: onnx/defs/nn/defs.cc.
    - Notes: TSN-0036 (the state is carried in a wider type).
    """#,
  "Log": #"""
    # Log

    The natural logarithm of each element: −∞ for 0, NaN for a negative number.

        output[i] = ln input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 13 also bfloat16.
    - Errors: none.
    - Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "LogSoftmax": #"""
    # LogSoftmax

    The logarithms of the normalised exponentials along an axis.

        Y[i] = X[i] − log(Σⱼ exp(X[j]))      i, j along the axis

    - Inputs: `input` (T): any shape of rank 1 or more.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: `axis`: the axis along which to normalise (from 13, by default the last); before, the tensor
      is flattened to a matrix at this axis (by default 1), and each row is normalised.
    - Types: T is float16, float or double; also bfloat16 from 13.
    - Errors: `axis` out of range.
    - Versions: 1, 11 (negative `axis`), 13 (one axis instead of a flattened tail; bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0026 (flattening before 13); TSN-0015 (a NaN makes its whole line NaN).
    """#,
  "Loop": #"""
    # Loop

    Runs a subgraph again and again, each time on what it yielded before.

        v = v_initial
        for i = 0, 1, …  while (i < M, if given) and (cond, if given):
          cond, v, s₁ … s_K = body(i, cond, v)
        outputs = v, stack(s₁), …, stack(s_K)

    - Inputs: `M` (I), optional: the largest number of iterations. `cond` (B), optional: whether there is a
      first iteration. `v_initial` (V), variadic: the carried values.
    - Outputs: `v_final_and_scan_outputs` (V), variadic: the carried values after the last iteration, then the
      scan outputs: for each further output of the body, its tensors stacked along a new first axis.
    - Attributes: `body`: a graph with the inputs iteration number, condition and carried values, and the
      outputs condition, carried values and one element of each scan output; it sees the names around it.
    - Types: I is int64, B is bool. V is any tensor, with the types of each later IR version; also any
      sequence from 13 and optional from 16.
    - Errors: a body whose inputs and outputs do not fit the node's; a scan output that changes its type or
      shape.
    - Versions: 1, 11 (carried values need not be given), 13 (sequences), 16 (optionals and bfloat16), 19
      (float8), 21 (4-bit integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
    - Source: onnx/defs/controlflow/defs.cc, utils.cc, old.cc.
    - Notes: TSN-0033: where `cond` is omitted, what the body yields as condition is ignored; the iteration
      number and the condition have the rank that the body declares, 0 or 1; a carried value that the body
      takes as an optional becomes one; without an iteration a scan output is empty, of the type and shape
      that the body would yield.
    """#,
  "LpNormalization": #"""
    # LpNormalization

    Divides each line along an axis by its L1 or L2 norm.

        output[i] = input[i] / ‖input‖ₚ      i along the axis; 0 where the norm is 0

    - Inputs: `input` (T): any shape of rank 1 or more.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: `axis`: by default the last. `p`: 1 or 2, by default 2.
    - Types: T is float16, float or double; also bfloat16 from 22.
    - Errors: `axis` out of range; `p` other than 1 and 2.
    - Versions: 1, 22 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: none.
    """#,
  "LpPool": #"""
    # LpPool

    The Lp norm of the elements under a window that slides over each channel.

        Y[n, c, o…] = (Σ k…  |X[n, c, o·stride + k·dilation − pad]|^p)^(1/p)

    where X counts as 0 in the padding.

    - Inputs: `X` (T): [N, C, D1, …, Dk].
    - Outputs: `Y` (T): [N, C, O1, …, Ok].
    - Attributes: `p`: the order of the norm, by default 2; a float in 1. `kernel_shape`: the extents of the
      window; in 1 it may be left out and is then the whole input. `strides`, `dilations` (from 18): by
      default 1. `pads`: cells before each axis, then after each; by default 0. `auto_pad`: SAME_UPPER and
      SAME_LOWER compute pads so that O = ⌈D / stride⌉, an odd cell going to the end or to the begin; VALID
      means none. `ceil_mode` (from 18): 1 lets a last, partial window count unless it would start in the end
      padding.
    - Types: T is float16, float or double; also bfloat16 from 22.
    - Errors: a rank below 3; a window so large that the number of cells would be negative; `p` not positive.
    - Versions: 1, 2 (`p` is an integer, `kernel_shape` required), 11 (defaults of strides written down), 18
      (`ceil_mode`, `dilations`), 22 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: TSN-0003 (`ceil_mode`), TSN-0051 (extents of 0), TSN-0053 (SAME with a long stride).
    """#,
  "MatMul": #"""
    # MatMul

    The matrix product, for stacks of matrices by the rules of NumPy's `matmul`.

        Y[…, m, n] = Σₖ A[…, m, k] · B[…, k, n]

    - Inputs: `A` (T): […, M, K], or [K], which counts as one row. `B` (T): […, K, N], or [K], which counts as
      one column. The leading axes broadcast.
    - Outputs: `Y` (T): […, M, N]; the axis of a single row or column that a vector lent is gone again.
    - Attributes: none.
    - Types: T is float16, float or double; integers of 32 and 64 bits from 9, bfloat16 from 13.
    - Errors: a scalar; inner extents that differ; leading axes that do not broadcast.
    - Versions: 1, 9 (integers), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0036 (sums are taken in a wider type and rounded once); integers wrap.
    """#,
  "MatMulInteger": #"""
    # MatMulInteger

    The matrix product of integers of 8 bits less their zero points, by the rules of `MatMul`.

        Y[…, m, n] = Σₖ (A[…, m, k] − a_zero_point[m]) · (B[…, k, n] − b_zero_point[n])

    - Inputs: `A` (T1), `B` (T2): as in `MatMul`. `a_zero_point` (T1), optional: one number, or one for each
      row. `b_zero_point` (T2), optional: one number, or one for each column; each by default 0.
    - Outputs: `Y` (T3): the product; 32 bits wrap.
    - Attributes: none.
    - Types: T1 and T2 are int8 or uint8, T3 is int32.
    - Errors: shapes that cannot be multiplied; zero points that fit neither form.
    - Versions: 10.
    - Source: onnx/defs/math/defs.cc.
    - Notes: TSN-0012 (zero points by row and column).
    """#,
  "Max": #"""
    # Max

    The largest number at each index of several tensors, after broadcasting.

        max[i] = max(data_0[i], data_1[i], …)

    - Inputs: `data_0` (T), one or more: shapes that broadcast to a common one; before 8 they must be equal.
    - Outputs: `max` (T): the common shape.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 12 also integers, from 13 also bfloat16.
    - Errors: shapes that do not broadcast, before 8 shapes that differ.
    - Versions: 1, 6 (no consumed_inputs), 8 (broadcasts by NumPy's rule), 12 (integers), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0015 (a NaN wins).
    """#,
  "MaxPool": #"""
    # MaxPool

    The largest element under a window that slides over each channel; padding never wins.

        Y[n, c, o…] = max k…  X[n, c, o·stride + k·dilation − pad]
        Indices[n, c, o…] = the flat position in X of the first element that is Y[n, c, o…]

    - Inputs: `X` (T): [N, C, D1, …, Dk].
    - Outputs: `Y` (T): [N, C, O1, …, Ok]. `Indices` (I), optional, from 8: of the shape of Y, positions in
      the unpadded X.
    - Attributes: `kernel_shape`: the extents of the window. `strides`, `dilations` (from 10): by default 1.
      `pads`: cells before each axis, then after each; by default 0. `auto_pad`: SAME_UPPER and SAME_LOWER
      compute pads so that O = ⌈D / stride⌉, an odd cell going to the end or to the begin; VALID means none.
      `ceil_mode` (from 10): 1 lets a last, partial window count unless it would start in the end padding.
      `storage_order` (from 8): 1 counts `Indices` with the first spatial axis fastest within a channel.
    - Types: T is float16, float or double; also int8 and uint8 from 12 and bfloat16 from 22. I is int64.
    - Errors: a rank below 3; a window so large that the number of cells would be negative.
    - Versions: 1, 8 (`Indices`, `storage_order`), 10 (`ceil_mode`, `dilations`), 11 (defaults of strides and
      dilations written down), 12 (8-bit integers), 22 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: TSN-0003 (`ceil_mode`; a window of nothing but padding gives −∞ or the smallest integer, and
      index −1); TSN-0015 (the first NaN under a window wins); TSN-0051 (extents of 0); TSN-0053
      (SAME with a long stride).
    """#,
  "MaxRoiPool": #"""
    # MaxRoiPool

    The largest element in each bin of regions of an image, all rounded to whole cells.

        Y[r, c, y, x] = max of X[b, c, h, w] over the cells of bin (y, x) of region r; 0 where there are none

    A region from s to e, scaled and rounded, has e − s + 1 cells, at least 1; bin y of P goes from s + ⌊y ·
    cells / P⌋ to s + ⌈(y + 1) · cells / P⌉, as far as there is an image.

    - Inputs: `X` (T): [N, C, H, W]. `rois` (T): [R, 5], rows b, x1, y1, x2, y2.
    - Outputs: `Y` (T): [R, C, P1, P2].
    - Attributes: `pooled_shape`: P, two extents. `spatial_scale`: cells of X per unit of `rois`, by default
      1.
    - Types: T is float16, float or double; also bfloat16 from 22.
    - Errors: shapes that do not fit together; an image index out of range.
    - Versions: 1, 22 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc; R. Girshick, "Fast R-CNN", 2015, for the rounding.
    - Notes: TSN-0018 (halves round away from 0).
    """#,
  "MaxUnpool": #"""
    # MaxUnpool

    Puts pooled maxima back to where they came from; all else is 0.

        output[I[i]] = X[i]      flat positions in a tensor of extents stride · (D − 1) + K − pads

    - Inputs: `X` (T1): [N, C, D1, …, Dk], as MaxPool's Y. `I` (T2): of the same shape, as MaxPool's Indices.
      `output_shape` (T2), optional: the shape of the output.
    - Outputs: `output` (T1): of the extents above, or of `output_shape`, whose further cells are 0.
    - Attributes: `kernel_shape`: K. `strides`: by default 1. `pads`: by default 0; without effect beside
      `output_shape`.
    - Types: T1 is float16, float or double; also bfloat16 from 22. T2 is int64.
    - Errors: shapes that do not fit together; an index out of range; `output_shape` too small.
    - Versions: 9, 11 (defaults of strides written down), 22 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc.
    - Notes: TSN-0003 (indices count in the extents without pads and `output_shape`, as ONNX's case shows; of
      equal indices the last wins).
    """#,
  "Mean": #"""
    # Mean

    The mean of the numbers at each index of several tensors, after broadcasting.

        mean[i] = (data_0[i] + … + data_{n−1}[i]) / n

    - Inputs: `data_0` (T), one or more: shapes that broadcast to a common one; before 8 they must be equal.
    - Outputs: `mean` (T): the common shape.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 13 also bfloat16.
    - Errors: shapes that do not broadcast, before 8 shapes that differ.
    - Versions: 1, 6 (no consumed_inputs), 8 (broadcasts by NumPy's rule), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0036 (the sum is rounded once), TSN-0050 (a sum of −0 is −0).
    """#,
  "MeanVarianceNormalization": #"""
    # MeanVarianceNormalization

    Normalises the elements that share their position on the axes that are not named.

        Y = (X − EX) / (√(E(X − EX)²) + ε)      E the mean over `axes`, ε = 1e−9

    - Inputs: `X` (T): any shape that has the axes.
    - Outputs: `Y` (T): the shape of X.
    - Attributes: `axes`: by default [0, 2, 3], all but the channels of an image; negative from the end.
    - Types: T is float16, float or double; also bfloat16 from 13.
    - Errors: an axis out of range or named twice.
    - Versions: 9, 13 (bfloat16).
    - Source: onnx/defs/nn/defs.cc, old.cc: the function body, which adds ε to the deviation.
    - Notes: TSN-0031 (the variance is that of the population).
    """#,
  "MelWeightMatrix": #"""
    # MelWeightMatrix

    The matrix that gathers the bins of a spectrum into triangular bands of equal width on the mel scale.

        mel(f) = 2595·log₁₀(1 + f / 700)
        p[i] = ⌊(dft_length + 1)·mel⁻¹(mel(lower) + i·(mel(upper) − mel(lower)) / (bands + 2)) / sample_rate⌋
        output[j, i] = (j − p[i]) / (p[i+1] − p[i])          p[i] ≤ j ≤ p[i+1]
                     = (p[i+2] − j) / (p[i+2] − p[i+1])      p[i+1] ≤ j < p[i+2]

    - Inputs: `num_mel_bins` (T1): the number of bands. `dft_length` (T1): the length of the transform, of
      which ⌊dft_length / 2⌋ + 1 bins are used. `sample_rate` (T1): samples a second. `lower_edge_hertz` (T2),
      `upper_edge_hertz` (T2): the range of frequencies. One number each.
    - Outputs: `output` (T3): [⌊dft_length / 2⌋ + 1, num_mel_bins].
    - Attributes: `output_datatype`: the element type, by default float.
    - Types: T1 is int32 or int64, T2 a float type, T3 any number; integers are truncated.
    - Errors: a negative number of bands or length; a `sample_rate` below 1; frequencies that make no range;
      an `output_datatype` that T3 does not allow.
    - Versions: 17.
    - Source: onnx/defs/math/defs.cc; where the text is silent (how edges fall on bins), ONNX's reference
      implementation.
    - Notes: TSN-0058: a triangle's peak is 1 also where it has no rising side; what lies beyond the last bin
      is left out.
    """#,
  "Min": #"""
    # Min

    The smallest number at each index of several tensors, after broadcasting.

        min[i] = min(data_0[i], data_1[i], …)

    - Inputs: `data_0` (T), one or more: shapes that broadcast to a common one; before 8 they must be equal.
    - Outputs: `min` (T): the common shape.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 12 also integers, from 13 also bfloat16.
    - Errors: shapes that do not broadcast, before 8 shapes that differ.
    - Versions: 1, 6 (no consumed_inputs), 8 (broadcasts by NumPy's rule), 12 (integers), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0015 (a NaN wins).
    """#,
  "Mish": #"""
    # Mish

    Each element times the hyperbolic tangent of its Softplus.

        Y[i] = x · tanh(ln(1 + e^x))      x = X[i]

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 18, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0060: −∞ gives NaN, as the formula does.
    """#,
  "Mod": #"""
    # Mod

    What is left of a division, element by element, after broadcasting.

        C[i] = A[i] − ⌊A[i] / B[i]⌋ · B[i]                 fmod = 0: the sign of B
             = A[i] − (A[i] / B[i] toward zero) · B[i]      fmod = 1: the sign of A

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T): the common shape.
    - Attributes: `fmod`: 0 (the default) rounds the quotient down, 1 toward zero.
    - Types: T is float16, float, double or any integer, from 13 also bfloat16.
    - Errors: shapes that do not broadcast; an integer divided by 0 (invalidValue); floating numbers with
      `fmod` 0 in 13; `fmod` other than 0 and 1.
    - Versions: 10, 13 (bfloat16), 28 (floating numbers with fmod 0).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0006 (signs; what ONNX's own cases ask: integers with `fmod` 1 in every version, and floating
      numbers with `fmod` 0 in 10, though its text asks for 1).
    """#,
  "Mul": #"""
    # Mul

    The product of two tensors, element by element, after broadcasting.

        C[i] = A[i] · B[i]

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T): the common shape. Integers wrap.
    - Attributes: `broadcast` (before 7): 1 lets B be stretched to the shape of A. `axis` (before 7): the
      axis of A at which B begins; by default B is aligned at the end. `consumed_inputs` (1): a hint without
      effect.
    - Types: T is float16, float or double, from 6 also integers of 32 and 64 bits, from 13 also bfloat16,
      from 14 also integers of 8 and 16 bits.
    - Errors: shapes that do not broadcast.
    - Versions: 1, 6 (integers of 32 and 64 bits), 7 (broadcasts by NumPy's rule), 13 (bfloat16), 14
      (integers of 8 and 16 bits).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Multinomial": #"""
    # Multinomial

    Draws classes at random, given the logarithms of their unnormalised probabilities.

        output[b, k] = the first c with Σ j ≤ c  e^input[b, j] > u · Σ j  e^input[b, j]

    where each u is drawn from the uniform distribution on [0, 1).

    - Inputs: `input` (T1): [batch, classes], logarithms; −∞ for a class that never comes.
    - Outputs: `output` (T2): [batch, `sample_size`], numbers of classes.
    - Attributes: `sample_size`: how many classes to draw for each row, by default 1. `dtype`: int32 (the
      default) or int64. `seed`: the generator's seed, by default the run's own.
    - Types: T1 is float16, float or double, from 22 also bfloat16; T2 is int32 or int64.
    - Errors: another rank than 2; a row without a finite largest number; a negative `sample_size`; another
      `dtype`.
    - Versions: 7, 22 (bfloat16).
    - Source: onnx/defs/generator/defs.cc, old.cc.
    - Notes: TSN-0032 (Philox4x32-10; the same numbers in every run with the same seed).
    """#,
  "Neg": #"""
    # Neg

    Each element with the other sign. The smallest integer of a type wraps to itself.

        Y[i] = −X[i]

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 6 also signed integers, from 13 also bfloat16.
    - Errors: none.
    - Versions: 1, 6 (signed integers), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "NegativeLogLikelihoodLoss": #"""
    # NegativeLogLikelihoodLoss

    How unlikely the target classes are, given log-probabilities.

        l[n, d…] = −input[n, c, d…] · weight[c]      c = target[n, d…]; 0 where c is `ignore_index`
        loss = l, Σ l, or Σ l / Σ weight[c]

    - Inputs: `input` (T): [N, C, D1, …], log-probabilities. `target` (Tind): [N, D1, …], classes in 0..<C or
      `ignore_index`. `weight` (T), optional: [C], by default ones.
    - Outputs: `loss` (T): [N, D1, …] with reduction none, otherwise a scalar.
    - Attributes: `reduction`: none, sum or mean, by default mean. `ignore_index`: a class that does not
      count, also not in the divisor of the mean.
    - Types: T is float16, float or double; also bfloat16 from 22. Tind is int32 or int64.
    - Errors: shapes that do not fit together; a class out of range.
    - Versions: 12, 13 (no change of meaning), 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0025 (the mean of no samples is NaN).
    """#,
  "NonMaxSuppression": #"""
    # NonMaxSuppression

    Picks boxes by falling score, and drops those that overlap a picked one too much.

        for each batch and class: repeat  pick the box of the highest score;
                                          drop every box with IoU(box, picked) > iou_threshold

    - Inputs: `boxes` (tensor(float)): [batch, boxes, 4]. `scores` (tensor(float)): [batch, classes, boxes].
      `max_output_boxes_per_class` (tensor(int64)), optional: how many to pick at most, by default none.
      `iou_threshold` (tensor(float)), optional: in 0…1, by default 0. `score_threshold` (tensor(float)),
      optional: only boxes of a higher score are looked at.
    - Outputs: `selected_indices` (tensor(int64)): [selected, 3], rows of batch, class and box, in the order
      of batch and class, then of picking.
    - Attributes: `center_point_box`: 0 means boxes [y1, x1, y2, x2] by any two opposite corners, 1 means
      [x_center, y_center, width, height].
    - Types: float and int64 only.
    - Errors: shapes that do not fit together; `iou_threshold` outside 0…1.
    - Versions: 10, 11 (clearer words).
    - Source: onnx/defs/object_detection/defs.cc, old.cc.
    - Notes: TSN-0017 (strictly more than the threshold, compared in float; equal scores: the lower index
      first; boxes of no area overlap nothing).
    """#,
  "NonZero": #"""
    # NonZero

    The indices of all elements that are not zero, in row-major order.

        Y[:, k] = index of the k-th element of X that is not 0

    - Inputs: `X` (T): any tensor.
    - Outputs: `Y` (tensor(int64)): [rank of X, number of such elements]; one column an element.
    - Attributes: none.
    - Types: T is any tensor; also bfloat16 from 13. false and empty strings count as zero, NaN does not.
    - Errors: none.
    - Versions: 9, 13 (bfloat16).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0056: a scalar gives the shape [0, 0 or 1], unlike NumPy.
    """#,
  "Not": #"""
    # Not

    The negation of each element.

        Y[i] = not X[i]

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: none.
    - Types: T is bool.
    - Errors: none.
    - Versions: 1.
    - Source: onnx/defs/logical/defs.cc.
    - Notes: none.
    """#,
  "OneHot": #"""
    # OneHot

    Each index as a vector that is "on" at one place and "off" elsewhere.

        output[i…, k, j…] = values[k = indices[i…, j…] ? 1 : 0]      0 ≤ k < depth

    - Inputs: `indices` (T1): any shape; numbers that are no integers are truncated. `depth` (T2): one number,
      the length of the vectors. `values` (T3): [off, on].
    - Outputs: `output` (T3): the shape of `indices` with one axis more.
    - Attributes: `axis`: where the new axis stands, by default last; in −r−1…r.
    - Types: T1 and T2 are any numbers, T3 is any tensor; also bfloat16 from 28.
    - Errors: a negative depth; `values` of another shape; `axis` out of range.
    - Versions: 9, 11 (indices and axis may be negative), 28 (bfloat16).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0057: an index outside 0…depth−1, or from 11 outside −depth…depth−1, makes a vector that is
      off everywhere.
    """#,
  "Optional": #"""
    # Optional

    A value as one that may be absent, or an absent one.

        output = some(input), or none of the given type

    - Inputs: `input` (V), optional: the value; where it is omitted, the result is none.
    - Outputs: `output` (O).
    - Attributes: `type`: the type of the value; needed where `input` is omitted.
    - Types: V is any tensor or sequence of the types of IR version 3, from 28 of all; O is an optional of it.
    - Errors: neither `input` nor `type`; an `input` of another type than `type`.
    - Versions: 15, 28 (every type).
    - Source: onnx/defs/optional/defs.cc, old.cc.
    - Notes: TSN-0034 (none is not an empty sequence). Swift's own Optional would be hidden by a type of this
      name.
    """#,
  "OptionalGetElement": #"""
    # OptionalGetElement

    The value in an optional.

        output = x for input = some(x), and input itself where it is no optional

    - Inputs: `input` (O): an optional that is not none; from 18 also a tensor or sequence.
    - Outputs: `output` (V).
    - Attributes: none.
    - Types: O is an optional of a tensor or sequence, from 18 also these themselves; V is such a value. The
      types are those of IR version 3, from 28 all.
    - Errors: none.
    - Versions: 15, 18 (tensors and sequences pass through), 28 (every type).
    - Source: onnx/defs/optional/defs.cc, old.cc.
    - Notes: TSN-0034: an `input` that is none, undefined by the text, is an error.
    """#,
  "OptionalHasElement": #"""
    # OptionalHasElement

    Whether there is a value.

        output = input is given and is not none

    - Inputs: `input` (O): an optional; from 18 it may be omitted, or be a tensor or sequence, which is a
      value.
    - Outputs: `output` (B): a scalar.
    - Attributes: none.
    - Types: O is an optional of a tensor or sequence, from 18 also these themselves; the types are those of
      IR version 3, from 28 all. B is bool.
    - Errors: none.
    - Versions: 15, 18 (the input may be omitted, or no optional), 28 (every type).
    - Source: onnx/defs/optional/defs.cc, old.cc.
    - Notes: TSN-0034 (an empty sequence is a value).
    """#,
  "Or": #"""
    # Or

    Whether at least one of two tensors is true, element by element, after broadcasting.

        C[i] = A[i] or B[i]

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T1): the common shape.
    - Attributes: `broadcast` (before 7): 1 lets B be stretched to the shape of A. `axis` (before 7): the
      axis of A at which B begins; by default B is aligned at the end.
    - Types: T is bool; T1 is bool.
    - Errors: shapes that do not broadcast.
    - Versions: 1, 7 (broadcasts by NumPy's rule).
    - Source: onnx/defs/logical/defs.cc, old.cc.
    - Notes: none.
    """#,
  "PRelu": #"""
    # PRelu

    The element itself if it is not negative, otherwise a multiple of it that is learned.

        Y[i] = x                 x ≥ 0, x = X[i]
             = slope[i] · x      x < 0

    - Inputs: `X` (T): any shape. `slope` (T): a shape that broadcasts to that of X; before 7 one element,
      or one for each channel (axis 1).
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 9 also integers of 32 and 64 bits, from 16 also bfloat16.
    - Errors: `slope` that does not broadcast to the shape of X.
    - Versions: 1, 6 (no consumed_inputs), 7 (slope broadcasts by NumPy's rule), 9 (integers of 32 and 64
      bits), 16 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0015 (a NaN stays a NaN).
    """#,
  "Pad": #"""
    # Pad

    A tensor with cells added before and after it along its axes, or taken away.

        output[…, o, …] = data[…, source(o − begin), …]

    where source(i) = i inside the axis, and outside: nothing, but the constant (`constant`); the nearest
    index (`edge`); the index mirrored at the first and the last one, which are not repeated (`reflect`); or i
    mod n (`wrap`).

    - Inputs: `data` (T). `pads` (tensor(int64), from 11): the cells added at the begin of each axis, then
      those at the end of each; negative numbers take cells away. `constant_value` (T, from 11), optional: one
      element, by default 0, false or an empty string. `axes` (Tind, from 18), optional: the axes that `pads`
      means, by default all.
    - Outputs: `output` (T).
    - Attributes: `mode`: constant, reflect, edge, and from 19 wrap. `paddings` (1), `pads` (2): the pads.
      `value` (to 2): the constant.
    - Types: T is a float type to 2, any number from 11, any type from 13, with the types of each later IR
      version. Tind is int32 or int64.
    - Errors: a number of pads that is not twice the number of axes; more cells taken away than there are; an
      axis without cells to repeat.
    - Versions: 1, 2 (paddings is called pads and may be negative), 11 (pads becomes an input, value the input
      constant_value; integers), 13 (every type), 18 (axes), 19 (mode wrap), 21 (float8, 4-bit integers), 23
      (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0020: cells are taken away first; what is added then repeats what is left.
    """#,
  "Pow": #"""
    # Pow

    Each element of a tensor raised to a power, after broadcasting.

        Z[i] = X[i]^Y[i]

    - Inputs: `X` (T): the bases. `Y` (T, from 12 T1): the exponents. Shapes that broadcast to a common one.
    - Outputs: `Z` (T): the common shape. Integers wrap.
    - Attributes: `broadcast` (before 7): 1 lets Y be stretched to the shape of X. `axis` (before 7): the
      axis of X at which Y begins; by default Y is aligned at the end.
    - Types: T is float16, float or double, from 12 also int32 and int64, from 13 also bfloat16; T1 is
      float16, float, double or any integer (from 12), from 15 also bfloat16.
    - Errors: shapes that do not broadcast; the integer 0 raised to a negative power (invalidValue).
    - Versions: 1, 7 (broadcasts by NumPy's rule), 12 (integer bases of 32 and 64 bits, exponents of any
      type), 13 (bfloat16), 15 (bfloat16 exponents).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0007 (integers: exact and wrapping; a negative exponent gives the quotient toward zero).
    """#,
  "QLinearConv": #"""
    # QLinearConv

    The convolution of quantized operands, quantized again.

        y[n, m, o…] = saturate(round(r · x_scale · w_scale[m] / y_scale) + y_zero_point) r = B[m] + conv(x −
        x_zero_point, w − w_zero_point[m])      padding counts as x_zero_point; ties to even

    - Inputs: `x` (T1): [N, C, D1, …]. `w` (T2): [M, C/group, K1, …]. `x_scale` (tensor(float)),
      `x_zero_point` (T1), `y_scale` (tensor(float)), `y_zero_point` (T3): one number each. `w_scale`
      (tensor(float)), `w_zero_point` (T2): one number, or one for each filter. `B` (T4), optional: [M], in
      units of x_scale · w_scale.
    - Outputs: `y` (T3): [N, M, O1, …].
    - Attributes: `kernel_shape`, `strides`, `dilations`, `pads`, `auto_pad`, `group`: as in `Conv`.
    - Types: T1, T2 and T3 are int8 or uint8, T4 is int32.
    - Errors: those of `Conv`; scales or zero points that fit neither form; B of another shape.
    - Versions: 10.
    - Source: onnx/defs/nn/defs.cc.
    - Notes: TSN-0011 (rounding), TSN-0012 (padding). The sum is exact; its scaling is taken in double.
    """#,
  "QLinearMatMul": #"""
    # QLinearMatMul

    The matrix product of quantized operands, quantized again.

        y[…, m, n] = quantize(a_scale[m] · b_scale[n] · Σₖ (a − a_zero_point)[…, m, k] · (b − b_zero_point)[…,
        k, n])

    where quantize(r) = saturate(round(r / y_scale) + y_zero_point), ties to even.

    - Inputs: `a` (T1), `b` (T2): as in `MatMul`. `a_scale`, `b_scale`, `y_scale` (TS; tensor(float) before
      21), `a_zero_point` (T1), `b_zero_point` (T2), `y_zero_point` (T3): one number each, or for a and y one
      for each row, for b one for each column.
    - Outputs: `y` (T3): the product.
    - Attributes: none.
    - Types: T1, T2 and T3 are int8 or uint8; float8 from 21. TS is float, float16 or bfloat16.
    - Errors: shapes that cannot be multiplied; scales or zero points that fit neither form.
    - Versions: 10, 21 (float8; scales of other types).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0011 (rounding), TSN-0012. The sum and its scaling are taken in double and rounded once.
    """#,
  "QuantizeLinear": #"""
    # QuantizeLinear

    Real numbers in units of a scale, as small integers or small floats.

        y[i] = saturate(round(x[i] / y_scale[g]) + y_zero_point[g])      g the scale that i falls under

    where round goes to the nearest integer, ties to even (for float types there is only the rounding to the
    type).

    - Inputs: `x` (T1): any shape. `y_scale` (T2; tensor(float) before 19, T1 in 19 and 21): one number; from
      13 also one for each index of an axis; from 21 also one for each block along an axis. `y_zero_point`
      (T3; T2 before 23), optional: the shape of `y_scale`; by default 0, and y is uint8.
    - Outputs: `y` (T3; T2 before 23): the shape of `x`.
    - Attributes: `axis` (from 13, default 1): the axis of several scales. `saturate` (from 19, default 1):
      whether a number too large for a float8 becomes the largest. `block_size` (from 21, default 0): elements
      to a block. `output_dtype` (from 21): the type of y where there is no zero point. `precision` (from 23):
      the type in which x / y_scale is rounded; by default that of `y_scale`.
    - Types: T1 is float or int32; float16 and bfloat16 from 19. T2 (from 23): those, and float8e8m0 from 24.
      T3: uint8 or int8; float8 from 19; 4-bit and 16-bit integers from 21; float4e2m1 from 23; 2-bit from 25;
      float6 from 28.
    - Errors: scales that do not fit the shape of x; a zero point of another shape; types that contradict.
    - Versions: 10, 13 (`axis`), 19 (float8, float16), 21 (blocks, 4-bit and 16-bit integers), 23
      (`precision`, float4, scales of another type than x), 24 (float8e8m0 scales), 25 (2-bit integers), 28
      (float6).
    - Source: onnx/defs/quantization/defs.cc, old.cc.
    - Notes: TSN-0011 (ties, saturation, precision; an integer or float8e8m0 scale divides in float).
    """#,
  "RMSNormalization": #"""
    # RMSNormalization

    Divides the elements of the last axes by their root mean square, then scales them.

        Y = X / √(Σ X² / count + ε) · scale      Σ over axis, axis + 1, …

    - Inputs: `X` (T): any shape of rank 1 or more. `scale` (V): a shape that stretches to X.
    - Outputs: `Y` (V): the shape of X.
    - Attributes: `axis`: the first axis to normalise, by default the last. `epsilon`: ε. `stash_type`: the
      least precision of the normalisation; we compute in a wider one.
    - Types: T and V are each float16, float, double or bfloat16.
    - Errors: `axis` out of range; `scale` that does not stretch to X; `stash_type` that is no such type.
    - Versions: 23.
    - Source: onnx/defs/nn/defs.cc.
    - Notes: TSN-0036 (precision).
    """#,
  "RNN": #"""
    # RNN

    A layer of simple recurrent units, run over sequences forward, backward or both.

        Hₜ = f(Xₜ·Wiᵀ + Hₜ₋₁·Riᵀ + Wbi + Rbi)

    - Inputs: `X` (T): [time, batch, input]. `W` (T): [directions, hidden, input]. `R` (T): [directions,
      hidden, hidden]. `B` (T), optional: [directions, 2·hidden], Wb before Rb. `sequence_lens` (T1),
      optional: [batch], the steps that each sequence has. `initial_h` (T), optional: [directions, batch,
      hidden].
    - Outputs: `Y` (T), optional: [time, directions, batch, hidden], every H; 0 past a sequence's end. `Y_h`
      (T), optional: [directions, batch, hidden], the last H of each sequence.
    - Attributes: `hidden_size`. `direction`: forward, reverse or bidirectional. `activations`: f, by default
      Tanh, then that of the other direction; `activation_alpha`, `activation_beta`: parameters of those that
      have them, in order. `clip`: a bound on what goes into each activation. `layout` (from 14): 1 puts the
      batch first in X, Y and the states. `output_sequence` (1): a hint without effect.
    - Types: T is float16, float or double; also bfloat16 from 22. T1 is int32.
    - Errors: shapes that do not fit together; an unknown activation; a length beyond X.
    - Versions: 1, 7 (no `output_sequence`), 14 (`layout`), 22 (bfloat16).
    - Source: onnx/defs/rnn/defs.cc, old.cc.
    - Notes: TSN-0030 (clip before every activation; lengths; α and β); TSN-0036 (a wider type).
    """#,
  "RandomNormal": #"""
    # RandomNormal

    A tensor of numbers drawn from a normal distribution.

        output[i] = mean + scale · √(−2 ln(1 − u)) · cos(2π v)      u, v uniform on [0, 1)

    - Inputs: none.
    - Outputs: `output` (T): the shape in `shape`.
    - Attributes: `mean`, `scale`: the mean and the standard deviation, by default 0 and 1. `dtype`: the
      type of the output, by default float. `shape`: its extents. `seed`: the generator's seed, by default
      the run's own.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: a `dtype` that the output may not have; a negative extent in `shape`.
    - Versions: 1, 22 (bfloat16).
    - Source: onnx/defs/generator/defs.cc, old.cc.
    - Notes: TSN-0032 (Philox4x32-10; the same numbers in every run with the same seed).
    """#,
  "RandomNormalLike": #"""
    # RandomNormalLike

    A tensor shaped like another, of numbers drawn from a normal distribution.

        output[i] = mean + scale · √(−2 ln(1 − u)) · cos(2π v)      u, v uniform on [0, 1)

    - Inputs: `input` (T1): any tensor, for its shape and, without `dtype`, its type.
    - Outputs: `output` (T2): the shape of `input`.
    - Attributes: `mean`, `scale`: the mean and the standard deviation, by default 0 and 1. `dtype`: the
      type of the output, by default that of `input`. `seed`: the generator's seed, by default the run's
      own.
    - Types: T1 is any type of IR version 3, from 22 also bfloat16; T2 is float16, float or double, from 22
      also bfloat16.
    - Errors: a `dtype`, or without it a type of `input`, that the output may not have.
    - Versions: 1, 22 (bfloat16; bfloat16).
    - Source: onnx/defs/generator/defs.cc, old.cc.
    - Notes: TSN-0032 (Philox4x32-10; the same numbers in every run with the same seed).
    """#,
  "RandomUniform": #"""
    # RandomUniform

    A tensor of numbers drawn from a uniform distribution.

        output[i] = low + u · (high − low)      u uniform on [0, 1)

    - Inputs: none.
    - Outputs: `output` (T): the shape in `shape`.
    - Attributes: `low`, `high`: the ends of the interval, by default 0 and 1. `dtype`: the type of the
      output, by default float. `shape`: its extents. `seed`: the generator's seed, by default the run's
      own.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: a `dtype` that the output may not have; a negative extent in `shape`.
    - Versions: 1, 22 (bfloat16).
    - Source: onnx/defs/generator/defs.cc, old.cc.
    - Notes: TSN-0032 (Philox4x32-10; the same numbers in every run with the same seed).
    """#,
  "RandomUniformLike": #"""
    # RandomUniformLike

    A tensor shaped like another, of numbers drawn from a uniform distribution.

        output[i] = low + u · (high − low)      u uniform on [0, 1)

    - Inputs: `input` (T1): any tensor, for its shape and, without `dtype`, its type.
    - Outputs: `output` (T2): the shape of `input`.
    - Attributes: `low`, `high`: the ends of the interval, by default 0 and 1. `dtype`: the type of the
      output, by default that of `input`. `seed`: the generator's seed, by default the run's own.
    - Types: T1 is any type of IR version 3, from 22 also bfloat16; T2 is float16, float or double, from 22
      also bfloat16.
    - Errors: a `dtype`, or without it a type of `input`, that the output may not have.
    - Versions: 1, 22 (bfloat16; bfloat16).
    - Source: onnx/defs/generator/defs.cc, old.cc.
    - Notes: TSN-0032 (Philox4x32-10; the same numbers in every run with the same seed).
    """#,
  "Range": #"""
    # Range

    Evenly spaced numbers from a first one up to a limit that is not reached.

        output[i] = start + i · delta      i = 0, 1, …, max(⌈(limit − start) / delta⌉, 0) − 1

    - Inputs: `start` (T), `limit` (T), `delta` (T): one number each.
    - Outputs: `output` (T): of rank 1.
    - Attributes: `stash_type` (from 27, default 1, float): the precision of the steps for float16 and
      bfloat16.
    - Types: T is float, double, int16, int32 or int64; float16 and bfloat16 from 27.
    - Errors: a delta of zero; a number of elements that is not finite; inputs of other than one element.
    - Versions: 11, 27 (float16, bfloat16, `stash_type`).
    - Source: onnx/defs/generator/defs.cc, old.cc.
    - Notes: TSN-0059: the count and each element are computed in double and rounded once, not by repeated
      addition. The type is not called Range, which is a type of Swift.
    """#,
  "Reciprocal": #"""
    # Reciprocal

    One divided by each element: ±∞ for ±0.

        Y[i] = 1 / X[i]

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 13 also bfloat16.
    - Errors: none.
    - Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "ReduceL1": #"""
    # ReduceL1

    The sum of the magnitudes of the elements along some axes.

        reduced[o] = Σ |data[o, k]|      k over the folded axes; 0 where there are none

    - Inputs: `data` (T): any shape. `axes` (tensor(int64), from 18), optional: the axes to fold, negative
      from the end.
    - Outputs: `reduced` (T): the folded axes have extent 1, or are gone.
    - Attributes: `axes` (before 18): the axes to fold. No axes at all means all, unless
      `noop_with_empty_axes` (from 18, default 0) is 1: then each element is a group of its own. `keepdims`
      (default 1): whether folded axes stay with extent 1.
    - Types: T is float16, float, double or an integer of 32 or 64 bits; also bfloat16 from 13.
    - Errors: an axis out of range or named twice.
    - Versions: 1, 11 (negative `axes`), 13 (bfloat16), 18 (`axes` becomes an input, `noop_with_empty_axes`).
    - Source: onnx/defs/reduction/defs.cc, old.cc, utils.cc.
    - Notes: TSN-0025 (empty groups); integers wrap.
    """#,
  "ReduceL2": #"""
    # ReduceL2

    The Euclidean norm of the elements along some axes.

        reduced[o] = √(Σ data[o, k]²)      k over the folded axes; 0 where there are none

    - Inputs: `data` (T): any shape. `axes` (tensor(int64), from 18), optional: the axes to fold, negative
      from the end.
    - Outputs: `reduced` (T): the folded axes have extent 1, or are gone.
    - Attributes: `axes` (before 18): the axes to fold. No axes at all means all, unless
      `noop_with_empty_axes` (from 18, default 0) is 1: then each element is a group of its own. `keepdims`
      (default 1): whether folded axes stay with extent 1.
    - Types: T is float16, float, double or an integer of 32 or 64 bits; also bfloat16 from 13.
    - Errors: an axis out of range or named twice.
    - Versions: 1, 11 (negative `axes`), 13 (bfloat16), 18 (`axes` becomes an input, `noop_with_empty_axes`).
    - Source: onnx/defs/reduction/defs.cc, old.cc, utils.cc.
    - Notes: TSN-0025 (empty groups; integers are truncated).
    """#,
  "ReduceLogSum": #"""
    # ReduceLogSum

    The logarithm of the sum of the elements along some axes.

        reduced[o] = log(Σ data[o, k])      k over the folded axes; −∞ where there are none

    - Inputs: `data` (T): any shape. `axes` (tensor(int64), from 18), optional: the axes to fold, negative
      from the end.
    - Outputs: `reduced` (T): the folded axes have extent 1, or are gone.
    - Attributes: `axes` (before 18): the axes to fold. No axes at all means all, unless
      `noop_with_empty_axes` (from 18, default 0) is 1: then each element is a group of its own. `keepdims`
      (default 1): whether folded axes stay with extent 1.
    - Types: T is float16, float, double or, to 18, an integer of 32 or 64 bits; also bfloat16 from 13.
    - Errors: an axis out of range or named twice.
    - Versions: 1, 11 (negative `axes`), 13 (bfloat16), 18 (`axes` becomes an input, `noop_with_empty_axes`),
      28 (no integers).
    - Source: onnx/defs/reduction/defs.cc, old.cc, utils.cc.
    - Notes: TSN-0025 (empty groups; integers are truncated).
    """#,
  "ReduceLogSumExp": #"""
    # ReduceLogSumExp

    The logarithm of the sum of the exponentials of the elements along some axes.

        reduced[o] = log(Σ exp(data[o, k]))      k over the folded axes; −∞ where there are none

    - Inputs: `data` (T): any shape. `axes` (tensor(int64), from 18), optional: the axes to fold, negative
      from the end.
    - Outputs: `reduced` (T): the folded axes have extent 1, or are gone.
    - Attributes: `axes` (before 18): the axes to fold. No axes at all means all, unless
      `noop_with_empty_axes` (from 18, default 0) is 1: then each element is a group of its own. `keepdims`
      (default 1): whether folded axes stay with extent 1.
    - Types: T is float16, float, double or, to 18, an integer of 32 or 64 bits; also bfloat16 from 13.
    - Errors: an axis out of range or named twice.
    - Versions: 1, 11 (negative `axes`), 13 (bfloat16), 18 (`axes` becomes an input, `noop_with_empty_axes`),
      28 (no integers).
    - Source: onnx/defs/reduction/defs.cc, old.cc, utils.cc.
    - Notes: TSN-0025 (empty groups; integers are truncated).
    """#,
  "ReduceMax": #"""
    # ReduceMax

    The largest of the elements along some axes; for bool, false is less than true.

        reduced[o] = max data[o, k]      k over the folded axes; where there are none, −∞ or the type's
        smallest number

    - Inputs: `data` (T): any shape. `axes` (tensor(int64), from 18), optional: the axes to fold, negative
      from the end.
    - Outputs: `reduced` (T): the folded axes have extent 1, or are gone.
    - Attributes: `axes` (before 18): the axes to fold. No axes at all means all, unless
      `noop_with_empty_axes` (from 18, default 0) is 1: then each element is a group of its own. `keepdims`
      (default 1): whether folded axes stay with extent 1.
    - Types: T is float16, float, double or an integer of 32 or 64 bits; int8 and uint8 from 12, bfloat16 from
      13, bool from 20.
    - Errors: an axis out of range or named twice.
    - Versions: 1, 11 (negative `axes`), 12 (int8, uint8), 13 (bfloat16), 18 (`axes` becomes an input,
      `noop_with_empty_axes`), 20 (bool).
    - Source: onnx/defs/reduction/defs.cc, old.cc, utils.cc.
    - Notes: TSN-0015 (a NaN makes its group NaN), TSN-0025 (empty groups).
    """#,
  "ReduceMean": #"""
    # ReduceMean

    The mean of the elements along some axes.

        reduced[o] = (Σ data[o, k]) / n      k over the n elements along the folded axes

    - Inputs: `data` (T): any shape. `axes` (tensor(int64), from 18), optional: the axes to fold, negative
      from the end.
    - Outputs: `reduced` (T): the folded axes have extent 1, or are gone.
    - Attributes: `axes` (before 18): the axes to fold. No axes at all means all, unless
      `noop_with_empty_axes` (from 18, default 0) is 1: then each element is a group of its own. `keepdims`
      (default 1): whether folded axes stay with extent 1.
    - Types: T is float16, float, double or an integer of 32 or 64 bits; also bfloat16 from 13.
    - Errors: an axis out of range or named twice.
    - Versions: 1, 11 (negative `axes`), 13 (bfloat16), 18 (`axes` becomes an input, `noop_with_empty_axes`).
    - Source: onnx/defs/reduction/defs.cc, old.cc, utils.cc.
    - Notes: TSN-0025 (the mean of nothing is NaN, 0 for integers).
    """#,
  "ReduceMin": #"""
    # ReduceMin

    The smallest of the elements along some axes; for bool, false is less than true.

        reduced[o] = min data[o, k]      k over the folded axes; where there are none, +∞ or the type's
        largest number

    - Inputs: `data` (T): any shape. `axes` (tensor(int64), from 18), optional: the axes to fold, negative
      from the end.
    - Outputs: `reduced` (T): the folded axes have extent 1, or are gone.
    - Attributes: `axes` (before 18): the axes to fold. No axes at all means all, unless
      `noop_with_empty_axes` (from 18, default 0) is 1: then each element is a group of its own. `keepdims`
      (default 1): whether folded axes stay with extent 1.
    - Types: T is float16, float, double or an integer of 32 or 64 bits; int8 and uint8 from 12, bfloat16 from
      13, bool from 20.
    - Errors: an axis out of range or named twice.
    - Versions: 1, 11 (negative `axes`), 12 (int8, uint8), 13 (bfloat16), 18 (`axes` becomes an input,
      `noop_with_empty_axes`), 20 (bool).
    - Source: onnx/defs/reduction/defs.cc, old.cc, utils.cc.
    - Notes: TSN-0015 (a NaN makes its group NaN), TSN-0025 (empty groups).
    """#,
  "ReduceProd": #"""
    # ReduceProd

    The product of the elements along some axes.

        reduced[o] = Π data[o, k]      k over the folded axes; 1 where there are none

    - Inputs: `data` (T): any shape. `axes` (tensor(int64), from 18), optional: the axes to fold, negative
      from the end.
    - Outputs: `reduced` (T): the folded axes have extent 1, or are gone.
    - Attributes: `axes` (before 18): the axes to fold. No axes at all means all, unless
      `noop_with_empty_axes` (from 18, default 0) is 1: then each element is a group of its own. `keepdims`
      (default 1): whether folded axes stay with extent 1.
    - Types: T is float16, float, double or an integer of 32 or 64 bits; also bfloat16 from 13.
    - Errors: an axis out of range or named twice.
    - Versions: 1, 11 (negative `axes`), 13 (bfloat16), 18 (`axes` becomes an input, `noop_with_empty_axes`).
    - Source: onnx/defs/reduction/defs.cc, old.cc, utils.cc.
    - Notes: TSN-0025 (empty groups); integers wrap.
    """#,
  "ReduceSum": #"""
    # ReduceSum

    The sum of the elements along some axes.

        reduced[o] = Σ data[o, k]      k over the folded axes; 0 where there are none

    - Inputs: `data` (T): any shape. `axes` (tensor(int64), from 13), optional: the axes to fold, negative
      from the end.
    - Outputs: `reduced` (T): the folded axes have extent 1, or are gone.
    - Attributes: `axes` (before 13): the axes to fold. No axes at all means all, unless
      `noop_with_empty_axes` (from 13, default 0) is 1: then each element is a group of its own. `keepdims`
      (default 1): whether folded axes stay with extent 1.
    - Types: T is float16, float, double or an integer of 32 or 64 bits; also bfloat16 from 13.
    - Errors: an axis out of range or named twice.
    - Versions: 1, 11 (negative `axes`), 13 (`axes` becomes an input, `noop_with_empty_axes`; bfloat16).
    - Source: onnx/defs/reduction/defs.cc, old.cc, utils.cc.
    - Notes: TSN-0025 (empty groups), TSN-0036 (a wide sum, rounded once), TSN-0050 (a sum of −0 is −0);
      integers wrap.
    """#,
  "ReduceSumSquare": #"""
    # ReduceSumSquare

    The sum of the squares of the elements along some axes.

        reduced[o] = Σ data[o, k]²      k over the folded axes; 0 where there are none

    - Inputs: `data` (T): any shape. `axes` (tensor(int64), from 18), optional: the axes to fold, negative
      from the end.
    - Outputs: `reduced` (T): the folded axes have extent 1, or are gone.
    - Attributes: `axes` (before 18): the axes to fold. No axes at all means all, unless
      `noop_with_empty_axes` (from 18, default 0) is 1: then each element is a group of its own. `keepdims`
      (default 1): whether folded axes stay with extent 1.
    - Types: T is float16, float, double or an integer of 32 or 64 bits; also bfloat16 from 13.
    - Errors: an axis out of range or named twice.
    - Versions: 1, 11 (negative `axes`), 13 (bfloat16), 18 (`axes` becomes an input, `noop_with_empty_axes`).
    - Source: onnx/defs/reduction/defs.cc, old.cc, utils.cc.
    - Notes: TSN-0025 (empty groups); integers wrap.
    """#,
  "RegexFullMatch": #"""
    # RegexFullMatch

    Which strings match a regular expression as a whole.

        Y[i] = whether pattern matches all of X[i]

    - Inputs: `X` (T1): strings of any shape.
    - Outputs: `Y` (T2): the shape of X.
    - Attributes: `pattern`: the expression, in the syntax of RE2.
    - Types: T1 is string, T2 is bool.
    - Errors: a pattern that is missing, that RE2 does not allow, or whose program is too large.
    - Versions: 20.
    - Source: onnx/defs/text/defs.cc; github.com/google/re2/wiki/Syntax.
    - Notes: TSN-0041: the time is linear in the length of a string; limits on patterns.
    """#,
  "Relu": #"""
    # Relu

    The element itself if it is positive, otherwise 0.

        Y[i] = max(0, X[i])

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 13 also bfloat16, from 14 also signed integers.
    - Errors: none.
    - Versions: 1, 6 (no consumed_inputs), 13 (bfloat16), 14 (signed integers).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0015 (a NaN stays a NaN).
    """#,
  "Reshape": #"""
    # Reshape

    The same elements, in the same row-major order, under another shape.

        reshaped[i] = data[i]      i a flat position

    - Inputs: `data` (T): any tensor. `shape` (tensor(int64), from 5): the new extents; −1 at most once, for what
      is left over; 0 copies the extent of `data` at that axis unless `allowzero` is 1.
    - Outputs: `reshaped` (T).
    - Attributes: `shape` (1): the new extents. `allowzero` (from 14): 1 makes 0 mean an extent of zero.
      `consumed_inputs` (1): a hint without effect.
    - Types: T is a float type in 1, any type from 5, with the types of each later IR version.
    - Errors: a number of elements that differs; −1 twice, or beside an extent of zero; 0 beyond the rank.
    - Versions: 1, 5 (`shape` becomes an input), 13 (bfloat16), 14 (`allowzero`), 19 (float8), 21 (4-bit
      integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0024 (0 and −1 with empty tensors).
    """#,
  "Resize": #"""
    # Resize

    Samples a tensor anew at other extents: nearest cells, or linear or cubic interpolation, axis by axis.

        Y[o0, o1, …] = Σ i0, i1, …  w(i0 − x(o0)) · w(i1 − x(o1)) · … · X[i0, i1, …]

    where x maps a cell of Y to a place in X and w is the kernel of `mode`; cells beyond the edge repeat it.

    - Inputs: `X` (T1; T in 10): any tensor. `roi` (T2, from 11, optional from 13): the part that
      tf_crop_and_resize takes, [starts…, ends…]. `scales` (tensor(float)), optional from 13: one for each
      axis. `sizes` (tensor(int64), from 11), optional: the extents themselves, instead of `scales`.
    - Outputs: `Y` (T1): extents ⌊D · (end − start) · scale⌋, or as `sizes` say.
    - Attributes: `mode`: nearest, linear or cubic. From 11: `coordinate_transformation_mode`: x(o), among
      half_pixel, pytorch_half_pixel, align_corners, asymmetric, tf_crop_and_resize, before 18
      tf_half_pixel_for_nn and from 19 half_pixel_symmetric. `nearest_mode`: how nearest rounds.
      `cubic_coeff_a`: a of the cubic kernel. `exclude_outside`: 1 gives cells beyond the edge no weight.
      `extrapolation_value`: what places outside X show when cropping. From 18: `antialias`: 1 widens the
      kernel when shrinking. `axes`: those that `roi`, `scales` and `sizes` speak of, by default all.
      `keep_aspect_ratio_policy`: not_larger and not_smaller fit one scale to `sizes`.
    - Types: T1 is any tensor, without bfloat16 before 13; strings only with nearest. T2 is float16, float or
      double.
    - Errors: neither or both of `scales` and `sizes`; numbers that do not fit the axes; a scale not positive.
    - Versions: 10, 11 (`sizes`, `roi` and the ways of mapping), 13 (bfloat16, optional inputs), 18
      (`antialias`, `axes`, `keep_aspect_ratio_policy`), 19 (half_pixel_symmetric).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0001 (lengths of 1, fractional lengths, what 10 leaves open, integers round to even).
    """#,
  "ReverseSequence": #"""
    # ReverseSequence

    The first elements of each sequence of a batch, as many as its length says, in reverse order.

        Y[t, b, …] = input[t < L ? L − 1 − t : t, b, …]      L = sequence_lens[b]

    - Inputs: `input` (T): of rank 2 or more. `sequence_lens` (tensor(int64)): one length in 0…T for each
      batch.
    - Outputs: `Y` (T): the shape of `input`.
    - Attributes: `time_axis`, `batch_axis`: 0 and 1 (the default), or 1 and 0.
    - Types: T is any tensor; also bfloat16 from 28.
    - Errors: axes other than these two; a number of lengths that is not the batch's; a length out of range.
    - Versions: 10, 28 (bfloat16).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "RoiAlign": #"""
    # RoiAlign

    Pools regions of an image to a fixed extent, sampling between cells instead of rounding to them.

        Y[r, c, y, x] = mean (or maximum) of X[b, c] interpolated at the sampling points of bin (y, x)

    Region r of image b = batch_indices[r] is split into output_height × output_width bins, each with
    sampling_ratio² points at the centres of equal parts.

    - Inputs: `X` (T1): [N, C, H, W]. `rois` (T1): [R, 4], rows x1, y1, x2, y2. `batch_indices` (T2): [R].
    - Outputs: `Y` (T1): [R, C, output_height, output_width].
    - Attributes: `output_height`, `output_width`: by default 1. `sampling_ratio`: points along each axis of a
      bin; 0 means ⌈extent of the region / bins⌉. `spatial_scale`: cells of X per unit of `rois`. `mode`: avg
      or max. `coordinate_transformation_mode` (from 16): half_pixel shifts regions by −0.5;
      output_half_pixel, and before 16 always, does not, but takes regions to be at least 1 × 1.
    - Types: T1 is float16, float or double; also bfloat16 from 22. T2 is int64.
    - Errors: shapes that do not fit together; an image index out of range.
    - Versions: 10, 16 (`coordinate_transformation_mode`, half_pixel by default), 22 (bfloat16).
    - Source: onnx/defs/object_detection/defs.cc, old.cc.
    - Notes: TSN-0018 (max takes the largest of the weighed corners, not of the interpolated points; points
      more than a cell outside are 0; a region without points yields 0).
    """#,
  "RotaryEmbedding": #"""
    # RotaryEmbedding

    Rotates pairs of features by angles that depend on the position in the sequence.

        Y[a] = cos[j] · X[a] − sin[j] · X[b]      Y[b] = sin[j] · X[a] + cos[j] · X[b]

    for the pairs j = 0..<r/2 of each head: a = j, b = j + r/2, or with `interleaved` a = 2j, b = 2j + 1;
    features from r on stay as they are.

    - Inputs: `X` (T): [batch, heads, sequence, size], or [batch, sequence, heads · size]. `cos_cache`,
      `sin_cache` (T): [positions, r/2] with `position_ids`, else [batch, sequence, r/2]. `position_ids` (M),
      optional: [batch, sequence].
    - Outputs: `Y` (T): the shape of X.
    - Attributes: `rotary_embedding_dim`: r, by default 0, which means the size. `interleaved`: 1 pairs
      neighbours. `num_heads`: needed where X has three axes.
    - Types: T is float, float16 or bfloat16; M is int64.
    - Errors: shapes that do not fit together; an odd r; a position out of range.
    - Versions: 23.
    - Source: onnx/defs/nn/defs.cc.
    - Notes: none.
    """#,
  "Round": #"""
    # Round

    Each element rounded to the nearest integer, halves to the even one.

        Y[i] = the integer nearest to X[i]

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 11, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0013 (halves go to even; −0, NaN and infinities stay).
    """#,
  "STFT": #"""
    # STFT

    The short-time Fourier transform: a transform of each of many overlapping, windowed frames of a signal.

        output[b, f, k, :] = Σₙ window[n] · signal[b, f·step + n] · exp(−2πi·kn / N)      0 ≤ n < N

    where N is the frame length, and there are ⌊(signal length − N) / step⌋ + 1 frames.

    - Inputs: `signal` (T1): [batch, length, 1] of real numbers or [batch, length, 2] of real and imaginary
      parts. `frame_step` (T2): the distance of frames. `window` (T1), optional: [N], by default ones.
      `frame_length` (T2), optional: N; by default the length of `window`, or of the signal.
    - Outputs: `output` (T1): [batch, frames, N or ⌊N/2⌋ + 1, 2].
    - Attributes: `onesided`: 1 leaves out the half of each spectrum that is the conjugate of the other.
    - Types: T1 is a float type, T2 int32 or int64.
    - Errors: a `frame_step` below 1; a window of another length than N; an N below 1 or above the signal's
      length; a complex signal with `onesided`.
    - Versions: 17.
    - Source: onnx/defs/math/defs.cc.
    - Notes: TSN-0028.
    """#,
  "Scan": #"""
    # Scan

    Walks along an axis of some tensors, running a subgraph on each slice and on the states it yielded before.

        for t = 0 … length − 1:
          state…, s₁ … s_K = body(state…, scan₁[t], …, scan_M[t])
        outputs = state…, stack(s₁), …, stack(s_K)

    - Inputs: `initial_state_and_scan_inputs` (V), variadic: N initial states, then M tensors to scan, of one
      length. `sequence_lens` (I, 8), optional: for each batch the number of slices, by default all.
    - Outputs: `final_state_and_scan_outputs` (V), variadic: the final states, then for each further output of
      the body its tensors stacked.
    - Attributes: `num_scan_inputs`: M. `body`: a graph with N + M inputs and N + K outputs; it sees the names
      around it. From 9: `scan_input_axes`, `scan_output_axes`: the axes that are scanned and stacked along,
      by default 0; `scan_input_directions`, `scan_output_directions`: 1 walks from the last slice to the
      first, or puts the first iteration last. In 8 `directions`: the same for the inputs.
    - Types: V is any tensor, with the types of each later IR version; I is int64.
    - Errors: a body that does not fit the node; scanned axes of different lengths; lists of the wrong length;
      a scan output that changes its type or shape.
    - Versions: 8, 9 (no batch axis and no sequence_lens; axes and directions of inputs and outputs), 11 (axes
      may be negative), 16 (bfloat16), 19 (float8), 21 (4-bit integers), 23 (float4e2m1), 24 (float8e8m0), 25
      (2-bit integers).
    - Source: onnx/defs/controlflow/defs.cc, utils.cc, old.cc.
    - Notes: TSN-0033: in 8 the first axis of every tensor is a batch, the second of the scanned ones is
      walked along, and each batch is a scan of its own; scan outputs are filled with zeros beyond the length
      of a sequence. Without a slice a scan output is empty, of the type and shape that the body would
      yield.
    """#,
  "Scatter": #"""
    # Scatter

    A copy of a tensor in which some elements are replaced.

        output = data
        output[i…, with indices[i…] at the axis] = updates[i…]

    - Inputs: `data` (T): of rank r ≥ 1. `indices` (Tind): of the same rank. `updates` (T): of the shape of
      `indices`.
    - Outputs: `output` (T): the shape of `data`.
    - Attributes: `axis`: by default 0.
    - Types: T is any tensor; Tind is int32 or int64.
    - Errors: `axis` out of range; shapes that do not fit; an index out of range.
    - Versions: 9, 11 (deprecated in favour of ScatterElements).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0022 (of several updates of one element the last one wins), TSN-0023 (an index out of range
      is an error).
    """#,
  "ScatterElements": #"""
    # ScatterElements

    A copy of a tensor in which some elements are replaced by, or combined with, others.

        output = data
        output[i…, with indices[i…] at the axis] = f(output[the same], updates[i…])

    - Inputs: `data` (T): of rank r ≥ 1. `indices` (Tind): of the same rank, each in −s…s−1 for an axis of
      extent s; its other extents do not exceed those of `data`. `updates` (T): of the shape of `indices`.
    - Outputs: `output` (T): the shape of `data`.
    - Attributes: `axis`: by default 0. `reduction` (from 16): f, one of none (the update), add, mul, and from
      18 max and min.
    - Types: T is any tensor; also bfloat16 from 13. Tind is int32 or int64. Strings have no reduction but
      none.
    - Errors: `axis` out of range; shapes that do not fit; an index out of range.
    - Versions: 11, 13 (bfloat16), 16 (reduction), 18 (reductions max and min).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0022 (of several updates of one element the last one wins), TSN-0023 (an index out of range
      is an error), TSN-0015 (max and min with NaN are NaN), TSN-0036 (sums are rounded once).
    """#,
  "ScatterND": #"""
    # ScatterND

    A copy of a tensor in which some slices are replaced by, or combined with, others.

        output = data
        output[indices[i…, :]…, j…] = f(output[the same], updates[i…, j…])

    - Inputs: `data` (T): of rank r ≥ 1. `indices` (tensor(int64)): of rank q ≥ 1; the last axis holds tuples
      of k ≤ r indices, each in −s…s−1 for its axis of extent s. `updates` (T): of shape indices.shape[..<q−1]
      followed by data.shape[k...].
    - Outputs: `output` (T): the shape of `data`.
    - Attributes: `reduction` (from 16): f, one of none (the update), add, mul, and from 18 max and min.
    - Types: T is any tensor; also bfloat16 from 13. Strings have no reduction but none.
    - Errors: tuples longer than the rank; updates of another shape; an index out of range.
    - Versions: 11, 13 (bfloat16), 16 (reduction), 18 (reductions max and min).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0022 (of several updates of one element the last one wins), TSN-0023 (an index out of range
      is an error), TSN-0015 (max and min with NaN are NaN), TSN-0036 (sums are rounded once),
      TSN-0052 (strings are not added).
    """#,
  "Selu": #"""
    # Selu

    Elu, scaled so that deep networks keep mean and variance.

        Y[i] = gamma · x                       x > 0, x = X[i]
             = gamma · alpha · (e^x − 1)      x ≤ 0

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `alpha`, `gamma`: the two coefficients, by default 1.67326… and 1.05070…; in version 1
      rounded to 1.6732 and 1.0507. `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 1, 6 (defaults with all digits of a float), 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0015 (a NaN stays a NaN).
    """#,
  "SequenceAt": #"""
    # SequenceAt

    One tensor of a sequence.

        tensor = input_sequence[position]

    - Inputs: `input_sequence` (S): n tensors. `position` (I): a scalar in −n…n−1, negative from the end.
    - Outputs: `tensor` (T).
    - Attributes: none.
    - Types: T is any tensor, S a sequence of it, I is int32 or int64.
    - Errors: `position` out of range.
    - Versions: 11.
    - Source: onnx/defs/sequence/defs.cc.
    - Notes: none.
    """#,
  "SequenceConstruct": #"""
    # SequenceConstruct

    A sequence of the given tensors.

        output_sequence = [inputs₀, inputs₁, …]

    - Inputs: `inputs` (T), variadic: tensors of one element type, of any shapes.
    - Outputs: `output_sequence` (S).
    - Attributes: none.
    - Types: T is any tensor, S a sequence of it.
    - Errors: tensors of different element types.
    - Versions: 11.
    - Source: onnx/defs/sequence/defs.cc.
    - Notes: none.
    """#,
  "SequenceEmpty": #"""
    # SequenceEmpty

    A sequence without tensors.

        output = []

    - Inputs: none.
    - Outputs: `output` (S).
    - Attributes: `dtype`: the element type of the tensors that it might hold, by default float.
    - Types: S is any sequence of tensors.
    - Errors: a `dtype` that is no element type.
    - Versions: 11.
    - Source: onnx/defs/sequence/defs.cc.
    - Notes: none.
    """#,
  "SequenceErase": #"""
    # SequenceErase

    A copy of a sequence with one tensor less.

        output_sequence = input_sequence[..<position] + input_sequence[position + 1...]

    - Inputs: `input_sequence` (S): n tensors. `position` (I), optional: which to leave out, in −n…n−1,
      negative from the end; by default the last.
    - Outputs: `output_sequence` (S): n − 1 tensors.
    - Attributes: none.
    - Types: S is any sequence of tensors, I is int32 or int64.
    - Errors: `position` out of range; an empty sequence.
    - Versions: 11.
    - Source: onnx/defs/sequence/defs.cc.
    - Notes: none.
    """#,
  "SequenceInsert": #"""
    # SequenceInsert

    A copy of a sequence with one tensor more.

        output_sequence = input_sequence[..<position] + [tensor] + input_sequence[position...]

    - Inputs: `input_sequence` (S): tensors of one type. `tensor` (T): of the same element type. `position` (I),
      optional: where to insert, in −n…n for n elements, negative from the end; by default at the end.
    - Outputs: `output_sequence` (S): n + 1 tensors.
    - Attributes: none.
    - Types: T is any tensor, S a sequence of it, I is int32 or int64.
    - Errors: `position` out of range; a tensor of another element type than the sequence's.
    - Versions: 11.
    - Source: onnx/defs/sequence/defs.cc.
    - Notes: none.
    """#,
  "SequenceLength": #"""
    # SequenceLength

    The number of tensors in a sequence.

        length = n for input_sequence = [t₁, …, tₙ]

    - Inputs: `input_sequence` (S).
    - Outputs: `length` (I): a scalar.
    - Attributes: none.
    - Types: S is any sequence of tensors, I is int64.
    - Errors: none.
    - Versions: 11.
    - Source: onnx/defs/sequence/defs.cc.
    - Notes: none.
    """#,
  "SequenceMap": #"""
    # SequenceMap

    Runs a subgraph on each element of a sequence.

        out_sequenceⱼ[k] = j-th output of body(input_sequence[k], a₁, a₂, …)

    where a is the k-th element of an additional sequence, or an additional tensor itself.

    - Inputs: `input_sequence` (S): its length is that of the outputs. `additional_inputs` (V), variadic:
      tensors, and sequences of the same length.
    - Outputs: `out_sequence` (S), variadic: one sequence for each output of the body.
    - Attributes: `body`: a graph with an input for each input of the node; it sees the names around it.
    - Types: S is any sequence of tensors, V is any tensor or sequence.
    - Errors: sequences of different lengths; a body that does not fit the node.
    - Versions: 17.
    - Source: onnx/defs/sequence/defs.cc.
    - Notes: TSN-0033: without elements the outputs are empty sequences of the type that the body would yield.
    """#,
  "Shape": #"""
    # Shape

    The extents of a tensor, or of a run of its axes.

        shape[k] = extent of axis start + k of data      0 ≤ k < end − start

    - Inputs: `data` (T): any tensor.
    - Outputs: `shape` (T1): rank 1.
    - Attributes: `start` (from 15): the first axis, by default 0. `end` (from 15): the axis after the last,
      by default the rank. Both may be negative, counting from the end, and are clamped to 0…r.
    - Types: T is any tensor, with the types of each later IR version; T1 is int64.
    - Errors: none.
    - Versions: 1, 13 (bfloat16), 15 (start and end), 19 (float8), 21 (4-bit integers), 23 (float4e2m1), 24
      (float8e8m0), 25 (2-bit integers).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Shrink": #"""
    # Shrink

    Moves each element toward 0 by `bias`; what lies within `lambd` of 0 becomes 0.

        output[i] = x + bias      x < −lambd, x = input[i]
                  = x − bias      x > lambd
                  = 0             otherwise

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`. For integers a fraction is cut off toward zero, and they
      wrap.
    - Attributes: `lambd`: half the width of the zone that becomes 0, by default 0.5. `bias`: by how much
      the rest moves, by default 0.
    - Types: T is float16, float, double or any integer.
    - Errors: none.
    - Versions: 9.
    - Source: onnx/defs/nn/defs.cc.
    - Notes: TSN-0015 (a NaN lies on neither side, so it gives 0); TSN-0069: ONNX's function body rounds
      `bias` to an integer before adding, its text and reference do not.
    """#,
  "Sigmoid": #"""
    # Sigmoid

    The logistic function of each element, a number between 0 and 1.

        Y[i] = 1 / (1 + e^−X[i])

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 13 also bfloat16.
    - Errors: none.
    - Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Sign": #"""
    # Sign

    The sign of each element: 1, −1 or 0.

        output[i] = 1, 0 or −1 for input[i] > 0, = 0, < 0

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: none.
    - Types: T is float16, float, double or any integer, from 13 also bfloat16.
    - Errors: none.
    - Versions: 9, 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0015 (the sign of NaN is NaN).
    """#,
  "Sin": #"""
    # Sin

    The sine of each element, an angle in radians.

        output[i] = sin input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 7, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Sinh": #"""
    # Sinh

    The hyperbolic sine of each element.

        output[i] = (e^x − e^−x) / 2      x = input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 9, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Size": #"""
    # Size

    The number of elements of a tensor.

        size = Π extents of data

    - Inputs: `data` (T): any tensor.
    - Outputs: `size` (T1): a scalar.
    - Attributes: none.
    - Types: T is any tensor, with the types of each later IR version; T1 is int64.
    - Errors: none.
    - Versions: 1, 13 (bfloat16), 19 (float8), 21 (4-bit integers), 23 (float4e2m1), 24 (float8e8m0), 25
      (2-bit integers).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Slice": #"""
    # Slice

    A part of a tensor: along some axes every step-th index of a range.

        output[…, k, …] = data[…, start + k·step, …]      0 ≤ k < ⌈(end − start) / step⌉

    - Inputs: `data` (T). `starts` (Tind, from 10) and `ends` (Tind, from 10): where each range begins and,
      exclusive, ends. `axes` (Tind, from 10), optional: by default the first ones. `steps` (Tind, from 10),
      optional: by default 1.
    - Outputs: `output` (T).
    - Attributes: in 1: `starts`, `ends`, and `axes`, by default the first ones.
    - Types: T is any tensor; also bfloat16 from 13. Tind is int32 or int64.
    - Errors: lists of different lengths; an axis out of range or named twice; a step of 0.
    - Versions: 1, 10 (starts, ends and axes become inputs; steps), 11 (axes may be negative; steps may not be
      0), 13 (bfloat16).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0021: a negative start or end counts from the end of the axis; then the start is clamped to
      0…n for a positive step and 0…n−1 for a negative one, the end to 0…n and to −1…n−1. So the largest and
      the smallest integer mean "to the end" in either direction.
    """#,
  "Softmax": #"""
    # Softmax

    Normalised exponentials: non-negative numbers that sum to 1 along an axis.

        Y[i] = exp(X[i] − max X) / Σⱼ exp(X[j] − max X)      i, j along the axis

    - Inputs: `input` (T): any shape of rank 1 or more.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: `axis`: the axis along which to normalise (from 13, by default the last); before, the tensor is
      flattened to a matrix at this axis (by default 1), and each row is normalised.
    - Types: T is float16, float or double; also bfloat16 from 13.
    - Errors: `axis` outside −r…r−1; before 11 it must not be negative.
    - Versions: 1, 11 (negative `axis`), 13 (one axis instead of a flattened tail; bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0026 (flattening before 13); TSN-0015 (a NaN makes its whole line NaN).
    """#,
  "SoftmaxCrossEntropyLoss": #"""
    # SoftmaxCrossEntropyLoss

    How unlikely the labels are under the softmax of scores.

        log_prob[n, c, d…] = scores[n, c, d…] − log Σ k  exp(scores[n, k, d…])
        l[n, d…] = −log_prob[n, c, d…] · weights[c]      c = labels[n, d…]; 0 where c is `ignore_index`
        output = l, Σ l, or Σ l / Σ weights[c]

    - Inputs: `scores` (T): [N, C, D1, …]. `labels` (Tind): [N, D1, …], classes in 0..<C or `ignore_index`.
      `weights` (T), optional: [C], by default ones.
    - Outputs: `output` (T): [N, D1, …] with reduction none, otherwise a scalar. `log_prob` (T), optional: the
      shape of `scores`.
    - Attributes: `reduction`: none, sum or mean, by default mean. `ignore_index`: a class that does not
      count, also not in the divisor of the mean.
    - Types: T is float16, float or double; also bfloat16 from 13. Tind is int32 or int64.
    - Errors: shapes that do not fit together; a class out of range.
    - Versions: 12, 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0025 (the mean of no samples is NaN).
    """#,
  "Softplus": #"""
    # Softplus

    A smooth Relu: the logarithm of one plus the exponential.

        Y[i] = ln(e^X[i] + 1)

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 1, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Softsign": #"""
    # Softsign

    Each element divided by one more than its magnitude, which squeezes it into −1…1.

        output[i] = x / (1 + |x|)      x = input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 1, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0060: ±∞ gives NaN, as the formula does.
    """#,
  "SpaceToDepth": #"""
    # SpaceToDepth

    Blocks of pixels gathered as channels: the inverse of DepthToSpace.

        output[n, (i·b + j)·C + c, h, w] = input[n, c, h·b + i, w·b + j]      DCR
        output[n, (c·b + i)·b + j, h, w] = input[n, c, h·b + i, w·b + j]      CRD

    where b is the block size.

    - Inputs: `input` (T): [N, C, H, W].
    - Outputs: `output` (T): [N, C·b², H / b, W / b].
    - Attributes: `blocksize`: b. `mode` (from 28): DCR (the default) or CRD.
    - Types: T is any tensor; also bfloat16 from 13.
    - Errors: another rank; an H or W that b does not divide; a `blocksize` below 1.
    - Versions: 1, 13 (bfloat16), 28 (mode).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Split": #"""
    # Split

    A tensor cut into consecutive parts along an axis.

        outputsₖ[…, i, …] = input[…, offsetₖ + i, …]      0 ≤ i < splitₖ, offsetₖ = Σ_{l<k} splitₗ

    - Inputs: `input` (T). `split` (T in 1, int64 from 13), optional: the extents of the parts.
    - Outputs: `outputs` (T), variadic, called `outputs...` in 1: the parts in order.
    - Attributes: `axis`: along which to cut, by default 0. `split` (to 11): the extents of the parts.
      `num_outputs` (from 18): the number of parts, each of ⌈extent / num_outputs⌉ as long as the extent
      lasts. Without any of them there are as many parts as outputs, all equal (before 18).
    - Types: T is a float type in 1, any type from 2; also bfloat16 from 13.
    - Errors: extents that are negative, or do not sum up to the axis, or whose number is not that of the
      outputs; an axis that cannot be cut into equal parts before 18; from 18 both or none of `split` and
      `num_outputs`.
    - Versions: 1, 2 (split is an attribute only; every type), 11 (axis may be negative), 13 (split becomes an
      input; bfloat16), 18 (num_outputs; parts need not be equal).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "SplitToSequence": #"""
    # SplitToSequence

    A tensor cut along an axis into the tensors of a sequence.

        output_sequence[k][…, i, …] = input[…, offsetₖ + i, …]      0 ≤ i < splitₖ

    - Inputs: `input` (T). `split` (I), optional: a list of extents that sum up to the axis, or a scalar, the
      extent of every part but perhaps the last; by default 1.
    - Outputs: `output_sequence` (S): the parts in order.
    - Attributes: `axis`: along which to cut, by default 0. `keepdims`: 0 drops the axis, where `split` is
      omitted; otherwise it has no effect.
    - Types: T is any tensor, S a sequence of it, also bfloat16 from 24; I is int32 or int64.
    - Errors: `axis` out of range; extents that are negative or do not sum up; a scalar `split` below 1.
    - Versions: 11, 24 (bfloat16).
    - Source: onnx/defs/sequence/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Sqrt": #"""
    # Sqrt

    The square root of each element: NaN for a negative number.

        Y[i] = √X[i]

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 13 also bfloat16.
    - Errors: none.
    - Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Squeeze": #"""
    # Squeeze

    A tensor without some of its axes of extent 1.

        squeezed[i…] = data[i…, with 0 at each of the axes]

    - Inputs: `data` (T). `axes` (tensor(int64), from 13), optional: the axes to drop, by default all of
      extent 1.
    - Outputs: `squeezed` (T).
    - Attributes: `axes` (to 11): the same.
    - Types: T is any tensor, with the types of each later IR version.
    - Errors: an axis out of range, named twice, or of an extent other than 1.
    - Versions: 1, 11 (axes may be negative), 13 (axes becomes an input; bfloat16), 21 (float8, 4-bit
      integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "StringConcat": #"""
    # StringConcat

    Pairs of strings joined to one, after broadcasting.

        Z[i] = X[i] + Y[i]

    - Inputs: `X` (T), `Y` (T): shapes that broadcast to a common one.
    - Outputs: `Z` (T): of the common shape.
    - Attributes: none.
    - Types: T is string.
    - Errors: shapes that do not broadcast.
    - Versions: 20.
    - Source: onnx/defs/text/defs.cc.
    - Notes: none.
    """#,
  "StringNormalizer": #"""
    # StringNormalizer

    Strings without stop words, in one case.

        Y = [case(x) for x in X where x is no stop word]

    - Inputs: `X` (tensor(string)): shape [C] or [1, C].
    - Outputs: `Y` (tensor(string)): the strings left, of the same rank; a single empty string where none is.
    - Attributes: `case_change_action`: NONE, LOWER or UPPER. `stopwords`: strings to leave out.
      `is_case_sensitive`: 1 compares them as they are; by default case does not matter. `locale`: has no
      effect.
    - Types: strings.
    - Errors: another shape; an unknown action.
    - Versions: 10.
    - Source: onnx/defs/nn/defs.cc.
    - Notes: TSN-0035: letters change case by Unicode's simple mappings, one letter to one letter, whatever
      the locale; a stop word is a whole string, and without regard to case two strings are equal where their
      lower-case forms are.
    """#,
  "StringSplit": #"""
    # StringSplit

    Strings cut at a delimiter.

        Y[i…, :] = the parts of X[i…], then empty strings      Z[i…] = the number of parts

    - Inputs: `X` (T1): strings of any shape.
    - Outputs: `Y` (T2): the shape of X and an axis as long as the largest number of parts. `Z` (T3): the
      shape of X.
    - Attributes: `delimiter`: where to cut; without it or with an empty one, each run of white space is a
      delimiter, and white space at both ends is dropped. `maxsplit`: the largest number of cuts, from the
      left; without it or below 0 all.
    - Types: T1 and T2 are string, T3 is int64.
    - Errors: none.
    - Versions: 20.
    - Source: onnx/defs/text/defs.cc.
    - Notes: TSN-0035: white space is what Unicode calls so; at the end of a string it is dropped even where
      `maxsplit` leaves a rest, as the text says and Python does not. A string without white space at hand has
      no part, an empty string cut at a delimiter has one.
    """#,
  "Sub": #"""
    # Sub

    The difference of two tensors, element by element, after broadcasting.

        C[i] = A[i] − B[i]

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T): the common shape. Integers wrap.
    - Attributes: `broadcast` (before 7): 1 lets B be stretched to the shape of A. `axis` (before 7): the
      axis of A at which B begins; by default B is aligned at the end. `consumed_inputs` (1): a hint without
      effect.
    - Types: T is float16, float or double, from 6 also integers of 32 and 64 bits, from 13 also bfloat16,
      from 14 also integers of 8 and 16 bits.
    - Errors: shapes that do not broadcast.
    - Versions: 1, 6 (integers of 32 and 64 bits), 7 (broadcasts by NumPy's rule), 13 (bfloat16), 14
      (integers of 8 and 16 bits).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Sum": #"""
    # Sum

    The sum of the numbers at each index of several tensors, after broadcasting.

        sum[i] = data_0[i] + data_1[i] + …

    - Inputs: `data_0` (T), one or more: shapes that broadcast to a common one; before 8 they must be equal.
    - Outputs: `sum` (T): the common shape.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 13 also bfloat16.
    - Errors: shapes that do not broadcast, before 8 shapes that differ.
    - Versions: 1, 6 (no consumed_inputs), 8 (broadcasts by NumPy's rule), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0036 (the sum is rounded once), TSN-0050 (a sum of −0 is −0).
    """#,
  "SwiGLU": #"""
    # SwiGLU

    The Swish of one tensor times another: a gate and what passes through it.

        Y[i] = a / (1 + e^(−alpha · a)) · B[i]      a = A[i]

    - Inputs: `A` (T): the gate. `B` (T): what is gated, of the same shape.
    - Outputs: `Y` (T): the same shape.
    - Attributes: `alpha`: the factor before the logistic function, by default 1.
    - Types: T is float16, bfloat16, float or double.
    - Errors: shapes that differ; there is no broadcasting.
    - Versions: 28.
    - Source: onnx/defs/nn/defs.cc.
    - Notes: none.
    """#,
  "Swish": #"""
    # Swish

    Each element times a logistic function of it.

        Y[i] = x / (1 + e^(−alpha · x))      x = X[i]

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `alpha`: the factor before the logistic function, by default 1.
    - Types: T is float16, bfloat16, float or double.
    - Errors: none.
    - Versions: 24.
    - Source: onnx/defs/nn/defs.cc.
    - Notes: TSN-0060: −∞ gives NaN, as x · 0 does.
    """#,
  "Tan": #"""
    # Tan

    The tangent of each element, an angle in radians.

        output[i] = tan input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: none.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 7, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Tanh": #"""
    # Tanh

    The hyperbolic tangent of each element.

        output[i] = (e^x − e^−x) / (e^x + e^−x)      x = input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: `consumed_inputs` (1): a hint without effect.
    - Types: T is float16, float or double, from 13 also bfloat16.
    - Errors: none.
    - Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: none.
    """#,
  "TensorScatter": #"""
    # TensorScatter

    A cache of sequences with new elements written into each of them.

        present_cache = past_cache
        present_cache[b, …, write_indices[b] + s, …] = update[b, …, s, …]      circular: the index modulo its
    extent

    - Inputs: `past_cache` (T): [batch, …, max_sequence_length, …]. `update` (T): the same but for the axis,
      which is not longer. `write_indices` (tensor(int64)), optional: [batch], by default zeros.
    - Outputs: `present_cache` (T): the shape of `past_cache`.
    - Attributes: `axis`: the sequence axis, by default −2; not 0. `mode`: linear, where everything must fit,
      or circular.
    - Types: T is any tensor of IR version 12.
    - Errors: shapes that do not fit; an axis of 0; a negative index; in linear mode elements beyond the end.
    - Versions: 24.
    - Source: onnx/defs/tensor/defs.cc.
    - Notes: none.
    """#,
  "TfIdfVectorizer": #"""
    # TfIdfVectorizer

    Counts how often each n-gram of a pool occurs in a sequence, perhaps weighted.

        count(g) = number of (start, skip) with X[start + k·(skip + 1)] = g[k] for 0 ≤ k < n
        Y[ngram_indexes[i]] = Σ over the i that share it of   count(gᵢ)                    (TF)
                                                              min(count(gᵢ), 1)·weights[i]  (IDF)
                                                              count(gᵢ)·weights[i]          (TFIDF)

    - Inputs: `X` (T): [C], or [N, C] for N sequences.
    - Outputs: `Y` (T1): [V] or [N, V], where V = max(ngram_indexes) + 1.
    - Attributes: `pool_int64s`, `pool_strings`: one of them: the n-grams one after another, 1-grams first.
      `ngram_counts`: where the 1-grams, 2-grams, … begin in the pool. `ngram_indexes`: for each n-gram its
      place in the output. `weights`: for each n-gram, by default 1. `mode`: TF, IDF or TFIDF.
      `min_gram_length`, `max_gram_length`: the lengths that count. `max_skip_count`: skips from 0 to this are
      tried; 1-grams count once.
    - Types: T is string, int32 or int64; T1 is float.
    - Errors: both pools or none; a pool of another kind than X; lists that do not fit together; an X of
      another rank.
    - Versions: 9.
    - Source: onnx/defs/nn/defs.cc.
    - Notes: TSN-0035: weights[i] belongs to the i-th n-gram, as the text says, not to the i-th output.
    """#,
  "ThresholdedRelu": #"""
    # ThresholdedRelu

    The element itself if it is larger than a threshold, otherwise 0.

        Y[i] = X[i] if X[i] > alpha, else 0

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `alpha`: the threshold, by default 1.
    - Types: T is float16, float or double, from 22 also bfloat16.
    - Errors: none.
    - Versions: 10, 22 (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0015 (a NaN is not larger than the threshold, so it gives 0).
    """#,
  "Tile": #"""
    # Tile

    Copies of a tensor side by side.

        output[i…] = input[i mod extent, …]

    - Inputs: `input` (T). `repeats` (T1, from 6): the number of copies along each axis. In 1 instead: `tiles`
      (T), the number of copies, and `axis` (T), the one axis along which they stand.
    - Outputs: `output` (T): each extent multiplied by the copies.
    - Attributes: none.
    - Types: T is a float type in 1, any type from 6; also bfloat16 from 13. T1 is int64.
    - Errors: `repeats` of another length than the rank; a negative number of copies.
    - Versions: 1, 6 (repeats for all axes at once; every type), 13 (bfloat16).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "TopK": #"""
    # TopK

    The K largest or smallest elements along an axis, in order, and where they stand.

        Values[i] = X[Indices[i]],  Indices = the first K of the axis ordered by value, then by position

    - Inputs: `X` (T): any shape of rank 1 or more. `K` (tensor(int64), from 10): one number, at most the
      extent of the axis.
    - Outputs: `Values` (T), `Indices` (I): the shape of X with K at the axis.
    - Attributes: `k` (1): what the input K is from 10 on. `axis` (default −1). `largest` (from 11, default
      1): 0 asks for the smallest. `sorted` (from 11, default 1): 0 leaves the order undefined; it is ordered
      all the same.
    - Types: T is float16, float or double; integers from 11, bfloat16 from 24. I is int64.
    - Errors: K negative or beyond the extent; `axis` out of range.
    - Versions: 1, 10 (`K` becomes an input), 11 (integers, `largest`, `sorted`, negative `axis`), 24
      (bfloat16).
    - Source: onnx/defs/math/defs.cc, old.cc.
    - Notes: TSN-0016 (of equals the first; NaN counts as larger than every number).
    """#,
  "Transpose": #"""
    # Transpose

    The axes of a tensor in another order.

        transposed[i_{perm[0]}, i_{perm[1]}, …] = data[i₀, i₁, …]

    - Inputs: `data` (T): any tensor.
    - Outputs: `transposed` (T): axis k has the extent of axis perm[k] of `data`.
    - Attributes: `perm`: a permutation of the axes, by default their reversal.
    - Types: T is any tensor, with the types of each later IR version.
    - Errors: a `perm` that is not a permutation of 0…r−1.
    - Versions: 1, 13 (bfloat16), 21 (float8, 4-bit integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit
      integers).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Trilu": #"""
    # Trilu

    The upper or lower triangle of matrices, zeros elsewhere.

        output[…, i, j] = (upper ? j − i ≥ k : j − i ≤ k) ? input[…, i, j] : 0

    - Inputs: `input` (T): [*, N, M]. `k` (tensor(int64)), optional: the diagonal at which the triangle ends,
      by default 0, the main one; positive ones lie above it.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: `upper`: 1 keeps the upper triangle, 0 the lower one.
    - Types: T is any tensor; strings have the empty string for zero.
    - Errors: a rank below 2; a `k` of other than one element.
    - Versions: 14.
    - Source: onnx/defs/tensor/defs.cc.
    - Notes: none.
    """#,
  "Unique": #"""
    # Unique

    The different elements of a tensor, or the different slices along an axis.

        Y = {X[i]}      Y[inverse_indices[i]] = X[i],  X[indices[k]] = Y[k] first,  counts[k] = |{i : X[i] =
    Y[k]}|

    - Inputs: `X` (T): any tensor.
    - Outputs: `Y` (T): rank 1, or the shape of X but for the axis. `indices` (tensor(int64)), optional: where
      each of Y first occurs in X. `inverse_indices` (tensor(int64)), optional: for each element or slice of X
      its index in Y. `counts` (tensor(int64)), optional: how often each of Y occurs.
    - Attributes: `axis`: the axis of the slices; without it X is flattened. `sorted`: 1 sorts Y ascending,
      slices by their elements in order; 0 leaves them in the order of their first occurrence.
    - Types: T is any tensor; also bfloat16 from 28.
    - Errors: `axis` out of range.
    - Versions: 11, 28 (bfloat16).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: TSN-0015, TSN-0062: NaN equals NaN here and sorts last, as in NumPy. Strings sort by code point,
      complex numbers by real, then imaginary part.
    """#,
  "Unsqueeze": #"""
    # Unsqueeze

    A tensor with more axes, of extent 1.

        expanded[i…, with 0 at each of the axes] = data[i…]

    - Inputs: `data` (T). `axes` (tensor(int64), from 13): where the new axes stand in the result; their order
      does not matter.
    - Outputs: `expanded` (T): of the rank of `data` plus the number of axes.
    - Attributes: `axes` (to 11): the same.
    - Types: T is any tensor, with the types of each later IR version.
    - Errors: an axis out of range of the result's rank, or named twice.
    - Versions: 1, 11 (axes may be negative), 13 (axes becomes an input; bfloat16), 21 (float8, 4-bit
      integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Upsample": #"""
    # Upsample

    Enlarges a tensor: nearest cells, or linear interpolation, axis by axis. Resize replaces it.

        Y[o0, o1, …] = X at the place o / scale, rounded down or interpolated between its neighbours

    - Inputs: `X` (T): any tensor, [N, C, H, W] in 1. `scales` (tensor(float), from 9): one for each axis.
    - Outputs: `Y` (T): extents ⌊D · scale⌋.
    - Attributes: `mode`: nearest, or linear (in 1 named bilinear). `scales` (7): one for each axis.
      `height_scale`, `width_scale` (1): those of H and W.
    - Types: T is a float type, int32, int64 or bool in 1, and any tensor without bfloat16 from 7; strings
      only with nearest.
    - Errors: a scale below 1; as many scales as the rank are needed.
    - Versions: 1, 7 (a scale for each axis), 9 (`scales` becomes an input), 10 (deprecated).
    - Source: onnx/defs/tensor/old.cc.
    - Notes: TSN-0001 (places are o / scale; integers round to even), TSN-0052 (complex numbers by their
      parts).
    """#,
  "Where": #"""
    # Where

    Elements of one of two tensors, as a third says, after broadcasting.

        output[i] = X[i] if condition[i], else Y[i]

    - Inputs: `condition` (B), `X` (T), `Y` (T): shapes that broadcast to a common one.
    - Outputs: `output` (T): the common shape.
    - Attributes: none.
    - Types: B is bool; T is any type of IR version 3, from 16 also bfloat16.
    - Errors: shapes that do not broadcast.
    - Versions: 9, 16 (bfloat16).
    - Source: onnx/defs/tensor/defs.cc, old.cc.
    - Notes: none.
    """#,
  "Xor": #"""
    # Xor

    Whether exactly one of two tensors is true, element by element, after broadcasting.

        C[i] = (A[i] ≠ B[i])

    - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
    - Outputs: `C` (T1): the common shape.
    - Attributes: `broadcast` (before 7): 1 lets B be stretched to the shape of A. `axis` (before 7): the
      axis of A at which B begins; by default B is aligned at the end.
    - Types: T is bool; T1 is bool.
    - Errors: shapes that do not broadcast.
    - Versions: 1, 7 (broadcasts by NumPy's rule).
    - Source: onnx/defs/logical/defs.cc, old.cc.
    - Notes: none.
    """#,
  "ai.onnx.experimental.Affine": #"""
    # Affine

    A straight line through each element.

        Y[i] = alpha · X[i] + beta

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `alpha`: by default 1. `beta`: by default 0.
    - Types: T is float16, float or double.
    - Errors: none.
    - Versions: 1, experimental: in ONNX's releases to 1.4.
    - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
    - Notes: none.
    """#,
  "ai.onnx.experimental.ConstantFill": #"""
    # ConstantFill

    A tensor in which every element is the same.

        output[i…] = value

    - Inputs: `input` (T1), optional: has the shape, or with `input_as_shape` lists it.
    - Outputs: `output` (T2): of the shape in `shape`, or of the input's followed by `extra_shape`.
    - Attributes: `value`: a number, by default 0. `dtype`: the output's type, by default float. `shape`: only
      without an input. `extra_shape`: further extents, only with an input. `input_as_shape`: 1 for an input
      that lists extents, by default 0.
    - Types: T1 and T2 are float, int32, int64 or bool.
    - Errors: both `shape` and an input, or neither; `extra_shape` without an input; a negative extent; extents
      that are no integers or not in a list; another `dtype`.
    - Versions: 1, experimental: in ONNX's releases to 1.3.
    - Source: onnx/defs/experiments/defs.cc of ONNX 1.3.
    - Notes: TSN-0008 (a `value` that is no integer is truncated for an integer type).
    """#,
  "ai.onnx.experimental.Crop": #"""
    # Crop

    A rectangle of an image.

        output[n, c, h, w] = input[n, c, top + h, left + w]

    - Inputs: `input` (T): [N, C, H, W].
    - Outputs: `output` (T): [N, C, height, width]; without `scale` H − top − bottom and W − left − right.
    - Attributes: `border`: left, top, right, bottom, by default 0. `scale`: height and width; then right and
      bottom of the border count for nothing.
    - Types: T is float16, float or double.
    - Errors: an input of another rank; lists of other lengths; a negative number; a rectangle that does not lie
      in the image.
    - Versions: 1, experimental: in ONNX's releases to 1.4.
    - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
    - Notes: none.
    """#,
  "ai.onnx.experimental.DynamicSlice": #"""
    # DynamicSlice

    A part of a tensor, between starts and ends that are inputs: what Slice became in opset 10, without steps.

        output[…, k, …] = data[…, start + k, …]      0 ≤ k < end − start

    - Inputs: `data` (T). `starts` (Tind) and `ends` (Tind): where each range begins and, exclusive, ends.
      `axes` (Tind), optional: by default the first ones.
    - Outputs: `output` (T).
    - Attributes: none.
    - Types: T is any tensor but bfloat16. Tind is int32 or int64.
    - Errors: lists of different lengths; an axis out of range or named twice.
    - Versions: 1, experimental: in ONNX 1.4 alone.
    - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
    - Notes: TSN-0021 (starts and ends are clamped as Slice's are).
    """#,
  "ai.onnx.experimental.GivenTensorFill": #"""
    # GivenTensorFill

    A tensor made of the numbers in an attribute.

        X[i] = values[i]      i the position in row-major order

    - Inputs: `shape` (T), optional: has the shape.
    - Outputs: `X` (T): of the shape in attribute `shape`, or of the input's followed by `extra_shape`.
    - Attributes: `values`: the elements. `shape`: only without an input. `extra_shape`: further extents, only
      with an input. `input_as_shape`: 1 for an input that lists extents, which no type of T can do.
    - Types: T is float16, float or double; without an input the output is float.
    - Errors: both `shape` and an input, or neither; `extra_shape` without an input; `input_as_shape`; another
      count of `values` than the shape has elements.
    - Versions: 1, experimental: in ONNX's releases to 1.4.
    - Source: onnx/defs/experiments/defs.cc of ONNX 1.4, which has no text beyond the names and types.
    - Notes: none.
    """#,
  "ai.onnx.experimental.ImageScaler": #"""
    # ImageScaler

    Scales the pixels of an image, then adds a number of each channel.

        output[n, c, h, w] = scale · input[n, c, h, w] + bias[c]

    - Inputs: `input` (T): [N, C, H, W].
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: `scale`: by default 1. `bias`: C numbers; without it nothing is added.
    - Types: T is float16, float or double.
    - Errors: an input of another rank; another count of numbers in `bias` than there are channels.
    - Versions: 1, experimental: in ONNX's releases to 1.4.
    - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
    - Notes: none.
    """#,
  "ai.onnx.experimental.MeanVarianceNormalization": #"""
    # MeanVarianceNormalization

    Moves the elements of each channel, over all images, or all elements, to the mean 0 and the deviation 1. The
    standard's operator, which took its place in opset 9, names the axes instead.

        output = (input − E) / (√(E(input − E)²) + ε)      E the mean over [N, H, W] or all axes, ε = 1e−9

    - Inputs: `input` (T): [N, C, H, W].
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: `across_channels`: 1 takes the channels together, by default 0. `normalize_variance`: 0 only
      subtracts the mean, by default 1.
    - Types: T is float16, float or double.
    - Errors: an input of another rank.
    - Versions: 1, experimental: in ONNX's releases to 1.3.
    - Source: onnx/defs/experiments/defs.cc of ONNX 1.3, and that release's case test_mvn, which takes the images
      together.
    - Notes: TSN-0031 (the variance is that of the population; ε is that of the standard's function body, since
      this text has none).
    """#,
  "ai.onnx.experimental.ParametricSoftplus": #"""
    # ParametricSoftplus

    Softplus with two scales, one on either side.

        Y[i] = alpha · ln(e^(beta · X[i]) + 1)

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `alpha`, `beta`: the text names no default, so both must be given.
    - Types: T is float16, float or double.
    - Errors: `alpha` or `beta` missing.
    - Versions: 1, experimental: in ONNX's releases to 1.4.
    - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
    - Notes: none.
    """#,
  "ai.onnx.experimental.Scale": #"""
    # Scale

    Each element times one number.

        output[i] = scale · input[i]

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: `scale`: by default 1.
    - Types: T is float16, float or double.
    - Errors: none.
    - Versions: 1, experimental: in ONNX's releases to 1.4.
    - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
    - Notes: none.
    """#,
  "ai.onnx.experimental.ScaledTanh": #"""
    # ScaledTanh

    The hyperbolic tangent with two scales, one on either side.

        output[i] = alpha · tanh(beta · input[i])

    - Inputs: `input` (T): any shape.
    - Outputs: `output` (T): the shape of `input`.
    - Attributes: `alpha`, `beta`: the text names no default, so both must be given.
    - Types: T is float16, float or double.
    - Errors: `alpha` or `beta` missing.
    - Versions: 1, experimental: in ONNX's releases to 1.4.
    - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
    - Notes: none.
    """#,
  "ai.onnx.experimental.ThresholdedRelu": #"""
    # ThresholdedRelu

    The element itself if it is larger than a threshold, otherwise 0: as the standard's operator, which took its
    place in opset 10.

        Y[i] = X[i] if X[i] > alpha, else 0

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `alpha`: the threshold, by default 1.
    - Types: T is float16, float or double.
    - Errors: none.
    - Versions: 1, experimental: in ONNX's releases to 1.4.
    - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
    - Notes: TSN-0015 (a NaN is not larger than the threshold, so it gives 0).
    """#,
  "ai.onnx.ml.ArrayFeatureExtractor": #"""
    # ArrayFeatureExtractor

    Some columns of a tensor.

        Z[…, k] = X[…, Y[k]]

    - Inputs: `X` (T): […, F], of rank 1 or more. `Y` (tensor(int64)): places on the last axis; its shape is
      ignored.
    - Outputs: `Z` (T): […, number of places]; [1, number] for a vector.
    - Attributes: none.
    - Types: T is float, double, int32, int64 or string.
    - Errors: a scalar X; a place that is negative or beyond the last axis.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: TSN-0064: a vector gives a matrix of one row, as in ONNX's case and ONNX Runtime.
    """#,
  "ai.onnx.ml.Binarizer": #"""
    # Binarizer

    One for what is larger than a threshold, zero for the rest.

        Y[i] = X[i] > threshold ? 1 : 0

    - Inputs: `X` (T): any shape.
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `threshold` (default 0).
    - Types: T is float, double, int32 or int64.
    - Errors: none.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: TSN-0067 (NaN gives 0).
    """#,
  "ai.onnx.ml.CastMap": #"""
    # CastMap

    The values of a map, in the order of its keys, converted to one type.

        DENSE:   Y[0, i] = cast(value of the i-th smallest key)
        SPARSE:  Y[0, k] = cast(X[k]), or zero where X has no key k

    - Inputs: `X` (T1): a map with keys of int64.
    - Outputs: `Y` (T2): [1, number of keys], or [1, max_map] for SPARSE.
    - Attributes: `cast_to` (default TO_FLOAT): TO_FLOAT, TO_STRING or TO_INT64. `map_form` (default DENSE):
      DENSE or SPARSE. `max_map` (default 1): the length of Y for SPARSE.
    - Types: T1 maps int64 to float or string; T2 is float, int64 or string.
    - Errors: a key below 0 for SPARSE; `max_map` below 1; a string that is no number.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: TSN-0066; TSN-0010 (numbers and text as in Cast). Y has one row, and keys from `max_map` on are
      left out, as by ONNX Runtime.
    """#,
  "ai.onnx.ml.CategoryMapper": #"""
    # CategoryMapper

    Strings become integers, or integers strings, by two lists side by side.

        Y[i] = cats_int64s[k] with cats_strings[k] = X[i], or the other way round, or the default

    - Inputs: `X` (T1): any shape.
    - Outputs: `Y` (T2): the shape of `X`.
    - Attributes: `cats_int64s`, `cats_strings`: the lists, of the same length. `default_int64` (default −1),
      `default_string` (default _Unused): what unknown elements become.
    - Types: T1 and T2 are int64 and string, or string and int64.
    - Errors: lists of different length.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: TSN-0065: the type of X alone decides which way.
    """#,
  "ai.onnx.ml.DictVectorizer": #"""
    # DictVectorizer

    The values of a map in the order of a vocabulary.

        Y[k] = X[vocabulary[k]], or 0 (an empty string) where X has no such key

    - Inputs: `X` (T1): a map.
    - Outputs: `Y` (T2): [size of the vocabulary].
    - Attributes: `int64_vocabulary` or `string_vocabulary`: the keys in order.
    - Types: T1 maps int64 to string, float or double, or string to int64, float or double; T2 is a tensor of
      those.
    - Errors: both vocabularies or none; one that is not of the kind of X's keys.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: TSN-0048 (Y has rank 1, as the text says; keys of X that the vocabulary lacks are left out).
    """#,
  "ai.onnx.ml.FeatureVectorizer": #"""
    # FeatureVectorizer

    Tensors side by side in one matrix of features.

        Y[n] = X[0][n] followed by X[1][n], …

    - Inputs: `X` (T1), variadic: [N, C] each; [C] counts as one row, and further axes belong to the features.
    - Outputs: `Y` (tensor(float)): [N, sum of the widths].
    - Attributes: `inputdimensions`: the width of each input, by default what it has; a wider input is cut, a
      narrower one filled with 0.
    - Types: T1 is float, double, int32 or int64.
    - Errors: numbers of rows that differ; another number of widths than of inputs; a scalar.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: TSN-0064: cutting and filling are not in the text; ONNX's reference and ONNX Runtime do both.
    """#,
  "ai.onnx.ml.Imputer": #"""
    # Imputer

    One value of the input replaced by another, all else left alone.

        Y[…, f] = X[…, f] is the replaced value ? imputed_value[f] : X[…, f]

    - Inputs: `X` (T): […, F].
    - Outputs: `Y` (T): the shape of `X`.
    - Attributes: `replaced_value_float` (default 0; NaN stands for every NaN) and `imputed_value_floats` for
      floats; `replaced_value_int64` (default 0) and `imputed_value_int64s` for integers: F new values, or one
      for all.
    - Types: T is float, double, int32 or int64.
    - Errors: no list for the type of X, or one of another length.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: none.
    """#,
  "ai.onnx.ml.LabelEncoder": #"""
    # LabelEncoder

    Each element replaced by the value that stands beside it in two lists.

        Y[i] = values[k] with keys[k] = X[i], or the default where there is no such k

    - Inputs: `X` (T1): any shape.
    - Outputs: `Y` (T2): the shape of `X`.
    - Attributes: `classes_strings` (1): strings become their places, places their strings. From 2:
      `keys_strings`, `keys_int64s` or `keys_floats`, and `values_strings`, `values_int64s` or
      `values_floats`, of the same length; from 4 also `keys_tensor` and `values_tensor`. `default_string`
      (default _Unused), `default_int64` (default −1), `default_float` (from 2, default −0), `default_tensor`
      (from 4): what unknown elements become.
    - Types: T1 and T2 are int64 or string; float from 2; double, int32 and int16 from 4.
    - Errors: not just one list of keys and one of values; lists of different length; keys that are not of X's
      type.
    - Versions: 1, 2 (any keys and values; floats are compared by their bits), 4 (lists as tensors; floats are
      compared by value, and any NaN is the key NaN).
    - Source: onnx/defs/traditionalml/defs.cc, old.cc.
    - Notes: TSN-0044 (keys by their bits). Of a key named twice the last counts, as the text says from 4 on;
      ONNX Runtime takes the first.
    """#,
  "ai.onnx.ml.LinearClassifier": #"""
    # LinearClassifier

    Scores that are linear in the features; the class with the largest score wins.

        score[n, e] = Σ_c coefficients[e, c] · X[n, c] + intercepts[e]
        Y = label of the largest score,  Z = post_transform(score)

    With two labels and one row of coefficients, the score s is that of the second label: Y is that label if s
    > 0, and Z = [1 − s, s], or [σ(−s), σ(s)] for LOGISTIC.

    - Inputs: `X` (T1): [N, C], or [C] for one row.
    - Outputs: `Y` (T2): [N], the labels. `Z` (tensor(float)): [N, E], the scores.
    - Attributes: `coefficients`: [E, C]. `intercepts`: [E], by default 0. `classlabels_ints` or
      `classlabels_strings`: the labels. `post_transform` (default NONE). `multi_class`: without effect.
    - Types: T1 is float, double, int32 or int64; T2 is int64 or string.
    - Errors: numbers of coefficients, intercepts, labels and features that do not fit together.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: TSN-0063: the text leaves the case of two labels open; it is decided as by ONNX Runtime.
    """#,
  "ai.onnx.ml.LinearRegressor": #"""
    # LinearRegressor

    Values that are linear in the features.

        Y[n, t] = post_transform(Σ_c coefficients[t, c] · X[n, c] + intercepts[t])

    - Inputs: `X` (T): [N, C], or [C] for one row.
    - Outputs: `Y` (tensor(float)): [N, targets].
    - Attributes: `coefficients`: [targets, C]. `intercepts`: [targets], by default 0. `targets` (default 1).
      `post_transform` (default NONE).
    - Types: T is float, double, int32 or int64.
    - Errors: numbers of coefficients, intercepts, targets and features that do not fit together.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: TSN-0045 (a single target is transformed too), TSN-0046 (LOGISTIC), TSN-0047 (PROBIT).
    """#,
  "ai.onnx.ml.Normalizer": #"""
    # Normalizer

    Each row divided by its norm; a row whose norm is 0 stays as it is.

        Y[n, c] = X[n, c] / norm(X[n])      MAX: max x,  L1: Σ |x|,  L2: √Σ x²

    - Inputs: `X` (T): [N, C], or [C] for one row.
    - Outputs: `Y` (tensor(float)): the shape of `X`.
    - Attributes: `norm` (default MAX): MAX, L1 or L2.
    - Types: T is float, double, int32 or int64.
    - Errors: another rank.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: TSN-0049 (MAX is the largest number, not magnitude; L1 and L2 are the norms of those names,
      though the formulas are written for numbers that are not negative).
    """#,
  "ai.onnx.ml.OneHotEncoder": #"""
    # OneHotEncoder

    Each element as a list of zeros with a one at the place of its category.

        Y[i, k] = X[i] = category[k] ? 1 : 0

    - Inputs: `X` (T): any shape; numbers are truncated to integers.
    - Outputs: `Y` (tensor(float)): the shape of `X` and one axis more.
    - Attributes: `cats_int64s` or `cats_strings`: the categories; one named twice counts at its last place.
      `zeros` (default 1): 1 makes an element without a category all zeros, 0 makes it an error.
    - Types: T is float, double, int32, int64 or string.
    - Errors: both lists or none; a list that is not of the kind of X; an unknown category where `zeros` is 0.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: none.
    """#,
  "ai.onnx.ml.SVMClassifier": #"""
    # SVMClassifier

    A support vector machine: each pair of classes has a decision function and casts a vote by its sign.

        s[i, j] = Σ coefficients · kernel(X[n], support vector) + rho[i, j]      i < j, over the vectors of i
        and j Y = label of the class with the most votes; s[i, j] > 0 is a vote for i, otherwise for j

    Z holds the s of all pairs, for two classes [−s, s]; with `prob_a` and `prob_b` the probability of each
    class, which pairwise coupling makes of 1 / (1 + exp(prob_a · s + prob_b)). Without support vectors the
    machine is linear: Z[e] = Σ_c coefficients[e, c] · X[n, c] + rho[0], and the largest wins.

    - Inputs: `X` (T1): [N, C], or [C] for one row.
    - Outputs: `Y` (T2): [N], the labels. `Z` (tensor(float)): [N, E], scores or probabilities.
    - Attributes: `kernel_type` (default LINEAR): LINEAR a·b, POLY (γ a·b + c)^d, RBF exp(−γ|a − b|²), SIGMOID
      tanh(γ a·b + c). `kernel_params`: γ, c, d, by default 0. `support_vectors`, `vectors_per_class`: the
      vectors, class after class. `coefficients`: [classes − 1, vectors]. `rho`, `prob_a`, `prob_b`: one for
      each pair. `classlabels_ints` or `classlabels_strings`: the labels. `post_transform` (default NONE).
    - Types: T1 is float, double, int32 or int64; T2 is int64 or string.
    - Errors: attributes whose lengths do not fit together; features that X lacks.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc; Wu, Lin, Weng, "Probability estimates for multi-class
      classification by pairwise coupling", 2004; libsvm's layout of coefficients.
    - Notes: TSN-0063: the text does not say what Z holds, nor how two classes are written; decided as by ONNX
      Runtime.
    """#,
  "ai.onnx.ml.SVMRegressor": #"""
    # SVMRegressor

    A support vector machine that predicts a number, or tells members of one class from outliers.

        Y[n] = Σₖ coefficients[k] · kernel(X[n], support_vectors[k]) + rho      one_class: its sign, 1 or −1

    Without support vectors the machine is linear: Y[n] = Σ_c coefficients[c] · X[n, c] + rho.

    - Inputs: `X` (T): [N, C], or [C] for one row.
    - Outputs: `Y` (tensor(float)): [N, 1].
    - Attributes: `kernel_type` (default LINEAR): LINEAR a·b, POLY (γ a·b + c)^d, RBF exp(−γ|a − b|²), SIGMOID
      tanh(γ a·b + c). `kernel_params`: γ, c, d, by default 0. `support_vectors`: [n_supports, C].
      `n_supports` (default 0). `coefficients`: one for each vector, or for each feature. `rho`: one number.
      `one_class` (default 0): 1 asks for the sign. `post_transform` (default NONE).
    - Types: T is float, double, int32 or int64.
    - Errors: attributes whose lengths do not fit together; features that X lacks.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: TSN-0045 (a single score is transformed too), TSN-0046 (LOGISTIC), TSN-0047 (PROBIT).
    """#,
  "ai.onnx.ml.Scaler": #"""
    # Scaler

    Features shifted, then scaled.

        Y[…, f] = (X[…, f] − offset[f]) · scale[f]

    - Inputs: `X` (T): […, F].
    - Outputs: `Y` (tensor(float)): the shape of `X`.
    - Attributes: `offset`, `scale`: F numbers each, or one for all features; by default 0 and 1.
    - Types: T is float, double, int32 or int64.
    - Errors: lists of another length.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: none.
    """#,
  "ai.onnx.ml.TreeEnsemble": #"""
    # TreeEnsemble

    Decision trees whose leaves add to the values of targets.

        Y[n, t] = post_transform(aggregate of the weights for t at the leaf of each tree)

    - Inputs: `X` (T): [N, F].
    - Outputs: `Y` (T): [N, n_targets].
    - Attributes: `tree_roots`: the first node of each tree. `nodes_featureids`, `nodes_splits`,
      `nodes_modes`, `nodes_truenodeids`, `nodes_falsenodeids`, `nodes_trueleafs`, `nodes_falseleafs`,
      `nodes_missing_value_tracks_true`: each node's feature, threshold, comparison (0 ≤, 1 <, 2 ≥, 3 >, 4 =,
      5 ≠, 6 member), children, whether those are leaves, and where NaN goes. `membership_values`: for each
      node of mode 6 its members, each list ended by a NaN. `nodes_hitrates`: without effect.
      `leaf_targetids`, `leaf_weights`: each leaf's target and weight. `n_targets`: how many there are, by
      default those named. `aggregate_function` (default 1): 0 AVERAGE over the trees, 1 SUM, 2 MIN, 3 MAX.
      `post_transform` (default 0): 0 NONE, 1 SOFTMAX, 2 LOGISTIC, 3 SOFTMAX_ZERO, 4 PROBIT.
    - Types: T is float16, float or double.
    - Errors: attributes that differ in length, nodes that are missing or form a circle, features that X
      lacks.
    - Versions: 5.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: TSN-0045 (a single target is transformed too), TSN-0046 (LOGISTIC), TSN-0047 (PROBIT).
    """#,
  "ai.onnx.ml.TreeEnsembleClassifier": #"""
    # TreeEnsembleClassifier

    Decision trees whose leaves vote for classes; the class with the most votes wins.

        score[c] = base_values[c] + Σ weights of the votes for c at the leaf of each tree
        Y = label of the largest score,  Z = post_transform(score)

    With two labels and votes for one class id only, that score s alone decides: where no weight is negative
    it is a probability, Y is the second label if s > 0.5 and Z = [1 − s, s]; otherwise it is a margin, Y is
    the second label if s > 0 and Z = [−s, s]. LOGISTIC makes Z = [σ(−s), σ(s)].

    - Inputs: `X` (T1): [N, F], or [F] for one row.
    - Outputs: `Y` (T2): [N], the labels. `Z` (tensor(float)): [N, classes], the scores.
    - Attributes: `nodes_treeids`, `nodes_nodeids`, `nodes_featureids`, `nodes_values`, `nodes_modes`,
      `nodes_truenodeids`, `nodes_falsenodeids`, `nodes_missing_value_tracks_true`: each node's tree, number,
      feature, threshold, comparison, children, and where NaN goes. `nodes_hitrates`: without effect.
      `class_treeids`, `class_nodeids`, `class_ids`, `class_weights`: each vote's leaf, class and weight.
      `base_values`: what scores start from. `classlabels_int64s` or `classlabels_strings`: the labels.
      `post_transform` (default NONE). `nodes_values_as_tensor`, `nodes_hitrates_as_tensor`,
      `class_weights_as_tensor`, `base_values_as_tensor` (from 3): the same with digits of double.
    - Types: T1 is float, double, int32 or int64; T2 is int64 or string.
    - Errors: attributes that differ in length, nodes that are missing or form a circle, features that X
      lacks.
    - Versions: 1, 3 (attributes as tensors), 5 (deprecated: use TreeEnsemble).
    - Source: onnx/defs/traditionalml/defs.cc, old.cc.
    - Notes: TSN-0063: the text leaves the case of two labels open; it is decided as by ONNX Runtime for the
      models that converters write, whose votes all have class id 0.
    """#,
  "ai.onnx.ml.TreeEnsembleRegressor": #"""
    # TreeEnsembleRegressor

    Decision trees whose leaves add to the values of targets.

        Y[n, t] = post_transform(base_values[t] + aggregate of the weights for t at the leaf of each tree)

    - Inputs: `X` (T): [N, F], or [F] for one row.
    - Outputs: `Y` (tensor(float)): [N, n_targets].
    - Attributes: `nodes_treeids`, `nodes_nodeids`, `nodes_featureids`, `nodes_values`, `nodes_modes`,
      `nodes_truenodeids`, `nodes_falsenodeids`, `nodes_missing_value_tracks_true`: each node's tree, number,
      feature, threshold, comparison, children, and where NaN goes. `nodes_hitrates`: without effect.
      `target_treeids`, `target_nodeids`, `target_ids`, `target_weights`: each vote's leaf, target and weight.
      `base_values`: added at the end. `n_targets`: how many there are, by default those named.
      `aggregate_function` (default SUM): SUM, AVERAGE over the trees, MIN or MAX. `post_transform` (default
      NONE). `nodes_values_as_tensor`, `nodes_hitrates_as_tensor`, `target_weights_as_tensor`,
      `base_values_as_tensor` (from 3): the same with digits of double.
    - Types: T is float, double, int32 or int64.
    - Errors: attributes that differ in length, nodes that are missing or form a circle, features that X
      lacks.
    - Versions: 1, 3 (attributes as tensors), 5 (deprecated: use TreeEnsemble).
    - Source: onnx/defs/traditionalml/defs.cc, old.cc.
    - Notes: TSN-0045 (a single target is transformed too), TSN-0046 (LOGISTIC), TSN-0047 (PROBIT).
    """#,
  "ai.onnx.ml.ZipMap": #"""
    # ZipMap

    Each row of a matrix as a map from labels to the row's numbers.

        Z[n] = { label[k]: X[n, k] }

    - Inputs: `X` (tensor(float)): [N, C], or [C] for one row.
    - Outputs: `Z` (T): a sequence of N maps.
    - Attributes: `classlabels_int64s` or `classlabels_strings`: the C labels.
    - Types: T is a sequence of maps from int64 or string to float.
    - Errors: both lists or none; another number of labels than of columns.
    - Versions: 1.
    - Source: onnx/defs/traditionalml/defs.cc.
    - Notes: none.
    """#,
  "ai.onnx.preview.FlexAttention": #"""
    # FlexAttention

    Scaled dot-product attention whose scores and probabilities subgraphs may change.

        S = score_mod(scale · Q·Kᵀ)      P = prob_mod(softmax(S))      Y = P·V

    for each batch and head; query head h uses head h / (q_num_heads / kv_num_heads) of K and V.

    - Inputs: `Q` (T1): [batch, query heads, queries, size]. `K` (T1): [batch, key heads, keys, size]. `V`
      (T1): [batch, key heads, keys, value size].
    - Outputs: `Y` (T1): [batch, query heads, queries, value size].
    - Attributes: `scale`: by default 1/√size. `score_mod`, `prob_mod`: graphs of one input and one output of
      the same shape, [batch, query heads, queries, keys], and of the type of `softmax_precision`. That is by
      default float, double for double.
    - Types: T1 is float16, float, double or bfloat16.
    - Errors: shapes that do not fit together; a graph that changes shape or type.
    - Versions: 1.
    - Source: onnx/defs/preview/defs.cc.
    - Notes: TSN-0029 (a row that is −∞ throughout yields 0); TSN-0036 (rounded to the softmax's type only on
      the way into a graph).
    """#,
  "ai.onnx.preview.training.Adagrad": #"""
    # Adagrad

    One step of stochastic gradient descent with rates that shrink where gradients have been large.

        G ← norm_coefficient · X + G
        H_new = H + G²
        X_new = X − R / (1 + T · decay_factor) · G / (√H_new + epsilon)

    - Inputs: `R` (T1), `T` (T2): the learning rate and the number of steps done, one element each. `inputs`
      (T3): all X, then all gradients G, then all sums of squared gradients H.
    - Outputs: `outputs` (T3): all X_new, then all H_new.
    - Attributes: `norm_coefficient`: weight of the L2 norm of X, by default 0. `decay_factor`: how the rate
      falls with T, by default 0. `epsilon`: keeps the divisor from 0, by default 10^−6.
    - Types: T1 is float or double; T2 is int64; T3 is float or double.
    - Errors: a number of tensors that is not a multiple of the groups; shapes that differ within one
      tensor's group.
    - Versions: 1.
    - Source: onnx/defs/training/defs.cc.
    - Notes: none.
    """#,
  "ai.onnx.preview.training.Adam": #"""
    # Adam

    One step of stochastic gradient descent with running means of the gradients and of their squares.

        G ← norm_coefficient · X + G
        V_new = alpha · V + (1 − alpha) · G
        H_new = beta · H + (1 − beta) · G²
        X_new = (1 − norm_coefficient_post) · (X − r · V_new / (√H_new + epsilon))
        r = R · √(1 − beta^T) / (1 − alpha^T) if T > 0, else R

    - Inputs: `R` (T1), `T` (T2): the learning rate and the number of steps done, one element each. `inputs`
      (T3): all X, then all gradients G, then all means of gradients V, then all means of squared gradients
      H.
    - Outputs: `outputs` (T3): all X_new, then all V_new, then all H_new.
    - Attributes: `alpha`, `beta`: what part of V and H is kept, by default 0.9 and 0.999. `epsilon`: keeps
      the divisor from 0, by default 10^−6. `norm_coefficient`, `norm_coefficient_post`: weights of the L2
      norm of X, before and after the step, by default 0.
    - Types: T1 is float or double; T2 is int64; T3 is float or double.
    - Errors: a number of tensors that is not a multiple of the groups; shapes that differ within one
      tensor's group.
    - Versions: 1.
    - Source: onnx/defs/training/defs.cc.
    - Notes: none.
    """#,
  "ai.onnx.preview.training.Gradient": #"""
    # Gradient

    The partial derivatives of one value of the graph with respect to others, by going back over the nodes
    between them.

        dY/dX_i[j] = Σ_k ∂y[k] / ∂xs_i[j]          at xs, zs = Inputs

    The nodes that lead from the values named in `xs` and `zs` to the one named `y` are run with the node's
    own inputs in place of those values. Then each of these nodes, from the last to the first, turns the
    derivative with respect to its outputs into that with respect to its inputs; where a value has several
    uses, these add up.

    - Inputs: `Inputs` (T1): values in place of those named in xs, then of those named in zs.
    - Outputs: `Outputs` (T2): the derivative with respect to each of xs, of its shape and type. Zeros where y
      does not depend on it.
    - Attributes: `xs`: the names of the values to differentiate by. `y`: the name of the value to
      differentiate. `zs`: the names of other values that y depends on.
    - Types: T1 is any tensor but bfloat16; T2 is float16, float or double. What stands for one of xs, and y,
      must be floating.
    - Errors: a name that the graph has not defined before this node, or that is given twice; one of xs or zs
      that is computed from another; more or fewer inputs than names, more outputs than xs; a way from xs to y
      over an operator without a derivative, or over another Gradient.
    - Versions: 1.
    - Source: onnx/defs/training/defs.cc.
    - Notes: TSN-0042.
    """#,
  "ai.onnx.preview.training.Momentum": #"""
    # Momentum

    One step of stochastic gradient descent that keeps a part of its direction.

        G ← norm_coefficient · X + G
        V_new = alpha · V + b · G                  b = beta if T > 0, else 1
        X_new = X − R · V_new                      mode = standard
              = X − R · (G + alpha · V_new)        mode = nesterov

    - Inputs: `R` (T1), `T` (T2): the learning rate and the number of steps done, one element each. `inputs`
      (T3): all X, then all gradients G, then all momenta V.
    - Outputs: `outputs` (T3): all X_new, then all V_new.
    - Attributes: `alpha`: what part of V is kept. `beta`: the weight of the gradient. `mode`: `standard` or
      `nesterov`. `norm_coefficient`: weight of the L2 norm of X.
    - Types: T1 is float or double; T2 is int64; T3 is float or double.
    - Errors: a number of tensors that is not a multiple of the groups; shapes that differ within one
      tensor's group; another `mode`.
    - Versions: 1.
    - Source: onnx/defs/training/defs.cc.
    - Notes: none.
    """#,
]
