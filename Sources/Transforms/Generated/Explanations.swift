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
  "DropClip": #"""
    # DropClip

    A Clip without bounds is left out.

    - Before: y = Clip(x), neither min nor max given.
    - After: what reads y reads x.
    - Needs: no bounds; in opset 6 to 10 there are always some, which infinities lie beyond.
    - Promise: same bits.
    - Source: the definition of Clip.
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
  "DropConcatSplit": #"""
    # DropConcatSplit

    Parts that are cut again as they were joined are left out.

    - Before: y = Concat(a, b), c, d = Split(y).
    - After: what reads c reads a, what reads d reads b.
    - Needs: known extents along one axis, the same on both sides, and parts that the graph does not give.
    - Promise: same bits.
    - Source: the definitions of Split and Concat.
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
  "DropExpand": #"""
    # DropExpand

    An Expand before an operator that broadcasts by itself is left out.

    - Before: y = Expand(x, s), z = f(y, w) with f = Add, Mul, Less, And, Where, Max, ….
    - After: z = f(x, w).
    - Needs: the extents of x and of the other inputs, which without Expand make those of z: as numbers, or as
      the same dims of inputs of the model; opset 7, for Max, Min, Sum and Mean 8.
    - Promise: same bits.
    - Source: the definitions of the operators.
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
  "DropInverse": #"""
    # DropInverse

    A function and its inverse leave what they are given.

    - Before: y = f(x), z = f(y) with f = Neg, Not or BitwiseNot.
    - After: what reads z reads x.
    - Needs: a function that is its own inverse bit by bit; Reciprocal is not, since it rounds.
    - Promise: same bits.
    - Source: the definitions of the functions.
    """#,
  "DropMonotone": #"""
    # DropMonotone

    What keeps the order of numbers is left out before the place of the greatest or the smallest is sought.

    - Before: y = Exp, Log, Sqrt, Sigmoid, Tanh or Softsign of x, z = ArgMax(y) or ArgMin(y).
    - After: z = ArgMax(x), or ArgMin(x).
    - Needs: nothing more; others may read y.
    - Promise: other values: numbers that differ may become equal, as large ones under Sigmoid, and then the
      first of them is found; a Log of negative numbers is NaN.
    - Source: the definitions of the operators.
    """#,
  "DropNeutralOperand": #"""
    # DropNeutralOperand

    An operand that changes nothing is left out, and the operator with it.

    - Before: y = x · 1, x / 1, xˆ1, x − 0, x + (−0), x + 0 for integers, x and true, x or false, x xor false;
      for those that commute also the other way round.
    - After: what reads y reads x.
    - Needs: a constant operand all of whose elements are the neutral one, and which broadcasts into x without
      a new axis or a larger extent; opset 7. A floating x + 0 stays, since it makes 0 of −0; so does x −
      (−0).
    - Promise: same bits.
    - Source: the definitions of the operators.
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
  "DropRepeatedFunction": #"""
    # DropRepeatedFunction

    A function that leaves what another one gives as it is is left out.

    - Before: y = g(x), z = f(y): f = Abs, Ceil, Floor, Round or Sign and g the same; f = Ceil, Floor or
      Round, which leave whole numbers alone, and g another of these or Sign.
    - After: what reads z reads y.
    - Needs: nothing more. Relu is a matter of JoinClips.
    - Promise: same bits.
    - Source: the definitions of the functions.
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
  "DropResize": #"""
    # DropResize

    A Resize to the same extents is left out.

    - Before: y = Resize(x), mode nearest, with scales that are 1, or with sizes that x has already.
    - After: what reads y reads x.
    - Needs: known scales, or the shapes of x and y; no mapping that moves cells by half of one, or that crops.
      The other modes multiply neighbors by 0, and infinity by 0 is NaN.
    - Promise: same bits.
    - Source: the definition of Resize.
    """#,
  "DropScatter": #"""
    # DropScatter

    An operator that writes no updates into its data is left out.

    - Before: y = Scatter, ScatterElements or ScatterND(x, indices, updates), where updates is empty.
    - After: what reads y reads x.
    - Needs: an extent of updates that is 0.
    - Promise: same bits.
    - Source: the definitions of the operators.
    """#,
  "DropSlice": #"""
    # DropSlice

    A Slice that takes everything is left out.

    - Before: y = Slice(x, starts, ends, axes, steps), each range from the first index to the last, one by
      one.
    - After: what reads y reads x.
    - Needs: known starts, ends, axes and steps, all of these 1; a range ends at the largest int64, or at or
      behind an extent that is known.
    - Promise: same bits.
    - Source: the definition of Slice.
    """#,
  "DropSplit": #"""
    # DropSplit

    A Split into one part is left out.

    - Before: y = Split(x), with one output.
    - After: what reads y reads x.
    - Needs: one output.
    - Promise: same bits.
    - Source: the definition of Split.
    """#,
  "DropSplitConcat": #"""
    # DropSplitConcat

    Parts that are joined again as they were cut are left out.

    - Before: a, b = Split(x), y = Concat(a, b).
    - After: what reads y reads x.
    - Needs: all parts, each once and in order, and one axis.
    - Promise: same bits.
    - Source: the definitions of Split and Concat.
    """#,
  "DropTile": #"""
    # DropTile

    A Tile that copies nothing is left out.

    - Before: y = Tile(x, repeats), all repeats 1.
    - After: what reads y reads x.
    - Needs: known repeats, opset 6.
    - Promise: same bits.
    - Source: the definition of Tile.
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
  "DropWhere": #"""
    # DropWhere

    A choice that is the same everywhere is left out.

    - Before: y = Where(c, a, b), where c is true everywhere, or false everywhere.
    - After: what reads y reads a, or b.
    - Needs: a constant c of at least one element, and the shapes of y and of what is chosen, which agree.
    - Promise: same bits.
    - Source: the definition of Where.
    """#,
  "DropZero": #"""
    # DropZero

    A 0 is not added where nobody can tell −0 from 0.

    - Before: y = x + 0, for floating numbers.
    - After: what reads y reads x, which may be −0 where y was 0.
    - Needs: a constant all of whose elements are 0, and which broadcasts into x without a new axis or a
      larger extent; opset 7. Whatever y becomes may have zeros of the other sign on the way, but comes to
      operators that make the same of both, as Exp or a sum with a constant, before it comes to an output, to
      a quotient's divisor, or to an operator that is not listed.
    - Promise: same bits.
    - Source: the definitions of the operators.
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

    - Before: y = f(c) for constants c, or integers that follow from the extents which the model declares of
      its inputs.
    - After: y is a constant.
    - Needs: an operator that draws nothing and has no subgraphs, and outputs that all are tensors and
      together no larger than the constants that they come from, or than 32 KB: a large Expand stays.
    - Promise: same bits, those of the definition.
    - Source: the definitions.
    """#,
  "FoldIf": #"""
    # FoldIf

    An If whose condition is constant becomes the branch that it takes.

    - Before: y = If(c, then_branch, else_branch).
    - After: the nodes of the branch, its names made unlike all others; what the branch only hands on from
      around, or twice, goes through an Identity.
    - Needs: a constant c that holds one bool, and no sparse initializers in the branch.
    - Promise: same bits.
    - Source: the definition of If.
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
  "FoldOptional": #"""
    # FoldOptional

    What is asked of an optional that was made just before is answered.

    - Before: o = Optional(x), y = OptionalGetElement(o) or OptionalHasElement(o).
    - After: what reads y reads x; or y is a constant.
    - Needs: an x: an Optional of nothing stays.
    - Promise: same bits.
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
  "FoldSequence": #"""
    # FoldSequence

    What is taken out of a sequence that was made just before is taken from what it was made of.

    - Before: q = SequenceConstruct(a, b, …), y = SequenceAt(q, i), ConcatFromSequence(q) or
      SequenceLength(q).
    - After: what reads y reads a, b, …; y = Concat(a, b, …); or y is a constant.
    - Needs: a known i within the sequence; ConcatFromSequence that adds no axis.
    - Promise: same bits.
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
  "FoldTargetShape": #"""
    # FoldTargetShape

    The shape that a Reshape or an Expand computes for itself becomes a constant where inference knows its
    result.

    - Before: y = Reshape(x, s) or Expand(x, s), s computed from extents (Shape, Gather, Concat, …); for
      Expand also Where(Equal(t, −1), 1, t).
    - After: s is a constant. For Reshape one extent that is not known is −1, and one that y has from the same
      axis of x may be 0; for Expand that is 1.
    - Needs: the rank of y, and all its extents but those; for Reshape none that is known to be 0.
    - Promise: same bits.
    - Source: the definitions of Reshape and Expand.
    """#,
  "FoldTransposeIntoProduct": #"""
    # FoldTransposeIntoProduct

    A MatMul of transposed matrices is a Gemm, which reads them as they are.

    - Before: a = Transpose(x, perm: 1, 0), y = MatMul(a, w) or MatMul(w, a), where w may be transposed too.
    - After: y = Gemm of x and w with transA or transB.
    - Needs: two matrices; nobody else wants a; opset 11 and a type that Gemm takes. What a Gemm reads,
      TransposeIntoGemm takes in, with the same bits and whoever else wants it.
    - Promise: within rounding.
    - Source: the definitions of the operators.
    """#,
  "FuseAddNormalization": #"""
    # FuseAddNormalization

    A sum that is normalized at once becomes one call of a function.

    - Before: h = a + b, y = LayerNormalization(h, …) or RMSNormalization(h, …).
    - After: (h, y) = a call of a function of domain `touchstone.fused`, whose body these nodes are; only y, where
      nobody else reads h.
    - Needs: others that read h stand behind the normalization.
    - Promise: same bits.
    - Source: the functions of models, from IR version 8.
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
  "FuseLinear": #"""
    # FuseLinear

    A convolution or matrix product with what follows it element by element becomes one call of a function.

    - Before: Conv, ConvTranspose, Gemm or MatMul; then, or without it, Add of a constant, or of any value where a
      function of one value follows; then, or without it, Relu, Sigmoid, Clip or another function of one value, or
      v · Sigmoid(v).
    - After: a call of a function of domain `touchstone.fused`, whose body these nodes are.
    - Needs: what lies between is read within the step alone. What begins at DequantizeLinear is left to
      FuseQuantized.
    - Promise: same bits.
    - Source: the functions of models, from IR version 8.
    """#,
  "FuseQuantized": #"""
    # FuseQuantized

    An operator between DequantizeLinear and QuantizeLinear becomes one call of a function of quantized values.

    - Before: an operator whose values all come from DequantizeLinear but for constants and integers; then, or
      without it, a function of one value; then QuantizeLinear.
    - After: a call of a function of domain `touchstone.fused`, whose body these nodes are. A DequantizeLinear that
      others read too stays besides.
    - Needs: what the operator gives is read within the step alone.
    - Promise: same bits.
    - Source: the functions of models, from IR version 8.
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
  "FuseRotaryEmbedding": #"""
    # FuseRotaryEmbedding

    Pairs of features that are turned by angles become the operator.

    - Before: a = Concat(f, f) along the last axis; c and s are Cos(a) and Sin(a) with a new axis for the heads; y =
      x · c + Concat(−x₂, x₁) · s, where x₁ and x₂ are the halves of x along the last axis, by Slice or Split; sums and
      products in any order.
    - After: y = RotaryEmbedding(x, Cos(f), Sin(f)).
    - Needs: opset 23; x with axes batch, heads, sequence and features, f with batch, sequence and half of the features,
      known to be the same as those of x.
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
  "JoinCasts": #"""
    # JoinCasts

    Of two casts the first one is left out where it loses nothing.

    - Before: y = Cast(x), z = Cast(y).
    - After: z = Cast(x); or what reads z reads x, where z has the type of x.
    - Needs: a type of y that holds every value of the type of x: from double to float to float16 a number is
      rounded twice, and that may be meant. z holds no strings, which are spelled by the type of what is cast.
    - Promise: same bits.
    - Source: the definition of Cast.
    """#,
  "JoinClips": #"""
    # JoinClips

    Two bounds, one of what the other has bounded, become one.

    - Before: y = Clip(x, a, b) or Relu(x), z = Clip(y, c, d) or Relu(y); a Relu is a Clip from 0 on.
    - After: z = Clip(x, max(a, c), min(b, d)); where one of both says that already, z is that one of x.
    - Needs: constant bounds, none NaN, and ranges that overlap: Clip to [0, 1] and then to [2, 3] is 2, not
      1. Nobody else wants y, unless y is all that is left.
    - Promise: same bits.
    - Source: the definitions of Clip and Relu; a number at a bound of 0 keeps its sign (TSN-0050).
    """#,
  "JoinConcats": #"""
    # JoinConcats

    A Concat of a Concat along the same axis joins all parts at once.

    - Before: y = Concat(a, b), z = Concat(y, c).
    - After: z = Concat(a, b, c).
    - Needs: one axis, at most 256 parts, and nobody else who wants y; the rank where one of both counts the
      axis from the end.
    - Promise: same bits.
    - Source: the definition of Concat.
    """#,
  "JoinLogSoftmax": #"""
    # JoinLogSoftmax

    The logarithm of a Softmax is a LogSoftmax.

    - Before: y = Softmax(x, axis), z = Log(y).
    - After: z = LogSoftmax(x, axis).
    - Needs: nobody else who wants y.
    - Promise: other values: where Softmax is 0 its logarithm is −∞, and LogSoftmax is a number.
    - Source: the definitions of Softmax and LogSoftmax, which share their attributes and versions.
    """#,
  "JoinPads": #"""
    # JoinPads

    Two Pads with one constant, one of the other, become one.

    - Before: y = Pad(x, p), z = Pad(y, q), both of mode constant.
    - After: z = Pad(x, p + q).
    - Needs: known pads and axes, none negative, the same constant bit by bit, the rank of x, opset 11, and
      nobody else who wants y.
    - Promise: same bits.
    - Source: the definition of Pad.
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

    Two changes of shape, one of the other, become one Reshape, or none.

    - Before: y = Reshape, Flatten, Squeeze or Unsqueeze of x, z = one of these of y.
    - After: z = Reshape(x, s); or what reads z reads x, where z has the shape of x.
    - Needs: all extents of z but one and those that x has on the same axis, none of them 0, and nobody else
      who wants y; or a Reshape with a constant s without a 0 that copies an extent of y: none at all, or
      allowzero. Then others may read y.
    - Promise: same bits.
    - Source: the definitions of the operators.
    """#,
  "JoinSlices": #"""
    # JoinSlices

    Two Slices, one of the other, become one.

    - Before: y = Slice(x, …), z = Slice(y, …).
    - After: z = Slice(x, …) with the ranges of both; where both slice one axis, from s₁ + s₂ to the smaller
      of e₁ and s₁ + e₂.
    - Needs: known ranges, the rank of x, opset 10, and nobody else who wants y; on an axis that both slice,
      starts and ends that are not negative, and steps of 1.
    - Promise: same bits.
    - Source: the definition of Slice.
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
  "JoinUnsqueezes": #"""
    # JoinUnsqueezes

    Two Unsqueezes, one of the other, become one.

    - Before: y = Unsqueeze(x, p), z = Unsqueeze(y, q).
    - After: z = Unsqueeze(x, r), where r are q and the axes of z that those of p have become.
    - Needs: known axes of both, at most 64 together, the rank of x, and nobody else who wants y.
    - Promise: same bits.
    - Source: the definition of Unsqueeze.
    """#,
  "KeepReducedAxes": #"""
    # KeepReducedAxes

    A reduction whose axes come back with extent 1, or go, keeps them or not by itself.

    - Before: y = Reduce…(x, axes, keepdims: 0), z = Unsqueeze(y) with the same axes; or keepdims: 1 and
      Squeeze; the same for ArgMax and ArgMin.
    - After: z = Reduce…(x, axes, keepdims: 1), or 0.
    - Needs: known axes of both, the rank of x, and nobody else who wants y.
    - Promise: same bits.
    - Source: the definitions of the operators.
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
  "MergeEqualConstants": #"""
    # MergeEqualConstants

    Of several equal initializers the first one stays.

    - Before: c and d are initializers of one type and shape, with the same bits.
    - After: what reads d reads c.
    - Needs: that d is no output, and that no caller may replace either.
    - Promise: same bits.
    - Source: none: a value is what it is under any name.
    """#,
  "MergeEqualExtents": #"""
    # MergeEqualExtents

    Of two values that are the same extents of the model's inputs, the later one is left out.

    - Before: y and z are integers computed from extents, as Gather(Shape(x), 0) and Gather(Shape(Relu(x)), 0)
      are.
    - After: what reads z reads y.
    - Needs: every element of both as a number or as the same dim of the same input, one type and one shape; z
      is no output, and computed after y.
    - Promise: same bits.
    - Source: the definition of Shape.
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
  "MinMaxToClip": #"""
    # MinMaxToClip

    The smaller of a bound and the greater of another bound and x is a Clip.

    - Before: y = Max(x, a), z = Min(y, b), in either order of the inputs; or Min first, then Max.
    - After: z = Clip(x, a, b).
    - Needs: constants a ≤ b of one element, neither NaN nor 0 (of two zeros Max and Min may take the other
      sign), whose ranks are at most that of x; opset 11, and nobody else who wants y.
    - Promise: same bits.
    - Source: the definitions of the operators.
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
  "SinkTranspose": #"""
    # SinkTranspose

    Transposes move behind an operator that works element by element, where fewer are left then.

    - Before: a = Transpose(x, p), b = Transpose(w, p), y = f(a, b), where f is Add, Relu, Clip, Cast, Where,
      ….
    - After: y = Transpose(f(x, w), p).
    - Needs: inputs of f that are transposed alike, or constants, which are transposed back; of the
      Transposes, of which nobody else wants the results, several, or behind f, perhaps further such operators
      away, another one.
    - Promise: same bits.
    - Source: the definitions of the operators.
    """#,
  "SwapWhere": #"""
    # SwapWhere

    A choice by a negated condition is one between swapped values.

    - Before: d = Not(c), y = Where(d, a, b).
    - After: y = Where(c, b, a).
    - Needs: nothing more; others may read d.
    - Promise: same bits.
    - Source: the definitions of Not and Where.
    """#,
  "TransposeIntoGemm": #"""
    # TransposeIntoGemm

    A Gemm transposes its matrices itself.

    - Before: a = Transpose(x), y = Gemm(a, B, C), or the same for B.
    - After: y = Gemm(x, B, C) with transA the other way round, or transB.
    - Needs: a Transpose that swaps both axes. Others may read a. What a MatMul reads is for
      FoldTransposeIntoProduct, which makes a Gemm of it and so may round otherwise.
    - Promise: same bits.
    - Source: the definition of Gemm.
    """#,
  "TransposeIntoReduce": #"""
    # TransposeIntoReduce

    A reduction of transposed axes is one of the axes that they were.

    - Before: y = Transpose(x, perm), z = Reduce…(y, axes), ArgMax or ArgMin of y.
    - After: z = the same of x, with the axes perm[axes].
    - Needs: known axes; those that stay, and those that are folded, in the order that they have in x, since
      sums are taken in that order; with keepdims those that stay keep their places too.
    - Promise: same bits.
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
  "UnrollLoop": #"""
    # UnrollLoop

    A Loop of no iteration, or of one, becomes what it carries, or its body.

    - Before: y = Loop(M, cond, v, body), with a constant M of 0 or 1, or a constant cond that is false.
    - After: y = Identity(v), or the nodes of the body with the iteration number 0.
    - Needs: cond omitted or constant; carried values that are tensors, and no scan outputs.
    - Promise: same bits.
    - Source: the definition of Loop.
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
