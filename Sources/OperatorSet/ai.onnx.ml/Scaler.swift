import GraphIR
import TensorCore

/// # Scaler
///
/// Features shifted, then scaled.
///
///     Y[…, f] = (X[…, f] − offset[f]) · scale[f]
///
/// - Inputs: `X` (T): […, F].
/// - Outputs: `Y` (tensor(float)): the shape of `X`.
/// - Attributes: `offset`, `scale`: F numbers each, or one for all features; by default 0 and 1.
/// - Types: T is float, double, int32 or int64.
/// - Errors: lists of another length.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: none.
package struct Scaler: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "tensor(float)")],
    attributes: [.optional("offset", .floats), .optional("scale", .floats)],
    types: ["T": .indices | .tensors(.double, .float)])
  package static let schema = OperatorSchema("Scaler", domain: "ai.onnx.ml", versions: [version1])

  package let offset: [Double]
  package let scale: [Double]

  package init(_ node: NodeAttributes) throws {
    offset = (node.optionalFloats("offset") ?? [0]).map(Double.init)
    scale = (node.optionalFloats("scale") ?? [1]).map(Double.init)
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.float, try inputs.required(0).dims)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let features = X.shape.last ?? 1
    for (name, list) in [("offset", offset), ("scale", scale)] where list.count != 1 && list.count != features
    {
      throw OperatorError(
        .invalidAttribute, "\(name) holds \(list.count) numbers, but X has \(features) features")
    }
    let Y = try X.doubles().enumerated().map(spending: 1) { i, x in
      let f = i % features
      return (x - offset[offset.count == 1 ? 0 : f]) * scale[scale.count == 1 ? 0 : f]
    }
    return [.tensor(Tensor(.float, shape: X.shape, rounding: Y))]
  }
}
