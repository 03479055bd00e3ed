import Analysis
import GraphIR
import OperatorSet
import TensorCore

/// Computes what is always the same, within limits: no model makes it compute without end.
struct Folding {
  /// The outputs of an operator that neither draws nor has subgraphs, of which so many are named.
  typealias Evaluation = OptimizerOptions.Evaluation

  private let evaluate: Evaluation
  /// Elementary steps that all foldings of a model may still take, roughly.
  private var stepsLeft = 1 << 26
  /// Bytes that all constants which it computes may still take: each weight may be computed anew a few times.
  private var bytesLeft: Int

  /// - Parameter model: the one whose constants are computed.
  init(_ evaluate: @escaping Evaluation, of model: Model) {
    self.evaluate = evaluate
    bytesLeft = 4 * ModelSize(of: model).parameterBytes + 1 << 26
  }

  /// Whether there is still room for constants of so many bytes, which then is less.
  mutating func takesRoom(for bytes: Int) -> Bool {
    guard bytes <= bytesLeft else { return false }
    bytesLeft -= bytes
    return true
  }

  /// The outputs of an operator for constants, none of which takes more than `bytes`; nil where they take more,
  /// are empty or cost too much, or where the operator fails.
  ///
  /// - Parameter facts: what is inferred of the outputs.
  mutating func outputs(
    of definition: any Operator, _ inputs: Inputs<Value>, facts: [Fact], bytes: Int
  ) -> [Value]? {
    let counts = facts.compactMap { fact in fact.extents.flatMap { try? elementCount($0) } }
    guard counts.count == facts.count, counts.allSatisfy({ $0 > 0 && $0 <= bytes }) else { return nil }
    let steps = Self.steps(definition, inputs, counts)
    guard steps < stepsLeft else { return nil }
    let outer = WorkBudget.current
    let work = WorkBudget(limit: stepsLeft) { try outer?.check() }
    defer { stepsLeft -= max(steps, min(work.spent, work.limit)) }
    // Definitions compute in doubles, beside what they are given and give.
    let memory = MemoryBudget(limit: min(MemoryLimit.bytes, 64 * bytes))
    return MemoryLimit.$budget.withValue(memory) {
      WorkBudget.$current.withValue(work) {
        let outputs = try? evaluate(definition, inputs, counts.count)
        return work.end == nil ? outputs : nil
      }
    }
  }

  /// What a matrix product costs, from the sizes of its operands and its result; for others those sizes, of
  /// which many are moved in the time of one multiplication of a definition.
  private static func steps(_ definition: any Operator, _ inputs: Inputs<Value>, _ outputs: [Int]) -> Int {
    let sizes = (0..<inputs.count).map { index -> Int in
      guard case .tensor(let tensor)? = inputs[index] else { return 0 }
      return tensor.count
    }
    let visited = (sizes + outputs).reduce(0, +)
    guard definition.rounding == .sumOfProducts, let largest = outputs.max() else { return visited / 16 }
    let operands = sizes.sorted().suffix(2).map(Double.init)
    return visited + Int(operands.reduce(Double(largest), *).squareRoot())
  }
}
