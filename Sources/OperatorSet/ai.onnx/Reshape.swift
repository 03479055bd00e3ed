import GraphIR
import TensorCore

/// # Reshape
///
/// The same elements, in the same row-major order, under another shape.
///
///     reshaped[i] = data[i]      i a flat position
///
/// - Inputs: `data` (T): any tensor. `shape` (tensor(int64), from 5): the new extents; −1 at most once, for what
///   is left over; 0 copies the extent of `data` at that axis unless `allowzero` is 1.
/// - Outputs: `reshaped` (T).
/// - Attributes: `shape` (1): the new extents. `allowzero` (from 14): 1 makes 0 mean an extent of zero.
///   `consumed_inputs` (1): a hint without effect.
/// - Types: T is a float type in 1, any type from 5, with the types of each later IR version.
/// - Errors: a number of elements that differs; −1 twice, or beside an extent of zero; 0 beyond the rank.
/// - Versions: 1, 5 (`shape` becomes an input), 13 (bfloat16), 14 (`allowzero`), 19 (float8), 21 (4-bit
///   integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0024 (0 and −1 with empty tensors).
struct Reshape: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("data", "T")], outputs: [.single("reshaped", "T")],
    attributes: [.optional("consumed_inputs", .ints), .optional("shape", .ints)], types: ["T": .ieeeFloats])
  private static let version5 = version1.then(
    since: 5, "shape becomes an input", inputs: [.single("data", "T"), .single("shape", "tensor(int64)")],
    removing: ["consumed_inputs", "shape"], types: ["T": .allTensors(ir: 3)])
  private static let version13 = version5.then(since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  private static let version14 = version13.then(
    since: 14, "allowzero", attributes: [.int("allowzero", 0)])
  private static let version19 = version14.then(since: 19, "float8", types: ["T": .allTensors(ir: 9)])
  private static let version21 = version19.then(
    since: 21, "4-bit integers", types: ["T": .allTensors(ir: 10)])
  private static let version23 = version21.then(since: 23, "float4e2m1", types: ["T": .allTensors(ir: 11)])
  private static let version24 = version23.then(since: 24, "float8e8m0", types: ["T": .allTensors(ir: 12)])
  private static let version25 = version24.then(
    since: 25, "2-bit integers", types: ["T": .allTensors(ir: 13)])
  static let schema = OperatorSchema(
    "Reshape",
    versions: [
      version1, version5, version13, version14, version19, version21, version23, version24, version25,
    ])

  var rounding: Rounding { .none }

  let shapeAttribute: [Int]?
  let allowZero: Bool

  init(_ node: NodeAttributes) throws {
    shapeAttribute = node.since < 5 ? try node.ints("shape") : nil
    allowZero = node.optionalInt("allowzero") == 1
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let data = try inputs.required(0)
    guard let type = data.elementType else { return [.unknown] }
    let target = try shapeAttribute.map { $0.map(Dim.value) } ?? inputs.required(1).elements
    guard let target else { return [.tensor(type, try rankOfShapeInput(inputs))] }
    var fact = Fact.tensor(type, try inferredDims(data.dims, target))
    fact.elements = data.elements
    return [fact]
  }

  /// Where the extents are unknown, the length of the shape input still tells the rank.
  private func rankOfShapeInput(_ inputs: Inputs<Fact>) throws -> [Dim]? {
    try inputs.required(1).listCount.flatMap(unknownDims)
  }

  private func inferredDims(_ data: [Dim]?, _ target: [Dim]) throws -> [Dim] {
    if let extents = data.flatMap(numbers), let wanted = numbers(target) {
      return try resolvedShape(wanted, for: extents).map(Dim.value)
    }
    var result = target.map { $0 == -1 ? .unknown : $0 }
    guard let data else { return allowZero ? result : result.map { $0 == 0 ? .unknown : $0 } }
    for axis in result.indices where target[axis] == 0 && !allowZero {
      result[axis] = axis < data.count ? data[axis] : .unknown
    }
    if let open = target.firstIndex(of: -1) {
      // An axis that keeps its extent under a name counts alike on both sides, as one that is copied.
      let kept = result.indices.filter { axis in
        axis < data.count
          && (target[axis] == 0 && !allowZero || result[axis].isName && result[axis] == data[axis])
      }
      let all = data.indices.filter { !kept.contains($0) }.map { data[$0] }
      let others = result.indices.filter { $0 != open && !kept.contains($0) }.map { result[$0] }
      result[open] = .quotient(all, by: others)
    }
    return result
  }

  private func numbers(_ dims: [Dim]) -> [Int]? {
    let numbers = dims.compactMap(\.number)
    return numbers.count == dims.count ? numbers : nil
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let data = try inputs.tensor(0)
    let target = try shapeAttribute ?? inputs.tensor(1).ints()
    return [.tensor(data.reshaped(try resolvedShape(target, for: data.shape)))]
  }

  /// The extents that `target` means for a tensor of shape `data`: 0 copied, −1 computed.
  func resolvedShape(_ target: [Int], for data: [Int]) throws -> [Int] {
    var shape = try target.enumerated().map { axis, extent in
      guard extent == 0, !allowZero else { return extent }
      guard axis < data.count else {
        throw OperatorError(
          .invalidValue,
          "shape \(target) copies axis \(axis), but data of shape \(data) has only \(data.count)")
      }
      return data[axis]
    }
    let count = try elementCount(data)
    if let open = shape.firstIndex(of: -1) {
      let kept = target.indices.filter { target[$0] == 0 && !allowZero }
      let rest = try elementCount(data.indices.map { kept.contains($0) ? 1 : data[$0] })
      let others = try elementCount(shape.indices.map { $0 == open || kept.contains($0) ? 1 : shape[$0] })
      guard others > 0 ? rest % others == 0 : rest == 0 && !allowZero else {
        throw OperatorError(.invalidShape, "no extent for -1 makes shape \(target) hold \(count) elements")
      }
      shape[open] = others > 0 ? rest / others : 0
    }
    guard try elementCount(shape) == count else {
      throw OperatorError(
        .invalidShape, "shape \(target) means \(shape), which does not hold the \(count) elements of \(data)")
    }
    return shape
  }
}
