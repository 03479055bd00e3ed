import GraphIR
import TensorCore

/// # ArrayFeatureExtractor
///
/// Some columns of a tensor.
///
///     Z[…, k] = X[…, Y[k]]
///
/// - Inputs: `X` (T): […, F], of rank 1 or more. `Y` (tensor(int64)): places on the last axis; its shape is
///   ignored.
/// - Outputs: `Z` (T): […, number of places]; [1, number] for a vector.
/// - Attributes: none.
/// - Types: T is float, double, int32, int64 or string.
/// - Errors: a scalar X; a place that is negative or beyond the last axis.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: TSN-0064: a vector gives a matrix of one row, as in ONNX's case and ONNX Runtime.
struct ArrayFeatureExtractor: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T"), .single("Y", "tensor(int64)")], outputs: [.single("Z", "T")],
    types: ["T": .indices | .tensors(.double, .float, .string)])
  static let schema = OperatorSchema("ArrayFeatureExtractor", domain: "ai.onnx.ml", versions: [version1])

  var rounding: Rounding { .none }

  init(_ node: NodeAttributes) throws {}

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (X, Y) = (try inputs.required(0), try inputs.required(1))
    guard let type = X.elementType else { return [.unknown] }
    guard let dims = X.dims else { return [.tensor(type, nil)] }
    guard !dims.isEmpty else { throw scalarError }
    let count = Y.dims.map(Dim.product) ?? .unknown
    return [.tensor(type, (dims.count == 1 ? [1] : Array(dims.dropLast())) + [count])]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (X, places) = (try inputs.tensor(0), try inputs.tensor(1).ints())
    guard let features = X.shape.last else { throw scalarError }
    if let bad = places.first(where: { $0 < 0 || $0 >= features }) {
      throw OperatorError(.invalidValue, "Y holds \(bad), but X has \(features) columns")
    }
    let rows = places.isEmpty ? 0 : X.shape.dropLast().product
    let shape = (X.rank == 1 ? [1] : Array(X.shape.dropLast())) + [places.count]
    _ = try elementCount(shape)
    let positions = try (0..<rows).flatMap(spending: places.count) { row in places.map { row * features + $0 }
    }
    return [.tensor(X.selecting(positions, shape: shape))]
  }

  private var scalarError: OperatorError {
    OperatorError(.invalidShape, "X is a scalar, but must have columns")
  }
}
