import CTouchstone
import Touchstone

/// What the caller did wrong with one argument.
struct ArgumentError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// An error as C sees it: a code and a text that lives as long as the handle.
final class ErrorHandle: Sendable {
  let code: Int32
  let message: CText

  init(code: Int32, message: String) {
    self.code = code
    self.message = CText(message)
  }
}

/// What was going on when an error was thrown: the same error means another code.
enum Phase { case calling, loading, running }

/// The code that stands for an error.
func failureCode(_ error: any Error, in phase: Phase) -> Int32 {
  let code: Int
  switch error {
  case is ArgumentError, is FeedError, is UnknownRuleError: code = TOUCHSTONE_INVALID_ARGUMENT
  case is CancellationError: code = TOUCHSTONE_CANCELLED
  case let error as LoadError:
    switch error.kind {
    case .notFound, .unreadable: code = TOUCHSTONE_NO_SUCH_FILE
    case .unsupported: code = TOUCHSTONE_UNSUPPORTED
    case .unwritable: code = TOUCHSTONE_FAILED
    case .malformed, .limit, .unsafePath: code = TOUCHSTONE_INVALID_MODEL
    }
  case let error as ModelError:
    code = error.kind == .unsupported ? TOUCHSTONE_UNSUPPORTED : TOUCHSTONE_INVALID_MODEL
  case let error as NodeError: code = failureCode(error.kind, in: phase)
  case let error as OperatorError: code = failureCode(error.kind, in: phase)
  case is InliningError, is ConversionError: code = TOUCHSTONE_UNSUPPORTED
  case is ShapeError: code = phase == .loading ? TOUCHSTONE_INVALID_MODEL : TOUCHSTONE_FAILED
  default: code = TOUCHSTONE_INTERNAL
  }
  return Int32(code)
}

private func failureCode(_ kind: OperatorError.Kind, in phase: Phase) -> Int {
  switch kind {
  case .unsupported: TOUCHSTONE_UNSUPPORTED
  case .internalError: TOUCHSTONE_INTERNAL
  case .invalidAttribute, .invalidType, .invalidShape, .invalidValue:
    phase == .loading ? TOUCHSTONE_INVALID_MODEL : TOUCHSTONE_FAILED
  }
}

/// Where a function puts its error.
public typealias ErrorSlot = UnsafeMutablePointer<OpaquePointer?>?
/// Where a function puts a handle that it creates.
public typealias HandleSlot = UnsafeMutablePointer<OpaquePointer?>?

/// Runs `body` for C: its error becomes a code, and a handle in `slot`.
func guarded(_ slot: ErrorSlot, _ phase: Phase = .calling, _ body: () throws -> Void) -> Int32 {
  slot?.pointee = nil
  do {
    try body()
    return Int32(TOUCHSTONE_OK)
  } catch {
    let code = failureCode(error, in: phase)
    slot?.pointee = HandleTable.shared.insert(ErrorHandle(code: code, message: "\(error)"))
    return code
  }
}

/// Runs `body` for C and puts a handle of what it makes into `result`.
func creating<Object: AnyObject & Sendable>(
  _ result: HandleSlot, _ slot: ErrorSlot, _ phase: Phase = .calling, _ body: () throws -> Object
) -> Int32 {
  result?.pointee = nil
  return guarded(slot, phase) {
    guard let result else { throw ArgumentError("the pointer that shall receive the result is NULL") }
    result.pointee = HandleTable.shared.insert(try body())
  }
}

// MARK: - Errors

@c @implementation
public func touchstone_error_code(_ error: OpaquePointer?) -> Int32 {
  HandleTable.shared.find(error, as: ErrorHandle.self)?.code ?? Int32(TOUCHSTONE_INVALID_ARGUMENT)
}

@c @implementation
public func touchstone_error_message(_ error: OpaquePointer?) -> UnsafePointer<CChar>! {
  (HandleTable.shared.find(error, as: ErrorHandle.self)?.message ?? noError).pointer
}

@c @implementation
public func touchstone_error_free(_ error: OpaquePointer?) {
  HandleTable.shared.remove(error, as: ErrorHandle.self)
}

private let noError = CText("the handle is NULL, was freed, or is no error")

// MARK: - Version

private let version = CText(touchstoneVersion)

@c @implementation
public func touchstone_version() -> UnsafePointer<CChar>! { version.pointer }

@c @implementation
public func touchstone_abi_version() -> Int32 { TOUCHSTONE_ABI_VERSION }
