import GraphIR
import TensorCore

/// # Imputer
///
/// One value of the input replaced by another, all else left alone.
///
///     Y[…, f] = X[…, f] is the replaced value ? imputed_value[f] : X[…, f]
///
/// - Inputs: `X` (T): […, F].
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `replaced_value_float` (default 0; NaN stands for every NaN) and `imputed_value_floats` for
///   floats; `replaced_value_int64` (default 0) and `imputed_value_int64s` for integers: F new values, or one
///   for all.
/// - Types: T is float, double, int32 or int64.
/// - Errors: no list for the type of X, or one of another length.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: none.
struct Imputer: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "T")],
    attributes: [
      .optional("imputed_value_floats", .floats), .optional("imputed_value_int64s", .ints),
      .float("replaced_value_float", 0.0), .int("replaced_value_int64", 0),
    ], types: ["T": .indices | .tensors(.double, .float)])
  static let schema = OperatorSchema("Imputer", domain: "ai.onnx.ml", versions: [version1])

  var rounding: Rounding { .none }

  let imputedFloats: [Double]
  let imputedIntegers: [Int64]
  let replacedFloat: Double
  let replacedInteger: Int64

  init(_ node: NodeAttributes) throws {
    imputedFloats = (node.optionalFloats("imputed_value_floats") ?? []).map(Double.init)
    imputedIntegers = (node.optionalInts("imputed_value_int64s") ?? []).map(Int64.init)
    replacedFloat = Double(try node.float("replaced_value_float"))
    replacedInteger = Int64(try node.int("replaced_value_int64"))
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [Fact(try inputs.required(0).type)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let Y =
      X.elementType.isFloating
      ? try impute(X, X.doubles(), by: imputedFloats) {
        $0 == replacedFloat || ($0.isNaN && replacedFloat.isNaN)
      }
      : try impute(X, X.integers(), by: imputedIntegers) { $0 == replacedInteger }
    return [.tensor(Y)]
  }

  private func impute<W: WideNumber>(_ X: Tensor, _ x: [W], by new: [W], where isReplaced: (W) -> Bool) throws
    -> Tensor
  {
    let features = X.shape.last ?? 1
    guard new.count == 1 || (new.count == features && features > 0) else {
      throw OperatorError(
        .invalidAttribute,
        "\(new.count) imputed values of \(X.elementType) are given, but X has \(features) features")
    }
    let y = try x.enumerated().map(spending: 1) {
      isReplaced($1) ? new[new.count == 1 ? 0 : $0 % features] : $1
    }
    return Tensor(X.elementType, shape: X.shape, wide: y)
  }
}
