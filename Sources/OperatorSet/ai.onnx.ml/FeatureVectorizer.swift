import GraphIR
import TensorCore

/// # FeatureVectorizer
///
/// Tensors side by side in one matrix of features.
///
///     Y[n] = X[0][n] followed by X[1][n], …
///
/// - Inputs: `X` (T1), variadic: [N, C] each; [C] counts as one row, and further axes belong to the features.
/// - Outputs: `Y` (tensor(float)): [N, sum of the widths].
/// - Attributes: `inputdimensions`: the width of each input, by default what it has; a wider input is cut, a
///   narrower one filled with 0.
/// - Types: T1 is float, double, int32 or int64.
/// - Errors: numbers of rows that differ; another number of widths than of inputs; a scalar.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: TSN-0064: cutting and filling are not in the text; ONNX's reference and ONNX Runtime do both.
struct FeatureVectorizer: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.variadic("X", "T1")], outputs: [.single("Y", "tensor(float)")],
    attributes: [.optional("inputdimensions", .ints)], types: ["T1": .indices | .tensors(.double, .float)])
  static let schema = OperatorSchema("FeatureVectorizer", domain: "ai.onnx.ml", versions: [version1])

  var rounding: Rounding { .once }

  let widths: [Int]?

  init(_ node: NodeAttributes) throws {
    widths = node.optionalInts("inputdimensions")
    if let widths, widths.count != node.inputCount || widths.contains(where: { $0 < 0 || $0 >= 1 << 31 }) {
      throw OperatorError(
        .invalidAttribute, "inputdimensions \(widths) must hold a width for each of \(node.inputCount) inputs"
      )
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let rows = FeatureRows.dim(try inputs.required(0))
    return [.tensor(.float, [rows, widths.map { .value($0.reduce(0, +)) } ?? .unknown])]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let tensors = try inputs.tensors()
    let blocks = try tensors.enumerated().map { index, X in
      guard let first = X.shape.first else {
        throw OperatorError(.invalidShape, "input \(index) is a scalar, but must have features")
      }
      let rows = X.rank == 1 ? 1 : first
      let width = X.rank == 1 ? first : X.shape.dropFirst().product
      return (rows: rows, width: width, values: X.doubles())
    }
    let rows = blocks.first?.rows ?? 0
    guard blocks.allSatisfy({ $0.rows == rows }) else {
      throw OperatorError(
        .invalidShape, "the inputs have \(blocks.map(\.rows)) rows, but must have as many each")
    }
    let targets = widths ?? blocks.map(\.width)
    let total = targets.reduce(0, +)
    _ = try elementCount([rows, total])
    var Y: [Double] = []
    for n in 0..<rows {
      try Work.spend(total)
      for (block, width) in zip(blocks, targets) {
        Y += block.values[(n * block.width)..<(n * block.width + min(width, block.width))]
        Y += [Double](repeating: 0, count: max(0, width - block.width))
      }
    }
    return [.tensor(Tensor(.float, shape: [rows, total], rounding: Y))]
  }
}
