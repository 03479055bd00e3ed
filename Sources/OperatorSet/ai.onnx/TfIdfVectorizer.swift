import GraphIR
import TensorCore

/// # TfIdfVectorizer
///
/// Counts how often each n-gram of a pool occurs in a sequence, perhaps weighted.
///
///     count(g) = number of (start, skip) with X[start + k·(skip + 1)] = g[k] for 0 ≤ k < n
///     Y[ngram_indexes[i]] = Σ over the i that share it of   count(gᵢ)                    (TF)
///                                                           min(count(gᵢ), 1)·weights[i]  (IDF)
///                                                           count(gᵢ)·weights[i]          (TFIDF)
///
/// - Inputs: `X` (T): [C], or [N, C] for N sequences.
/// - Outputs: `Y` (T1): [V] or [N, V], where V = max(ngram_indexes) + 1.
/// - Attributes: `pool_int64s`, `pool_strings`: one of them: the n-grams one after another, 1-grams first.
///   `ngram_counts`: where the 1-grams, 2-grams, … begin in the pool. `ngram_indexes`: for each n-gram its
///   place in the output. `weights`: for each n-gram, by default 1. `mode`: TF, IDF or TFIDF.
///   `min_gram_length`, `max_gram_length`: the lengths that count. `max_skip_count`: skips from 0 to this are
///   tried; 1-grams count once.
/// - Types: T is string, int32 or int64; T1 is float.
/// - Errors: both pools or none; a pool of another kind than X; lists that do not fit together; an X of
///   another rank.
/// - Versions: 9.
/// - Source: onnx/defs/nn/defs.cc.
/// - Notes: TSN-0035: weights[i] belongs to the i-th n-gram, as the text says, not to the i-th output.
struct TfIdfVectorizer: Operator {
  private static let version9 = OperatorVersion(
    since: 9,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T1")],
    attributes: [
      .required("max_gram_length", .int), .required("max_skip_count", .int),
      .required("min_gram_length", .int), .required("mode", .string), .required("ngram_counts", .ints),
      .required("ngram_indexes", .ints), .optional("pool_int64s", .ints), .optional("pool_strings", .strings),
      .optional("weights", .floats),
    ],
    types: ["T": .indices | .tensors(.string), "T1": .tensors(.float)])
  static let schema = OperatorSchema("TfIdfVectorizer", versions: [version9])

  enum Mode: String, CaseIterable { case TF, IDF, TFIDF }

  /// A word of a sequence: strings are compared by their bytes.
  enum Word: Hashable {
    case integer(Int64)
    case text([UInt8])
    init(_ text: String) { self = .text(Array(text.utf8)) }
  }

  /// Where the count of an n-gram goes.
  struct Entry {
    let output: Int
    let weight: Double
  }

  let mode: Mode
  let lengths: ClosedRange<Int>
  let maxSkip: Int
  let poolHoldsText: Bool
  let entries: [Entry]
  /// The entries of each n-gram of the pool.
  let pool: [[Word]: [Int]]
  let outputCount: Int

  init(_ node: NodeAttributes) throws {
    mode = try node.choice("mode")
    let (least, most) = (try node.int("min_gram_length"), try node.int("max_gram_length"))
    maxSkip = try node.int("max_skip_count")
    guard least >= 1, most >= least, maxSkip >= 0 else {
      throw OperatorError(
        .invalidAttribute, "the gram lengths \(least) to \(most) and max_skip_count \(maxSkip) make no range")
    }
    lengths = least...most
    let integers = node.optionalInts("pool_int64s")
    let strings = node.optionalStrings("pool_strings")
    guard (integers == nil) != (strings == nil) else {
      throw OperatorError(
        .invalidAttribute, "one of pool_int64s and pool_strings must be given, and not both")
    }
    poolHoldsText = strings != nil
    let words = integers?.map { Word.integer(Int64($0)) } ?? (strings ?? []).map { Word($0) }
    let grams = try TfIdfVectorizer.grams(words, starts: try node.ints("ngram_counts"))
    let outputs = try node.ints("ngram_indexes")
    let weights = node.optionalFloats("weights") ?? [Float](repeating: 1, count: outputs.count)
    guard outputs.count == grams.count, weights.count == grams.count,
      let last = outputs.max(), outputs.allSatisfy({ $0 >= 0 }), last < 1 << 31
    else {
      throw OperatorError(
        .invalidAttribute,
        "the pool holds \(grams.count) n-grams, but there are \(outputs.count) ngram_indexes "
          + "and \(weights.count) weights, or an index is negative")
    }
    outputCount = last + 1
    entries = zip(outputs, weights).map { Entry(output: $0, weight: Double($1)) }
    pool = Dictionary(grouping: grams.indices) { grams[$0] }
  }

  /// The n-grams of the pool in order; those of length n begin at the n-th start.
  private static func grams(_ words: [Word], starts: [Int]) throws -> [[Word]] {
    var grams: [[Word]] = []
    for (k, start) in starts.enumerated() {
      let end = k + 1 < starts.count ? starts[k + 1] : words.count
      guard start >= 0, start <= end, end <= words.count, (end - start) % (k + 1) == 0 else {
        throw OperatorError(
          .invalidAttribute, "ngram_counts \(starts) do not cut a pool of \(words.count) words into n-grams")
      }
      grams += stride(from: start, to: end, by: k + 1).map { Array(words[$0..<($0 + k + 1)]) }
    }
    return grams
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    guard let dims = try inputs.required(0).dims else { return [.tensor(.float, nil)] }
    try checkRank(dims.count)
    return [.tensor(.float, dims.dropLast() + [.value(outputCount)])]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    try checkRank(X.rank)
    guard (X.elementType == .string) == poolHoldsText else {
      throw OperatorError(
        .invalidType, "X is \(X.elementType), but the pool holds \(poolHoldsText ? "strings" : "integers")")
    }
    let words = poolHoldsText ? X.strings.map { Word($0) } : X.integers().map { Word.integer($0) }
    let C = X.shape[X.rank - 1]
    let rows = X.rank == 1 ? 1 : X.shape[0]
    let shape: [Int] = X.shape.dropLast() + [outputCount]
    var Y = [Double](repeating: 0, count: try elementCount(shape))
    for row in 0..<rows {
      for (entry, count) in try counts(Array(words[(row * C)..<((row + 1) * C)])) {
        let (output, weight) = (entries[entry].output, entries[entry].weight)
        let term =
          switch mode {
          case .TF: Double(count)
          case .IDF: weight
          case .TFIDF: Double(count) * weight
          }
        Y[row * outputCount + output] += term
      }
    }
    return [.tensor(Tensor(.float, shape: shape, rounding: Y))]
  }

  /// How often each entry's n-gram is found, for those that are.
  private func counts(_ words: [Word]) throws -> [(Int, Int)] {
    var work = Work()
    var counts: [Int: Int] = [:]
    for n in lengths.lowerBound..<max(lengths.lowerBound, min(lengths.upperBound, words.count) + 1) {
      let skips = n == 1 ? 0 : min(maxSkip, words.count)
      for distance in 1...(skips + 1) where (n - 1) * distance < words.count {
        for start in 0..<(words.count - (n - 1) * distance) {
          try work.spend(n)
          let gram = (0..<n).map { words[start + $0 * distance] }
          for entry in pool[gram] ?? [] { counts[entry, default: 0] += 1 }
        }
      }
    }
    try work.settle()
    return counts.sorted { $0.key < $1.key }
  }

  private func checkRank(_ rank: Int) throws {
    guard rank == 1 || rank == 2 else {
      throw OperatorError(.invalidShape, "X has rank \(rank), but must be [C] or [N, C]")
    }
  }
}
