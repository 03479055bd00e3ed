import Execution
import GraphIR
import ModelFile
import TensorCore

/// Finds a value for every input of a model.
struct InputReader {
  let seed: UInt64
  let dims: DimAssignments

  /// The largest number of elements that a random input may have.
  private static let largestRandom = 1 << 28

  /// Inputs count against a limit of their own: a model may declare any number of them.
  func inputs(_ session: Session, files: [String], given: NamedValues) throws -> NamedValues {
    try MemoryLimit.$budget.withValue(MemoryBudget(limit: MemoryLimit.standard)) {
      do {
        return try values(session, files: files, given: given)
      } catch let error as ShapeError {
        throw UsageError("\(error)")
      }
    }
  }

  private func values(_ session: Session, files: [String], given: NamedValues) throws -> NamedValues {
    var values = try given.merging(Self.read(files, of: session.inputs + session.overridableInitializers))
    for (index, info) in session.inputs.enumerated() where values[info.name] == nil {
      values[info.name] = try random(info, stream: index)
    }
    return values
  }

  /// The values in files, each as NAME=FILE.
  static func read(_ files: [String], of inputs: [ValueInfo]) throws -> NamedValues {
    var values: NamedValues = [:]
    for text in files {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw UsageError("--input is '\(text)', but must be NAME=FILE") }
      let info = inputs.first { areSame($0.name, parts[0]) }
      values[parts[0]] = try read(parts[1], parts[0], as: info?.type)
    }
    return values
  }

  private static func read(_ path: String, _ name: String, as type: ValueType?) throws -> Value {
    var element: ElementType?
    if case .tensor(let type, _)? = type { element = type }
    if path.hasSuffix(".npy") { return .tensor(try NumpyFile.read(path: path, as: element)) }
    if path.hasSuffix(".npz") {
      let arrays = try NumpyFile.readArchive(path: path, types: element.map { [name: $0] } ?? [:])
      guard let found = arrays.first(where: { areSame($0.name, name) }) else {
        throw UsageError("\(path): holds no array '\(name)', only \(arrays.map(\.name))")
      }
      return .tensor(found.tensor)
    }
    guard path.hasSuffix(".pb") else { throw UsageError("\(path): must end in .npy, .npz or .pb") }
    guard let type else { return .tensor(try OnnxFile.readTensor(path: path).tensor) }
    return try OnnxFile.readValue(path: path, as: type)
  }

  /// Uniform in [0, 1) for floats, below 10 for integers, either for bools.
  private func random(_ info: ValueInfo, stream: Int) throws -> Value {
    guard case .tensor(let type, let declared?)? = info.type, type != .string else {
      throw UsageError(
        "input '\(shown(info.name))' is \(info.type.map { shown("\($0)") } ?? "of unstated type") "
          + "and cannot be drawn; give it by --input"
      )
    }
    let shape = try declared.map { dim in
      guard let extent = dims.value(of: dim) else {
        throw UsageError(
          "input '\(shown(info.name))' is \(shown("\(ValueType.tensor(type, declared))")): "
            + "give '\(shown("\(dim)"))' by --dim or the input by --input"
        )
      }
      return extent
    }
    let count = try elementCount(shape)
    guard count <= Self.largestRandom else {
      throw UsageError("input '\(shown(info.name))' has \(count) elements")
    }
    let blocks = stride(from: 0, to: count, by: Self.blockLength).map { min(Self.blockLength, count - $0) }
    var generator = SplitMix64(state: seed &+ UInt64(stream) &* 0x9e37_79b9_7f4a_7c15)
    let parts = try blocks.map {
      if blocks.count > 1 { try RunOptions.standard.checkCancellation() }
      return random(type, count: $0, &generator)
    }
    return .tensor(Tensor.joining(parts, as: type, shape: shape))
  }

  /// Numbers that are drawn at a time: all of a large tensor would take eight bytes each.
  private static let blockLength = 1 << 16

  private func random(_ type: ElementType, count: Int, _ generator: inout SplitMix64) -> Tensor {
    switch type.arithmetic {
    case .signed, .unsigned:
      Tensor(type, shape: [count], wrapping: (0..<count).map { _ in Int64(generator.next() % 10) })
    case .boolean: Tensor(bools: (0..<count).map { _ in generator.next() & 1 == 1 }, shape: [count])
    default: Tensor(type, shape: [count], rounding: (0..<count).map { _ in generator.unit() })
    }
  }
}
