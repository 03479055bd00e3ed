import CTouchstone
import Testing
import Touchstone

/// What a C function gave: its code and, where it failed, its message.
struct Outcome {
  let code: Int32
  let message: String
}

/// Calls a C function with a place for its error, and frees that.
@discardableResult
func call(_ body: (UnsafeMutablePointer<OpaquePointer?>) -> Int32) -> Outcome {
  var error: OpaquePointer?
  let code = body(&error)
  let message = error.flatMap { touchstone_error_message($0).map { String(cString: $0) } } ?? ""
  #expect((code == 0) == (error == nil))
  if error != nil { #expect(touchstone_error_code(error) == code) }
  touchstone_error_free(error)
  return Outcome(code: code, message: message)
}

/// Calls a C function that makes a handle, which must succeed.
func make(
  sourceLocation: SourceLocation = #_sourceLocation,
  _ body: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<OpaquePointer?>) -> Int32
) -> OpaquePointer? {
  var handle: OpaquePointer?
  let outcome = call { body(&handle, $0) }
  #expect(outcome.code == 0, "\(outcome.message)", sourceLocation: sourceLocation)
  #expect(handle != nil, sourceLocation: sourceLocation)
  return handle
}

/// Calls a C function that makes a handle, which must fail as given and leave NULL.
func expectFailure(
  _ code: Int, mentioning fragment: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<OpaquePointer?>) -> Int32
) {
  var handle = OpaquePointer(bitPattern: 1)
  let outcome = call { body(&handle, $0) }
  #expect(outcome.code == Int32(code), "\(outcome.message)", sourceLocation: sourceLocation)
  #expect(outcome.message.contains(fragment), "\(outcome.message)", sourceLocation: sourceLocation)
  #expect(handle == nil, sourceLocation: sourceLocation)
}

/// A float tensor, copied.
func floats(_ elements: [Float], _ dims: [Int64]) -> OpaquePointer? {
  make { touchstone_tensor_copy(1, dims, dims.count, elements, elements.count * 4, $0, $1) }
}

/// An int64 tensor, copied.
func integers(_ elements: [Int64], _ dims: [Int64]) -> OpaquePointer? {
  make { touchstone_tensor_copy(7, dims, dims.count, elements, elements.count * 8, $0, $1) }
}

/// A string tensor of rank 1.
func strings(_ texts: [String]) -> OpaquePointer? {
  let copies = texts.map { Array($0.utf8CString) }
  let lengths = texts.map(\.utf8.count)
  var pointers: [UnsafePointer<CChar>?] = []
  func with(_ rest: ArraySlice<[CChar]>) -> OpaquePointer? {
    guard let first = rest.first else {
      return make {
        touchstone_tensor_strings([Int64(texts.count)], 1, pointers, lengths, texts.count, $0, $1)
      }
    }
    return first.withUnsafeBufferPointer { buffer in
      pointers.append(buffer.baseAddress)
      return with(rest.dropFirst())
    }
  }
  return with(copies[...])
}

/// The elements of a float tensor.
func floats(of value: OpaquePointer?) -> [Float] {
  var view = touchstone_tensor_view()
  #expect(call { touchstone_value_view(value, &view, $0) }.code == 0)
  #expect(view.element_type == 1 && view.byte_count == view.count * 4)
  return (0..<view.count).compactMap { view.data?.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
}

/// The dims of a tensor.
func dims(of value: OpaquePointer?) -> [Int64] {
  var view = touchstone_tensor_view()
  #expect(call { touchstone_value_view(value, &view, $0) }.code == 0)
  return Array(UnsafeBufferPointer(start: view.dims, count: Int(view.rank)))
}

/// The type string of a value.
func type(of value: OpaquePointer?) -> String {
  var text: UnsafePointer<CChar>?
  #expect(call { touchstone_value_type(value, &text, $0) }.code == 0)
  return text.map { String(cString: $0) } ?? ""
}

/// y = x + w, where w has a default that a run may replace.
func additionBytes() throws -> [UInt8] {
  func float(_ name: String, _ dims: [Dim]) -> ValueInfo {
    ValueInfo(name: name, type: .tensor(.float, dims))
  }
  let graph = Graph(
    name: "addition", nodes: [Node("Add", inputs: ["x", "w"], outputs: ["y"])],
    inputs: [float("x", [.param("N"), 2]), float("w", [2])], outputs: [float("y", [.param("N"), 2])],
    initializers: [Initializer(name: "w", tensor: Tensor(floats: [10, 20]))])
  var model = Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 21)], graph: graph)
  model.annotations.metadata = [StringPair(key: "purpose", value: "a test")]
  return try OnnxFile.serialize(model)
}
