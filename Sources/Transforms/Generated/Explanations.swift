// Written by Scripts/generate-explanations from the comments of the types; do not edit.
// swift-format-ignore-file

/// What `touchstone optimize --explain` says of each rule, by name.
public let ruleExplanations: [String: String] = [
  "DivideByRoot": #"""
    # DivideByRoot

    A value times the reciprocal of a root is divided by the root.

    - Before: y = x · (1 / Sqrt(v + ε)), by Reciprocal or by Div.
    - After: y = x / Sqrt(v + ε).
    - Needs: a constant ε of at least 2⁻¹⁰⁰, and a v that is not negative, being a sum, mean or maximum of
      such: then the root is so far from 0 that its reciprocal is finite and keeps its digits. Nobody else
      wants the reciprocal; float, double or bfloat16.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "DropCast": #"""
    # DropCast

    A cast to the type that a tensor has is left out.

    - Before: y = Cast(x, to: T) or CastLike(x, z), where x is of the wanted type already.
    - After: what reads y reads x.
    - Needs: the type of x, and for CastLike that of z.
    - Promise: same bits.
    - Source: the definition of Cast.
    """#,
  "DropClipBeforeQuantize": #"""
    # DropClipBeforeQuantize

    A Relu or Clip is left out where a quantization saturates at its bounds, or before them.

    - Before: a = Relu(x) or Clip(x), y = QuantizeLinear(a, s, z).
    - After: y = QuantizeLinear(x, s, z).
    - Needs: constants s and z, s positive and finite, of type float; y of an integer type from l to h with (l
      − z) · s ≥ 0 for Relu, or at least Clip's lower bound, and (h − z) · s at most its upper one: what is
      beyond a bound is beyond the last code.
    - Promise: same bits.
    - Source: the definitions of the operators.
    """#,
  "DropConcat": #"""
    # DropConcat

    An operator that joins one value alone is left out.

    - Before: y = Concat, Max or Min of x and nothing else.
    - After: what reads y reads x.
    - Needs: one input. Sum and Mean begin with 0, so that −0 would become 0.
    - Promise: same bits.
    - Source: the definitions of the operators.
    """#,
  "DropDropout": #"""
    # DropDropout

    A Dropout that drops nothing is left out.

    - Before: y = Dropout(x) outside of training, or with ratio 0; nobody reads its mask.
    - After: what reads y reads x.
    - Needs: from opset 12 on, training_mode that is omitted or a constant false, or ratio a constant 0; before, no
      training mode of an old opset (is_test 1 before 7).
    - Promise: same bits.
    - Source: the definition of Dropout.
    """#,
  "DropIdentity": #"""
    # DropIdentity

    An Identity is left out.

    - Before: y = Identity(x).
    - After: what reads y reads x.
    - Needs: that one of both names can go: x and y are not both outputs or inputs of the graph.
    - Promise: same bits.
    - Source: the definition of Identity.
    """#,
  "DropPad": #"""
    # DropPad

    A Pad that adds nothing is left out.

    - Before: y = Pad(x, pads), all pads 0.
    - After: what reads y reads x.
    - Needs: constant pads.
    - Promise: same bits.
    - Source: the definition of Pad.
    """#,
  "DropQuantizePair": #"""
    # DropQuantizePair

    What is dequantized and quantized again in the same units stays as it is.

    - Before: a = DequantizeLinear(x, s, z), y = QuantizeLinear(a, s, z).
    - After: what reads y reads x.
    - Needs: the same constants s and z, finite numbers of type float, each of a magnitude at which no product
      overflows, none 0; the same axis and block size; x and y of one integer type of at most 16 bits.
    - Promise: same bits. With n = x − z, |n| ≤ 65,535, the product n · s is rounded by at most 2⁻²⁴ of itself
      (not at all where it is subnormal, being a multiple of s), and so is its quotient by s, which therefore
      lies within 2⁻⁷ of n, and is rounded to it.
    - Source: the definitions of the operators.
    """#,
  "DropReshape": #"""
    # DropReshape

    A change of shape that changes none is left out.

    - Before: y = Reshape, Flatten, Squeeze, Unsqueeze or Expand of x, where y has the shape of x.
    - After: what reads y reads x.
    - Needs: every extent of both as a number, or the same dim of an input of the model in both.
    - Promise: same bits.
    - Source: the definitions of the operators.
    """#,
  "DropTranspose": #"""
    # DropTranspose

    A Transpose that leaves each axis where it is is left out.

    - Before: y = Transpose(x, perm: 0, 1, …, r − 1).
    - After: what reads y reads x.
    - Needs: perm, or a rank of at most 1 where it is omitted.
    - Promise: same bits.
    - Source: the definition of Transpose.
    """#,
  "DropZeroState": #"""
    # DropZeroState

    An initial state of zeros is left out, since that is what there is without one.

    - Before: LSTM, GRU or RNN with initial_h or initial_c that hold +0 alone: a constant, or what
      ConstantOfShape gives and operators that only cut it, copy it or change its shape.
    - After: the same operator without these inputs.
    - Needs: that every element is seen to be +0.
    - Promise: same bits.
    - Source: the definitions of the operators.
    """#,
  "ExplicitPadding": #"""
    # ExplicitPadding

    Pads that auto_pad asks for are written down.

    - Before: y = Conv, MaxPool or AveragePool(x) with auto_pad SAME_UPPER, SAME_LOWER or VALID.
    - After: y = the same operator with pads, and neither auto_pad nor ceil_mode, which auto_pad makes idle.
    - Needs: for SAME, numbers for the extents of x and of the kernel, from which no negative pads follow.
    - Promise: same bits.
    - Source: the definitions of the operators.
    """#,
  "FlattenReduction": #"""
    # FlattenReduction

    A reduction whose axes are dropped by a change of shape drops them itself.

    - Before: a = ReduceMean, ReduceSum, …(x) with keepdims 1, GlobalAveragePool(x) or GlobalMaxPool(x); y =
      Flatten, Reshape or Squeeze of a, which only drops the axes of extent 1 that a has kept.
    - After: y = the same reduction with keepdims 0; ReduceMean or ReduceMax for the poolings.
    - Needs: constant axes and a rank of x that is known; a constant shape. For Flatten, one axis that is left
      on each of its sides. Nobody else wants a; a type that the reduction takes.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "FoldBatchNormalization": #"""
    # FoldBatchNormalization

    A BatchNormalization behind a linear operator with constant weights goes into the weights.

    - Before: y = Conv, ConvTranspose, Gemm or MatMul(x, W) + b, z = BatchNormalization(y, scale, B, mean, var).
    - After: z = the same operator of x with the weights W · s and the bias (b − mean) · s + B, by channel, where
      s = scale / √(var + ε).
    - Needs: constants W, b, scale, B, mean and var, all of one type; no training, and nobody else who wants y.
    - Promise: within rounding, where no product W · s leaves the type's range.
    - Source: the definitions of the operators.
    """#,
  "FoldConstants": #"""
    # FoldConstants

    What is always the same is computed once.

    - Before: y = f(c) for constants c, or a shape that follows from what the model declares of its inputs.
    - After: y is a constant.
    - Needs: an operator that draws nothing and has no subgraphs, and outputs that all are tensors and together no
      larger than the constants that they come from, or than 1 KB: an Expand stays.
    - Promise: same bits, those of the definition.
    - Source: the definitions.
    """#,
  "FoldIntoNormalization": #"""
    # FoldIntoNormalization

    A constant that multiplies what a normalization gives, or is added to it, goes into its scale and bias.

    - Before: y = LayerNormalization, RMSNormalization, InstanceNormalization, GroupNormalization (opset 21)
      or BatchNormalization(x, scale, B), z = y · c, y / c, y + c or y − c.
    - After: z = the same operator with scale · c and B · c, scale / c and B / c, B + c or B − c.
    - Needs: constants scale, B and c of one type; c a number, or of the shape of scale, along the same axes
      of y. An RMSNormalization takes factors only. No training; nobody else wants y or other outputs; opset
      7.
    - Promise: within rounding, where no number leaves the type's range.
    - Source: the definitions of the operators.
    """#,
  "FoldPad": #"""
    # FoldPad

    A Pad before a window goes into the window's own pads.

    - Before: a = Pad(x, pads) with a constant, y = Conv(a, W), MaxPool(a) or AveragePool(a).
    - After: y = the same operator of x with the sums of both pads.
    - Needs: constant pads, none negative and none for batch and channels; nobody else wants a; no auto_pad.
      Before Conv: the constant 0 and constant, finite weights. Before MaxPool: −∞, or the smallest integer,
      and no Indices wanted. Before AveragePool: the constant 0, and all cells counted already, since there
      are no pads or count_include_pad is 1. The poolings want ceil_mode 0 and pads smaller than the kernel.
    - Promise: within rounding: −0 may become 0.
    - Source: the definitions of the operators.
    """#,
  "FoldScale": #"""
    # FoldScale

    A constant that multiplies or divides what a linear operator with constant weights gives goes into them.

    - Before: y = Conv, ConvTranspose, Gemm or MatMul(x, W) + b, z = y · c, c · y or y / c.
    - After: z = the same operator of x with the weights W · c and the bias b · c, by channel.
    - Needs: constants W, b and c of one type; c a number, or one for each channel: what counts is the axis of
      y along which c varies when it is stretched, not its number of elements. Nobody else wants y, opset 7.
    - Promise: within rounding, where no product W · c leaves the type's range.
    - Source: the definitions of the operators.
    """#,
  "FoldShift": #"""
    # FoldShift

    A constant that is added to what a linear operator with constant weights gives goes into its bias.

    - Before: y = Conv, ConvTranspose or Gemm(x, W) + b, z = y + c, c + y or y − c.
    - After: z = the same operator of x with the weights W and the bias b + c, or b − c, by channel.
    - Needs: constants W, b and c of one type; c a number, or one for each channel: what counts is the axis of
      y along which c varies when it is stretched, not its number of elements. Nobody else wants y, opset 7. A
      Gemm without a bias is of opset 11.
    - Promise: within rounding, where no b + c leaves the type's range.
    - Source: the definitions of the operators.
    """#,
  "FoldTransposeIntoProduct": #"""
    # FoldTransposeIntoProduct

    A product of transposed matrices reads them as they are.

    - Before: a = Transpose(x, perm: 1, 0), y = MatMul(a, w), MatMul(w, a), Gemm(a, w) or Gemm(w, a).
    - After: y = Gemm of x and w with transA or transB.
    - Needs: two matrices; nobody else wants a; a type that Gemm takes, opset 11 for a MatMul.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "FuseAttention": #"""
    # FuseAttention

    Scaled dot-product attention that is spelled out becomes the operator.

    - Before: s = MatMul(q, Transpose(k)), perhaps times a number, perhaps with a mask added, y =
      MatMul(Softmax(s), v).
    - After: y = Attention(q, k, v) with scale, or Attention(q, k, v, mask).
    - Needs: opset 23; q, k and v with four axes, batch and heads known to be the same; a Softmax of the last
      axis; a scale that the attribute holds as well as the type does. The mask stretches to the scores, by
      extents that are known, has all keys, and is finite as its computation shows, by constants between which
      Where chooses: where no key is seen, a Softmax gives NaN and the operator 0. float or double. Others may
      read values on the way.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "FuseDequantize": #"""
    # FuseDequantize

    Small integers that are cast and multiplied by scales are dequantized.

    - Before: a = Cast(x, to: float), y = a · s or s · a.
    - After: y = DequantizeLinear(x, s), with the axis along which s varies.
    - Needs: x of type int8 or uint8; a constant s of type float, one number, or one for each index of one
      axis of x whose extent is known, with no axis more than x has; nobody else wants a; opset 10, 13 for
      several scales.
    - Promise: same bits: the cast is exact, and both products are rounded once.
    - Source: the definitions of the operators.
    """#,
  "FuseGatedUnit": #"""
    # FuseGatedUnit

    A value times a function of it that is an operator of its own becomes that operator.

    - Before: y = x · HardSigmoid(x) with alpha ⅙ and beta ½, or x · Clip(x + 3, 0, 6) / 6 in any order; y = x
      · Sigmoid(x) or x · Sigmoid(α · x); y = x · Tanh(Softplus(x)).
    - After: y = HardSwish(x); y = Swish(x), with alpha where there is α; y = Mish(x).
    - Needs: opset 14 for HardSwish, 24 for Swish, 18 for Mish; numbers as near as the type can tell. Values
      on the way may have other readers.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "FuseGelu": #"""
    # FuseGelu

    Gelu that is spelled out becomes the operator.

    - Before: y = ½ · x · (1 + Erf(x / √2)), or ½ · x · (1 + Tanh(√(2/π) · (x + 0.044715 · x³))), where the
      last may also be √(2/π) · x · (1 + 0.044715 · x²); products and numbers in any order, powers by Mul or
      Pow.
    - After: y = Gelu(x), in the second case with approximate = tanh.
    - Needs: the numbers as near as the type can tell; opset 20. Values on the way may have other readers.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "FuseGroupNormalization": #"""
    # FuseGroupNormalization

    A normalization of groups of channels that is spelled out becomes the operator.

    - Before: g = Reshape(x) to [N, groups, …], n = InstanceNormalization(g, s, b), y = Reshape(n) to the
      shape of x.
    - After: y = GroupNormalization(x) with num_groups and epsilon, and with s and b repeated for each channel
      of a group; FoldIntoNormalization gives it others.
    - Needs: opset 21; constants s and b; a number of channels that the groups divide; the same N in x and g,
      and the extents of x again in y, by extents that are known to be the same; not double, in which the
      operator need not be as exact. Nobody else wants n.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "FuseHardSigmoid": #"""
    # FuseHardSigmoid

    HardSigmoid that is spelled out becomes the operator.

    - Before: y = Clip(x + 3, 0, 6) / 6 or · ⅙, or y = Clip(α · x + β, 0, 1), where α may be missing.
    - After: y = HardSigmoid(x) with alpha ⅙ and beta ½, or α and β.
    - Needs: constant bounds and numbers, which attributes hold as well as the type does: not ⅙ in double;
      opset 7. Values on the way may have other readers.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "FuseLayerNormalization": #"""
    # FuseLayerNormalization

    A normalization by mean and variance that is spelled out becomes the operator.

    - Before: d = x − ReduceMean(x), y = d / Sqrt(ReduceMean(d²) + ε), or d times the reciprocal, over the
      last axes.
    - After: y = LayerNormalization(x) with epsilon ε and a Scale of ones; FoldIntoNormalization gives it
      others.
    - Needs: opset 17; float or bfloat16: in float16 the squares would leave the range that the operator
      keeps, and in double it need not be as exact; known extents of the axes. Values on the way may have
      other readers.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "FuseRMSNormalization": #"""
    # FuseRMSNormalization

    A normalization by the root mean square that is spelled out becomes the operator.

    - Before: y = x / Sqrt(ReduceMean(x²) + ε), or x times the reciprocal, over the last axes.
    - After: y = RMSNormalization(x) with epsilon ε and a scale of ones; FoldIntoNormalization gives it
      others.
    - Needs: opset 23; float or bfloat16: in float16 the squares would leave the range that the operator
      keeps, and in double it need not be as exact; known extents of the axes. Values on the way may have
      other readers.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "FuseScaleAndShift": #"""
    # FuseScaleAndShift

    A factor and an addend for each channel become one BatchNormalization.

    - Before: a = x · γ, y = a + β.
    - After: y = BatchNormalization(x) with scale γ, B β, means of 0, variances of 1 and epsilon 0.
    - Needs: constants γ and β of x's type, which vary along axis 1 of x alone, and do not stretch x; a number
      of channels that is known; nobody else wants a; opset 9, and a type that BatchNormalization takes.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "FuseSlices": #"""
    # FuseSlices

    Slices that cut one value into consecutive parts become a Split.

    - Before: y₁ = x[…, 0 : a, …], y₂ = x[…, a : b, …], … up to the last index of one axis, each by a Slice.
    - After: y₁, y₂, … = Split(x, axis, [a, b − a, …]).
    - Needs: at least two Slices, each along one axis with constant bounds in steps of 1, none empty; together
      they hold each index of that axis once; its extent is known.
    - Promise: same bits.
    - Source: the definitions of the operators.
    """#,
  "FuseSoftmax": #"""
    # FuseSoftmax

    A Softmax that is spelled out becomes the operator.

    - Before: e = Exp(x − ReduceMax(x)), y = e / ReduceSum(e), or e times the reciprocal, over one axis.
    - After: y = Softmax(x, axis).
    - Needs: opset 13; both reductions over the same axis, which they keep. Without the maximum, e may be
      infinite where a Softmax is not. Values on the way may have other readers.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "JoinParallelProducts": #"""
    # JoinParallelProducts

    Products of one value with several constant matrices become one product, which is split.

    - Before: y₁ = MatMul(x, W₁), y₂ = MatMul(x, W₂), …, each perhaps with a constant that is added: z₁ = y₁ +
      b₁.
    - After: y₁, y₂, … = Split(MatMul(x, [W₁ W₂ …])), or z₁, z₂, … = Split(MatMul(x, [W₁ W₂ …]) + [b₁ b₂ …]),
      with 0 for a b that there is not.
    - Needs: constant matrices of one type, or all of them given by a DequantizeLinear, which is then joined
      too, with a scale for each column, or each column and block of rows; each bᵢ one number for each column
      of Wᵢ, wanted by its sum alone; a rank of x that is known, at least 2. It must take away more nodes than
      it adds.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "JoinReshapes": #"""
    # JoinReshapes

    A Reshape of what was given another shape just before reads the value with its first shape.

    - Before: y = Reshape, Flatten, Squeeze or Unsqueeze of x, z = Reshape(y, s).
    - After: z = Reshape(x, s).
    - Needs: a constant s without a 0 that copies an extent of y: none at all, or allowzero.
    - Promise: same bits.
    - Source: the definition of Reshape.
    """#,
  "JoinTransposes": #"""
    # JoinTransposes

    Two Transposes, one of the other, become one.

    - Before: y = Transpose(x, p), z = Transpose(y, q).
    - After: z = Transpose(x, r) with r[i] = p[q[i]].
    - Needs: both permutations, or a rank from which they follow. Others may read y.
    - Promise: same bits.
    - Source: the definition of Transpose.
    """#,
  "LiftConstant": #"""
    # LiftConstant

    A Constant becomes an initializer.

    - Before: y = Constant(value).
    - After: y is an initializer.
    - Needs: a graph that has initializers: no body of a function, IR version 4 or later; y is no output, and no
      sparse tensor.
    - Promise: same bits.
    - Source: the definition of Constant.
    """#,
  "LowerChannelScale": #"""
    # LowerChannelScale

    Factors of the last axis before products with constant matrices go into the rows of those.

    - Before: a = x · γ or x / γ, y₁ = MatMul(a, W₁), y₂ = MatMul(a, W₂), …, or Gemm(a, W₁, C) with transB or
      without.
    - After: yᵢ = MatMul(x, Wᵢ′), where row k of Wᵢ′ is that of Wᵢ times γ[k], or divided by it.
    - Needs: constants γ and Wᵢ of one type; γ with one number for each row, along its last axis alone, no
      axis more than x has, and all of it finite and not 0; nothing but such products wants a, and no graph
      gives it.
    - Promise: within rounding, where no row leaves the type's range.
    - Source: the definitions of the operators.
    """#,
  "LowerScale": #"""
    # LowerScale

    A number by which a value is multiplied goes into constants with which that is multiplied later.

    - Before: y = x · c or x / c for a number c, where all that becomes of y are products with constants:
      weights of MatMul, Gemm, Conv or ConvTranspose, factors; on the way also products with values, and
      operators that only change the shape.
    - After: what reads y reads x, and those constants are multiplied by c.
    - Needs: a constant c of one element that adds no axis; no value on the way is an output. The type is not
      float16, in which other numbers on the way would soon leave the range, and |c| lies in 2⁻²⁰…2²⁰.
    - Promise: within rounding, where no constant leaves the type's range; a power of two rounds nothing.
    - Source: the definitions of the operators.
    """#,
  "MatMulAddToGemm": #"""
    # MatMulAddToGemm

    A product of two matrices and a sum become one Gemm.

    - Before: a = MatMul(x, w), or Gemm(x, w) without C; y = a + c or c + a.
    - After: y = Gemm(x, w, c).
    - Needs: matrices x and w; c that stretches to a, by extents that are known to be 1 or the same: c may not
      stretch a. Nobody else wants a; a type that Gemm takes, opset 7.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "MergeEqualNodes": #"""
    # MergeEqualNodes

    Of two nodes that compute the same, the later one is left out (common subexpressions).

    - Before: y = f(x), z = f(x), with equal attributes.
    - After: what reads z reads y.
    - Needs: an operator that gives the same for the same inputs: no draw; no subgraphs; as many outputs wanted,
      since their number may decide what an operator computes.
    - Promise: same bits.
    - Source: the definitions.
    """#,
  "RaiseScale": #"""
    # RaiseScale

    A number by which a result is multiplied goes into constants from which that is computed.

    - Before: y = x · c or x / c for a number c, where x comes out of constants: weights of MatMul, Gemm, Conv
      or ConvTranspose with their biases, addends, factors and scales of DequantizeLinear, on the way also
      products of values, operators that only change the shape, and parts of a Split along the last axis.
    - After: what reads y reads x, and those constants are multiplied by c.
    - Needs: a constant c of one element that adds no axis; nobody else wants what is computed on the way, but
      for its shape. The type is not float16, in which smaller numbers on the way would soon lose digits, and
      |c| lies in 2⁻²⁰…2²⁰.
    - Promise: within rounding, where no constant leaves the type's range; a power of two rounds nothing.
    - Source: the definitions of the operators.
    """#,
  "UnflattenProduct": #"""
    # UnflattenProduct

    A Gemm of rows that are laid under each other for it, and taken apart afterwards, becomes a MatMul of what
    there was before.

    - Before: r = Reshape(x) to a matrix with the rows of x, g = Gemm(r, W, C), y = Reshape(g) to the axes of
      x.
    - After: y = MatMul(x, W), or that + C.
    - Needs: all axes of x but the last one again in y, by extents that are known to be the same; a number for
      the last one; alpha and beta 1; no transA, and transB for a constant W only; C that is the same for all
      rows. Nobody else wants r or g.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "WeighTermCounts": #"""
    # WeighTermCounts

    Factors of counted n-grams become weights of the operator that counts.

    - Before: y = TfIdfVectorizer(x) with mode TF, z = y · c or c · y.
    - After: z = TfIdfVectorizer(x) with mode TFIDF and the weights c[ngram_indexes[i]].
    - Needs: a constant c with one finite number for each output, none negative, not even −0, since what does
      not occur counts +0; nobody else wants y.
    - Promise: same bits.
    - Source: the definitions of the operators.
    """#,
]
