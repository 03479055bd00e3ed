import GraphIR
import OperatorSet
import TensorCore
import Testing

/// A tensor of any number type, by default of rank 1.
func numbers(_ type: ElementType, _ values: [Double], _ shape: [Int]? = nil) -> Tensor {
  Tensor(type, shape: shape ?? [values.count], rounding: values, saturate: false)
}

/// A float tensor, by default of rank 1.
func floats(_ values: [Double], _ shape: [Int]? = nil) -> Tensor { numbers(.float, values, shape) }

/// A tensor of strings of rank 1.
func texts(_ values: [String]) -> Tensor { Tensor(strings: values, shape: [values.count]) }

/// One line of a table of tests: evaluates, infers and compares.
func tries(
  _ name: String, _ opset: Int, _ attributes: [String: Attribute] = [:], _ inputs: [Tensor?],
  gives outputs: [Tensor], domain: String = "", tolerance: Double = 0, _ note: String = ""
) throws {
  try OperatorCase(opset: opset, attributes, inputs, gives: outputs, relativeTolerance: tolerance, note)
    .check(name, domain: domain)
}

/// Expects that evaluating the operator throws.
func fails(
  _ name: String, _ opset: Int, _ attributes: [String: Attribute] = [:], _ inputs: [Tensor?],
  _ kind: OperatorError.Kind, mentioning fragment: String, domain: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectError(kind, mentioning: fragment, sourceLocation: sourceLocation) {
    _ = try evaluate(name, domain: domain, opset: opset, attributes, inputs.map { $0.map(Value.tensor) })
  }
}
