import GraphIR
import OperatorSet
import TensorCore
import Testing

/// An int64 tensor; the tables of data movement are made of them.
func int64s(_ values: [Int], _ shape: [Int]? = nil) -> Tensor { Tensor(int64: values, shape: shape) }

/// 0, 1, 2, … in row-major order: every element says where it stood.
func counting(_ shape: [Int]) -> Tensor { int64s(Array(0..<shape.reduce(1, *)), shape) }

/// What an operator infers of the given facts.
func infer(
  _ name: String, domain: String = "", opset: Int, _ attributes: [String: Attribute] = [:], _ inputs: [Fact?],
  outputCount: Int = 1
) throws -> [Fact] {
  let (type, version) = try OperatorRegistry.standard.resolve(name, domain: domain, opset: opset)
  let node = try NodeAttributes(
    attributes.map { NamedAttribute($0.key, $0.value) }, version: version,
    namedInputs: inputs.map { $0 != nil }, namedOutputs: Array(repeating: true, count: outputCount))
  return try type.init(node).infer(Inputs(inputs, parameters: version.inputs), NoSubgraphs())
}

extension Fact {
  /// An int64 list whose elements are known, some perhaps as symbols.
  static func list(_ elements: [Dim]) -> Fact {
    Fact(.tensor(.int64, [.value(elements.count)]), elements: elements)
  }

  /// A list of numbers, known to be constant.
  static func constant(_ numbers: [Int]) -> Fact { Fact(of: .tensor(int64s(numbers))) }
}
