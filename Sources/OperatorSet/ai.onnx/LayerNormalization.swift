import GraphIR
import TensorCore

/// # LayerNormalization
///
/// Normalises the elements of the last axes by their mean and variance, then scales and shifts them.
///
///     Mean = Σ X / count      InvStdDev = 1 / √(Σ (X − Mean)² / count + ε)      over axis, axis + 1, …
///     Y = (X − Mean) · InvStdDev · Scale + B
///
/// - Inputs: `X` (T): any shape of rank 1 or more. `Scale` (T), `B` (T, optional): shapes that stretch to X.
/// - Outputs: `Y` (T): the shape of X. `Mean`, `InvStdDev` (U), optional: the shape of X with 1 from `axis`
///   on.
/// - Attributes: `axis`: the first axis to normalise, by default the last. `epsilon`: ε. `stash_type`: the
///   number of U, and the least precision of the normalisation; we compute in a wider one.
/// - Types: T is float16, float, double or bfloat16; U is float or bfloat16.
/// - Errors: `axis` out of range; `Scale` or `B` that do not stretch to X; `stash_type` not among U.
/// - Versions: 17.
/// - Source: onnx/defs/nn/defs.cc.
/// - Notes: TSN-0031 (the variance is that of the population); TSN-0036 (precision).
package struct LayerNormalization: Operator {
  private static let version17 = OperatorVersion(
    since: 17, inputs: [.single("X", "T"), .single("Scale", "T"), .optional("B", "T")],
    outputs: [.single("Y", "T"), .optional("Mean", "U"), .optional("InvStdDev", "U")],
    attributes: [.int("axis", -1), .float("epsilon", 1e-5), .int("stash_type", 1)],
    types: ["T": .floats, "U": .tensors(.bfloat16, .float)])
  package static let schema = OperatorSchema("LayerNormalization", versions: [version17])

  package let axis: Int
  package let epsilon: Double
  package let stashType: ElementType

  package init(_ node: NodeAttributes) throws {
    axis = try node.int("axis")
    epsilon = Double(try node.float("epsilon"))
    stashType = try node.floatingType("stash_type")
    guard stashType == .float || stashType == .bfloat16 else {
      throw OperatorError(.invalidAttribute, "stash_type is \(stashType), but must be float or bfloat16")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    try checkUnidirectional(try inputs.required(1).dims, to: X.dims, name: "Scale")
    try checkUnidirectional(inputs[2]?.dims, to: X.dims, name: "B")
    let statistics: [Dim]? = try X.dims.map { dims in
      let first = try resolveAxis(axis, rank: dims.count)
      return dims.indices.map { $0 < first ? dims[$0] : 1 }
    }
    return [Fact(X.type), .tensor(stashType, statistics), .tensor(stashType, statistics)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let first = try resolveAxis(axis, rank: X.rank)
    let scale = try unidirectional(try inputs.tensor(1), to: X.shape, name: "Scale").doubles()
    let B = try inputs.optionalTensor(2).map { try unidirectional($0, to: X.shape, name: "B").doubles() }
    let x = X.doubles()
    let length = X.shape[first...].product
    let rows = X.shape[..<first].product
    let moments = try (0..<rows).map { try Moments(x, at: ($0 * length)..<(($0 + 1) * length)) }
    let y = try x.indices.map(spending: 1) { i in
      moments[i / length].normalize(x[i], epsilon) * scale[i] + (B?[i] ?? 0)
    }
    let shape = X.shape[..<first] + X.shape[first...].map { _ in 1 }
    let inverse = moments.map { $0.inverseDeviation(epsilon) }
    return [
      .tensor(Tensor(X.elementType, shape: X.shape, rounding: y)),
      .tensor(Tensor(stashType, shape: Array(shape), rounding: moments.map(\.mean))),
      .tensor(Tensor(stashType, shape: Array(shape), rounding: inverse)),
    ]
  }
}
