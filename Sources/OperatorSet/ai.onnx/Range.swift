import GraphIR
import TensorCore

/// # Range
///
/// Evenly spaced numbers from a first one up to a limit that is not reached.
///
///     output[i] = start + i · delta      i = 0, 1, …, max(⌈(limit − start) / delta⌉, 0) − 1
///
/// - Inputs: `start` (T), `limit` (T), `delta` (T): one number each.
/// - Outputs: `output` (T): of rank 1.
/// - Attributes: `stash_type` (from 27, default 1, float): the precision of the steps for float16 and
///   bfloat16.
/// - Types: T is float, double, int16, int32 or int64; float16 and bfloat16 from 27.
/// - Errors: a delta of zero; a number of elements that is not finite; inputs of other than one element.
/// - Versions: 11, 27 (float16, bfloat16, `stash_type`).
/// - Source: onnx/defs/generator/defs.cc, old.cc.
/// - Notes: TSN-0059: the count and each element are computed in double and rounded once, not by repeated
///   addition. The type is not called Range, which is a type of Swift.
struct RangeOperator: Operator {
  private static let version11 = OperatorVersion(
    since: 11, inputs: [.single("start", "T"), .single("limit", "T"), .single("delta", "T")],
    outputs: [.single("output", "T")], types: ["T": .indices | .tensors(.double, .float, .int16)])
  private static let version27 = version11.then(
    since: 27, "float16 and bfloat16, stash_type", attributes: [.int("stash_type", 1)],
    types: ["T": .floats | .indices | .tensors(.int16)])
  static let schema = OperatorSchema("Range", versions: [version11, version27])

  let stash: ElementType

  init(_ node: NodeAttributes) throws {
    stash = node.has("stash_type") ? try node.elementType("stash_type") : .float
    guard stash == .float || stash == .double else {
      throw OperatorError(.invalidAttribute, "stash_type is \(stash), but must be float (1) or double (11)")
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let facts = try (0..<3).map(inputs.required)
    guard let type = facts.lazy.compactMap(\.elementType).first else { return [.unknown] }
    let numbers = facts.compactMap { $0.integers?.first }.map(Int64.init)
    guard numbers.count == 3 else { return [.tensor(type, [.unknown])] }
    let count = try elementCount([Self.count(numbers[0], numbers[1], numbers[2])])
    var fact = Fact.tensor(type, [.value(count)])
    if count <= 4_096 {
      fact.elements = (0..<Int64(count)).map { .value(Int(numbers[0] &+ $0 &* numbers[2])) }
    }
    return [fact]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let type = try inputs.tensor(0).elementType
    if type.isInteger {
      let (start, limit, delta): (Int64, Int64, Int64) = try (
        inputs.scalar(0), inputs.scalar(1), inputs.scalar(2)
      )
      let count = try elementCount([Self.count(start, limit, delta)])
      let values = try (0..<Int64(count)).map(spending: 1) { start &+ $0 &* delta }
      return [.tensor(Tensor(type, shape: [count], wrapping: values))]
    }
    let (start, limit, delta): (Double, Double, Double) = try (
      inputs.scalar(0), inputs.scalar(1), inputs.scalar(2)
    )
    let count = try elementCount([Self.count(start, limit, delta)])
    // Narrow types step in the precision of stash_type, so product and sum are each rounded to it.
    let stepsInFloat = type.bitWidth < 32 && stash == .float
    let values = try (0..<count).map(spending: 1) { i in
      stepsInFloat ? Double(Float(start) + Float(i) * Float(delta)) : start + Double(i) * delta
    }
    return [.tensor(Tensor(type, shape: [count], rounding: values))]
  }

  private static func count(_ start: Double, _ limit: Double, _ delta: Double) throws -> Int {
    let count = ((limit - start) / delta).rounded(.up)
    guard delta != 0, count.isFinite else {
      throw OperatorError(
        .invalidValue, "from \(start) to \(limit) by \(delta) there is no finite number of steps")
    }
    return Int(Int64(clamping: max(count, 0)))
  }

  private static func count(_ start: Int64, _ limit: Int64, _ delta: Int64) throws -> Int {
    guard delta != 0 else { throw OperatorError(.invalidValue, "delta is 0, but must not be") }
    guard delta > 0 ? limit > start : limit < start else { return 0 }
    // The distance may need all 64 bits without a sign.
    let distance = UInt64(bitPattern: delta > 0 ? limit &- start : start &- limit)
    return Int(clamping: (distance - 1) / delta.magnitude + 1)
  }
}
