import GraphIR
import TensorCore
import Testing

/// One row of a table for operators of single elements: numbers in, numbers out, tried in each of several types.
struct NumberCase: CustomTestStringConvertible, Sendable {
  let name: String
  let opset: Int
  let attributes: [String: Attribute]
  let types: [ElementType]
  let inputs: [[Double]]
  let output: [Double]
  let outputType: ElementType?
  let relativeTolerance: Double

  init(
    _ name: String, _ opset: Int, _ attributes: [String: Attribute], _ types: [ElementType],
    _ inputs: [[Double]], gives output: [Double], as outputType: ElementType? = nil,
    relativeTolerance: Double = 0
  ) {
    self.name = name
    self.opset = opset
    self.attributes = attributes
    self.types = types
    self.inputs = inputs
    self.output = output
    self.outputType = outputType
    self.relativeTolerance = relativeTolerance
  }

  /// A row without attributes.
  init(
    _ name: String, _ opset: Int, _ types: [ElementType], _ inputs: [[Double]], gives output: [Double],
    as outputType: ElementType? = nil, relativeTolerance: Double = 0
  ) {
    self.init(
      name, opset, [:], types, inputs, gives: output, as: outputType, relativeTolerance: relativeTolerance)
  }

  var testDescription: String { "\(name) \(opset) \(attributes) \(types)" }

  func check() throws {
    for type in types {
      try OperatorCase(
        opset: opset, attributes,
        inputs.map { Tensor(type, shape: [$0.count], rounding: $0, saturate: false) },
        gives: [Tensor(outputType ?? type, shape: [output.count], rounding: output)],
        relativeTolerance: type == .double ? relativeTolerance : 0, "\(type)"
      ).check(name)
    }
  }
}
