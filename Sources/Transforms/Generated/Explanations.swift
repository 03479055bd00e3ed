// Written by Scripts/generate-explanations from the comments of the types; do not edit.
// swift-format-ignore-file

/// What `touchstone optimize --explain` says of each rule, by name.
public let ruleExplanations: [String: String] = [
  "DropCast": #"""
    # DropCast

    A cast to the type that a tensor has is left out.

    - Before: y = Cast(x, to: T) or CastLike(x, z), where x is of the wanted type already.
    - After: what reads y reads x.
    - Needs: the type of x, and for CastLike that of z.
    - Promise: same bits.
    - Source: the definition of Cast.
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
]
