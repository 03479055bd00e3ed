import GraphIR
import TensorCore

/// A window that is a sum of cosines: output[n] = a₀ − a₁·cos(2πn / D) + a₂·cos(4πn / D), where D is the size
/// of a periodic window and one less for a symmetric one (BlackmanWindow, HammingWindow, HannWindow).
protocol CosineWindow: LeavesValuesOpen {
  /// a₀, a₁, a₂.
  static var coefficients: (Double, Double, Double) { get }
  var isPeriodic: Bool { get }
  var outputType: ElementType { get }
}

/// The attribute `output_datatype`, which must be a type that the named type parameter allows.
func outputDatatype(_ node: NodeAttributes, allowedBy parameter: String) throws -> ElementType {
  let type = try node.elementType("output_datatype")
  guard node.version.types[parameter]?.contains(.tensor(type, nil)) != false else {
    throw OperatorError(.invalidAttribute, "output_datatype is \(type), which \(parameter) does not allow")
  }
  return type
}

extension CosineWindow {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(outputType, try checkedExtents([inputs.required(0).elements?.first ?? .unknown]))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let size: Int64 = try inputs.scalar(0)
    let count = try elementCount([Int(size)])
    let (a0, a1, a2) = Self.coefficients
    let D = Double(isPeriodic ? count : count - 1)
    let output = try (0..<count).map(spending: 1) { n in
      // A symmetric window of one cell is its peak.
      let angle = count == 1 && !isPeriodic ? Double.pi : 2 * Double.pi * Double(n) / D
      return a0 - a1 * cos(angle) + a2 * cos(2 * angle)
    }
    return [.tensor(Tensor(outputType, shape: [count], rounding: output))]
  }

  /// The formula divides 0 by 0 where a symmetric window has one cell (TSN-0054).
  package func openValues(of index: Int, _ inputs: Inputs<Value>, _ context: any EvaluationContext) throws
    -> [OpenValue]
  {
    let size: Int64 = try inputs.scalar(0)
    return size == 1 && !isPeriodic ? [OpenValue(note: "TSN-0054", kind: .undefined([0]))] : []
  }
}
