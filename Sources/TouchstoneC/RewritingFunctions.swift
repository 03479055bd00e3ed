import CTouchstone
import Touchstone

/// A model that C gives to be rewritten, and where the new one goes.
private struct Rewriting {
  private let given: touchstone_rewriting

  init(_ pointer: UnsafePointer<touchstone_rewriting>?) throws {
    guard let pointer else { throw ArgumentError("rewriting is NULL") }
    guard pointer.pointee.size >= MemoryLayout<touchstone_rewriting>.size else {
      throw ArgumentError(
        "rewriting.size is \(pointer.pointee.size), but must be \(MemoryLayout<touchstone_rewriting>.size)")
    }
    given = pointer.pointee
  }

  /// The bytes of what `transform` makes of the model, in a tensor; none where they were written to a file.
  func perform(_ transform: (Model) throws -> Model) throws -> ValueHandle {
    let old = try model()
    let new = try transform(old)
    guard given.output_path != nil else { return Self.handle(try OnnxFile.serialize(new)) }
    try OnnxFile.write(new, to: Arguments.text(given.output_path, "output_path"), inPlaceOf: old)
    return Self.handle([])
  }

  private func model() throws -> Model {
    guard given.path == nil else { return try OnnxFile.load(path: Arguments.text(given.path, "path")) }
    let folder = try given.external_data_folder.map { try Arguments.text($0, "external_data_folder") }
    let bytes = try [UInt8](Arguments.bytes(given.bytes, given.byte_count, "bytes"))
    return try OnnxFile.parse(bytes: bytes, externalDataFolder: folder)
  }

  private static func handle(_ bytes: [UInt8]) -> ValueHandle {
    ValueHandle(.tensor(Tensor(.uint8, shape: [bytes.count], elements: bytes)))
  }
}

/// The texts of an array that C gives.
private func texts(_ pointer: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int, _ name: String) throws
  -> [String]
{
  try Arguments.array(pointer, count, name).enumerated().map { index, text in
    try Arguments.text(text, "\(name)[\(index)]")
  }
}

@c @implementation
public func touchstone_optimize(
  _ rewriting: UnsafePointer<touchstone_rewriting>?, _ level: Int32, _ allowOtherValues: Int32,
  _ fuse: Int32, _ only: UnsafePointer<UnsafePointer<CChar>?>?, _ onlyCount: Int,
  _ skip: UnsafePointer<UnsafePointer<CChar>?>?, _ skipCount: Int, _ model: HandleSlot, _ error: ErrorSlot
) -> Int32 {
  creating(model, error, .loading) {
    var options = OptimizerOptions()
    guard (0...2).contains(level) else { throw ArgumentError("level is \(level), but must be 0, 1 or 2") }
    options.promise = [nil, .sameBits, .withinRounding][Int(level)]
    if allowOtherValues != 0 { options.promise = .otherValues }
    options.fusesIntoFunctions = fuse != 0
    let chosen = try texts(only, onlyCount, "only")
    options.only = chosen.isEmpty ? nil : Set(chosen)
    options.skip = Set(try texts(skip, skipCount, "skip"))
    let optimizer = try Optimizer(options)
    return try Rewriting(rewriting).perform { try optimizer.optimize($0).model }
  }
}

@c @implementation
public func touchstone_convert_version(
  _ rewriting: UnsafePointer<touchstone_rewriting>?, _ version: Int64, _ domain: UnsafePointer<CChar>?,
  _ model: HandleSlot, _ error: ErrorSlot
) -> Int32 {
  creating(model, error, .loading) {
    let domain = try domain.map { try Arguments.text($0, "domain") } ?? ""
    return try Rewriting(rewriting).perform {
      try convertVersion($0, to: Int(clamping: version), domain: domain)
    }
  }
}

@c @implementation
public func touchstone_inline_functions(
  _ rewriting: UnsafePointer<touchstone_rewriting>?, _ functions: UnsafePointer<UnsafePointer<CChar>?>?,
  _ functionCount: Int, _ exclude: Int32, _ model: HandleSlot, _ error: ErrorSlot
) -> Int32 {
  creating(model, error, .loading) {
    let names = try texts(functions, functionCount, "functions")
    return try Rewriting(rewriting).perform { model in
      try inlineFunctions(model) { function in
        names.contains { areSame($0, "\(function.domain):\(function.name)") } != (exclude != 0)
      }
    }
  }
}

@c @implementation
public func touchstone_extract_model(
  _ rewriting: UnsafePointer<touchstone_rewriting>?, _ inputs: UnsafePointer<UnsafePointer<CChar>?>?,
  _ inputCount: Int, _ outputs: UnsafePointer<UnsafePointer<CChar>?>?, _ outputCount: Int,
  _ model: HandleSlot, _ error: ErrorSlot
) -> Int32 {
  creating(model, error, .loading) {
    let (inputs, outputs) = (
      try texts(inputs, inputCount, "inputs"), try texts(outputs, outputCount, "outputs")
    )
    return try Rewriting(rewriting).perform { try extractModel($0, inputs: inputs, outputs: outputs) }
  }
}

@c @implementation
public func touchstone_outline_function(
  _ rewriting: UnsafePointer<touchstone_rewriting>?, _ nodes: UnsafePointer<Int64>?, _ nodeCount: Int,
  _ name: UnsafePointer<CChar>?, _ domain: UnsafePointer<CChar>?, _ model: HandleSlot, _ error: ErrorSlot
) -> Int32 {
  creating(model, error, .loading) {
    let positions = try Arguments.array(nodes, nodeCount, "nodes").map { Int(clamping: $0) }
    let name = try Arguments.text(name, "name")
    let domain = try domain.map { try Arguments.text($0, "domain") } ?? "local"
    return try Rewriting(rewriting).perform {
      try outlineFunction($0, nodes: positions, name: name, domain: domain)
    }
  }
}

@c @implementation
public func touchstone_session_save_optimized_model(
  _ session: OpaquePointer?, _ path: UnsafePointer<CChar>?, _ error: ErrorSlot
) -> Int32 {
  guarded(error) {
    let handle: SessionHandle = try Arguments.object(session, "session")
    try handle.session.saveOptimizedModel(to: Arguments.text(path, "path"))
  }
}
