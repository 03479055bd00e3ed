import GraphIR
import TensorCore

/// # ConvInteger
///
/// The convolution of integers of 8 bits less their zero points, by the rules of `Conv`.
///
///     y = conv(x − x_zero_point, w − w_zero_point)      padding counts as x_zero_point, that is as 0 in the
///     sum
///
/// - Inputs: `x` (T1): [N, C, D1, …]. `w` (T2): [M, C/group, K1, …]. `x_zero_point` (T1), optional: one
///   number. `w_zero_point` (T2), optional: one number, or one for each filter; each by default 0.
/// - Outputs: `y` (T3): [N, M, O1, …]; 32 bits wrap.
/// - Attributes: `kernel_shape`, `strides`, `dilations`, `pads`, `auto_pad`, `group`: as in `Conv`.
/// - Types: T1 and T2 are int8 or uint8, T3 is int32.
/// - Errors: those of `Conv`; zero points that fit neither form.
/// - Versions: 10.
/// - Source: onnx/defs/nn/defs.cc.
/// - Notes: TSN-0012 (padding with the zero point), TSN-0051 (extents of 0), TSN-0053 (SAME with a long
///   stride).
package struct ConvInteger: Operator {
  private static let version10 = OperatorVersion(
    since: 10,
    inputs: [
      .single("x", "T1"), .single("w", "T2"), .optional("x_zero_point", "T1"),
      .optional("w_zero_point", "T2"),
    ], outputs: [.single("y", "T3")],
    attributes: [
      .string("auto_pad", "NOTSET"), .optional("dilations", .ints), .int("group", 1),
      .optional("kernel_shape", .ints), .optional("pads", .ints), .optional("strides", .ints),
    ], types: ["T1": .tensors(.int8, .uint8), "T2": .tensors(.int8, .uint8), "T3": .tensors(.int32)])
  package static let schema = OperatorSchema("ConvInteger", versions: [version10])

  package let conv: Conv

  package init(_ node: NodeAttributes) throws { conv = try Conv(node) }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.int32, try conv.infer(inputs, context).first?.dims)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (X, W) = (try inputs.tensor(0), try inputs.tensor(1))
    let shapes = try conv.shapes(X: X.shape, W: W.shape)
    let zeroPoint: Double = try inputs[2] == nil ? 0 : inputs.scalar(2)
    let w = try shiftedFilters(W, inputs.optionalTensor(3), name: "w_zero_point")
    let sums = try shapes.convolve(
      X.doubles().map { $0 - zeroPoint }, w, bias: [Double](repeating: 0, count: shapes.filters))
    return [.tensor(Tensor(.int32, shape: shapes.output, wrapping: sums.map(Int64.init(clamping:))))]
  }
}
