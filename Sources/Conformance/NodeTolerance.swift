import TensorCore

/// How a value is judged that is not equal to the reference's.
public enum ToleranceReading: String, Sendable, CaseIterable, Codable {
  /// ONNX's own: |got − want| ≤ atol + rtol·|want|.
  case onnx
  /// At most some units in the last place.
  case ulp
  /// As far as rounding may bring two honest implementations apart, from the reference's own run.
  case derived
  /// The units in the last place that the tests of WebNN allow each operator.
  case webnn
}

/// What the tests of WebNN allow an operator, in units in the last place of the output's type.
///
/// Source: the conformance tests of WebNN in web-platform-tests.
package enum WebnnTolerance {
  private static let fixed: [String: Double] = [
    "Identity": 0, "Reshape": 0, "Transpose": 0, "Squeeze": 0, "Unsqueeze": 0, "Flatten": 0, "Concat": 0,
    "Split": 0, "Slice": 0, "Gather": 0, "Expand": 0, "Tile": 0, "Pad": 0, "Abs": 0, "Neg": 0, "Floor": 0,
    "Ceil": 0, "Relu": 0, "Min": 0, "Max": 0, "MaxPool": 0, "Where": 0, "Clip": 0,
    "Add": 1, "Sub": 1, "Mul": 1, "Sqrt": 1, "Div": 2, "Exp": 32, "Sigmoid": 34,
  ]

  /// The units allowed; nil for operators that the tests say nothing of.
  ///
  /// - Parameters:
  ///   - inputs: in the node's order; nil for one that is left out or no tensor.
  ///   - output: the value wanted.
  package static func ulps(of opType: String, inputs: [Tensor?], output: Tensor) -> Double? {
    if let units = fixed[opType] { return units }
    guard let first = inputs.first ?? nil else { return nil }
    let perOutput = Double(first.count) / Double(max(1, output.count))
    switch opType {
    case "MatMul": return 2 * Double(first.shape.last ?? 1)
    case "Gemm": return 2 * Double(first.count) / Double(max(1, output.shape.first ?? 1))
    case "Conv":
      guard inputs.count > 1, let filters = inputs[1], let count = filters.shape.first, count > 0 else {
        return nil
      }
      return 2 * Double(filters.count / count)
    case "GlobalAveragePool": return perOutput + 2
    case "ReduceSum": return perOutput
    case "Softmax": return 3 * Double(first.shape.last ?? 1) + 3
    default: return nil
    }
  }
}
