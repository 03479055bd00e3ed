import Synchronization

/// The objects behind the handles that C holds.
///
/// A handle is a number, not an address, and no number is used twice: so a handle that was freed, was never
/// given out, or is of another kind is found out instead of dereferenced.
final class HandleTable: Sendable {
  static let shared = HandleTable()

  private struct State {
    var objects: [UInt: any AnyObject & Sendable] = [:]
    var lastHandle: UInt = 0
  }
  private let state = Mutex(State())

  /// A new handle for `object`.
  func insert(_ object: any AnyObject & Sendable) -> OpaquePointer? {
    let number = state.withLock { state in
      // Steps of 16 let a handle look like the address of an object to whoever checks alignment.
      state.lastHandle += 16
      state.objects[state.lastHandle] = object
      return state.lastHandle
    }
    return OpaquePointer(bitPattern: number)
  }

  /// The object behind a handle; nil where there is none of that type.
  func find<Object: AnyObject & Sendable>(_ handle: OpaquePointer?, as _: Object.Type = Object.self)
    -> Object?
  {
    guard let handle else { return nil }
    return state.withLock { $0.objects[UInt(bitPattern: handle)] } as? Object
  }

  /// Forgets a handle of an object of the given type; anything else is left alone.
  func remove<Object: AnyObject & Sendable>(_ handle: OpaquePointer?, as _: Object.Type) {
    guard let handle else { return }
    let key = UInt(bitPattern: handle)
    // The object ends after the lock is released: its release callback may come back to this table.
    let removed = state.withLock { state in
      state.objects[key] is Object ? state.objects.removeValue(forKey: key) : nil
    }
    withExtendedLifetime(removed) {}
  }
}
