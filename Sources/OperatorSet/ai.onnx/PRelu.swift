import GraphIR
import TensorCore

/// # PRelu
///
/// The element itself if it is not negative, otherwise a multiple of it that is learned.
///
///     Y[i] = x                 x ≥ 0, x = X[i]
///          = slope[i] · x      x < 0
///
/// - Inputs: `X` (T): any shape. `slope` (T): a shape that broadcasts to that of X; before 7 one element,
///   or one for each channel (axis 1).
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `consumed_inputs` (1): a hint without effect.
/// - Types: T is float16, float or double, from 9 also integers of 32 and 64 bits, from 16 also bfloat16.
/// - Errors: `slope` that does not broadcast to the shape of X.
/// - Versions: 1, 6 (no consumed_inputs), 7 (slope broadcasts by NumPy's rule), 9 (integers of 32 and 64
///   bits), 16 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0015 (a NaN stays a NaN).
package struct PRelu: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("X", "T"), .single("slope", "T")],
    outputs: [.single("Y", "T")],
    attributes: [.optional("consumed_inputs", .ints)],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "no consumed_inputs", removing: ["consumed_inputs"])
  private static let version7 = version6.then(
    since: 7, "slope broadcasts by NumPy's rule")
  private static let version9 = version7.then(
    since: 9, "integers of 32 and 64 bits", types: ["T": .ieeeFloats | .integers32And64])
  private static let version16 = version9.then(
    since: 16, "bfloat16", types: ["T": .floats | .integers32And64])
  package static let schema = OperatorSchema(
    "PRelu", versions: [version1, version6, version7, version9, version16])

  package var rounding: Rounding { .once }

  /// Whether a slope of one axis belongs to the channels, axis 1 of X.
  package let slopesAreChannels: Bool

  package init(_ node: NodeAttributes) throws { slopesAreChannels = node.since < 7 }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [Fact(try inputs.required(0).type)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let slope = try slopes(inputs.tensor(1), for: X.shape)
    return [.tensor(try X.elementType.inWideNumbers(SlopeElements(X: X, slope: slope)))]
  }

  /// `slope`, repeated to the shape of X.
  func slopes(_ slope: Tensor, for shape: [Int]) throws -> Tensor {
    if slope.count == 1 { return slope.repeated(shape) }
    var slope = slope
    if slopesAreChannels && slope.rank == 1 && shape.count > 1 && slope.shape != shape {
      slope = slope.reshaped(slope.shape + [Int](repeating: 1, count: shape.count - 2))
    }
    guard try broadcastShape([slope.shape, shape]) == shape else {
      throw OperatorError(
        .invalidShape, "slope of shape \(slope.shape) does not broadcast to X of shape \(shape)")
    }
    return slope.broadcast(to: shape)
  }
}

private struct SlopeElements: WideBody {
  let X: Tensor
  let slope: Tensor
  func run<W: WideNumber>(_: W.Type) throws -> Tensor {
    let y = try zip(W.elements(of: X), W.elements(of: slope)).map(spending: 1) { x, slope in
      x < .zero ? slope &* x : x
    }
    return Tensor(X.elementType, shape: X.shape, wide: y)
  }
}
