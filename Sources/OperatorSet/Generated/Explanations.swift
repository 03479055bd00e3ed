// Written by Scripts/generate-explanations from the comments of the definitions; do not edit.
// swift-format-ignore-file

/// What `touchstone explain` says of each operator: by name, with the domain where that is not ai.onnx.
public let operatorExplanations: [String: String] = [
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
]
