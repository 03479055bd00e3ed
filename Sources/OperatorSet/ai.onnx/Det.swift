import GraphIR
import TensorCore

/// # Det
///
/// The determinant of each matrix of a stack.
///
///     Y[…] = det X[…, :, :]
///
/// - Inputs: `X` (T): […, M, M].
/// - Outputs: `Y` (T): the leading axes of X; a scalar for one matrix.
/// - Attributes: none.
/// - Types: T is float16, float or double; also bfloat16 from 22.
/// - Errors: a rank below 2; matrices that are not square.
/// - Versions: 11, 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0055: by elimination with the largest pivot, in double. The determinant of a matrix of extent
///   0 is 1.
struct Det: Operator {
  private static let version11 = OperatorVersion(
    since: 11, inputs: [.single("X", "T")], outputs: [.single("Y", "T")], types: ["T": .ieeeFloats])
  private static let version22 = version11.then(since: 22, "bfloat16", types: ["T": .floats])
  static let schema = OperatorSchema("Det", versions: [version11, version22])

  init(_ node: NodeAttributes) throws {}

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    guard let type = X.elementType else { return [.unknown] }
    if let dims = X.dims { try checkSquare(dims.map(\.number)) }
    return [.tensor(type, X.dims.map { Array($0.dropLast(2)) })]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    try checkSquare(X.shape)
    let (size, shape) = (X.shape[X.rank - 1], Array(X.shape.dropLast(2)))
    let x = X.doubles()
    let y = try (0..<shape.product).map(spending: size * size) { matrix in
      try determinant(
        (0..<size).map { row in
          let first = (matrix * size + row) * size
          return Array(x[first..<(first + size)])
        })
    }
    return [.tensor(Tensor(X.elementType, shape: shape, rounding: y))]
  }

  /// The product of the pivots of Gaussian elimination, negated for each exchange of rows.
  func determinant(_ rows: [[Double]]) throws -> Double {
    var work = Work()
    var rows = rows
    var result = 1.0
    for k in rows.indices {
      let pivot = rows[k...].indices.max { rows[$0][k].magnitude < rows[$1][k].magnitude } ?? k
      if rows[pivot][k] == 0 { return 0 }
      if pivot != k {
        rows.swapAt(pivot, k)
        result = -result
      }
      result *= rows[k][k]
      for i in (k + 1)..<max(rows.count, k + 1) {
        try work.spend(rows.count - k)
        let factor = rows[i][k] / rows[k][k]
        for j in k..<rows.count { rows[i][j] -= factor * rows[k][j] }
      }
    }
    return result
  }

  private func checkSquare(_ shape: [Int?]) throws {
    guard shape.count >= 2 else {
      throw OperatorError(.invalidShape, "X has rank \(shape.count), but must hold matrices")
    }
    if let rows = shape[shape.count - 2], let columns = shape[shape.count - 1], rows != columns {
      throw OperatorError(.invalidShape, "X holds matrices of \(rows) by \(columns), but they must be square")
    }
  }
}
