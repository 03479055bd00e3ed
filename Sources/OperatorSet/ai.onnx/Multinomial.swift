import GraphIR
import TensorCore

/// # Multinomial
///
/// Draws classes at random, given the logarithms of their unnormalised probabilities.
///
///     output[b, k] = the first c with Σ j ≤ c  e^input[b, j] > u · Σ j  e^input[b, j]
///
/// where each u is drawn from the uniform distribution on [0, 1).
///
/// - Inputs: `input` (T1): [batch, classes], logarithms; −∞ for a class that never comes.
/// - Outputs: `output` (T2): [batch, `sample_size`], numbers of classes.
/// - Attributes: `sample_size`: how many classes to draw for each row, by default 1. `dtype`: int32 (the
///   default) or int64. `seed`: the generator's seed, by default the run's own.
/// - Types: T1 is float16, float or double, from 22 also bfloat16; T2 is int32 or int64.
/// - Errors: another rank than 2; a row without a finite largest number; a negative `sample_size`; another
///   `dtype`.
/// - Versions: 7, 22 (bfloat16).
/// - Source: onnx/defs/generator/defs.cc, old.cc.
/// - Notes: TSN-0032 (Philox4x32-10; the same numbers in every run with the same seed).
struct Multinomial: Operator {
  private static let version7 = OperatorVersion(
    since: 7,
    inputs: [.single("input", "T1")],
    outputs: [.single("output", "T2")],
    attributes: [.int("dtype", 6), .int("sample_size", 1), .optional("seed", .float)],
    types: ["T1": .ieeeFloats, "T2": .indices])
  private static let version22 = version7.then(
    since: 22, "bfloat16", types: ["T1": .floats])
  static let schema = OperatorSchema("Multinomial", versions: [version7, version22])

  let outputType: OutputType
  let sampleSize: Int
  let seed: Float?

  static var isDeterministic: Bool { false }

  init(_ node: NodeAttributes) throws {
    outputType = try OutputType(node)
    sampleSize = try node.int("sample_size")
    seed = node.optionalFloat("seed")
    guard sampleSize >= 0 else {
      throw OperatorError(.invalidAttribute, "sample_size is \(sampleSize), but must not be negative")
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    let type = try outputType.resolved(input: .int32)
    if let rank = input.rank, rank != 2 { throw rankError(rank) }
    return [.tensor(type, [input.dim(0), .value(sampleSize)])]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    guard input.rank == 2 else { throw rankError(input.rank) }
    let (batch, classes) = (input.shape[0], input.shape[1])
    let shape = [batch, sampleSize]
    _ = try elementCount(shape)
    let x = input.doubles()
    let random = RandomNumbers(seed: seed, context)
    var y: [Int64] = []
    var work = Work()
    for b in 0..<batch {
      let sums = try cumulativeProbabilities(x[(b * classes)..<((b + 1) * classes)])
      for k in 0..<sampleSize {
        try work.spend(classes)
        y.append(draw(sums, random.uniform(b * sampleSize + k)))
      }
    }
    return [.tensor(Tensor(try outputType.resolved(input: .int32), shape: shape, wrapping: y))]
  }

  /// The sums of the first 1, 2, … probabilities of one row, not normalised.
  private func cumulativeProbabilities(_ logarithms: ArraySlice<Double>) throws -> [Double] {
    let largest = logarithms.reduce(-Double.infinity) { $1.isNaN || $1 > $0 ? $1 : $0 }
    guard largest.isFinite, !logarithms.contains(where: \.isNaN) else {
      throw OperatorError(
        .invalidValue, "a row of input has the largest logarithm \(largest), but must be finite")
    }
    var sum = 0.0
    return try logarithms.map(spending: 1) { x in
      sum += exp(x - largest)
      return sum
    }
  }

  private func draw(_ sums: [Double], _ u: Double) -> Int64 {
    guard let total = sums.last else { return 0 }
    // Rounding may lift u · total up to total; then the last class that adds to the sum is meant.
    return Int64(sums.firstIndex { $0 > u * total } ?? sums.firstIndex(of: total) ?? 0)
  }

  private func rankError(_ rank: Int) -> OperatorError {
    OperatorError(.invalidShape, "input has rank \(rank), but must be [batch, classes]")
  }
}
