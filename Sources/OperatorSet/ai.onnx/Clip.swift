import GraphIR
import TensorCore

/// # Clip
///
/// Each element, or the bound of an interval that it lies beyond.
///
///     output[i] = min(max(input[i], min), max)
///
/// - Inputs: `input` (T): any shape. `min`, `max` (T, from 11), optional: one element each.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: `min`, `max` (to 6): the bounds; in 6 by default the ends of the range of a float.
///   `consumed_inputs` (1): a hint without effect.
/// - Types: T is float16, float or double, from 12 also integers, from 13 also bfloat16.
/// - Errors: a bound of more than one element.
/// - Versions: 1, 6 (defaults of min and max), 11 (min and max become inputs), 12 (integers), 13
///   (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0014 (min above max gives max; a NaN, in `input` or a bound, gives NaN; an omitted bound
///   does not bound); TSN-0050 (0 keeps its sign at a bound of 0).
package struct Clip: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("input", "T")],
    outputs: [.single("output", "T")],
    attributes: [.optional("consumed_inputs", .ints), .optional("max", .float), .optional("min", .float)],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "defaults of min and max",
    attributes: [.float("max", 3.4028234663852886e+38), .float("min", -3.4028234663852886e+38)],
    removing: ["consumed_inputs"])
  private static let version11 = version6.then(
    since: 11, "min and max become inputs",
    inputs: [.single("input", "T"), .optional("min", "T"), .optional("max", "T")], removing: ["max", "min"])
  private static let version12 = version11.then(
    since: 12, "integers", types: ["T": .integers | .ieeeFloats])
  private static let version13 = version12.then(
    since: 13, "bfloat16", types: ["T": .integers | .floats])
  package static let schema = OperatorSchema(
    "Clip", versions: [version1, version6, version11, version12, version13])

  package var rounding: Rounding { .none }

  /// The bounds where they are attributes.
  package let attributeBounds: (min: Float?, max: Float?)?

  package init(_ node: NodeAttributes) throws {
    attributeBounds = node.since < 11 ? (node.optionalFloat("min"), node.optionalFloat("max")) : nil
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    for index in 1...2 {
      guard let dims = inputs[index]?.dims, let extent = dims.first(where: { $0.number ?? 1 != 1 }) else {
        continue
      }
      throw OperatorError(
        .invalidShape, "\(inputs.name(index)) must hold one element, but has an extent of \(extent)")
    }
    return [Fact(try inputs.required(0).type)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    [.tensor(try inputs.tensor(0).elementType.inWideNumbers(ClipElements(clip: self, inputs: inputs)))]
  }
}

private struct ClipElements: WideBody {
  let clip: Clip
  let inputs: Inputs<Value>

  func run<W: WideNumber>(_: W.Type) throws -> Tensor {
    let input = try inputs.tensor(0)
    let (low, high): (W?, W?) = try bounds()
    let output = try W.elements(of: input).map(spending: 1) { x in
      var y = x
      if let low, y < low || low.isNaN { y = low }
      if let high, y > high || high.isNaN { y = high }
      return y
    }
    return Tensor(input.elementType, shape: input.shape, wide: output)
  }

  private func bounds<W: WideNumber>() throws -> (W?, W?) {
    if let bounds = clip.attributeBounds {
      return (bounds.min.map { W(truncating: Double($0)) }, bounds.max.map { W(truncating: Double($0)) })
    }
    return (inputs[1] == nil ? nil : try inputs.scalar(1), inputs[2] == nil ? nil : try inputs.scalar(2))
  }
}
