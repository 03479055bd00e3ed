import CRuntimeHeaders
import Execution
import TensorCore

/// OpenVINO's numbers of element types. They have changed between releases, so each is learnt when it is first asked
/// for, from a model of one Identity node: to read one takes about a millisecond.
final class OpenVinoElementTypes {
  private let library: OpenVinoLibrary
  /// What has been learnt; nil for a type that OpenVINO does not have.
  private var codes: [ElementType: UInt32?] = [:]

  init(_ library: OpenVinoLibrary) { self.library = library }

  /// - Throws: `ProviderFailure` for a type that OpenVINO does not have.
  func code(_ type: ElementType) throws -> UInt32 {
    guard let code = learnt(type) else {
      throw ProviderFailure(.unsupported, "OpenVINO \(library.version) has no tensors of \(type)")
    }
    return code
  }

  /// - Throws: `ProviderFailure` for a number that is that of no type of ONNX.
  func type(_ code: UInt32) throws -> ElementType {
    guard let type = ElementType.allCases.first(where: { learnt($0) == code }) else {
      throw ProviderFailure(
        .unsupported, "OpenVINO gives elements of its type \(code), which ONNX does not have")
    }
    return type
  }

  private func learnt(_ type: ElementType) -> UInt32? {
    if let known = codes[type] { return known }
    // A model of strings may end the process; an empty tensor of them says the same.
    let code = try? type == .string ? codeOfTexts() : codeOfModel(type)
    codes[type] = .some(code)
    return code
  }

  /// Only read, never compiled.
  private func codeOfModel(_ type: ElementType) throws -> UInt32 {
    let functions = library.functions
    let model = try library.read(IdentityModel.bytes(type))
    defer { functions.freeModel(model) }
    let port = try library.made("port") { functions.inputAt(model, 0, &$0) }
    defer { functions.freePort(port) }
    var code: UInt32 = 0
    try library.check(functions.portType(port, &code))
    return code
  }

  private func codeOfTexts() throws -> UInt32 {
    let functions = library.functions
    var dims: [Int64] = [0]
    let tensor = try dims.withUnsafeMutableBufferPointer { dims in
      try withCStrings([]) { texts in
        try library.made("tensor") {
          functions.createStrings(texts, 0, OvShape(rank: 1, dims: dims.baseAddress), &$0)
        }
      }
    }
    defer { functions.freeTensor(tensor) }
    var code: UInt32 = 0
    try library.check(functions.tensorType(tensor, &code))
    return code
  }
}

/// A model `y = Identity(x)`, x being of one element.
enum IdentityModel {
  static func bytes(_ type: ElementType) -> [UInt8] {
    let node = field(1, text: "x") + field(2, text: "y") + field(4, text: "Identity")
    let graph = field(1, node) + field(2, text: "g") + value(11, "x", type) + value(12, "y", type)
    let irVersion: [UInt8] = [0x08, 10]
    let opset: [UInt8] = [0x10, 23]
    return irVersion + field(8, opset) + field(7, graph)
  }

  /// A `ValueInfoProto` of shape [1].
  private static func value(_ number: Int, _ name: String, _ type: ElementType) -> [UInt8] {
    let shape = field(1, [0x08, 1])
    let tensor = [0x08, UInt8(truncatingIfNeeded: type.rawValue)] + field(2, shape)
    return field(number, field(1, text: name) + field(2, field(1, tensor)))
  }

  private static func field(_ number: Int, text: String) -> [UInt8] { field(number, Array(text.utf8)) }

  /// A protobuf field of bytes; numbers stay below 16 and contents below 128 bytes, where each takes one byte.
  private static func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
    [UInt8(number << 3 | 2), UInt8(bytes.count)] + bytes
  }
}
