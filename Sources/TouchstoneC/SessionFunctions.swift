import CTouchstone
import Touchstone

/// A session with the texts and numbers that C reads of it.
final class SessionHandle: @unchecked Sendable {
  // Everything is written in `init` alone.
  let session: InferenceSession
  let seed: UInt64
  let ports: [[touchstone_port_info]]
  let metadata: touchstone_metadata
  private let memory = CMemory()

  init(_ session: InferenceSession, seed: UInt64) {
    self.session = session
    self.seed = seed
    let memory = self.memory
    ports = [session.inputs, session.outputs, session.overridableInitializers].map { infos in
      infos.map { Self.describe($0, in: memory) }
    }
    let model = session.metadata
    metadata = touchstone_metadata(
      producer_name: memory.text(model.producerName), producer_version: memory.text(model.producerVersion),
      graph_name: memory.text(model.graphName), domain: memory.text(model.domain),
      description: memory.text(model.description), graph_description: memory.text(model.graphDescription),
      version: Int64(model.version), ir_version: Int64(model.irVersion),
      custom_count: model.customMetadata.count,
      custom_keys: memory.texts(model.customMetadata.map(\.key)),
      custom_values: memory.texts(model.customMetadata.map(\.value)))
  }

  private static func describe(_ info: ValueInfo, in memory: CMemory) -> touchstone_port_info {
    var elementType: ElementType?
    var dims: [Dim]?
    switch info.type {
    case .tensor(let type, let extents)?, .sparseTensor(let type, let extents)?:
      (elementType, dims) = (type, extents)
    default: break
    }
    return touchstone_port_info(
      name: memory.text(info.name), type: info.type.map { memory.text($0.typeString) },
      element_type: elementType?.rawValue ?? 0, rank: dims.map { Int32(clamping: $0.count) } ?? -1,
      dims: memory.array((dims ?? []).map { Int64($0.number ?? -1) }),
      dim_params: memory.texts(
        (dims ?? []).map { dim in
          guard case .param(let name) = dim else { return nil }
          return name
        }))
  }

  func port(_ port: Int32) throws -> [touchstone_port_info] {
    guard ports.indices.contains(Int(port)) else {
      throw ArgumentError(
        "port is \(port), but must be 0 (inputs), 1 (outputs) or 2 (overridable initializers)")
    }
    return ports[Int(port)]
  }
}

// MARK: - Options

@c @implementation
public func touchstone_session_options_init(_ options: UnsafeMutablePointer<touchstone_session_options>?) {
  options?.pointee = touchstone_session_options(
    size: MemoryLayout<touchstone_session_options>.size, graph_optimization_level: 99,
    intra_op_num_threads: 0,
    use_kernels: 1, reserved: 0, seed: 0, memory_limit: 0)
}

/// The options that C gives, and the seed of the session's runs.
private func sessionOptions(_ pointer: UnsafePointer<touchstone_session_options>?) throws -> (
  SessionOptions, UInt64
) {
  var options = SessionOptions.standard
  guard let pointer else { return (options, 0) }
  guard pointer.pointee.size >= MemoryLayout<touchstone_session_options>.size else {
    throw ArgumentError(
      "options.size is \(pointer.pointee.size), but must be "
        + "\(MemoryLayout<touchstone_session_options>.size); "
        + "touchstone_session_options_init sets it")
  }
  let given = pointer.pointee
  guard let level = GraphOptimizationLevel(rawValue: Int(given.graph_optimization_level)) else {
    throw ArgumentError(
      "graph_optimization_level is \(given.graph_optimization_level), but must be 0, 1, 2 or 99")
  }
  guard given.intra_op_num_threads >= 0 else {
    throw ArgumentError("intra_op_num_threads is \(given.intra_op_num_threads), but must not be negative")
  }
  options.graphOptimizationLevel = level
  options.intraOpThreadCount = Int(given.intra_op_num_threads)
  if given.use_kernels == 0 { options.kernels = .none }
  if given.memory_limit > 0 { options.memoryLimit = Int(clamping: given.memory_limit) }
  return (options, given.seed)
}

// MARK: - Creating

@c @implementation
public func touchstone_session_create_from_file(
  _ path: UnsafePointer<CChar>?, _ options: UnsafePointer<touchstone_session_options>?, _ session: HandleSlot,
  _ error: ErrorSlot
) -> Int32 {
  creating(session, error, .loading) {
    let (options, seed) = try sessionOptions(options)
    return SessionHandle(
      try InferenceSession(path: Arguments.text(path, "path"), options: options), seed: seed)
  }
}

@c @implementation
public func touchstone_session_create_from_bytes(
  _ bytes: UnsafeRawPointer?, _ byteCount: Int, _ externalDataFolder: UnsafePointer<CChar>?,
  _ options: UnsafePointer<touchstone_session_options>?, _ session: HandleSlot, _ error: ErrorSlot
) -> Int32 {
  creating(session, error, .loading) {
    let (options, seed) = try sessionOptions(options)
    let folder = try externalDataFolder.map { try Arguments.text($0, "external_data_folder") }
    let bytes = try [UInt8](Arguments.bytes(bytes, byteCount, "bytes"))
    return SessionHandle(
      try InferenceSession(bytes: bytes, externalDataFolder: folder, options: options), seed: seed)
  }
}

@c @implementation
public func touchstone_session_free(_ session: OpaquePointer?) {
  HandleTable.shared.remove(session, as: SessionHandle.self)
}

// MARK: - Describing

@c @implementation
public func touchstone_session_port_count(
  _ session: OpaquePointer?, _ port: Int32, _ count: UnsafeMutablePointer<Int>?, _ error: ErrorSlot
) -> Int32 {
  guarded(error) {
    let handle: SessionHandle = try Arguments.object(session, "session")
    try store(handle.port(port).count, in: count, "count")
  }
}

@c @implementation
public func touchstone_session_port_info(
  _ session: OpaquePointer?, _ port: Int32, _ index: Int, _ info: UnsafeMutablePointer<touchstone_port_info>?,
  _ error: ErrorSlot
) -> Int32 {
  guarded(error) {
    let handle: SessionHandle = try Arguments.object(session, "session")
    let ports = try handle.port(port)
    guard ports.indices.contains(index) else {
      throw ArgumentError("index is \(index), but there are \(ports.count)")
    }
    try store(ports[index], in: info, "info")
  }
}

@c @implementation
public func touchstone_session_metadata(
  _ session: OpaquePointer?, _ metadata: UnsafeMutablePointer<touchstone_metadata>?, _ error: ErrorSlot
) -> Int32 {
  guarded(error) {
    let handle: SessionHandle = try Arguments.object(session, "session")
    try store(handle.metadata, in: metadata, "metadata")
  }
}

/// Puts a result where C wants it.
func store<Result>(_ result: Result, in place: UnsafeMutablePointer<Result>?, _ name: String) throws {
  guard let place else { throw ArgumentError("\(name) is NULL") }
  place.pointee = result
}

// MARK: - Shape inference

@c @implementation
public func touchstone_infer_shapes(
  _ bytes: UnsafeRawPointer?, _ byteCount: Int, _ checkType: Int32, _ strictMode: Int32, _ dataProp: Int32,
  _ model: HandleSlot, _ error: ErrorSlot
) -> Int32 {
  creating(model, error, .loading) {
    let bytes = try [UInt8](Arguments.bytes(bytes, byteCount, "bytes"))
    let inferred = try inferShapes(
      modelBytes: bytes, checkType: checkType != 0, strictMode: strictMode != 0, dataProp: dataProp != 0)
    return ValueHandle(.tensor(Tensor(.uint8, shape: [inferred.count], elements: inferred)))
  }
}
