import GraphIR
import TensorCore

/// # QLinearConv
///
/// The convolution of quantized operands, quantized again.
///
///     y[n, m, o…] = saturate(round(r · x_scale · w_scale[m] / y_scale) + y_zero_point) r = B[m] + conv(x −
///     x_zero_point, w − w_zero_point[m])      padding counts as x_zero_point; ties to even
///
/// - Inputs: `x` (T1): [N, C, D1, …]. `w` (T2): [M, C/group, K1, …]. `x_scale` (tensor(float)),
///   `x_zero_point` (T1), `y_scale` (tensor(float)), `y_zero_point` (T3): one number each. `w_scale`
///   (tensor(float)), `w_zero_point` (T2): one number, or one for each filter. `B` (T4), optional: [M], in
///   units of x_scale · w_scale.
/// - Outputs: `y` (T3): [N, M, O1, …].
/// - Attributes: `kernel_shape`, `strides`, `dilations`, `pads`, `auto_pad`, `group`: as in `Conv`.
/// - Types: T1, T2 and T3 are int8 or uint8, T4 is int32.
/// - Errors: those of `Conv`; scales or zero points that fit neither form; B of another shape.
/// - Versions: 10.
/// - Source: onnx/defs/nn/defs.cc.
/// - Notes: TSN-0011 (rounding), TSN-0012 (padding). The sum is exact; its scaling is taken in double.
package struct QLinearConv: Operator {
  private static let version10 = OperatorVersion(
    since: 10,
    inputs: [
      .single("x", "T1"), .single("x_scale", "tensor(float)"), .single("x_zero_point", "T1"),
      .single("w", "T2"), .single("w_scale", "tensor(float)"), .single("w_zero_point", "T2"),
      .single("y_scale", "tensor(float)"), .single("y_zero_point", "T3"), .optional("B", "T4"),
    ], outputs: [.single("y", "T3")],
    attributes: [
      .string("auto_pad", "NOTSET"), .optional("dilations", .ints), .int("group", 1),
      .optional("kernel_shape", .ints), .optional("pads", .ints), .optional("strides", .ints),
    ],
    types: [
      "T1": .tensors(.int8, .uint8), "T2": .tensors(.int8, .uint8), "T3": .tensors(.int8, .uint8),
      "T4": .tensors(.int32),
    ])
  package static let schema = OperatorSchema("QLinearConv", versions: [version10])

  package let conv: Conv

  package init(_ node: NodeAttributes) throws { conv = try Conv(node) }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let operands = Inputs(
      [try inputs.required(0), try inputs.required(3)], parameters: Conv.schema.versions[0].inputs)
    let dims = try conv.infer(operands, context).first?.dims
    guard let type = try inputs.required(7).elementType else { return [.unknown] }
    return [.tensor(type, dims)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (X, W) = (try inputs.tensor(0), try inputs.tensor(3))
    let shapes = try conv.shapes(X: X.shape, W: W.shape)
    let xScale: Double = try inputs.scalar(1)
    let xZeroPoint: Double = try inputs.scalar(2)
    let yScale: Double = try inputs.scalar(6)
    let yZeroPoint: Double = try inputs.scalar(7)
    let wScale = try perFilter(inputs.tensor(4), filters: shapes.filters, name: "w_scale")
    let w = try shiftedFilters(W, inputs.tensor(5), name: "w_zero_point")
    let bias = try inputs.optionalTensor(8).map { B in
      guard B.shape == [shapes.filters] else {
        throw OperatorError(.invalidShape, "B has shape \(B.shape), but w has \(shapes.filters) filters")
      }
      return B.doubles()
    }
    var y = try shapes.convolve(
      X.doubles().map { $0 - xZeroPoint }, w, bias: bias ?? [Double](repeating: 0, count: shapes.filters))
    let cells = max(shapes.outputExtents.product, 1)
    for i in y.indices { y[i] *= xScale * wScale[i / cells % shapes.filters] / yScale }
    let zeroPoints = [Double](repeating: yZeroPoint, count: y.count)
    let type = try inputs.tensor(7).elementType
    return [.tensor(try quantized(y, zeroPoints: zeroPoints, type, shape: shapes.output))]
  }
}
