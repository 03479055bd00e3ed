import Execution
import GraphIR
import OperatorSet
import Synchronization
import TensorCore

/// Operators that look at every row of their input by itself: rows are shared among threads, each part by the
/// definition.
enum RowKernels {
  static let all = [
    Kernel("treeensemble.rows", for: TreeEnsemble.self, evaluate),
    Kernel("treeensembleclassifier.rows", for: TreeEnsembleClassifier.self, evaluate),
    Kernel("treeensembleregressor.rows", for: TreeEnsembleRegressor.self, evaluate),
  ]

  /// Rows of a part: as many as walk a tree one after the other.
  private static let partRows = 64

  @Sendable
  private static func evaluate(_ node: some Operator, _ inputs: Inputs<Value>, _ context: KernelContext)
    throws
    -> [Value]?
  {
    let X = try inputs.tensor(0)
    guard X.rank == 2, X.shape[1] > 0, X.shape[0] > partRows else { return nil }
    let (rows, length) = (X.shape[0], X.shape[1])
    let count = (rows + partRows - 1) / partRows
    let parts = Mutex([[Value]?](repeating: nil, count: count))
    context.forEachChunk(count) { chunk in
      let own = (chunk * partRows)..<min((chunk + 1) * partRows, rows)
      let elements = X.elements((own.lowerBound * length)..<(own.upperBound * length))
      let part = Inputs<Value>([.tensor(elements.reshaped([own.count, length]))], parameters: [])
      let outputs = try? node.evaluate(part, PlainContext())
      parts.withLock { $0[chunk] = outputs }
    }
    // What a part refuses, the definition refuses, and says why.
    let done = parts.withLock { $0.compactMap(\.self) }
    guard done.count == count else { return nil }
    return done[0].indices.map { output in .tensor(joined(done.compactMap { tensor($0[output]) }, rows: rows))
    }
  }

  private static func tensor(_ value: Value) -> Tensor? {
    if case .tensor(let tensor) = value { tensor } else { nil }
  }

  private static func joined(_ parts: [Tensor], rows: Int) -> Tensor {
    Tensor.joining(parts, as: parts[0].elementType, shape: [rows] + parts[0].shape.dropFirst())
  }
}
