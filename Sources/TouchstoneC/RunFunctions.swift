import CTouchstone
import Synchronization
import Touchstone

@c @implementation
public func touchstone_run_options_init(_ options: UnsafeMutablePointer<touchstone_run_options>?) {
  options?.pointee = touchstone_run_options(
    size: MemoryLayout<touchstone_run_options>.size, seed: 0, has_seed: 0, reserved: 0, terminate: nil)
}

private func runOptions(_ pointer: UnsafePointer<touchstone_run_options>?, seed: UInt64) throws -> RunOptions
{
  var options = RunOptions()
  options.seed = seed
  guard let pointer else { return options }
  guard pointer.pointee.size >= MemoryLayout<touchstone_run_options>.size else {
    throw ArgumentError(
      "options.size is \(pointer.pointee.size), but must be \(MemoryLayout<touchstone_run_options>.size); "
        + "touchstone_run_options_init sets it")
  }
  let given = pointer.pointee
  if given.has_seed != 0 { options.seed = given.seed }
  if let terminate = given.terminate {
    // The caller keeps it alive during the run, and another thread may set it while this one reads.
    nonisolated(unsafe) let flag = UnsafeRawPointer(terminate).assumingMemoryBound(to: Atomic<Int32>.self)
    options.checkCancellation = {
      if flag.pointee.load(ordering: .relaxed) != 0 { throw CancellationError() }
    }
  }
  return options
}

@c @implementation
public func touchstone_session_run(
  _ session: OpaquePointer?, _ options: UnsafePointer<touchstone_run_options>?,
  _ inputNames: UnsafePointer<UnsafePointer<CChar>?>?, _ inputs: UnsafePointer<OpaquePointer?>?,
  _ inputCount: Int,
  _ outputNames: UnsafePointer<UnsafePointer<CChar>?>?, _ outputCount: Int, _ outputs: HandleSlot,
  _ error: ErrorSlot
) -> Int32 {
  guarded(error, .running) {
    guard outputCount >= 0, outputs != nil || outputCount == 0 else { throw ArgumentError("outputs is NULL") }
    // Only after the check below is `outputCount` known to be right, but the caller has said there is room.
    for index in 0..<outputCount { outputs?[index] = nil }
    let handle: SessionHandle = try Arguments.object(session, "session")
    let feeds = try feeds(inputNames, inputs, inputCount)
    let names = try outputNames.map { names in
      try Arguments.array(names, outputCount, "output_names").enumerated().map {
        try Arguments.text($1, "output_names[\($0)]")
      }
    }
    let wanted = names ?? handle.session.outputs.map(\.name)
    guard wanted.count == outputCount else {
      throw ArgumentError("output_count is \(outputCount), but the model has \(wanted.count) outputs")
    }
    let results = try handle.session.run(
      feeds, outputs: wanted, options: runOptions(options, seed: handle.seed))
    for (index, name) in wanted.enumerated() {
      guard let value = results[name] else { throw OperatorErrorWithoutValue(name: name) }
      outputs?[index] = HandleTable.shared.insert(ValueHandle(value))
    }
  }
}

/// The session gave no value for a name that it had accepted.
private struct OperatorErrorWithoutValue: Error, CustomStringConvertible {
  let name: String
  var description: String { "the run gave no value for '\(name)'" }
}

private func feeds(
  _ names: UnsafePointer<UnsafePointer<CChar>?>?, _ inputs: UnsafePointer<OpaquePointer?>?, _ count: Int
) throws -> NamedValues {
  let names = try Arguments.array(names, count, "input_names")
  let inputs = try Arguments.array(inputs, count, "inputs")
  var feeds: NamedValues = [:]
  for index in 0..<count {
    let name = try Arguments.text(names[index], "input_names[\(index)]")
    let value = try Arguments.value(inputs[index], "inputs[\(index)], for '\(name)',")
    guard feeds.updateValue(value, forKey: name) == nil else {
      throw ArgumentError("input_names holds '\(name)' twice")
    }
  }
  return feeds
}
