import GraphIR
import TensorCore

/// The element type that a `dtype` attribute asks for, or that of an input without it.
struct OutputType: Sendable {
  private let given: ElementType?
  private let allowed: TypeSet?

  /// Reads `dtype`.
  ///
  /// - Throws: `OperatorError` where it is no element type, or not one that the first output may have.
  init(_ node: NodeAttributes) throws {
    given = node.has("dtype") ? try node.elementType("dtype") : nil
    allowed = node.version.outputs.first.flatMap { node.version.types[$0.type] }
    if let given { _ = try checked(given) }
  }

  /// The type, given that of the input; nil where neither is known.
  func resolved(input: ElementType?) throws -> ElementType? { try (given ?? input).map(checked) }

  /// The type, given that of the input.
  func resolved(input: ElementType) throws -> ElementType { try checked(given ?? input) }

  private func checked(_ type: ElementType) throws -> ElementType {
    guard let allowed, !allowed.contains(.tensor(type, nil)) else { return type }
    throw OperatorError(
      .invalidType,
      "the output would be \(type)\(given == nil ? " like the input" : ""), but must be one of \(allowed)")
  }
}

/// An operator that fills a tensor with random numbers: of the shape in attribute `shape`, or of its input.
protocol RandomFilling: Operator {
  /// `dtype`, by default the input's type.
  var outputType: OutputType { get }
  /// `shape`; nil where an input has the shape.
  var shape: [Int]? { get }
  /// `seed`.
  var seed: Float? { get }
  /// The number at flat position `index`.
  func draw(_ random: RandomNumbers, _ index: Int) -> Double
}

extension RandomFilling {
  static var isDeterministic: Bool { false }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let like = shape == nil ? try inputs.required(0) : nil
    if let shape { _ = try elementCount(shape) }
    guard let type = try outputType.resolved(input: like?.elementType) else { return [.unknown] }
    return [.tensor(type, like?.dims ?? shape.map { $0.map(Dim.value) })]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let like = shape == nil ? try inputs.tensor(0) : nil
    let shape = like?.shape ?? shape ?? []
    let type = try outputType.resolved(input: like?.elementType ?? .float)
    let random = RandomNumbers(seed: seed, context)
    let y = try (0..<elementCount(shape)).map(spending: 1) { draw(random, $0) }
    return [.tensor(Tensor(type, shape: shape, rounding: y))]
  }
}
