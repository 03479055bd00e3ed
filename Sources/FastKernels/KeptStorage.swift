import Synchronization
import TensorCore

/// What a kernel makes of inputs that are the same in every run: made when it is first needed, and kept.
final class KeptStorage: Sendable {
  private let kept = Mutex<Storage?>(nil)

  /// What `make` gives the first time it is asked for. It is made outside the run's budget: it belongs to the session, as
  /// the weights do.
  ///
  /// - Parameter check: asked before it is made, within the run's budget.
  func storage(checking check: () throws -> Void = {}, _ make: () throws -> Storage) throws -> Storage {
    try kept.withLock { kept in
      if let kept { return kept }
      try check()
      let storage = try MemoryLimit.$budget.withValue(nil, operation: make)
      kept = storage
      return storage
    }
  }
}
