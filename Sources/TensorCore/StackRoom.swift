import CSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Room on the stack for what calls itself: graphs within graphs, messages within messages. Their depth is bounded,
/// but a thread of another program may have no more than 128 KiB.
public enum StackRoom {
  /// Bytes for a model's file and its inference, however deep.
  public static let ofModel = 4 << 20
  /// Bytes for each of the graphs and functions that run one inside the other.
  public static let ofOneLevel = 32 << 10

  /// Calls `body` here where this thread has so many bytes left, else in a thread of its own that has them.
  public static func with<Result>(_ byteCount: Int, _ body: () throws -> Result) throws -> Result {
    guard system_stack_left() < byteCount else { return try body() }
    return try withoutActuallyEscaping(body) { body in
      let (stated, budget, work) = (MemoryLimit.stated, MemoryLimit.budget, WorkBudget.current)
      var result: Swift.Result<Result, any Error>?
      let errand = Errand {
        result = Swift.Result {
          try MemoryLimit.$stated.withValue(stated) {
            try MemoryLimit.$budget.withValue(budget) {
              try WorkBudget.$current.withValue(work, operation: body)
            }
          }
        }
      }
      // Where no thread is to be had, this one has to do.
      guard errand.run(stack: byteCount), let result else { return try body() }
      return try result.get()
    }
  }
}

/// Work for another thread, while this one waits.
private final class Errand {
  private let work: () -> Void

  init(_ work: @escaping () -> Void) { self.work = work }

  /// False where the system has no thread with such a stack.
  func run(stack byteCount: Int) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    guard pthread_attr_setstacksize(&attributes, byteCount) == 0 else { return false }
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let own = Unmanaged.passUnretained(self).toOpaque()
    let code = pthread_create(&thread, &attributes, { errand in Errand.work(of: errand) }, own)
    guard code == 0 else { return false }
    #if canImport(Glibc)
      pthread_join(thread, nil)
    #else
      if let thread { pthread_join(thread, nil) }
    #endif
    return true
  }

  private static func work(of pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let pointer else { return nil }
    Unmanaged<Errand>.fromOpaque(pointer).takeUnretainedValue().work()
    return nil
  }
}
