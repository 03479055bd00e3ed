import CTouchstone
import GraphIR
import ModelFile
import TestSupport
import TouchstoneC

/// Bytes as calls of the C ABI: which function, and on which of the handles, some of them freed or of another
/// kind.
struct ForeignCalls {
  private var choices: SplitMix
  /// Values, errors and sessions alike; C does not tell them apart.
  private var handles: [OpaquePointer?] = [nil, OpaquePointer(bitPattern: 24)]
  private let model: [UInt8]

  private static let types = [
    "tensor(float)", "seq(tensor(int64))", "map(string,tensor(float))", "", "optional(",
  ]

  /// The most calls of one input.
  private static let mostCalls = 40

  init(_ bytes: [UInt8]) {
    choices = SplitMix(choices: bytes)
    let graph = Graph(
      name: "g", nodes: [Node("Add", inputs: ["x", "x"], outputs: ["y"])],
      inputs: [ValueInfo(name: "x", type: .tensor(.float, [.param("N")]))],
      outputs: [ValueInfo(name: "y", type: nil)])
    let imports = [OpsetImport(domain: "", version: 21)]
    model = (try? OnnxFile.serialize(Model(irVersion: 10, opsetImports: imports, graph: graph))) ?? []
  }

  mutating func run() {
    for _ in 0..<Self.mostCalls { call() }
    for handle in handles {
      touchstone_value_free(handle)
      touchstone_session_free(handle)
      touchstone_error_free(handle)
    }
  }

  private mutating func call() {
    let handle = choices.one(of: handles)
    var (made, error): (OpaquePointer?, OpaquePointer?) = (nil, nil)
    switch choices.below(14) {
    case 0, 1: made = tensor(&error)
    case 2: made = container(&error)
    case 3:
      var dims = dims()
      if dims.isEmpty { dims = [0] }
      touchstone_sparse_tensor(handle, choices.one(of: handles), dims, dims.count, &made, &error)
    case 4: read(handle, &error)
    case 5: touchstone_value_element(handle, choices.below(4), &made, &error)
    case 6: touchstone_value_keys(handle, &made, &error)
    case 7:
      let count = choices.happens(90) ? model.count : 7
      touchstone_session_create_from_bytes(model, count, nil, nil, &made, &error)
    case 8, 9: made = runSession(handle, &error)
    case 10: touchstone_infer_shapes(model, model.count, 1, 1, 1, &made, &error)
    case 11: touchstone_value_free(handle)
    case 12: touchstone_session_free(handle)
    default:
      _ = touchstone_error_code(handle)
      touchstone_error_free(handle)
    }
    handles += [made, error]
  }

  private mutating func dims() -> [Int64] {
    (0..<choices.below(4)).map { _ in choices.happens(90) ? Int64(choices.below(4)) : .max }
  }

  private mutating func tensor(_ error: inout OpaquePointer?) -> OpaquePointer? {
    var made: OpaquePointer?
    let dims = dims()
    let bytes = [UInt8](repeating: 1, count: choices.below(40))
    let type = Int32(choices.below(31))
    if choices.happens(50) {
      touchstone_tensor_copy(type, dims, dims.count, bytes, bytes.count, &made, &error)
    } else {
      let floats = [Float](repeating: 1, count: 3)
      touchstone_tensor_copy(1, [3], 1, floats, 12, &made, &error)
    }
    return made
  }

  private mutating func container(_ error: inout OpaquePointer?) -> OpaquePointer? {
    var made: OpaquePointer?
    let elements = (0..<choices.below(4)).map { _ in choices.one(of: handles) }
    let type = choices.one(of: Self.types)
    switch choices.below(3) {
    case 0: touchstone_sequence(elements, elements.count, type, &made, &error)
    case 1: touchstone_map(choices.one(of: handles), elements, elements.count, type, &made, &error)
    default: touchstone_optional(choices.one(of: handles), type, &made, &error)
    }
    return made
  }

  private mutating func read(_ handle: OpaquePointer?, _ error: inout OpaquePointer?) {
    var view = touchstone_tensor_view()
    if touchstone_value_view(handle, &view, &error) == 0, let data = view.data {
      // What the view promises can be read.
      _ = UnsafeRawBufferPointer(start: data, count: view.byte_count).reduce(0) { $0 &+ Int($1) }
    }
    touchstone_error_free(error)
    error = nil
    var count = 0
    touchstone_session_port_count(handle, Int32(choices.below(4)), &count, &error)
  }

  private mutating func runSession(_ session: OpaquePointer?, _ error: inout OpaquePointer?) -> OpaquePointer?
  {
    let input = choices.one(of: handles)
    var made: OpaquePointer?
    "x".withCString { x in
      "y".withCString { y in
        let (inputs, outputs): ([UnsafePointer<CChar>?], [UnsafePointer<CChar>?]) = ([x], [y])
        _ = touchstone_session_run(session, nil, inputs, [input], 1, outputs, 1, &made, &error)
      }
    }
    return made
  }
}
